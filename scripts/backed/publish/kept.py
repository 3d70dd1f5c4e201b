"""What is remembered of the last publishing of a site: which unit made which pages and files.

What it says of a file holds only as long as the file on disk is as it was left.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..model import SearchEntry
from ..reads import Read
from .folder import Written
from .theme import Fitting


@dataclass(frozen=True)
class PageMade:
    """What is remembered of a page: its address, whether the sitemap names it, its fitting, its search entries.

    ``worn`` is the state of the shell around it, with all that is written into the shell but what is the page's own.
    """

    url: str
    listed: bool
    fitting: Fitting
    worn: str
    search: tuple[SearchEntry, ...]


@dataclass(frozen=True)
class UnitWritten:
    """A unit as it stands in the site; ``reads`` is what was read to make it, None where it was kept."""

    name: str
    pages: tuple[PageMade, ...]
    files: tuple[Written, ...]
    reads: frozenset[Read] | None

    @property
    def text(self) -> str:
        """Return its pages and files as text; ``remembered`` gives it back."""
        pages = [[p.url, p.listed, p.fitting, p.worn, [*map(_plain_entry, p.search)]] for p in self.pages]
        return json.dumps([pages, self.files], ensure_ascii=False, separators=(",", ":"))


def remembered(name: str, text: str) -> UnitWritten:
    """Return a unit that was kept as text."""
    pages, files = json.loads(text)
    return UnitWritten(name, tuple(map(_page, pages)), tuple(Written(*file) for file in files), None)


def files_of(text: str) -> list[Written]:
    """Return the files alone of a unit that was kept as text."""
    return [Written(*file) for file in json.loads(text)[1]]


def _page(plain: Sequence[Any]) -> PageMade:
    url, listed, fitting, worn, search = plain
    entries = (SearchEntry(a, b, c, tuple(tags), *rest) for a, b, c, tags, *rest in search)
    return PageMade(url, listed, Fitting.of(fitting), worn, tuple(entries))


def _plain_entry(entry: SearchEntry) -> list[Any]:
    return [entry.location, entry.title, entry.text, entry.tags, entry.boost, entry.words]
