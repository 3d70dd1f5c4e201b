"""What this program is, in a hash: what was worked out by another one is worked out anew."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache  # nobody changes a program while it runs
def program() -> str:
    """Return a hash of what decides what is made of the evidence, templates aside: our code, the libraries."""
    found = hashlib.sha256(f"{sys.version}{contents([PACKAGE])}".encode())
    for folder in sorted(one for one in map(Path, sys.path) if one.is_dir()):
        found.update("\n".join(sorted(path.name for path in folder.glob("*.dist-info"))).encode())
    return found.hexdigest()


def contents(folders: Iterable[Path]) -> str:
    """Return a hash of every file in some folders, with where it lies."""
    found = hashlib.sha256()
    for folder in folders:
        for path in files_below(folder):
            found.update(b"\0%b\0" % os.fsencode(path))
            found.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return found.hexdigest()


def files_below(folder: Path) -> Iterator[str]:
    """Yield every file below a folder (or the file itself), in order; none that Python compiled."""
    if folder.is_file():
        yield str(folder)
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".pyc"):
                yield os.path.join(at, name)  # noqa: PTH118 - thousands of them
