"""A mean difference on the patient's own scale: where people are with the comparator, and with the intervention."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Interval
from .axis import Axis
from .chart import Chart
from .entries import number
from .rows import PHONE
from .shapes import Box, Canvas, Kind, Shape, Stroke, Words, fitted, width_of, wrapped

DESK = 640.0


@dataclass(frozen=True)
class OnScale:
    """A mean difference and the scale it is read on.

    ``start`` is the mean with the comparator, ``bounds`` the lowest and highest value of the scale, ``ends`` what they
    mean ("no pain", "worst pain"), ``unit`` how its values are said, ``threshold`` the smallest important difference.
    ``sides`` names the intervention first.
    """

    title: str
    difference: Interval
    start: float
    bounds: tuple[float, float]
    ends: tuple[str, str]
    unit: str
    sides: tuple[str, str]
    threshold: float | None = None


def on_scale(view: OnScale) -> Chart:
    """Return one line from the lowest to the highest value, with both groups on it and the interval of the second."""
    first, second = view.sides
    start, decimals = view.start, view.difference.decimals
    here = number(start, decimals)
    there = number(start + view.difference.estimate, decimals)
    low, high = (number(start + end, decimals) for end in (view.difference.lower, view.difference.upper))
    told = f"On average {here} with {second} and {there} ({low} to {high}) with {first}, in {view.unit}."
    band = " Values in the shaded band differ too little from those with " + second + " to matter."
    return Chart(
        "on-scale",
        view.title,
        told + (band if view.threshold else ""),
        _canvas(view, DESK),
        _canvas(view, PHONE),
        ("Group", "Mean", "95% interval"),
        ((f"With {second}", here, ""), (f"With {first}", there, f"{low} to {high}")),
        (f"With {second}: {here}.", f"With {first}: {there}, 95% interval {low} to {high}."),
    )


def _canvas(view: OnScale, width: float) -> Canvas:
    axis = Axis(*view.bounds, 20, width - 20)
    first, second = view.sides
    start, there = axis.within(axis.place(view.start)), axis.within(axis.place(view.start + view.difference.estimate))
    low, high = (axis.within(axis.place(view.start + end)) for end in (view.difference.lower, view.difference.upper))
    top, bottom = 10.0, 90.0
    shapes: list[Shape] = []
    if view.threshold:
        edges = [axis.within(axis.place(view.start + side * abs(view.threshold))) for side in (-1, 1)]
        shapes.append(Box(edges[0], top, edges[1] - edges[0], bottom - top, "band"))
    shapes += [Stroke(start, top, start, bottom, "zero"), Stroke(low, 76, high, 76, "pooled-ci")]
    shapes += [Box(start - 5, 33, 10, 10, "sq"), Box(there - 5, 71, 10, 10, "pool")]
    leftwards = there < start if there != start else start > (axis.left + axis.right) / 2
    decimals = view.difference.decimals
    shapes += _beside(f"{second}: {number(view.start, decimals)}", start, 27, width, leftwards=not leftwards)
    said = f"{first}: {number(view.start + view.difference.estimate, decimals)}"
    shapes += _beside(said, start, 65, width, leftwards=leftwards, kind="m")
    return _with_ends(shapes, view, axis, bottom, width)


def _beside(said: str, line: float, y: float, width: float, *, leftwards: bool, kind: Kind = "") -> list[Shape]:
    """Return words beside the line of the comparator, on the side asked for if they fit there."""
    room = line - 6 if leftwards else width - line - 6
    if width_of(said, kind) > room and room < width / 2:
        leftwards, room = not leftwards, width - room - 12
    said = fitted(said, room, kind)
    return [Words(line - 6, y, said, kind, "end") if leftwards else Words(line + 6, y, said, kind)]


def _with_ends(shapes: list[Shape], view: OnScale, axis: Axis, y: float, width: float) -> Canvas:
    shapes.append(Stroke(axis.left, y, axis.right, y, "axis"))
    for tick in axis.ticks:
        shapes += [Stroke(tick.x, y, tick.x, y + 5, "axis"), Words(tick.x, y + 18, tick.label, "s", "middle")]
    half = width / 2 - 8
    low, high = (wrapped(end, half, "s") for end in view.ends)
    shapes += [Words(0, y + 36 + 16 * n, line, "s") for n, line in enumerate(low)]
    shapes += [Words(width, y + 36 + 16 * n, line, "s", "end") for n, line in enumerate(high)]
    return Canvas(width, y + 30 + 16 * max(len(low), len(high)), tuple(shapes))
