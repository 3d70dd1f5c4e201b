"""A figure as a file of its own: its title and caption in it, and its ink, which the site keeps in style sheets."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from markupsafe import Markup

from ..site import Site
from .shapes import Canvas, Words, wrapped

_INK = re.compile(r"/\* ink.*?\*/(.*?)/\* end of ink \*/", re.DOTALL)
_VARIABLE = re.compile(r"(--[\w-]+):\s*([^;]+);")
_USE = re.compile(r"var\((--[\w-]+)\)")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold: one such sign, and no program opens the file."""
LINE = 16
EDGE = 12


def standalone(canvas: Canvas, title: str, caption: str, site: Site) -> str:
    """Return an SVG document with the drawing between its title and caption, readable in light and in dark."""
    room = canvas.width
    head, foot = wrapped(title, room, "m"), wrapped(caption, room, "s")
    above = LINE * len(head) + EDGE
    texts = [Words(0, LINE * (n + 1) - above - 2, line, "m") for n, line in enumerate(head)]
    texts += [Words(0, canvas.height + LINE * (n + 1), line, "s") for n, line in enumerate(foot)]
    height = above + canvas.height + LINE * len(foot) + EDGE
    light, dark = inks(site.style_sheets)
    view = {
        "canvas": canvas,
        "title": title,
        "caption": caption,
        "texts": Markup("".join(line.element for line in texts)),
        "light": light,
        "dark": dark,
    }
    box = (-EDGE, -above - EDGE, math.ceil(canvas.width + 2 * EDGE), math.ceil(height + 2 * EDGE))
    return _NOT_XML.sub("", str(site.fill("figures/standalone.svg", box=box, **view)))


@lru_cache(maxsize=4)
def inks(sheets: tuple[str, ...]) -> tuple[str, str]:
    """Return the style sheet of drawings with the colours put in, for a light and for a dark background.

    Programs that read SVG files often know no CSS variables. KeyError for a colour that no style sheet names.
    """
    rules = "".join(found for sheet in sheets for found in _INK.findall(sheet))
    light = {name: value for sheet in sheets for name, value in _variables(sheet, (":root", "body"))}
    dark = light | {n: v for sheet in sheets for n, v in _variables(sheet, ('[data-md-color-scheme="slate"]',))}
    return _resolved(rules, light), _resolved(rules, dark)


def _variables(sheet: str, selectors: tuple[str, ...]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for selector in selectors:
        for block in re.findall(rf"^{re.escape(selector)} \{{(.*?)^\}}", sheet, re.DOTALL | re.MULTILINE):
            found += _VARIABLE.findall(block)
    return found


def _resolved(rules: str, colours: dict[str, str]) -> str:
    return _USE.sub(lambda use: colours[use[1]], rules).strip()
