"""SQLite files that only help: opened if they are ours and sound, else begun anew, else done without."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for another process that writes."""


def opened(path: Path, tables: str, code: str) -> sqlite3.Connection | None:
    """Return the store in a file, begun anew where it is not one of ours; None where there can be none.

    ``tables`` are the statements that make it, ``code`` tells what program made it: one of another is begun anew.
    """
    for attempt in (1, 2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            store = sqlite3.connect(path, timeout=PATIENCE)
        except (OSError, sqlite3.Error):
            return None
        try:
            if _is_ours(store, tables, code):
                return store
        except sqlite3.OperationalError as stop:  # locked, read-only, no space: it may be sound, so it stays
            store.close()
            if "not a database" not in str(stop) and "malformed" not in str(stop):
                return None
        except sqlite3.DatabaseError:
            store.close()
        else:
            store.close()
        if attempt == 1:
            removed(path)
    return None


def _is_ours(store: sqlite3.Connection, tables: str, code: str) -> bool:
    """Say whether a store was made by this very code, making its tables where it is empty."""
    statements = f"create table made (code text not null) strict;{tables}".split(";")
    wanted = {statement.split()[2] for statement in statements if statement.strip()}
    with store:
        store.execute("begin immediate")  # two processes that find it empty wait for one another
        found = {name for (name,) in store.execute("select name from sqlite_master where type = 'table'")}
        if not found:
            for statement in statements:
                store.execute(statement)
            store.execute("insert into made values (?)", (code,))
            return True
        return found == wanted and store.execute("select code from made").fetchall() == [(code,)]


def removed(path: Path) -> None:
    """Remove the file of a store, with those that SQLite writes beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
