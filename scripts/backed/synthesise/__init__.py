"""Evidence to answers and verdicts: formulas and the published rule, nothing of YAML or HTML."""

from .synthesise import synthesise
from .verdict import decide

__all__ = ["decide", "synthesise"]
