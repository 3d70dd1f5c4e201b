"""The few shapes that every figure is made of, and how much room words take.

Coordinates are pixels; ``kind`` is the class that figures.css gives ink to. The elements are written here, what stands
around them in templates: a page has thousands of them, and a template takes five times as long over each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final, Literal

from markupsafe import Markup

from ..templates import escaped

SIZES: Final = {"": 13.0, "m": 13.0, "s": 12.0, "h": 12.0, "g": 11.0}
"""Height in pixels of plain, main, soft and heading words and of the glyph in a light, as in figures.css."""

GLYPH_WIDTHS: Final = {"narrow": 0.37, "digit": 0.64, "capital": 0.7, "wide": 0.96, "other": 0.61}
"""Widths of letters in parts of their height: those of DejaVu Sans, the widest face that figures are drawn in."""

BOLD: Final = 1.11

Anchor = Literal["start", "middle", "end"]
Kind = Literal["", "m", "s", "h", "g"]
Level = Literal["good", "part", "bad", "none"]


@dataclass(frozen=True)
class Words:
    """A line of words; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    kind: Kind = ""
    anchor: Anchor = "start"

    @property
    def element(self) -> str:
        """Return it as an SVG element, escaped."""
        kind = _class(self.kind, self.anchor)
        return f'<text{kind} x="{_px(self.x)}" y="{_px(self.y)}">{escaped(self.text)}</text>'

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return about where it stands: left, top, right, bottom."""
        room, size = width_of(self.text, self.kind), SIZES[self.kind]
        left = self.x - {"start": 0.0, "middle": room / 2, "end": room}[self.anchor]
        return left, self.y - 0.78 * size, left + room, self.y + 0.22 * size


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str

    @property
    def path(self) -> str:
        """Return it as path data."""
        return f"M{_px(self.x1)} {_px(self.y1)}L{_px(self.x2)} {_px(self.y2)}"


@dataclass(frozen=True)
class Box:
    """A rectangle, by its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    kind: str

    @property
    def path(self) -> str:
        """Return it as path data."""
        return f"M{_px(self.x)} {_px(self.y)}h{_px(self.width)}v{_px(self.height)}h{_px(-self.width)}z"


@dataclass(frozen=True)
class Dot:
    """A filled or hollow circle."""

    x: float
    y: float
    r: float
    kind: str

    @property
    def path(self) -> str:
        """Return it as path data."""
        r, across = _px(self.r), _px(2 * self.r)
        return f"M{_px(self.x - self.r)} {_px(self.y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0z"


@dataclass(frozen=True)
class Point:
    """A point drawn with a round pen as thick as its kind says: many of them take little."""

    x: float
    y: float
    kind: str

    @property
    def path(self) -> str:
        """Return it as path data."""
        return f"M{_px(self.x)} {_px(self.y)}h.01"


@dataclass(frozen=True)
class Outline:
    """A shape with straight sides."""

    points: tuple[tuple[float, float], ...]
    kind: str

    @property
    def path(self) -> str:
        """Return it as path data."""
        return "M" + "L".join(f"{_px(x)} {_px(y)}" for x, y in self.points) + "z"


@dataclass(frozen=True)
class Light:
    """A judgement: a filled circle in the colour of its level, under a glyph."""

    x: float
    y: float
    glyph: str
    level: Level

    @property
    def kind(self) -> str:
        """Return the class of its circle, which is a point drawn with a thick round pen."""
        return f"light {self.level}"

    @property
    def path(self) -> str:
        """Return the circle as path data."""
        return Point(self.x, self.y, self.kind).path


Shape = Words | Stroke | Box | Dot | Point | Outline | Light


@dataclass(frozen=True)
class Canvas:
    """A drawing: its size in pixels and its shapes, the undermost first; words stand above all others."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @cached_property
    def elements(self) -> Markup:
        """Return the drawing as SVG elements: a path a kind, then the words."""
        paths = "".join(f'<path class="{kind}" d="{path}"/>' for kind, path in self.paths.items())
        return Markup(paths + "".join(words.element for words in self.words))

    @property
    def paths(self) -> dict[str, str]:
        """Return path data by kind: all shapes of one kind are one path, which keeps pages small."""
        found: dict[str, list[str]] = {}
        for shape in self.shapes:
            if not isinstance(shape, Words):
                found.setdefault(shape.kind, []).append(shape.path)
        return {kind: "".join(paths) for kind, paths in found.items()}

    @property
    def words(self) -> tuple[Words, ...]:
        """Return all lines of words, the glyphs of lights too."""
        glyphs = (Words(s.x, s.y + 4, s.glyph, "g", "middle") for s in self.shapes if isinstance(s, Light))
        return (*(shape for shape in self.shapes if isinstance(shape, Words)), *glyphs)


@cache
def _class(kind: Kind, anchor: Anchor) -> str:
    """Return the classes that give words their ink and say which end ``x`` is; '' for plain words that start there."""
    classes = " ".join(filter(None, (kind, {"start": "", "middle": "c", "end": "e"}[anchor])))
    return f' class="{classes}"' if classes else ""


def _px(value: float) -> str:
    """Return a coordinate in tenths of a pixel, as short as can be."""
    return _tenths(value) if value else f"{value:g}"  # for a cache nought is the same with and without a minus


@lru_cache(maxsize=1 << 14)  # what stands in one row or column comes again
def _tenths(value: float) -> str:
    return f"{round(value, 1):g}"


@lru_cache(maxsize=1 << 14)  # as do the words, in each figure
def width_of(text: str, kind: Kind = "") -> float:
    """Return about how many pixels a line of words takes."""
    ems = sum(map(_ems, text))
    return ems * SIZES[kind] * (BOLD if kind in {"m", "h"} else 1.0)


@cache
def _ems(letter: str) -> float:
    return GLYPH_WIDTHS[_class_of(letter)]


def _class_of(letter: str) -> str:
    if letter in "iljftr.,:;'|!()[] -’‘":
        return "narrow"
    if letter.isdigit() or letter in "+−<>=":
        return "digit"
    if letter in "mwMW%@&—→←" or ord(letter) > 0x2FFF:
        return "wide"
    return "capital" if letter.isupper() else "other"


def fitted(text: str, room: float, kind: Kind = "") -> str:
    """Return the words, cut with an ellipsis where they are wider than the room for them."""
    if width_of(text, kind) <= room:
        return text
    while text and width_of(text + "…", kind) > room:
        text = text[:-1]
    return text.rstrip(" ,;") + "…"


def wrapped(text: str, room: float, kind: Kind = "") -> tuple[str, ...]:
    """Return the words in lines that fit the room; a word wider than a line is cut."""
    words = text.split()
    whole = " ".join(words)
    if width_of(whole, kind) <= room:
        return (whole,) if words else ()
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, kind) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(fitted(line, room, kind) for line in lines)
