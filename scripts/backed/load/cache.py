"""What files held when they were last read, in one SQLite file: a file that has not changed is not parsed again.

Only what was sound is kept, and only as plain data: a record is validated anew from it, since what is in the file on
disk is never trusted further than its checksum. A cache made by other code, for another Python, or damaged, is begun
anew. Where it cannot be written, everything works without.
"""

from __future__ import annotations

import hashlib
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from ..store import opened, removed

_HERE = Path(__file__).parent
MADE_BY = (_HERE, _HERE.parent / "model", _HERE.parent / "bibliography")
"""The code whose change makes an older cache worthless."""

AT_ONCE = 500
"""Values that are looked up in one step."""

_TABLES = """
create table held (key blob primary key, value text not null, sum blob not null) strict, without rowid;
"""


def cache_of(root: Path) -> Path:
    """Return the file that keeps what was read below an evidence folder: beside it, in ``.cache/``."""
    return root.absolute().parent / ".cache" / "backed.sqlite"


class Cache:
    """Plain values, as JSON, by the text they were read from; a context, at the end of which it is written."""

    def __init__(self, path: Path) -> None:
        self.path, self._new, self._used = path, dict[bytes, str](), set[bytes]()
        self._store = opened(path, _TABLES, _code())

    def get(self, texts: Sequence[tuple[str, str]]) -> list[str]:
        """Return the values kept for texts, each given with its kind (``yaml``, ``bib``); '' where there is none."""
        keys = [_key(kind, text) for kind, text in texts]
        found: dict[bytes, str] = {}
        for start in range(0, len(keys), AT_ONCE):
            found |= self._found(keys[start : start + AT_ONCE])
        self._used |= found.keys()
        return [found.get(key, "") for key in keys]

    def _found(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        if self._store is None:
            return {}
        asked = f"select key, value, sum from held where key in ({', '.join('?' * len(keys))})"
        try:
            return {key: value for key, value, written in self._store.execute(asked, keys) if written == _sum(value)}
        except sqlite3.Error:
            self._give_up()
            return {}

    def put(self, kind: str, text: str, value: str) -> None:
        """Keep a value for a text of a kind."""
        if self._store is not None:
            self._new[_key(kind, text)] = value

    def __enter__(self) -> Cache:
        """Return the cache itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Write what is new, in one step; another process that reads or writes is not disturbed."""
        if self._store is None:
            return
        with suppress(sqlite3.Error):
            if self._new:
                with self._store:
                    self._store.executemany("insert or replace into held values (?, ?, ?)", self._rows())
                    self._forget()
        with suppress(sqlite3.Error):
            self._store.close()

    def _rows(self) -> Iterator[tuple[bytes, str, bytes]]:
        return ((key, value, _sum(value)) for key, value in self._new.items())

    def _forget(self) -> None:
        """Drop what nothing asked for, once it is most of what there is: another branch's files are worth keeping."""
        assert self._store is not None
        known = {key for (key,) in self._store.execute("select key from held")}
        left = known - self._used - self._new.keys()
        if len(left) > 2 * (len(known) - len(left)) + 1000:
            self._store.executemany("delete from held where key = ?", ((key,) for key in left))

    def _give_up(self) -> None:
        """Go on without; the next run begins it anew."""
        if self._store is not None:
            with suppress(sqlite3.Error):
                self._store.close()
            removed(self.path)
        self._store = None


def _code() -> str:
    """Return a hash of all that decides what a text is read as."""
    found = hashlib.sha256(f"{platform.python_version()} {version('pyyaml')} {version('pybtex')}".encode())
    for folder in MADE_BY:
        for path in sorted(folder.glob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


def _key(kind: str, text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16, person=kind.encode()).digest()


def _sum(value: str) -> bytes:
    return hashlib.blake2b(value.encode(), digest_size=8).digest()
