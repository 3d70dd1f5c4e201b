"""What rounding leaves open: the numbers that a printed figure may stand for, and arithmetic on such ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..model import Figure

EXACT = 1e-9
"""Room for the binary form of decimal numbers."""


@dataclass(frozen=True)
class Band:
    """All numbers from ``low`` to ``high``; sums and quotients of bands hold every possible result."""

    low: float
    high: float

    def __add__(self, other: Band) -> Band:
        """Return the band of sums."""
        return Band(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Band) -> Band:
        """Return the band of differences."""
        return Band(self.low - other.high, self.high - other.low)

    def times(self, factor: float) -> Band:
        """Return the band multiplied by a number of either sign."""
        ends = (self.low * factor, self.high * factor)
        return Band(min(ends), max(ends))

    def over(self, divisor: Band) -> Band:
        """Return the band of quotients; the divisor is above zero, or what is asked has no answer."""
        if divisor.low <= 0:
            raise ZeroDivisionError("a band that is divided by lies above zero")
        ends = [top / bottom for top in (self.low, self.high) for bottom in (divisor.low, divisor.high)]
        return Band(min(ends), max(ends))

    def through(self, rising: Callable[[float], float]) -> Band:
        """Return the band on another scale, by a function that rises."""
        return Band(rising(self.low), rising(self.high))

    @property
    def size(self) -> Band:
        """Return the band of absolute values."""
        ends = (abs(self.low), abs(self.high))
        return Band(0.0 if self.low <= 0 <= self.high else min(ends), max(ends))

    @property
    def middle(self) -> float:
        """Return the number half-way."""
        return (self.low + self.high) / 2

    def holds(self, number: float) -> bool:
        """Say whether a number lies in it."""
        return self.low - EXACT <= number <= self.high + EXACT

    def gap(self, other: Band) -> float:
        """Return how far apart two bands are; 0 where they meet."""
        return max(0.0, self.low - other.high, other.low - self.high)


@lru_cache(maxsize=10_000)  # many rules ask the same of a figure
def band(figure: Figure) -> Band:
    """Return the numbers that round to a printed figure: half a unit of its last digit to either side."""
    return Band(figure.value - figure.half_unit, figure.value + figure.half_unit)


def hull(bands: Iterable[Band]) -> Band:
    """Return the smallest band that holds all of them (at least one)."""
    listed = list(bands)
    return Band(min(one.low for one in listed), max(one.high for one in listed))
