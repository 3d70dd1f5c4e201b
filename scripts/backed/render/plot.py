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

WIDTH = 640
LEFT, RIGHT = 24, 24
ROW = 34
TOP = 34


@dataclass(frozen=True)
class Mark:
    """One effect in the figure, in pixels, with its label and numbers."""

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


def plot(
    rows: Sequence[tuple[str, Interval, bool]],
    measure: Measure,
    threshold: float | None,
    left_words: str,
    right_words: str,
    axis_words: str,
) -> Plot | None:
    """Return the figure of some effects (label, interval, whether it is the answer), or None if there are none."""
    if not rows:
        return None
    turn = math.log if measure.is_ratio else float
    null = turn(measure.null)
    edges = [turn(v) for _, i, _ in rows for v in (i.lower, i.upper, i.estimate)] + [null]
    limit = abs(turn(threshold)) if threshold is not None else 0.0
    edges += [null - limit, null + limit]
    low, high = _padded(min(edges), max(edges))

    def x(value: float) -> float:
        return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    marks = tuple(
        Mark(label, _numbers(i), TOP + ROW * n + 22, x(turn(i.estimate)), x(turn(i.lower)), x(turn(i.upper)), main)
        for n, (label, i, main) in enumerate(rows)
    )
    ticks = tuple(Tick(x(turn(v)), _tick(v)) for v in _ticks(low, high, ratio=measure.is_ratio))
    band = (x(null - limit), x(null + limit)) if limit else None
    spoken = "; ".join(f"{mark.label}: {mark.numbers}" for mark in marks)
    height = TOP + ROW * len(rows) + 46
    return Plot(WIDTH, height, marks, ticks, x(null), band, left_words, right_words, axis_words, spoken)


def _numbers(i: Interval) -> str:
    low, high = (words.number(v, i.decimals) for v in (i.lower, i.upper))
    return f"{words.number(i.estimate, i.decimals)} ({low} to {high})"


def _padded(low: float, high: float) -> tuple[float, float]:
    room = (high - low) * 0.06 or 1.0
    return low - room, high + room


def _tick(value: float) -> str:
    return words.signed(f"{value:g}")


def _ticks(low: float, high: float, *, ratio: bool) -> list[float]:
    if ratio:
        nice = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100]
        return [value for value in nice if low <= math.log(value) <= high]
    step = 10.0 ** math.floor(math.log10(high - low))
    step = next(s for s in (step / 10, step / 5, step / 2, step, 2 * step) if (high - low) / s <= 8)
    first = math.ceil(low / step)
    return [round(step * n, 6) for n in range(first, math.floor(high / step) + 1)]
