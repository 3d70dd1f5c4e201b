"""The rows of a figure of effects, and the marks that each leaves on the axis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...model import Interval, Measure
from .. import words
from .axis import Axis, spanning
from .shapes import Box, Light, Outline, Shape, Stroke, Words, width_of, wrapped

EntryKind = Literal["study", "refit", "answer", "pool", "subpool", "prediction", "anchor", "heading"]
"""What a row is, hence its mark: a square by weight, a dot, a diamond, a thin bar, a hollow diamond, or only words."""

SQUARE, SMALLEST = 13.0, 4.0
"""Sides in pixels of the squares of the heaviest study and of one with hardly any weight."""

ARROW = 6.0


@dataclass(frozen=True)
class Lamp:
    """A judgement as it is drawn and as it is said; one that was not made has no glyph."""

    glyph: str
    level: Literal["good", "part", "bad", "none"]
    word: str


@dataclass(frozen=True)
class Entry:
    """A row: its label, its effect, and what stands in the other columns. ``share`` is the weight from 0 to 1."""

    label: str
    kind: EntryKind
    interval: Interval | None = None
    cells: tuple[str, ...] = ()
    weight: str = ""
    share: float = 0.0
    lamps: tuple[Lamp, ...] = ()

    @property
    def strong(self) -> bool:
        """Say whether the words of the row are the main ones."""
        return self.kind in {"pool", "answer", "heading"}

    @cached_property
    def numbers(self) -> str:
        """Return the effect with its interval as text; '' for a row without one."""
        i = self.interval
        if i is None:
            return ""
        if not math.isfinite(i.estimate):
            return "not estimable"
        bounds = interval_words(i)
        return bounds if self.kind == "prediction" else f"{number(i.estimate, i.decimals)} ({bounds})"


@dataclass(frozen=True)
class Ground:
    """What all rows are drawn on: the axis' words, the smallest important effect, which side means what.

    ``threshold`` has no sign and is above 1 for ratios; None where there is none. ``left`` and ``right`` say what an
    effect on that side favours, '' where neither side is good.
    """

    measure: Measure
    unit: str
    left: str
    right: str
    threshold: float | None = None

    @property
    def band(self) -> tuple[float, float] | None:
        """Return the effects between which an effect is too small to matter, or None."""
        if not self.threshold:
            return None
        if self.measure.is_ratio:
            high = max(self.threshold, 1 / self.threshold)
            return 1 / high, high
        return -abs(self.threshold), abs(self.threshold)

    def axis(self, entries: Sequence[Entry], left: float, right: float) -> Axis:
        """Return the axis for the effects of these rows between two pixels."""
        shown = [entry.interval for entry in entries if entry.interval is not None]
        pooled = [e.interval.estimate for e in entries if e.interval and e.kind in {"pool", "answer", "anchor"}]
        return spanning(
            shown, [v for v in [*(self.band or ()), *pooled] if math.isfinite(v)], self.measure, left, right
        )


def favours(first: str, second: str, better: Literal["lower", "higher", "neither"]) -> tuple[str, str]:
    """Return what an effect to the left and to the right of no effect favours, the intervention being ``first``.

    ``better`` is the good direction of the outcome as the axis has it. Where neither is good, the sides say what is
    lower or higher with the intervention.
    """
    if better == "neither":
        return f"lower with {first}", f"higher with {first}"
    good, bad = f"favours {first}", f"favours {second}"
    return (good, bad) if better == "lower" else (bad, good)


def interval_words(interval: Interval) -> str:
    """Return the bounds of an interval: "0.27 to 0.92"."""
    return f"{number(interval.lower, interval.decimals)} to {number(interval.upper, interval.decimals)}"


def number(value: float, decimals: int) -> str:
    """Return a number as in a figure: without decimals from a thousand on, where they say nothing."""
    if not math.isfinite(value):
        return "no limit"
    return words.signed(f"{value:,.0f}") if abs(value) >= 1000 else words.number(value, decimals)


def is_cut(entries: Sequence[Entry], axis: Axis) -> bool:
    """Say whether an interval of these rows reaches beyond the axis."""
    shown = [entry.interval for entry in entries if entry.interval is not None]
    return any(not (axis.shows(i.lower) and axis.shows(i.upper)) for i in shown if math.isfinite(i.estimate))


def marks(entry: Entry, axis: Axis, y: float) -> Iterator[Shape]:
    """Yield the marks of a row at the height ``y``."""
    i = entry.interval
    if i is None or not math.isfinite(i.estimate):
        return
    if entry.kind in {"pool", "answer", "subpool", "anchor"}:
        yield from _diamond(i, "pool" if entry.kind == "answer" else entry.kind, axis, y)
    elif entry.kind == "prediction":
        yield from _line(i, "pi", axis, y, thick=2.5)
    else:
        yield from _line(i, "ci", axis, y)
        if axis.shows(i.estimate):
            side = max(SMALLEST, SQUARE * math.sqrt(entry.share)) if entry.kind == "study" else 6.0
            yield Box(axis.place(i.estimate) - side / 2, y - side / 2, side, side, "sq")


def _line(i: Interval, kind: str, axis: Axis, y: float, thick: float = 0.0) -> Iterator[Shape]:
    x1, x2 = axis.within(axis.place(i.lower)), axis.within(axis.place(i.upper))
    yield Box(x1, y - thick / 2, x2 - x1, thick, kind) if thick else Stroke(x1, y, x2, y, kind)
    yield from _arrows(i, axis, y)


def _arrows(i: Interval, axis: Axis, y: float) -> Iterator[Outline]:
    """Yield the heads of arrows where the axis cuts an interval."""
    if axis.place(i.lower) < axis.left - 0.05:
        yield arrow(axis.left, y, leftwards=True)
    if axis.place(i.upper) > axis.right + 0.05:
        yield arrow(axis.right, y, leftwards=False)


def arrow(x: float, y: float, *, leftwards: bool) -> Outline:
    """Return the head of an arrow with its tip at an end of the axis."""
    back = ARROW if leftwards else -ARROW
    return Outline(((x, y), (x + back, y - 4), (x + back, y + 4)), "tip")


def _diamond(i: Interval, kind: str, axis: Axis, y: float) -> Iterator[Outline]:
    half = 5.0 if kind == "subpool" else 7.0
    lower, x, upper = axis.place(i.lower), axis.place(i.estimate), axis.place(i.upper)
    if not axis.shows(i.estimate):
        yield arrow(axis.within(x), y, leftwards=x < axis.left)
        return
    if upper - lower < 2:  # a diamond that thin would not be seen
        lower, upper = x - 2, x + 2
    left = _tip(lower, x, axis.within(lower), y, half)
    right = _tip(upper, x, axis.within(upper), y, half)
    yield Outline((*left, (x, y - half), *reversed(right), (x, y + half)), kind)
    yield from _arrows(i, axis, y)


def _tip(end: float, x: float, seen: float, y: float, half: float) -> tuple[tuple[float, float], ...]:
    """Return one end of a diamond, from below to above: its tip, or the flat end where the axis cuts it."""
    if abs(end - seen) <= 2:
        return ((end, y),)
    share = 1.0 if math.isinf(end) else abs(end - seen) / abs(end - x)
    return ((seen, y + half * share), (seen, y - half * share))


def ground_shapes(ground: Ground, axis: Axis, top: float, bottom: float) -> list[Shape]:
    """Return what lies under the marks: the band of effects too small to matter, and the line of no effect."""
    shapes: list[Shape] = []
    if ground.band:
        low, high = (axis.within(axis.place(value)) for value in ground.band)
        shapes.append(Box(low, top, high - low, bottom - top, "band"))
    null = axis.place(ground.measure.null)
    return [*shapes, Stroke(null, top, null, bottom, "zero")]


def axis_shapes(ground: Ground, axis: Axis, y: float, spill: float = 0.0) -> tuple[list[Shape], float]:
    """Return the axis at the height ``y`` with ticks, unit and the words at both ends; and where they end.

    ``spill`` is how far the words at the ends may reach beyond the axis.
    """
    shapes: list[Shape] = [Stroke(axis.left, y, axis.right, y, "axis")]
    for tick in axis.ticks:
        shapes.append(Stroke(tick.x, y, tick.x, y + 5, "axis"))
        half = width_of(tick.label, "s") / 2
        if axis.left - spill - 6 <= tick.x - half and tick.x + half <= axis.right + spill + 6:
            shapes.append(Words(tick.x, y + 18, tick.label, "s", "middle"))
    room = axis.right - axis.left
    y += 34
    for line in wrapped(ground.unit, room, "s"):
        shapes.append(Words((axis.left + axis.right) / 2, y, line, "s", "middle"))
        y += 16
    half = room / 2 - 6
    left = wrapped(f"← {ground.left}", half + spill, "s") if ground.left else ()
    right = wrapped(f"{ground.right} →", half + spill, "s") if ground.right else ()
    over = max([0.0, *(width_of(line, "s") - half for line in (*left, *right))])
    shapes += [Words(axis.left - over, y + 16 * n, line, "s") for n, line in enumerate(left)]
    shapes += [Words(axis.right + over, y + 16 * n, line, "s", "end") for n, line in enumerate(right)]
    return shapes, y + 16 * max(len(left), len(right)) - 8


def lamp_shapes(lamps: Sequence[Lamp], x: float, y: float, step: float) -> list[Shape]:
    """Return the lights of a row, the first at ``x``; a dash where nobody judged."""
    return [
        Light(x + n * step, y, lamp.glyph, lamp.level) if lamp.glyph else Words(x + n * step, y + 4, "–", "s", "middle")
        for n, lamp in enumerate(lamps)
    ]
