"""The shell: a drawn page of the theme with slots in it, and how a rendered page is put into them.

Nothing here knows which generator drew the shell; ``theme`` does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

from ..model import Heading, Page
from .report import record

OPEN, CLOSE = "\ue000", "\ue001"
"""What a slot is written between: characters for private use, which no text of ours contains."""

_SLOT = re.compile(f"{OPEN}([a-z-]+){CLOSE}")
_TITLE = re.compile(r"<h1\b(?:[^>]*?\sid=\"([^\"]+)\")?")


def slot(name: str) -> str:
    """Return the mark that stands in a drawn shell where ``name`` is to be filled in."""
    return f"{OPEN}{name}{CLOSE}"


class Shape(NamedTuple):
    """What of a page decides how the theme draws the shell around it."""

    titled: bool
    """The content brings its own h1; otherwise the theme writes one."""
    anchored: bool
    """That h1 can be linked to; the link that skips to the content then leads there."""
    contents: bool
    """There is a table of contents."""
    editable: bool
    """There is a file to edit."""


def title_anchor(content: str) -> str:
    """Return the id of the content's h1, or nothing."""
    found = _TITLE.search(content)
    return (found[1] or "") if found else ""


def shape(page: Page, *, editable: bool) -> Shape:
    """Return the shape of shell that a page needs; ``editable`` says whether there is a file to edit."""
    return Shape(
        titled="<h1" in page.content,
        anchored=bool(title_anchor(page.content)),
        contents=bool(page.headings),
        editable=editable,
    )


@dataclass(frozen=True)
class Entries:
    """How the theme writes the entries of a table of contents, with the slots ``anchor``, ``title`` and ``label``.

    ``leaf`` is an entry with nothing below it. An entry with others below it is ``before``, those entries joined by
    ``between``, and ``after``; entries at the top are joined by ``top``.
    """

    leaf: str
    before: str
    between: str
    after: str
    top: str

    def write(self, headings: Iterable[Heading]) -> str:
        """Return the entries of a table of contents as HTML."""
        return self.top.join(map(self._entry, headings))

    def _entry(self, heading: Heading) -> str:
        if not heading.children:
            return _named(self.leaf, heading)
        below = self.between.join(map(self._entry, heading.children))
        return _named(self.before, heading) + below + _named(self.after, heading)


def _named(markup: str, heading: Heading) -> str:
    title = escape(heading.title, quote=False)
    label = " ".join(title.split()).replace('"', "&#34;").replace("'", "&#39;")
    return (
        markup.replace(slot("anchor"), escape(heading.anchor))
        .replace(slot("label"), label)
        .replace(slot("title"), title)
    )


@dataclass(frozen=True)
class Shell:
    """A drawn shell, cut at its slots: the first literal, then pairs of a slot's name and the literal after it."""

    start: bytes
    rest: tuple[tuple[str, bytes], ...]
    entries: Entries | None = None

    @classmethod
    def cut(cls, drawn: str, entries: Entries | None = None) -> Shell:
        """Return the shell that a drawn page with slots in it makes."""
        start, *rest = _SLOT.split(drawn)
        named = zip(rest[::2], rest[1::2], strict=True)
        return cls(_encoded(start), tuple((name, _encoded(literal)) for name, literal in named), entries)

    @cached_property
    def state(self) -> str:
        """Return what tells this shell from any other."""
        return hashlib.blake2b(repr(self).encode(), digest_size=16).hexdigest()

    def fill(self, page: Page, canonical: str = "", edit: str = "", report: str = "", version: str = "") -> bytes:
        """Return the page inside the shell; raise ``KeyError`` for a slot that nothing fills.

        ``canonical`` is the page's address, ``edit`` that of its file, ``report`` that of a report of a mistake in it,
        ``version`` what that report calls the version of the page.
        """
        beside = {"edit": edit, "report": report, "version": version}
        values = self._values(page, canonical) | {name: escape(value) for name, value in beside.items()}
        parts = [self.start]
        for name, literal in self.rest:
            parts += _encoded(values[name]), literal
        return b"".join(parts)

    def _values(self, page: Page, canonical: str) -> dict[str, str]:
        return {
            "title": escape(page.title),
            "description": escape(page.description),
            "canonical": escape(canonical),
            "page": escape(canonical or page.url),
            "record": escape(record(page.source)),
            "file": escape(page.source),
            "head": page.head,
            "content": page.content,
            "skip": title_anchor(page.content) or next((escape(h.anchor) for h in page.headings), ""),
            "contents": self.entries.write(page.headings) if self.entries else "",
        }


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="xmlcharrefreplace")
