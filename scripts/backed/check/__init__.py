"""Evidence to problems: one small rule for each thing people get wrong."""

from .check import RULES, PartlyChecked, check, check_part
from .effect_table import check_table
from .in_browser import facts as builder_facts
from .rule import Base

__all__ = ["RULES", "Base", "PartlyChecked", "builder_facts", "check", "check_part", "check_table"]
