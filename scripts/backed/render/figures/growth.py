"""How something grows with a count: lines on two logarithmic scales, where growth in proportion is a straight rise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .axis import Axis
from .chart import Chart
from .rows import PHONE
from .shapes import Box, Canvas, Dot, Shape, Stroke, Words, width_of

DESK = 640.0
HEIGHT = 300.0
TOP, FOOT = 26.0, 44.0
APART = 15.0
"""Pixels between the names of two lines."""

_INK = (("pooled-ci", "pool"), ("ci", "sq"), ("pooled", "added"), ("zero", "anchor"), ("rule", "dot"))
"""How lines and their points are drawn, in their order: each differs by its stroke and by the form of its points."""


@dataclass(frozen=True)
class Growth:
    """Lines over a count: ``lines`` has, by name, a number a count; both are above nought.

    ``counted`` says what is counted ("studies"), ``unit`` in what the numbers are ("seconds", short "s").
    """

    title: str
    caption: str
    counted: str
    unit: tuple[str, str]
    lines: Mapping[str, Mapping[int, float]]

    @property
    def counts(self) -> list[int]:
        """Return all counts, the smallest first."""
        return sorted({count for line in self.lines.values() for count in line})


def growth(view: Growth) -> Chart:
    """Return the figure of how numbers grow with a count. ValueError with more lines than can be told apart."""
    if len(view.lines) > len(_INK):
        raise ValueError(f"{len(view.lines)} lines cannot be told apart")
    rows = tuple((f"{count:,}", *(_told(view, line, count) for line in view.lines)) for count in view.counts)
    return Chart(
        "growth",
        view.title,
        view.caption,
        _canvas(view, DESK),
        _canvas(view, PHONE),
        (view.counted.capitalize(), *view.lines),
        rows,
        tuple(_spoken(view, count) for count in view.counts),
    )


def _told(view: Growth, line: str, count: int) -> str:
    value = view.lines[line].get(count)
    return "" if value is None else f"{number(value)} {view.unit[1]}"


def _spoken(view: Growth, count: int) -> str:
    said = (f"{line} {_told(view, line, count)}" for line in view.lines if count in view.lines[line])
    return f"{count:,} {view.counted}: {'; '.join(said)}."


def number(value: float) -> str:
    """Return a number of any size with three significant digits, never in powers of ten: "0.034", "2.50", "1,950"."""
    if value >= 100:
        return f"{value:,.0f}"
    digits = 2 - (math.floor(math.log10(value)) if value > 0 else 0)
    return f"{value:.{digits}f}"


def _canvas(view: Growth, width: float) -> Canvas:
    values = [value for line in view.lines.values() for value in line.values()]
    powers = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
    if len(powers) == 1:
        powers = range(powers[0], powers[0] + 2)
    labels = {power: f"{10.0**power:,g} {view.unit[1]}" for power in powers}
    left = max(map(width_of, labels.values())) + 10
    right = width - max(width_of(name, "m") for name in view.lines) - 14
    across = Axis(math.log(view.counts[0]), math.log(view.counts[-1]), left + 10, right - 10, ratio=True)
    up = Axis(powers[0] * math.log(10), powers[-1] * math.log(10), HEIGHT - FOOT, TOP, ratio=True)
    shapes: list[Shape] = [Words(0, 13, view.unit[0], "s")]
    for power, label in labels.items():
        y = up.place(10.0**power)
        shapes += [Stroke(left, y, right, y, "rule"), Words(left - 8, y + 4, label, "s", "end")]
    shapes += _foot(view, across, left, right)
    for (_, line), ink in zip(view.lines.items(), _INK, strict=False):
        shapes += _line([(across.place(count), up.place(value)) for count, value in sorted(line.items())], *ink)
    return Canvas(width, HEIGHT, (*shapes, *_names(view, across, up)))


def _foot(view: Growth, across: Axis, left: float, right: float) -> list[Shape]:
    y = HEIGHT - FOOT
    shapes: list[Shape] = [Stroke(left, y, right, y, "axis")]
    for count in view.counts:
        x = across.place(count)
        shapes += [Stroke(x, y, x, y + 5, "axis"), Words(x, y + 19, f"{count:,}", "s", "middle")]
    return [*shapes, Words((left + right) / 2, y + 37, view.counted, "s", "middle")]


def _line(points: Sequence[tuple[float, float]], stroke: str, mark: str) -> list[Shape]:
    shapes: list[Shape] = [Stroke(*a, *b, stroke) for a, b in pairwise(points)]
    square = mark in {"sq", "pool"}
    return shapes + [Box(x - 3.5, y - 3.5, 7, 7, mark) if square else Dot(x, y, 4, mark) for x, y in points]


def _names(view: Growth, across: Axis, up: Axis) -> list[Shape]:
    """Return the name of each line beside its last point, moved apart where they would touch."""
    ends = {name: (across.place(max(line)), up.place(line[max(line)])) for name, line in view.lines.items()}
    shapes: list[Shape] = []
    above = -math.inf
    for name, (x, y) in sorted(ends.items(), key=lambda end: end[1][1]):
        above = max(y + 4, above + APART)
        shapes.append(Words(x + 10, above, name, "m"))
    return shapes
