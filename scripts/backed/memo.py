"""Results of work kept for the next time, each with what was read to come to it (`reads`): a help, never trusted far.

It is one SQLite file. Made by another program, damaged or lacking, all work is done anew.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, cast

from .reads import Read
from .store import opened, removed

_TABLES = """
create table reads (number integer primary key, name text not null unique, state blob not null) strict;
create table results (name text primary key, reads blob not null, text text not null) strict;
create table notes (name text primary key, text text not null) strict;
"""


class Result(NamedTuple):
    """What work came to, as text, with all that it had read; None there for a result that was kept."""

    text: str
    reads: frozenset[Read] | None


class Memo:
    """Results by name, in a file, and notes beside them; ``code`` tells the program that came to them."""

    def __init__(self, path: Path, code: str) -> None:
        self._path = path
        self._store = opened(path, _TABLES, code)
        self._numbers: dict[Read, int] = {}
        self._last = 0
        self._states: dict[int, bytes] = {}
        self._results: dict[str, tuple[bytes, str]] = {}
        self.notes: Mapping[str, str] = {}
        """What else was noted the last time."""
        with suppress(sqlite3.Error):
            if self._store is not None:
                self.notes = dict(self._store.execute("select name, text from notes"))

    def remember(self) -> None:
        """Read all results; without that, nothing is known of them."""
        if self._store is None:
            return
        try:
            for number, name, state in self._store.execute("select number, name, state from reads"):
                self._numbers[_read(name)] = number
                self._states[number] = state
            rows = self._store.execute("select name, reads, text from results")
            self._results = {name: (reads, text) for name, reads, text in rows}
            self._last = max(self._states, default=0)
        except (sqlite3.Error, ValueError, TypeError):
            self._forget()

    def texts(self) -> Iterator[str]:
        """Yield the text of every result, true or not."""
        if self._store is not None:
            yield from (text for (text,) in self._store.execute("select text from results"))

    def true(self, state: Callable[[Read], bytes]) -> dict[str, str]:
        """Return the texts of all results of which nothing that was read is different now."""
        stale = {number for read, number in self._numbers.items() if state(read) != self._states[number]}
        return {name: text for name, (reads, text) in self._results.items() if stale.isdisjoint(_numbers(reads))}

    def save(self, results: Mapping[str, Result], state: Callable[[Read], bytes], notes: Mapping[str, str]) -> None:
        """Remember these results and notes and nothing else, in one step; those that were kept stay as they are."""
        if self._store is None:
            return
        try:
            with self._store:
                self._save(results, state)
                self._store.execute("delete from notes")
                self._store.executemany("insert into notes values (?, ?)", notes.items())
        except sqlite3.Error:
            self._forget()

    def _save(self, results: Mapping[str, Result], state: Callable[[Read], bytes]) -> None:
        assert self._store is not None
        kept = {name for name, result in results.items() if result.reads is None}
        used = {number for name in kept for number in _numbers(self._results[name][0])}
        new: dict[Read, int] = {}
        rows: list[tuple[str, bytes, str]] = []
        for name, result in results.items():
            if result.reads is not None:
                numbers = array("I", (self._number(read, new) for read in result.reads))
                used.update(numbers)
                rows.append((name, numbers.tobytes(), result.text))
        execute = self._store.executemany
        execute("delete from results where name = ?", [(name,) for name in self._results.keys() - kept])
        execute("insert or replace into results values (?, ?, ?)", rows)
        execute("delete from reads where number = ?", [(number,) for number in self._states.keys() - used])
        execute("insert or replace into reads values (?, ?, ?)", ((n, _name(r), state(r)) for r, n in new.items()))

    def _number(self, read: Read, new: dict[Read, int]) -> int:
        if read not in self._numbers:
            self._last += 1
            self._numbers[read] = self._last
        new[read] = self._numbers[read]
        return new[read]

    def _forget(self) -> None:
        self._numbers, self._states, self._results = {}, {}, {}
        self.close()
        if self._store is not None:
            removed(self._path)
        self._store = None

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()


def forget_gone(folder: Path, pattern: str, note: str) -> None:
    """Remove the memos in a folder that are about a place on disk (by that note) where nothing is any more."""
    for path in folder.glob(pattern):
        with suppress(sqlite3.Error, OSError):
            store = sqlite3.connect(path)
            try:
                row = store.execute("select text from notes where name = ?", (note,)).fetchone()
            finally:
                store.close()
            if row and not Path(row[0]).exists():
                removed(path)


def _numbers(reads: bytes) -> Set[int]:
    numbers = array("I")
    numbers.frombytes(reads)
    return set(numbers)


def _name(read: Read) -> str:
    return json.dumps([read.path, read.what, read.key], ensure_ascii=False, separators=(",", ":"))


def _read(name: str) -> Read:
    path, what, key = json.loads(name)
    return Read(cast("tuple[Any, ...]", _hashable(path)), what, _hashable(key))


def _hashable(value: object) -> object:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value
