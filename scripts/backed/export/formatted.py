"""References -> lists that people read and paste: each citation style as plain text and as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..bibliography import STYLES, Style
from ..model import Reference
from .format import Format

_HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">'
    """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
    "<title>References</title></head><body>\n"
)
"""A file to paste from, not a page to be found; it needs no script, style or image, and is allowed none."""


def _paragraph(style: Style) -> Callable[[Reference], str]:
    return lambda reference: f"<p>{style.html(reference)}</p>\n"


def _formats() -> Iterator[Format]:
    for style in STYLES:
        yield Format(
            style.id,
            style.label,
            f"{style.id}.txt",
            "text/plain",
            style.text,
            between="\n",
            tail="\n",
            order=style.order,
        )
        yield Format(
            f"{style.id}-html",
            f"{style.label}, HTML",
            f"{style.id}.html",
            "text/html",
            _paragraph(style),
            head=_HEAD,
            tail="</body></html>\n",
            order=style.order,
        )


FORMATTED: tuple[Format, ...] = tuple(_formats())
"""Each style as a text with a reference a line, and as a page with a reference a paragraph."""
