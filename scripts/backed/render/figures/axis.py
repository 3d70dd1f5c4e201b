"""The axis that all figures of effects share: what stretch of numbers it shows, where one stands, ticks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ...model import Interval, Measure
from .. import words
from .shapes import width_of

GAP = 9.0
"""Pixels between the labels of two ticks."""

FARTHEST = 10.0
"""A study farther than so many typical intervals from the others does not stretch the axis: it is an arrow."""

BEYOND = 0.5
"""How far intervals may stretch the axis beyond the estimates, in parts of the estimates' own span."""


@dataclass(frozen=True)
class Tick:
    """A labelled place on an axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Axis:
    """A stretch of numbers laid between two pixels; ratios stand on a logarithmic scale, ``low`` and ``high`` too."""

    low: float
    high: float
    left: float
    right: float
    ratio: bool = False

    def place(self, value: float) -> float:
        """Return the pixel of a number; it may lie outside, or be infinite (a ratio of nought)."""
        return self.at(turn(value, ratio=self.ratio))

    def at(self, turned: float) -> float:
        """Return the pixel of a number on the scale that is drawn: for ratios, of a logarithm."""
        return self.left + (turned - self.low) / (self.high - self.low) * (self.right - self.left)

    def within(self, x: float) -> float:
        """Return the pixel, or the end of the axis where it lies outside."""
        return min(max(x, self.left), self.right)

    def shows(self, value: float) -> bool:
        """Say whether a number lies on the axis."""
        return self.left - 0.05 <= self.place(value) <= self.right + 0.05

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Return the closest set of round numbers whose labels do not touch; no effect is always one of them."""
        most = (self.right - self.left) / (width_of("1", "s") + GAP) + 1  # of labels as narrow as can be
        for values in _ladders(self.low, self.high, most + 1, ratio=self.ratio):
            if len(values) > most + 1:
                continue
            ticks = tuple(Tick(self.place(v), words.signed(f"{v:.12g}")) for v in values)
            if ticks and not _touching(ticks):
                return ticks
        return ()


def turn(value: float, *, ratio: bool) -> float:
    """Return a number on the scale it is drawn on: the logarithm of a ratio, minus infinity for nought."""
    if not ratio:
        return value
    return math.log(value) if value > 0 else -math.inf


def spanning(intervals: Sequence[Interval], firm: Sequence[float], measure: Measure, left: float, right: float) -> Axis:
    """Return an axis that shows the numbers in ``firm``, every estimate but far outliers, and no effect.

    Intervals are shown whole unless they reach far beyond the estimates; those are to be cut with an arrow.
    """
    ratio = measure.is_ratio
    drawn = [tuple(turn(v, ratio=ratio) for v in (i.estimate, i.lower, i.upper)) for i in intervals]
    drawn = [one for one in drawn if math.isfinite(one[0])]
    null = turn(measure.null, ratio=ratio)
    widths = [upper - lower for _, lower, upper in drawn if math.isfinite(upper - lower)]
    typical = median(widths) if widths else 0.0
    core = [turn(v, ratio=ratio) for v in firm] + [null, *_together([one[0] for one in drawn], typical)]
    room = BEYOND * max(max(core) - min(core), typical)
    ends = [end for one in drawn for end in one[1:] if math.isfinite(end)] + core
    low = max(min(ends), min(core) - room)
    high = min(max(ends), max(core) + room)
    pad = 0.04 * (high - low) or 0.5
    return Axis(low - pad, high + pad, left, right, ratio)


def _together(estimates: list[float], typical: float) -> list[float]:
    if not estimates:
        return []
    centre = median(estimates)
    spread = median(abs(one - centre) for one in estimates)
    return [one for one in estimates if abs(one - centre) <= FARTHEST * max(spread, typical)] or [centre]


def _touching(ticks: Sequence[Tick]) -> bool:
    rooms = [width_of(tick.label, "s") for tick in ticks]
    pairs = zip(ticks, ticks[1:], rooms, rooms[1:], strict=False)
    return any(b.x - a.x < (first + second) / 2 + GAP for a, b, first, second in pairs)


def _ladders(low: float, high: float, most: float, *, ratio: bool) -> Iterator[list[float]]:
    """Yield sets of round numbers from the closest to the widest; one of far more than ``most`` may be empty."""
    if ratio:
        yield from _ratio_ladders(low, high, most)
        return
    first = math.floor(math.log10(high - low)) - 2
    for power in range(first, first + 5):
        for step in (1, 2, 5):
            yield _multiples(low, high, step * 10.0**power, -power, most)


def _ratio_ladders(low: float, high: float, most: float) -> Iterator[list[float]]:
    if high - low < math.log(4):
        for decimals, steps in ((3, (2, 5)), (2, (1, 2, 5, 10, 20, 25)), (1, (5,))):
            for step in steps:
                yield _multiples(math.exp(low), math.exp(high), step * 10.0**-decimals, decimals, most)
    decades = range(math.floor(low / math.log(10)), math.ceil(high / math.log(10)) + 1)
    for digits in ((1, 1.5, 2, 3, 4, 5, 6, 8), (1, 2, 3, 5), (1, 2, 5), (1, 3), (1,)):
        values = [float(f"{digit}e{power}") for power in decades for digit in digits]
        yield [value for value in values if low <= math.log(value) <= high]
    for step in range(2, 300):
        powers = [power for power in decades if power % step == 0]
        yield [value for value in (10.0**power for power in powers) if low <= math.log(value) <= high]


def _multiples(low: float, high: float, step: float, decimals: int, most: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first + 1 > most or last - first > 200:
        return []  # too many: they would touch
    return [round(step * n, max(decimals, 0) + 1) for n in range(first, last + 1)]
