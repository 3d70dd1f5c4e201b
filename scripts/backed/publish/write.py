"""Writing a build into a drawn site: its pages in their shells, its files, the search index, the sitemap."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from mkdocs.exceptions import PluginError

from ..model import Export, Page
from ..problem import Problem
from .search import SearchIndex
from .sitemap import write_sitemap
from .theme import Theme


class Built(Protocol):
    """What publishing needs of a build: its problems, and the pages and files to write if none is an error.

    ``as_of`` is the newest date in the evidence, as ``2026-11-22``, or ''.
    """

    @property
    def problems(self) -> Sequence[Problem]: ...  # noqa: D102
    @property
    def pages(self) -> Iterable[Page]: ...  # noqa: D102
    @property
    def exports(self) -> Iterable[Export]: ...  # noqa: D102
    @property
    def as_of(self) -> str: ...  # noqa: D102
    def fragment(self, name: str, url: str) -> str: ...  # noqa: D102


Builder = Callable[[Path, Path, str], Built]
"""Makes a build of an evidence folder, with a folder of templates, for a site at an address (or at none yet)."""


@dataclass(frozen=True)
class Published:
    """What was written: pages by hand, pages of records, other files, entries of the search; and what was found."""

    written_by_hand: int
    pages: int
    exports: int
    search_entries: int
    problems: Sequence[Problem]


def write(site: Path, built: Built, theme: Theme, by_hand: Collection[str], expected: Collection[str]) -> Published:
    """Write a build into ``site`` and return what was written.

    ``by_hand`` are the urls of MkDocs' own pages and ``expected`` those the navigation leaves to the build. A page that
    is made twice or not at all, or that stands outside the site, raises ``PluginError``.
    """
    urls: set[str] = set()
    hidden: set[str] = set()
    search = SearchIndex.of(site)
    for page in built.pages:
        if page.url in urls or page.url in by_hand:
            raise PluginError(f"two pages have the address {page.url or '(home)'}: each needs its own")
        urls.add(page.url)
        if not page.listed:
            hidden.add(page.url)
        _put(_folder(site, page.url) / "index.html", theme.dress(page))
        search.add(page.search)
    for missing in sorted(set(expected) - urls):
        raise PluginError(f"the navigation lists {missing or '(home)'}, which is neither written by hand nor built")
    exports = [_put(_inside(site, export.path), export.content) for export in built.exports]
    write_sitemap(site, filter(None, map(theme.canonical, (urls - hidden).union(by_hand))))
    for file in search.files():
        _put(_inside(site, file.path), file.content)
    return Published(len(by_hand), len(urls), len(exports), len(search), tuple(built.problems))


def _folder(site: Path, url: str) -> Path:
    if url and not url.endswith("/"):
        raise PluginError(f"the address of a page is a folder below the site, not {url}")
    return _inside(site, url)


def _inside(site: Path, path: str) -> Path:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        raise PluginError(f"everything is written below the site, not to {path}")
    return site / pure


def _put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
