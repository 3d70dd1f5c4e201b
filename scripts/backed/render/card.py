"""A card for social media: a picture of a claim with its verdict, 1200 by 630, drawn without a network.

It has 256 colours, four runs of 64 from its ground to an ink, so that letters are smooth and the file is small. The
same words give the same bytes with the same version of Pillow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from math import cos, radians, sin

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN, BAND = 72, 92
Colour = tuple[int, int, int]
PAPER, INK, SOFT, DEEP = (255, 255, 255), (0x1C, 0x24, 0x29), (0x55, 0x61, 0x6B), (0x0F, 0x4C, 0x4A)
GOOD, PART, NONE, BAD = (0x0B, 0x6B, 0x4F), (0x7A, 0x56, 0x00), (0x4A, 0x55, 0x61), (0xA3, 0x26, 0x1C)
COLOURS: dict[str, Colour] = {
    "supported": GOOD,
    "supported-size-uncertain": GOOD,
    "judged-holds": GOOD,
    "supported-too-small-to-matter": PART,
    "inconclusive": PART,
    "judged-holds-in-part": PART,
    "contradicted": BAD,
    "judged-does-not-hold": BAD,
}
"""The inks of verdicts, as in the style sheet's light scheme; those not named say that it is not known."""

SHADES = 64
_INK, _SOFT, _VERDICT, _BAND = range(4)
"""The four runs of the palette, by what is written in them."""

SIZES = (58, 52, 46, 40, 35)
"""Sizes of letters that are tried for the claim, the largest first."""

HEIGHT, LEADING = 232, 1.25
"""How high the lines of the claim may be together, and a line beside its letters; the end of a longer claim is cut."""

FINE = 8
"""A mark is drawn so many times larger than it is shown, and made smaller."""


@dataclass(frozen=True)
class Told:
    """What a card tells: the claim, the verdict's mark and word, a line with numbers, two short ones at the foot."""

    claim: str
    mark: str
    verdict: str
    line: str
    left: str
    right: str


def card(told: Told, fonts: tuple[bytes, bytes]) -> bytes:
    """Return a card as a PNG; ``fonts`` are a regular and a bold one, as TrueType."""
    pen = _Pen(*fonts)
    pen.image.paste(_BAND * SHADES, (0, 0, SIZE[0], BAND))
    pen.write("Backed", (MARGIN, 22), 36, _BAND, bold=True)
    pen.write("Back-pain advice, checked against the research", (MARGIN, 31), 25, _BAND, right=True)
    size, lines = pen.fitted(told.claim)
    y = 128
    for line in lines:
        pen.write(line, (MARGIN, y), size, _INK, bold=True)
        y += round(size * LEADING)
    y = max(y + 26, 330)
    pen.stamp(mark(told.mark, 46), (MARGIN, y + 6), _VERDICT)
    pen.write(told.verdict, (MARGIN + 66, y - 2), 42, _VERDICT, bold=True)
    for number, line in enumerate(pen.wrapped(told.line, 27, 2)):
        pen.write(line, (MARGIN, y + 72 + 36 * number), 27, _INK)
    pen.image.paste(_SOFT * SHADES + SHADES // 4, (MARGIN, 564, SIZE[0] - MARGIN, 566))
    pen.write(told.left, (MARGIN, 578), 23, _SOFT)
    pen.write(told.right, (MARGIN, 578), 23, _SOFT, right=True)
    return pen.png(COLOURS.get(told.mark, NONE))


class _Pen:
    """Writes on a card, in shades of four inks."""

    def __init__(self, regular: bytes, bold: bytes) -> None:
        self._fonts = (regular, bold)
        self.image = Image.new("L", SIZE)

    def font(self, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return _font(self._fonts[bold], size)

    def write(
        self, text: str, at: tuple[int, int], size: int, ink: int, *, bold: bool = False, right: bool = False
    ) -> None:
        """Write a line; ``at`` is its upper left corner, or how far its right end stands from the right."""
        font, text = self.font(size, bold=bold), plain(text)
        if not text:
            return
        area = Image.new("L", (int(font.getlength(text)) + 4, round(size * 1.5)))
        ImageDraw.Draw(area).text((0, 0), text, font=font, fill=255)
        self.stamp(area, (SIZE[0] - at[0] - area.width if right else at[0], at[1]), ink)

    def stamp(self, area: Image.Image, at: tuple[int, int], ink: int) -> None:
        """Put a drawing in white on black onto the card, in an ink."""
        shaded = area.point([ink * SHADES + value * (SHADES - 1) // 255 for value in range(256)])
        self.image.paste(shaded, at, area.point([0] + [255] * 255))  # lines may reach into one another

    def fitted(self, text: str) -> tuple[int, list[str]]:
        """Return the largest size in which a claim fits, and its lines."""
        for size in SIZES:
            lines = list(self._lines(text, self.font(size, bold=True)))
            most = int(HEIGHT / (size * LEADING))
            if len(lines) <= most:
                return size, lines
        return SIZES[-1], self._cut(lines, most)

    def wrapped(self, text: str, size: int, most: int) -> list[str]:
        """Return the lines of a text, at most so many of them."""
        return self._cut(list(self._lines(text, self.font(size))), most)

    def _cut(self, lines: list[str], most: int) -> list[str]:
        return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,;:')[:-1]}…"]

    def _lines(self, text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
        width, line = SIZE[0] - 2 * MARGIN, ""
        for word in plain(text).split():
            whole = f"{line} {word}".lstrip()
            if font.getlength(whole) <= width:
                line = whole
                continue
            if line:
                yield line
            line = word
            while font.getlength(line) > width:  # a word wider than the card
                fits = next(n for n in range(len(line), 0, -1) if font.getlength(line[:n]) <= width)
                yield line[:fits]
                line = line[fits:]
        if line:
            yield line

    def png(self, verdict: Colour) -> bytes:
        """Return the card as a file."""
        runs = ((PAPER, INK), (PAPER, SOFT), (PAPER, verdict), (DEEP, PAPER))
        shades = [
            round(ground + (ink - ground) * shade / (SHADES - 1))
            for run in runs
            for shade in range(SHADES)
            for ground, ink in zip(*run, strict=True)
        ]
        self.image.putpalette(shades)
        file = BytesIO()
        self.image.save(file, "PNG", compress_level=6)
        return file.getvalue()


def plain(text: str) -> str:
    """Return a text without what has no look of its own, or would change that of others (controls, directions)."""
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in text).strip()


@lru_cache(maxsize=32)
def _font(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)


def _hook() -> Iterator[float]:
    """Yield the points of a question mark's hook: most of a circle, and a bend down to the stem."""
    for degrees in range(180, 425, 5):
        yield 8.1 + 2.9 * cos(radians(degrees))
        yield 5.6 + 2.9 * sin(radians(degrees))
    for step in range(1, 11):
        far = step / 10
        for ends in ((9.4, 8.5, 8.0, 8.0), (8.2, 8.9, 9.3, 10.5)):
            yield sum(
                n * end * far**k * (1 - far) ** (3 - k)
                for k, (n, end) in enumerate(zip((1, 3, 3, 1), ends, strict=True))
            )


_HOOK = tuple(_hook())


@lru_cache(maxsize=32)
def mark(name: str, size: int) -> Image.Image:
    """Return the mark of a verdict or judgement in white on black: the shapes that pages show, in a square of 16."""
    image = Image.new("L", (size * FINE, size * FINE))
    pen, unit = ImageDraw.Draw(image), size * FINE / 16

    def at(*numbers: float) -> list[float]:
        return [number * unit for number in numbers]

    def stroke(*points: float, width: float = 1.5) -> None:
        pairs = list(zip(at(*points[::2]), at(*points[1::2]), strict=True))
        for one, other in pairwise(pairs):
            pen.line([one, other], fill=255, width=round(width * unit))
        for x, y in pairs:
            round_end = width * unit / 2
            pen.ellipse([x - round_end, y - round_end, x + round_end, y + round_end], fill=255)

    thin = round(1.5 * unit)
    if name.startswith("supported") or name == "no-important-effect":
        pen.ellipse(at(0.8, 0.8, 15.2, 15.2), outline=255, width=thin)
    if name.startswith("judged-"):
        pen.rectangle(at(1.3, 1.3, 14.7, 14.7), outline=255, width=thin)
    match name:
        case "supported":
            pen.ellipse(at(0.8, 0.8, 15.2, 15.2), fill=255)
        case "supported-size-uncertain":
            pen.pieslice(at(0.8, 0.8, 15.2, 15.2), 90, 270, fill=255)
        case "supported-too-small-to-matter":
            pen.pieslice(at(0.8, 0.8, 15.2, 15.2), 270, 360, fill=255)
        case "no-important-effect":
            stroke(4, 8, 12, 8)
        case "inconclusive":
            stroke(8, 1.2, 14.8, 8, 8, 14.8, 1.2, 8, 8, 1.2)
        case "contradicted":
            stroke(2.5, 2.5, 13.5, 13.5, width=2.1)
            stroke(13.5, 2.5, 2.5, 13.5, width=2.1)
        case "judged-holds":
            pen.rectangle(at(1.3, 1.3, 14.7, 14.7), fill=255)
        case "judged-holds-in-part":
            pen.rectangle(at(1.3, 1.3, 8, 14.7), fill=255)
        case "judged-does-not-hold":
            stroke(2, 2, 14, 14)
            stroke(14, 2, 2, 14)
        case "not-known":
            stroke(*_HOOK, width=2.1)
            pen.ellipse(at(6.9, 12.2, 9.1, 14.4), fill=255)
    return image.resize((size, size), Image.Resampling.BOX)
