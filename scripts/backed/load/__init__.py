"""Files to Evidence: everything that can be read is read, everything else becomes a problem."""

from .load import Loaded, load, locate
from .rules import LOAD_RULES

__all__ = ["LOAD_RULES", "Loaded", "load", "locate"]
