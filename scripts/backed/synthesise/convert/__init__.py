"""Recorded figures to effect sizes: every form in which papers report results, each step by a published formula."""

from .effect_size import effect_size
from .scale import interval_of, printed_interval

__all__ = ["effect_size", "interval_of", "printed_interval"]
