"""Rows of effects laid out: for desks in columns beside the axis, for phones one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .axis import Axis
from .entries import Entry, Ground, Lamp, axis_shapes, ground_shapes, lamp_shapes, marks
from .shapes import Canvas, Kind, Light, Shape, Stroke, Words, width_of, wrapped

PHONE = 328.0
"""Width of a drawing for phones: what a screen of 360 pixels leaves."""

NAME_ROOM, HEAD_ROOM = 210.0, 140.0
DESK, PLOT_ROOM = 1000.0, (200.0, 340.0)
"""The width that the wide drawing aims at, and how narrow and wide that leaves the axis."""

COLUMN_GAP = 16.0
ROW, TALL = 22.0, 26.0
LINE = 16.0
LAMP = 23.0
SPILL = 70.0
"""How far the words at the ends of the axis may reach beyond it, where nothing else stands."""


@dataclass(frozen=True)
class Sheet:
    """Rows with their headings, the ground they stand on, and the lines of words below.

    ``heads`` names the label, the cells between label and axis, the effect and the weight, and ``domains`` the columns
    of lights. ``key`` explains the glyphs of the lights.
    """

    entries: tuple[Entry, ...]
    ground: Ground
    heads: tuple[str, tuple[str, ...], str, str]
    domains: tuple[str, ...] = ()
    key: tuple[Lamp, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Where the columns of the wide drawing stand: left edges of words, right edges of numbers, first light."""

    cells: tuple[float, ...]
    plot: tuple[float, float]
    numbers: float
    weight: float
    lamps: float
    width: float
    name_room: float


def wide(sheet: Sheet) -> Canvas:
    """Return the drawing for desks and print: a column each for names, figures, the axis, effects, weights, lights."""
    columns = _columns(sheet)
    shapes, y = _heads(sheet, columns)
    axis = sheet.ground.axis(sheet.entries, *columns.plot)
    top = y
    rows: list[Shape] = []
    for entry in sheet.entries:
        labels = _label_lines(entry, columns)
        height = (ROW if entry.kind in {"study", "refit"} else TALL) + LINE * (len(labels) - 1)
        y += height
        if entry.kind == "pool" and rows:
            rows.append(Stroke(0, y - height + 2, columns.width, y - height + 2, "rule"))
        rows += _row(entry, labels, columns, axis, y - height / 2)
    y += 6
    shapes += [*ground_shapes(sheet.ground, axis, top, y), *rows]
    return _ended(shapes, sheet, axis, y, columns.width, SPILL)


def narrow(sheet: Sheet) -> Canvas:
    """Return the drawing for phones: numbers and lights below each label, the line of the effect below them."""
    axis = sheet.ground.axis(sheet.entries, 6, PHONE - 6)
    step, first = _phone_lamps(len(sheet.domains))
    rows: list[Shape] = [Words(first + step * n, 12, head, "h", "middle") for n, head in enumerate(sheet.domains)]
    y = top = 18.0 if sheet.domains else 4.0
    for entry in sheet.entries:
        shapes, y = _stacked(entry, axis, y)
        rows += shapes
    y += 4
    return _ended([*ground_shapes(sheet.ground, axis, top, y), *rows], sheet, axis, y, PHONE)


def _ended(shapes: list[Shape], sheet: Sheet, axis: Axis, y: float, width: float, spill: float = 0.0) -> Canvas:
    """Return the canvas with what stands below the rows: the axis, the key to the lights, the lines of words."""
    below, y = axis_shapes(sheet.ground, axis, y, spill)
    keys, y = key_shapes(sheet.key, y + 12, width)
    y += 6 if sheet.below else 0
    lines = [line for text in sheet.below for line in wrapped(text, width, "s")]
    texts = [Words(0, y + LINE * (n + 1), line, "s") for n, line in enumerate(lines)]
    return Canvas(width, y + LINE * len(lines) + 8, (*shapes, *below, *keys, *texts))


def _columns(sheet: Sheet) -> Columns:
    entries, (name, cells, numbers, weight) = sheet.entries, sheet.heads
    label_rooms = [width_of(e.label, "m" if e.strong else "") for e in entries if e.kind != "heading"]
    cell_rooms = [_room([e.cells[n] for e in entries if n < len(e.cells)], head) for n, head in enumerate(cells)]
    effect_room = COLUMN_GAP + _room([e.numbers for e in entries], numbers, bold=True)
    weight_room = COLUMN_GAP + _room([e.weight for e in entries], weight) if weight else 0.0
    lamp_room = COLUMN_GAP + LAMP * len(sheet.domains) + 12 if sheet.domains else 0.0
    others = sum(cell_rooms) + COLUMN_GAP * (len(cells) + 1) + effect_room + weight_room + lamp_room
    name_room = min(max(NAME_ROOM, DESK - others - PLOT_ROOM[0] - 40), max([width_of(name, "h"), *label_rooms]))
    places = [name_room + sum(cell_rooms[: n + 1]) + COLUMN_GAP * (n + 1) for n in range(len(cells))]
    x = (places[-1] if places else name_room) + COLUMN_GAP
    plot = (x, x + min(max(DESK - others - name_room, PLOT_ROOM[0]), PLOT_ROOM[1]))
    ends = plot[1] + effect_room
    lamps = ends + weight_room + COLUMN_GAP + LAMP / 2
    width = ends + weight_room + lamp_room
    return Columns(tuple(places), plot, ends, ends + weight_room, lamps, width, name_room)


def _room(texts: Iterable[str], head: str, *, bold: bool = False) -> float:
    lines = _head_lines(head)
    return max([width_of(line, "h") for line in lines] + [width_of(text, "m" if bold else "") for text in texts])


def _head_lines(head: str) -> tuple[str, ...]:
    return tuple(line for part in head.split("\n") for line in wrapped(part, HEAD_ROOM, "h"))


def _heads(sheet: Sheet, columns: Columns) -> tuple[list[Shape], float]:
    """Return the headings, their last lines side by side, and the height below them."""
    name, cells, numbers, weight = sheet.heads
    named = [(0.0, name, "start"), (columns.numbers, numbers, "end"), (columns.weight, weight, "end")]
    named += [(x, head, "end") for x, head in zip(columns.cells, cells, strict=True)]
    lines = {(x, anchor): _head_lines(head) for x, head, anchor in named if head}
    most = max(map(len, lines.values()))
    shapes: list[Shape] = [
        Words(x, 14 + LINE * (most - len(texts) + n), text, "h", "end" if anchor == "end" else "start")
        for (x, anchor), texts in lines.items()
        for n, text in enumerate(texts)
    ]
    y = 14 + LINE * (most - 1)
    shapes += [Words(columns.lamps + LAMP * n, y, d, "h", "middle") for n, d in enumerate(sheet.domains[:-1])]
    if sheet.domains:
        shapes.append(Words(columns.lamps + LAMP * (len(sheet.domains) - 1) + 4, y, sheet.domains[-1], "h", "middle"))
    return [*shapes, Stroke(0, y + 7, columns.width, y + 7, "rule")], y + 10


def _label_lines(entry: Entry, columns: Columns) -> tuple[str, ...]:
    room = columns.plot[0] - COLUMN_GAP if entry.kind == "heading" else columns.name_room
    return wrapped(entry.label, room + 1, "m" if entry.strong else "") or ("",)


def _row(entry: Entry, labels: Sequence[str], columns: Columns, axis: Axis, y: float) -> list[Shape]:
    kind: Kind = "m" if entry.strong else ""
    base = y + 4.5
    first = base - LINE * (len(labels) - 1) / 2
    shapes: list[Shape] = [Words(0, first + LINE * n, line, kind) for n, line in enumerate(labels)]
    cells = zip(columns.cells, entry.cells, strict=False)
    shapes += [Words(x, base, cell, kind, "end") for x, cell in cells if cell]
    shapes += marks(entry, axis, y)
    if entry.numbers:
        shapes.append(Words(columns.numbers, base, entry.numbers, kind, "end"))
    if entry.weight:
        shapes.append(Words(columns.weight, base, entry.weight, "", "end"))
    lamps = lamp_shapes(entry.lamps[:-1], columns.lamps, y, LAMP)
    return shapes + lamps + lamp_shapes(entry.lamps[-1:], columns.lamps + LAMP * (len(entry.lamps) - 1) + 4, y, LAMP)


def _stacked(entry: Entry, axis: Axis, y: float) -> tuple[list[Shape], float]:
    kind: Kind = "m" if entry.strong else ""
    shapes: list[Shape] = []
    if entry.kind == "pool":
        shapes.append(Stroke(0, y + 3, PHONE, y + 3, "rule"))
        y += 4
    labels = wrapped(entry.label, PHONE - 100 if entry.weight else PHONE, kind)
    shapes += [Words(0, y + 15 + LINE * n, line, kind) for n, line in enumerate(labels)]
    if entry.kind == "heading":
        return shapes, y + LINE * len(labels) + 4
    if entry.weight:
        shapes.append(Words(PHONE, y + 15, f"weight {entry.weight}", "s", "end"))
    y += LINE * (len(labels) - 1)
    shapes.append(Words(0, y + 31, entry.numbers, kind))
    step, first = _phone_lamps(len(entry.lamps))
    if entry.lamps and width_of(entry.numbers, kind) > first - 14:
        y += 18
    shapes += lamp_shapes(entry.lamps, first, y + 27, step)
    return [*shapes, *marks(entry, axis, y + 43)], y + 52


def _phone_lamps(count: int) -> tuple[float, float]:
    """Return how far the lights are apart on a phone, and where the first stands."""
    step = max(20.0, min(24.0, 150.0 / max(count, 1)))
    return step, PHONE - 12 - step * (count - 1)


def key_shapes(key: Sequence[Lamp], y: float, width: float) -> tuple[list[Shape], float]:
    """Return the glyphs of the lights with their words, in as many lines as they take; and where they end."""
    shapes: list[Shape] = []
    x = 0.0
    y += 10 if key else 0
    for lamp in key:
        room = 22 + width_of(lamp.word, "s") + 16
        if x and x + room > width:
            x, y = 0.0, y + 20
        shapes += [Light(x + 8, y - 4, lamp.glyph, lamp.level), Words(x + 21, y, lamp.word, "s")]
        x += room
    return shapes, y + (6 if key else 0)
