"""Evidence to problems: one small rule for each thing people get wrong."""

from .check import RULES, check

__all__ = ["RULES", "check"]
