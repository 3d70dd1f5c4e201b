"""The funnel plot with contours of statistical significance (Peters et al. 2008): effects against standard errors.

The contours stand around no effect, not around the pool, and the standard error is on the vertical axis, as in the
metafor package.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Final

from ...model import Measure, Pool
from .. import words
from .axis import Axis, turn
from .chart import Chart
from .entries import Ground
from .forest import row_names
from .rows import PHONE
from .shapes import Canvas, Dot, Outline, Shape, Stroke, Words

LEVELS: Final = (0.10, 0.05, 0.01)
"""Two-sided p-values of the contours."""

ENOUGH: Final = 10
"""With fewer studies asymmetry cannot be told from chance (Sterne et al. 2011)."""

SIZES: Final = ((620.0, 360.0), (PHONE, 300.0))
LEFT, TOP = 52.0, 24.0

Point = tuple[float, float]


def funnel(title: str, pool: Pool, names: Mapping[str, str], ground: Ground, filled: Sequence[Point] = ()) -> Chart:
    """Return the funnel plot of a pool; ``filled`` are studies that trim and fill added: effects and variances."""
    studies = [(row.size.yi, math.sqrt(row.size.vi)) for row in pool.rows]
    added = [(yi, math.sqrt(vi)) for yi, vi in filled]
    called = row_names(pool, names)
    wide, narrow = (_canvas(studies, added, pool, ground, *size) for size in SIZES)
    rows = [(*_cells(name, point, pool.measure),) for name, point in zip(called, studies, strict=True)]
    rows += [_cells(f"Filled in {n + 1}", point, pool.measure) for n, point in enumerate(added)]
    return Chart(
        "funnel",
        title,
        _caption(len(studies), len(added)),
        wide,
        narrow,
        ("Study", "Effect", "Standard error", "Significance"),
        tuple(rows),
        tuple(f"{name}: {effect}, standard error {error}, {p}." for name, effect, error, p in rows),
    )


def quantile(p: float) -> float:
    """Return how many standard errors from no effect the two-sided p-value is reached."""
    return NormalDist().inv_cdf(1 - p / 2)


def _canvas(
    studies: Sequence[Point], added: Sequence[Point], pool: Pool, ground: Ground, width: float, height: float
) -> Canvas:
    points = [*studies, *added]
    largest = max(error for _, error in points) * 1.08
    null = turn(pool.measure.null, ratio=pool.measure.is_ratio)
    reach = quantile(LEVELS[-1]) * largest
    seen = [null - reach, null + reach, pool.pooled.beta, *(effect for effect, _ in points)]
    pad = 0.04 * (max(seen) - min(seen))
    across = Axis(min(seen) - pad, max(seen) + pad, LEFT, width - 10, pool.measure.is_ratio)
    down = Axis(0.0, largest, TOP, height - 56)
    shapes = [*_contours(null, largest, across, down), *_frame(across, down, ground, pool.measure)]
    shapes.append(Stroke(across.at(null), down.left, across.at(null), down.right, "zero"))
    shapes.append(Stroke(across.at(pool.pooled.beta), down.left, across.at(pool.pooled.beta), down.right, "pooled"))
    shapes += [Dot(across.at(effect), down.at(error), 4, "dot") for effect, error in studies]
    shapes += [Dot(across.at(effect), down.at(error), 4, "added") for effect, error in added]
    return Canvas(width, height, tuple(shapes))


def _contours(null: float, largest: float, across: Axis, down: Axis) -> list[Shape]:
    """Return the two shaded wedges on each side, p from 0.05 to 0.10 and from 0.01 to 0.05, and the p at each edge."""
    shapes: list[Shape] = []
    top, bottom = down.at(0.0), down.at(largest)
    steps = [quantile(p) * largest for p in LEVELS]
    for side in (-1, 1):
        for inner, outer, kind in ((steps[0], steps[1], "zone"), (steps[1], steps[2], "zone deep")):
            corners = ((across.at(null), top), *((across.at(null + side * end), bottom) for end in (inner, outer)))
            shapes.append(Outline(corners, kind))
    return shapes


def _frame(across: Axis, down: Axis, ground: Ground, measure: Measure) -> list[Shape]:
    shapes: list[Shape] = [
        Stroke(across.left, down.right, across.right, down.right, "axis"),
        Stroke(across.left, down.left, across.left, down.right, "axis"),
        Words(across.left - 44, 13, "Standard error", "s"),
    ]
    for tick in across.ticks:
        shapes += [Stroke(tick.x, down.right, tick.x, down.right + 5, "axis")]
        shapes += [Words(tick.x, down.right + 18, tick.label, "s", "middle")]
    for tick in down.ticks:
        shapes += [Stroke(across.left - 5, tick.x, across.left, tick.x, "axis")]
        shapes += [Words(across.left - 8, tick.x + 4, tick.label, "s", "end")]
    unit = "Fisher’s z" if measure is Measure.CORRELATION else ground.unit
    return [*shapes, Words((across.left + across.right) / 2, down.right + 36, unit, "s", "middle")]


def _cells(name: str, point: Point, measure: Measure) -> tuple[str, str, str, str]:
    effect, error = point
    read = math.exp(effect) if measure.is_ratio else effect
    reached = [p for p in LEVELS if abs(effect - turn(measure.null, ratio=measure.is_ratio)) >= quantile(p) * error]
    said = f"p < {reached[-1]:g}" if reached else f"p > {LEVELS[0]:g}"
    return name, words.number(read, 2), words.number(error, 2), said


def _caption(studies: int, added: int) -> str:
    told = [
        "Each dot is a study; the higher, the more precise. The full line is no effect, the dashed line our pool.",
        "Shaded: p from 0.05 to 0.10 (light) and from 0.01 to 0.05 (dark); p is below 0.01 outside the shading.",
    ]
    if added:
        told.append("Hollow dots are what trim and fill adds to make the funnel even; they are no real studies.")
    if studies < ENOUGH:
        told.append(f"With fewer than {ENOUGH} studies the shape of a funnel cannot be judged: it may well be chance.")
    else:
        told.append("Gaps where results would not be significant point to missing studies; other gaps to other causes.")
    return " ".join(told)
