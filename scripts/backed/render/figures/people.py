"""A hundred people, ten by ten: how many have the event with the comparator and with the intervention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...model import Absolute
from .. import words
from .chart import Chart
from .rows import LINE, PHONE
from .shapes import Box, Canvas, Outline, Point, Shape, Words, wrapped

SIDE = 10
CELL = 15.0
Fate = Literal["event", "without", "better", "worse"]


@dataclass(frozen=True)
class People:
    """An absolute effect and how it is said: ``having`` as in "have back pain again", the intervention's name first.

    ``better`` says whether more or fewer people with the event is good.
    """

    title: str
    absolute: Absolute
    having: str
    sides: tuple[str, str]
    better: Literal["lower", "higher", "neither"]


def icon_array(view: People) -> Chart:
    """Return the two grids of a hundred people, and in words how many of them are better off, worse off or neither."""
    before, after = _count(view.absolute.comparator), _count(view.absolute.intervention.estimate)
    first = [_fate(n, before, before, view.better) for n in range(SIDE**2)]
    second = [_fate(n, before, after, view.better) for n in range(SIDE**2)]
    heads = tuple(f"With {side}\n{n} of 100" for side, n in zip(reversed(view.sides), (before, after), strict=True))
    spread = view.absolute.intervention
    cells = (
        (words.sentence_case(view.sides[1]), str(before), ""),
        (words.sentence_case(view.sides[0]), str(after), _bounds(view)),
    )
    said = (
        f"{before} of 100 people {view.having} with {view.sides[1]}.",
        f"{after} of 100 people ({words.number(spread.lower)} to {words.number(spread.upper)}) {view.having} "
        f"with {view.sides[0]}.",
    )
    return Chart(
        "icon-array",
        view.title,
        _caption(view, before, after),
        _canvas(heads, (first, second), view, 440.0),
        _canvas(heads, (first, second), view, PHONE),
        ("Group", f"People of 100 who {view.having}", "95% interval"),
        cells,
        said,
    )


def _count(share: float) -> int:
    return min(max(round(share), 0), SIDE**2)


def _bounds(view: People) -> str:
    return f"{words.number(view.absolute.intervention.lower)} to {words.number(view.absolute.intervention.upper)}"


def _fate(person: int, before: int, after: int, better: str) -> Fate:
    if person < min(before, after):
        return "event"
    if person >= max(before, after):
        return "without"
    if better == "neither":
        return "event" if person < after else "without"
    return "better" if (after > before) == (better == "higher") else "worse"


def _caption(view: People, before: int, after: int) -> str:
    first, second = view.sides
    change, way = abs(after - before), "more" if after > before else "fewer"
    told = [f"Out of 100 people, {before} {view.having} with {second} and {after} ({_bounds(view)}) with {first}:"]
    if change == 0:
        told.append("about as many.")
    else:
        told.append(f"{change} {way}; on balance nothing changes for the other {100 - change}.")
    if view.absolute.nnt is not None:
        told.append(f"One {way} for every {words.number(abs(view.absolute.nnt))} people who have {first}.")
    return " ".join([*told, f"{words.sentence_case(view.absolute.basis)}." if view.absolute.basis else ""]).strip()


def _canvas(heads: tuple[str, ...], grids: tuple[list[Fate], list[Fate]], view: People, width: float) -> Canvas:
    across = SIDE * CELL
    shapes: list[Shape] = []
    lines = [[line for part in head.split("\n") for line in wrapped(part, width / 2 - 10, "m")] for head in heads]
    top = LINE * max(map(len, lines)) + 8
    for n, (head, grid) in enumerate(zip(lines, grids, strict=True)):
        left = n * (width / 2 + 6)
        shapes += [Words(left, LINE * (row + 1) - 3, line, "m") for row, line in enumerate(head)]
        for person, fate in enumerate(grid):
            row, column = divmod(person, SIDE)
            shapes.append(_icon(fate, left + CELL * (column + 0.5), top + CELL * (row + 0.5)))
    return _keyed(shapes, grids[1], view, top + across + 12, width)


def _icon(fate: Fate, x: float, y: float) -> Shape:
    """Return one person: a large dot with the event, a small one without, a diamond better off, a square worse off."""
    r = 5.0
    if fate == "better":
        return Outline(((x - r - 1, y), (x, y - r - 1), (x + r + 1, y), (x, y + r + 1)), "person better")
    if fate == "worse":
        return Box(x - r, y - r, 2 * r, 2 * r, "person worse")
    return Point(x, y, f"person {fate}")


def _keyed(shapes: list[Shape], grid: list[Fate], view: People, y: float, width: float) -> Canvas:
    told: dict[Fate, str] = {
        "event": f"{view.having} either way",
        "better": f"better off with {view.sides[0]}",
        "worse": f"worse off with {view.sides[0]}",
        "without": f"do not {view.having} either way",
    }
    if view.better == "neither":
        told |= {"event": view.having, "without": f"do not {view.having}"}
    for fate, said in told.items():
        if fate in grid:
            shapes.append(_icon(fate, 8, y - 4))
            lines = wrapped(said, width - 24, "s")
            shapes += [Words(22, y + LINE * n, line, "s") for n, line in enumerate(lines)]
            y += LINE * len(lines) + 3
    return Canvas(width, y, tuple(shapes))
