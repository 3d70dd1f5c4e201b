"""Evidence to problems: one small rule for each thing people get wrong."""

from .check import HELD_AGAINST_ALL, RULES, PartlyChecked, check, check_part, check_reached
from .effect_table import check_table
from .rule import Base
from .staleness import newest_look

__all__ = [
    "HELD_AGAINST_ALL",
    "RULES",
    "Base",
    "PartlyChecked",
    "check",
    "check_part",
    "check_reached",
    "check_table",
    "newest_look",
]
