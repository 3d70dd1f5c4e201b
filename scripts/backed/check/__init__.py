"""Evidence to problems: one small rule for each thing people get wrong."""

from .check import RULES, check
from .effect_table import check_table

__all__ = ["RULES", "check", "check_table"]
