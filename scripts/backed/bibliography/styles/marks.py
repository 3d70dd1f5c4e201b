"""Text with marks for italics and links, so that a style is written once for plain text and for HTML.

The marks are private characters of Unicode; what comes from a reference is freed of them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_ITALIC, _UPRIGHT, _LINK, _SHOWN, _LINKED = "\ue000\ue001\ue002\ue003\ue004"
_ANY = re.compile(f"[{_ITALIC}-{_LINKED}]")
_WHOLE_LINK = re.compile(f"{_LINK}([^{_SHOWN}]*){_SHOWN}")
_NO_TEXT = re.compile(f"{_LINK}[^{_SHOWN}]*{_SHOWN}|{_ANY.pattern}")
_SAFE_LINK = re.compile(r"https?://[^\s\"<>]+")


def clean(text: str) -> str:
    """Return a text of a reference without our own marks and with single spaces."""
    return " ".join((text if text.isascii() else _ANY.sub("", text)).split())


def italic(text: str) -> str:
    """Return a text marked as in italics; '' stays ''."""
    return f"{_ITALIC}{text}{_UPRIGHT}" if text else ""


def link(address: str, shown: str) -> str:
    """Return a text marked as a link, or the text alone where the address is none of the web."""
    return f"{_LINK}{address}{_SHOWN}{shown}{_LINKED}" if _SAFE_LINK.fullmatch(address) else shown


def joined(parts: Iterable[str], between: str) -> str:
    """Return the parts that are not empty, one after the other; a stop that is there already is not set again."""
    found = ""
    for part in parts:
        if part:
            found = f"{found}{_without_double(found, between)}{part}" if found else part
    return found


def stopped(text: str) -> str:
    """Return a text with a full stop at its end; '' stays ''."""
    return f"{text}{_without_double(text, '.')}" if text else ""


def _without_double(text: str, following: str) -> str:
    if following[:1] != ".":
        return following
    last = text[-1]
    if _ITALIC <= last <= _LINKED:
        last = text[-2:-1]
    return following[1:] if last in ".?!" else following


def as_text(marked: str) -> str:
    """Return a marked text as plain text."""
    return _NO_TEXT.sub("", marked)


def as_html(marked: str) -> str:
    """Return a marked text as HTML."""
    html = _WHOLE_LINK.sub(lambda found: f'<a href="{found[1]}">', escape(marked))
    return html.replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>").replace(_LINKED, "</a>")
