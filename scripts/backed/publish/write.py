"""Writing a build into a drawn site: its pages in their shells, its files, the search index, the sitemap."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from mkdocs.exceptions import PluginError

from ..model import Made, Page
from ..problem import Problem
from ..reads import Read
from ..stages import stage
from ..workers import shared
from .folder import Folder
from .kept import PageMade, UnitWritten, remembered
from .search import SearchIndex
from .sitemap import write_sitemap
from .theme import Theme


class Built(Protocol):
    """What publishing needs of a build: its problems, and the pages and files to write if none is an error.

    Pages and files are made in ``units``, each known by its name. ``state`` tells the present value of something that a
    unit read from any other. ``as_of`` is the newest date in the evidence, as ``2026-11-22``, or ''.
    """

    @property
    def problems(self) -> Sequence[Problem]: ...  # noqa: D102
    @property
    def units(self) -> Collection[str]: ...  # noqa: D102
    @property
    def as_of(self) -> str: ...  # noqa: D102
    def make(self, unit: str) -> Made: ...  # noqa: D102
    def state(self, read: Read) -> bytes: ...  # noqa: D102
    def fragment(self, name: str, url: str) -> str: ...  # noqa: D102


Builder = Callable[[Path, Path, str], Built]
"""Makes a build of an evidence folder, with a folder of templates, for a site at an address (or at none yet)."""

MANY = 200
"""From so many units on it is worth to share them between processes."""


@dataclass(frozen=True)
class Published:
    """What a site holds: pages by hand, pages of records, other files, entries of the search; and what was found.

    ``made`` is the number of those pages and files that had to be made; the others were there already.
    """

    written_by_hand: int
    pages: int
    exports: int
    search_entries: int
    problems: Sequence[Problem]
    made: int = 0


@dataclass(frozen=True)
class Done:
    """What writing leaves: what the site holds, its units, the build that made them, the theme, the templates' hash."""

    published: Published
    units: Sequence[UnitWritten]
    built: Built
    theme: Theme
    templates: str


def write(
    folder: Folder, built: Built, theme: Theme, kept: Mapping[str, str], addresses: tuple[Set[str], Set[str]]
) -> tuple[Published, list[UnitWritten]]:
    """Write a build into a folder; return what it holds, and its units in their order.

    ``kept`` are units that were made before from just what there is now: they are only linked, if their files are still
    as they were left. ``addresses`` are those of MkDocs' own pages, and those the navigation leaves to us. A page
    or file that is made twice or not at all, or that stands outside the site, raises ``PluginError``.
    """
    units = list(_units(folder, built, theme, kept))
    by_hand, expected = addresses
    urls = _only_once(units, by_hand, expected)
    pages = [page for unit in units for page in unit.pages]
    many = sum(len(unit.files) for unit in units)
    made = sum(len(unit.files) for unit in units if unit.reads is not None)
    unlisted = {page.url for page in pages if not page.listed}
    listed = filter(None, map(theme.canonical, (urls - unlisted).union(by_hand)))
    write_sitemap(folder.root, listed)
    with stage("search"):
        search = SearchIndex.of(folder.root)
        for page in pages:
            search.add(page.search)
        for file in search.files():
            folder.put(file.path, file.content)
    return Published(len(by_hand), len(pages), many - len(pages), len(search), tuple(built.problems), made), units


def _units(folder: Folder, built: Built, theme: Theme, kept: Mapping[str, str]) -> Iterator[UnitWritten]:
    """Yield every unit, linked or made; those to be made are shared between processes."""
    with stage("link"):
        linked = dict(_linked(folder, built, theme, kept))
    missing = [name for name in built.units if name not in linked]

    def made(name: str) -> UnitWritten:
        return _made(name, folder, built, theme)

    with stage("write", len(missing)) as step:
        new = shared(made, missing, MANY, step.done)
        for name in built.units:
            yield linked[name] if name in linked else next(new)


def _linked(folder: Folder, built: Built, theme: Theme, kept: Mapping[str, str]) -> Iterator[tuple[str, UnitWritten]]:
    for name in built.units:
        if name in kept:
            unit = remembered(name, kept[name])
            as_dressed = all(theme.state(page.fitting) == page.worn for page in unit.pages)
            if as_dressed and all(map(folder.keep, unit.files)):
                yield name, unit


def _made(name: str, folder: Folder, built: Built, theme: Theme) -> UnitWritten:
    made = built.make(name)
    pages, files = [], []
    for part in made.parts:
        if isinstance(part, Page):
            fitting = theme.fit(part)
            pages.append(PageMade(part.url, part.listed, fitting, theme.state(fitting), part.search))
            files.append(folder.put(file_of(part.url), theme.dress(part)))
        else:
            files.append(folder.put(part.path, part.content))
    return UnitWritten(name, tuple(pages), tuple(files), made.reads)


def file_of(url: str) -> str:
    """Return the path of the file of a page at an address."""
    if url and not url.endswith("/"):
        raise PluginError(f"the address of a page is a folder below the site, not {url}")
    return f"{url}index.html"


def _only_once(units: Sequence[UnitWritten], by_hand: Set[str], expected: Set[str]) -> set[str]:
    """Return the addresses of all pages; ``PluginError`` where one is taken twice, or nobody made it."""
    urls: set[str] = set()
    paths: set[str] = set()
    for unit in units:
        for page in unit.pages:
            if page.url in urls or page.url in by_hand:
                raise PluginError(f"two pages have the address {page.url or '(home)'}: each needs its own")
            urls.add(page.url)
        for file in unit.files:
            if file.path in paths:
                raise PluginError(f"two files have the address {file.path}: each needs its own")
            paths.add(file.path)
    for missing in sorted(expected - urls):
        raise PluginError(f"the navigation lists {missing or '(home)'}, which is neither written by hand nor built")
    return urls


def plain(published: Published) -> dict[str, Any]:
    """Return what JSON knows for it; ``told`` gives it back, as of a run that made nothing."""
    return {**vars(published), "problems": [problem.plain for problem in published.problems], "made": 0}


def told(known: Mapping[str, Any]) -> Published:
    """Return what was made plain."""
    return Published(**{**known, "problems": tuple(map(Problem.of, known["problems"]))})
