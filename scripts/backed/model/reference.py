"""A published work as it is cited, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Name:
    """An author: a person with family and given names, or a group (``literal``)."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @cached_property
    def short(self) -> str:
        """Return the name as it stands in a sentence: family name with particle, or the group's name."""
        return self.literal or " ".join(part for part in (self.particle, self.family) if part)

    @cached_property
    def initials(self) -> str:
        """Return the given names as initials without dots: ``R. Brian`` and ``R.-B.`` give ``RB``."""
        words = self.given.replace("-", " ").replace(".", " ").split()
        return "".join(word if word.isupper() and len(word) <= 3 else word[0].upper() for word in words)


@dataclass(frozen=True)
class Standing:
    """What became of a work after it was published, so that whoever cites it knows.

    ``state`` is one of ``retracted``, ``expression-of-concern``, ``superseded``; ``on`` the day since when (ISO, may be
    ''); ``notice`` the DOI or address of the notice; ``by`` the citation key of the work that supersedes it.
    """

    state: str
    on: str = ""
    reason: str = ""
    notice: str = ""
    by: str = ""


@dataclass(frozen=True)
class Reference:
    """A bibliographic entry with its values decoded to plain Unicode text.

    ``standing`` is None for a work that stands as it was published. ``aliases`` are former keys.
    ``kind`` is the id of a term in the ``sources`` vocabulary where the entry states one. ``line``
    counts from 1 in ``file``. ``more_authors`` says that the source names only the first ones (``and others``).
    """

    key: str
    type: str
    title: str
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    more_authors: bool = False
    journal: str = ""
    booktitle: str = ""
    publisher: str = ""
    address: str = ""
    year: str = ""
    month: int | None = None
    day: int | None = None
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    issn: str = ""
    isbn: str = ""
    url: str = ""
    kind: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    standing: Standing | None = None
    aliases: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
