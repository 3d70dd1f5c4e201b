"""Evidence to problems: one small rule for each thing people get wrong."""

from .check import RULES, PartlyChecked, check, check_part
from .effect_table import check_table
from .rule import Base
from .staleness import newest_look

__all__ = ["RULES", "Base", "PartlyChecked", "check", "check_part", "check_table", "newest_look"]
