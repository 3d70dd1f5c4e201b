"""The geometry of the effect figure: one axis, no effect, the smallest important effect, a dot and a line per effect.

Only coordinates and words are made here; the drawing is a template. Figures take their colours from the theme and have
a table with the same numbers beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Interval, Measure
from . import words

WIDE, NARROW = 640, 340
"""Widths in pixels: a figure for desks and one for phones, where the wide one would shrink its words away."""

MARGIN = 16
TOP = 40
ROWS = {WIDE: 38, NARROW: 54}
"""Height of a row: on a phone the numbers stand below the label, not beside it."""


@dataclass(frozen=True)
class Mark:
    """One effect in the figure, in pixels, with its label and numbers; ``y`` is where its line stands."""

    label: str
    numbers: str
    y: float
    x: float
    x1: float
    x2: float
    main: bool


@dataclass(frozen=True)
class Tick:
    """A labelled place on the axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Plot:
    """A figure ready to be drawn; ``spoken`` says it in one sentence."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    zero: float
    band: tuple[float, float] | None
    left_words: str
    right_words: str
    axis_words: str
    spoken: str


Row = tuple[str, Interval, bool]
"""An effect to be drawn: its label, its interval, whether it is the answer."""


def plots(
    rows: Sequence[Row], measure: Measure, threshold: float | None, sides: tuple[str, str], axis_words: str
) -> tuple[Plot, ...]:
    """Return the figure of some effects, wide and narrow; none if there are no effects.

    ``threshold`` is the smallest important effect in the units of the intervals; ``sides`` says what an effect to the
    left and to the right of no effect means.
    """
    if not rows:
        return ()
    return tuple(_plot(rows, measure, threshold, sides, axis_words, width) for width in (WIDE, NARROW))


def _plot(
    rows: Sequence[Row], measure: Measure, threshold: float | None, sides: tuple[str, str], axis_words: str, width: int
) -> Plot:
    row = ROWS[width]
    turn = math.log if measure.is_ratio else float
    null = turn(measure.null)
    limit = abs(turn(threshold)) if threshold is not None else 0.0
    edges = [turn(v) for _, i, _ in rows for v in (i.lower, i.upper, i.estimate)] + [null - limit, null, null + limit]
    low, high = _padded(min(edges), max(edges))

    def x(value: float) -> float:
        return round(MARGIN + (value - low) / (high - low) * (width - 2 * MARGIN), 1)

    marks = tuple(
        Mark(
            label, _numbers(i), TOP + row * (n + 1) - 11, x(turn(i.estimate)), x(turn(i.lower)), x(turn(i.upper)), main
        )
        for n, (label, i, main) in enumerate(rows)
    )
    ticks = tuple(Tick(x(turn(v)), _tick(v)) for v in _ticks(low, high, ratio=measure.is_ratio, most=width // 56))
    band = (x(null - limit), x(null + limit)) if limit else None
    spoken = "; ".join(f"{mark.label}: {mark.numbers}" for mark in marks)
    height = TOP + row * len(rows) + 48
    return Plot(width, height, marks, ticks, x(null), band, *sides, axis_words, spoken)


def _numbers(i: Interval) -> str:
    low, high = (words.number(v, i.decimals) for v in (i.lower, i.upper))
    return f"{words.number(i.estimate, i.decimals)} ({low} to {high})"


def _padded(low: float, high: float) -> tuple[float, float]:
    room = (high - low) * 0.06 or 1.0
    return low - room, high + room


def _tick(value: float) -> str:
    return words.signed(f"{value:g}")


def _ticks(low: float, high: float, *, ratio: bool, most: int) -> list[float]:
    if ratio:
        nice = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
        if math.exp(high - low) < 12:
            nice = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 8, 10]
        found = [value for value in nice if low <= math.log(value) <= high]
        return found if len(found) <= most else found[found.index(1) % 2 :: 2] if 1 in found else found[::2]
    unit = 10.0 ** math.floor(math.log10(high - low))
    step = next(s for s in (unit / 10, unit / 5, unit / 2, unit, 2 * unit, 5 * unit) if (high - low) / s <= most)
    return [round(step * n, 6) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
