"""What rendering hands over: pages to be spliced into the site's shell, and files to be written."""

from __future__ import annotations

from dataclasses import dataclass

from ..reads import Read
from .reference import Reference


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents: a heading with its anchor, and those below it."""

    title: str
    anchor: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class SearchEntry:
    """What the search box knows of a page (or of a part of it).

    ``location`` is the address below the site's root; ``title`` and ``text`` are plain text, shown with the hit;
    ``words`` are found too and not shown (synonyms, other languages). ``tags`` are shown beside the hit, the record's
    type first. ``boost`` raises a hit in the ranking.
    """

    location: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
    boost: float = 1.0
    words: str = ""


@dataclass(frozen=True)
class Export:
    """A file of the site that is no page: its path below the site's root and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Download:
    """A form in which citations can be downloaded: its name, the ending of its files, their media type.

    ``several`` says that it is made for lists only, not for a single study.
    """

    label: str
    extension: str
    media_type: str
    several: bool = False


@dataclass(frozen=True)
class Page:
    """A page of the site, whole but for the shell around it.

    ``url`` is the folder below the site's root, with a slash at its end (``studies/long-2004/``); ``title`` and
    ``description`` are plain text; ``content`` and ``head`` are HTML; ``source`` is the path in the repository of the
    file that a reader would edit, or empty. ``section`` is the url of the list page it belongs to. ``files`` are those
    made with the page, which it links to (its figures). ``listed`` says whether the sitemap names it. ``cites`` are the
    citation keys of the works it cites, in its order; ``itself`` is how the page is cited, where it can be.
    ``version`` tells the state of the records it is made from, '' where that is nobody's concern.
    """

    url: str
    title: str
    description: str
    content: str
    head: str = ""
    headings: tuple[Heading, ...] = ()
    source: str = ""
    section: str = ""
    search: tuple[SearchEntry, ...] = ()
    files: tuple[Export, ...] = ()
    listed: bool = True
    cites: tuple[str, ...] = ()
    itself: Reference | None = None
    version: str = ""


@dataclass(frozen=True)
class Made:
    """The pages and files of a unit, and all that was read to make them: they are the same as long as that is."""

    parts: tuple[Page | Export, ...]
    reads: frozenset[Read]
