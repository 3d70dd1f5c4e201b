"""Files to Evidence: everything that can be read is read, everything else becomes a problem."""

from .load import Loaded, load, locate
from .rules import LOAD_RULES
from .table import load_table

__all__ = ["LOAD_RULES", "Loaded", "load", "load_table", "locate"]
