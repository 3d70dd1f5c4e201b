"""Evidence to problems: one small rule for each thing people get wrong."""

from .check import HELD_AGAINST_ALL, RULES, PartlyChecked, check, check_part, check_reached
from .effect_table import check_table
from .in_browser import facts as builder_facts
from .rule import Base
from .staleness import due_again
from .translation import translated

__all__ = [
    "HELD_AGAINST_ALL",
    "RULES",
    "Base",
    "PartlyChecked",
    "builder_facts",
    "check",
    "check_part",
    "check_reached",
    "check_table",
    "due_again",
    "translated",
]
