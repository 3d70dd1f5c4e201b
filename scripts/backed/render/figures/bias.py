"""Risk of bias: the traffic light of studies by domains, and how much of the pool's weight has which judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model import Pool
from .axis import Axis
from .chart import Chart
from .entries import Lamp, lamp_shapes
from .judgements import NOT_JUDGED, Appraised, lamp
from .rows import LINE, PHONE, key_shapes
from .shapes import Box, Canvas, Shape, Stroke, Words, width_of, wrapped

DESK = 640.0
BAR = 20.0


def traffic_light(title: str, names: Mapping[str, str], appraised: Appraised) -> Chart:
    """Return the judgement of every domain of every study, in the order of ``names`` (study id to name)."""
    rows = [(name, appraised.lamps(study)) for study, name in names.items()]
    key = appraised.key(tuple(names))
    longest = max([width_of(name) for name in names.values()] or [0.0])
    step = 46.0
    desk = min(longest + 24, 320.0) + step * len(appraised.short)
    return Chart(
        "traffic-light",
        title,
        f"{appraised.legend}.",
        _lights(rows, appraised.short, key, desk, step),
        _lights(rows, appraised.short, key, PHONE, max(20.0, min(24.0, 180.0 / len(appraised.short)))),
        ("Study", *appraised.domains),
        tuple((name, *(one.word for one in lamps)) for name, lamps in rows),
        tuple(f"{name}: overall {lamps[-1].word}." for name, lamps in rows),
    )


def _lights(
    rows: Sequence[tuple[str, Sequence[Lamp]]], heads: Sequence[str], key: Sequence[Lamp], width: float, step: float
) -> Canvas:
    first = width - step * len(heads) + step / 2
    shapes: list[Shape] = [Words(first + step * n, 14, head, "h", "middle") for n, head in enumerate(heads)]
    shapes.append(Stroke(0, 21, width, 21, "rule"))
    y = 24.0
    for name, lamps in rows:
        lines = wrapped(name, first - step / 2 - 6)
        shapes += [Words(0, y + 15 + LINE * n, line) for n, line in enumerate(lines)]
        shapes += lamp_shapes(lamps, first, y + 10.5, step)
        y += 6 + LINE * len(lines)
    keys, y = key_shapes(key, y + 8, width)
    return Canvas(width, y + 6, (*shapes, *keys))


def weighted_bars(title: str, pool: Pool, appraised: Appraised) -> Chart:
    """Return, per domain, the share of the pool's weight that has each judgement, best first."""
    shares = bias_shares(pool, appraised)
    key = [one for one in _in_order(appraised) if any(one in shared for shared in shares)]
    rows = list(zip(appraised.domains, shares, strict=True))
    return Chart(
        "weighted-bars",
        title,
        "The bars add up the weight that studies have in our pool, by judgement."
        + (" What is pale was not judged." if NOT_JUDGED in key else ""),
        _bars(rows, key, DESK, stacked=False),
        _bars(rows, key, PHONE, stacked=True),
        ("Domain", *(one.word for one in key)),
        tuple((name, *(f"{shared.get(one, 0.0):.0f}%" for one in key)) for name, shared in rows),
        tuple(f"{name}: {_said(shared, key)}." for name, shared in rows),
    )


def bias_shares(pool: Pool, appraised: Appraised) -> list[dict[Lamp, float]]:
    """Return the percentage of the weight by judgement, one mapping a domain and the overall judgement last."""
    shares: list[dict[Lamp, float]] = [{} for _ in appraised.domains]
    total = sum(row.weight for row in pool.rows) or 1.0
    for row in pool.rows:
        for shared, one in zip(shares, appraised.lamps(row.study), strict=True):
            shared[one] = shared.get(one, 0.0) + 100 * row.weight / total
    return shares


def _in_order(appraised: Appraised) -> list[Lamp]:
    known = [lamp(appraised.tool, judgement) for judgement in appraised.tool.judgements]
    others = [one for one in appraised.key(tuple(appraised.appraisals)) if one not in known]
    return [*known, *others, NOT_JUDGED]


def _said(shared: Mapping[Lamp, float], key: Sequence[Lamp]) -> str:
    return ", ".join(f"{one.word} {shared[one]:.0f}%" for one in key if one in shared)


def _bars(
    rows: Sequence[tuple[str, Mapping[Lamp, float]]], key: Sequence[Lamp], width: float, *, stacked: bool
) -> Canvas:
    room = 0.0 if stacked else min(max(width_of(name) for name, _ in rows), 280.0) + 14
    axis = Axis(0, 100, room, width - 24)
    shapes: list[Shape] = []
    y = 4.0
    for name, shared in rows:
        lines = wrapped(name, width if stacked else room - 14)
        shapes += [Words(0, y + 15 + LINE * n, line) for n, line in enumerate(lines)]
        y += LINE * len(lines) + 3 if stacked else 0
        shapes += _segments(shared, key, axis, y)
        y += BAR + 8 if stacked else max(BAR + 8, LINE * len(lines) + 8)
    shapes.append(Stroke(axis.left, y, axis.right, y, "axis"))
    for share in (0, 25, 50, 75, 100):
        shapes += [Stroke(axis.place(share), y, axis.place(share), y + 5, "axis")]
        shapes += [Words(axis.place(share), y + 18, f"{share}%", "s", "start" if share == 0 and stacked else "middle")]
    shapes.append(Words((axis.left + axis.right) / 2, y + 35, "share of the weight in our pool", "s", "middle"))
    keys, y = key_shapes([one for one in key if one.glyph], y + 40, width)
    return Canvas(width, y + 6, (*shapes, *keys))


def _segments(shared: Mapping[Lamp, float], key: Sequence[Lamp], axis: Axis, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    start = 0.0
    for one in key:
        share = shared.get(one, 0.0)
        x, size = axis.place(start), axis.place(start + share) - axis.place(start)
        if share:
            shapes.append(Box(x, y, size, BAR, f"bar {one.level}" if one.glyph else "bar open"))
        said = f"{one.glyph or one.word} {share:.0f}%"
        fits = [text for text in (said, one.glyph) if text and width_of(text, "g") * 1.1 < size]
        if share and fits:
            shapes.append(Words(x + size / 2, y + 14, fits[0], "g" if one.glyph else "s", "middle"))
        start += share
    return shapes
