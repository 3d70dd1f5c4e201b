"""What is known of the last publishing of a site: which unit made which files, and what it had read to make them.

It is one SQLite file, and only a help: made by other code, damaged or lacking, everything is made anew. What it says of
a file holds only as long as the file on disk is as it was left.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..model import SearchEntry
from ..reads import Read
from ..store import opened, removed
from .folder import Written
from .theme import Fitting

_TABLES = """
create table reads (number integer primary key, name text not null unique, state blob not null) strict;
create table units (name text primary key, reads blob not null, made text not null) strict;
create table whole (inputs text not null, templates text not null, known text not null) strict;
"""


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
class UnitMade:
    """What is remembered of a unit: what it had read (numbers of this memory), its pages and its files."""

    reads: frozenset[int]
    pages: tuple[PageMade, ...]
    files: tuple[Written, ...]


@dataclass(frozen=True)
class UnitWritten:
    """A unit as it stands in the site; ``reads`` is what was read to make it, None where it was kept."""

    name: str
    pages: tuple[PageMade, ...]
    files: tuple[Written, ...]
    reads: frozenset[Read] | None


class Whole(NamedTuple):
    """What is remembered of the last publishing as a whole: hashes of its inputs and templates, and what it told."""

    inputs: str
    templates: str
    known: Any


class Kept:
    """The memory of one site. What was read is numbered in it; ``stale`` are the numbers of what is different now."""

    def __init__(self, path: Path, code: str) -> None:
        self._path = path
        self._store = opened(path, _TABLES, code)
        self._numbers: dict[Read, int] = {}
        self._states: dict[int, bytes] = {}
        self._units: dict[str, tuple[bytes, str]] = {}
        self.whole: Whole | None = None
        with suppress(sqlite3.Error, ValueError, TypeError):
            row = self._store.execute("select inputs, templates, known from whole").fetchone() if self._store else None
            self.whole = Whole(row[0], row[1], json.loads(row[2])) if row else None

    def remember(self, templates: str) -> None:
        """Read what is remembered of units; nothing where their templates were others."""
        if self._store is None or self.whole is None or self.whole.templates != templates:
            return
        try:
            for number, name, state in self._store.execute("select number, name, state from reads"):
                self._numbers[_read(name)] = number
                self._states[number] = state
            rows = self._store.execute("select name, reads, made from units")
            self._units = {name: (reads, made) for name, reads, made in rows}
        except (sqlite3.Error, ValueError, TypeError):
            self.forget()

    def forget(self) -> None:
        """Drop everything: the next publishing begins anew."""
        self._numbers, self._states, self._units = {}, {}, {}
        if self._store is not None:
            self._store.close()
            removed(self._path)
        self._store = None

    def stale(self, state: Callable[[Read], bytes]) -> frozenset[int]:
        """Return the numbers of all that was read and is not now what it was."""
        return frozenset(number for read, number in self._numbers.items() if state(read) != self._states[number])

    def unit(self, name: str) -> UnitMade | None:
        """Return what is remembered of a unit; None for one that was not made."""
        if name not in self._units:
            return None
        reads, made = self._units[name]
        numbers = array("I")
        numbers.frombytes(reads)
        pages, files = json.loads(made)
        return UnitMade(frozenset(numbers), tuple(map(_page, pages)), tuple(Written(*file) for file in files))

    def files(self) -> Iterator[Written]:
        """Yield every file of every unit."""
        if self._store is not None:
            for (made,) in self._store.execute("select made from units"):
                yield from (Written(*file) for file in json.loads(made)[1])

    def save(
        self,
        units: Iterable[UnitWritten],
        state: Callable[[Read], bytes],
        whole: Whole,
    ) -> None:
        """Remember these units and nothing else, in one step."""
        if self._store is None:
            return
        made = {unit.name: unit for unit in units}
        try:
            with self._store:
                self._save(made, {name for name, unit in made.items() if unit.reads is None}, state, whole)
        except sqlite3.Error:
            self.forget()

    def _save(
        self, made: Mapping[str, UnitWritten], kept: set[str], state: Callable[[Read], bytes], whole: Whole
    ) -> None:
        assert self._store is not None
        units: list[tuple[str, bytes, str]] = []
        reads: dict[Read, int] = {}
        used: set[int] = set()
        number = max(self._numbers.values(), default=0)
        for name in kept:
            numbers = array("I")
            numbers.frombytes(self._units[name][0])
            used.update(numbers)
        for name, unit in made.items():
            numbers = array("I")
            if unit.reads is None:
                continue
            for one in unit.reads:
                if one not in self._numbers:
                    number += 1
                    self._numbers[one] = number
                numbers.append(self._numbers[one])
                reads[one] = self._numbers[one]
            used.update(numbers)
            units.append((name, numbers.tobytes(), _json([[*map(_plain_page, unit.pages)], unit.files])))
        execute = self._store.executemany
        execute("delete from units where name = ?", [(name,) for name in self._units.keys() - kept])
        execute("insert or replace into units values (?, ?, ?)", units)
        execute("delete from reads where number = ?", [(n,) for n in self._states.keys() - used])
        execute("insert or replace into reads values (?, ?, ?)", ((n, _name(r), state(r)) for r, n in reads.items()))
        self._store.execute("delete from whole")
        self._store.execute("insert into whole values (?, ?, ?)", (whole.inputs, whole.templates, _json(whole.known)))

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()


def _page(plain: Any) -> PageMade:
    url, listed, fitting, worn, search = plain
    entries = (SearchEntry(a, b, c, tuple(tags), *rest) for a, b, c, tags, *rest in search)
    return PageMade(url, listed, Fitting.of(fitting), worn, tuple(entries))


def _plain_page(page: PageMade) -> list[object]:
    search = [[e.location, e.title, e.text, e.tags, e.boost, e.words] for e in page.search]
    return [page.url, page.listed, page.fitting, page.worn, search]


def _name(read: Read) -> str:
    return _json([read.path, read.what, read.key])


def _read(name: str) -> Read:
    path, what, key = json.loads(name)
    return Read(tuple(path), what, _hashable(key))


def _hashable(key: object) -> object:
    return tuple(map(_hashable, key)) if isinstance(key, list) else key


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
