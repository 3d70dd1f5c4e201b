"""The folder a site is written into, beside the site that was there: what has not changed is linked, not written."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mkdocs.exceptions import PluginError


class Written(NamedTuple):
    """A file of a site: its path below the site's root, and what would be another if anybody changed it."""

    path: str
    size: int
    changed: int
    """When it was last changed, in nanoseconds."""
    node: int
    """Its number on the disk."""


class Folder:
    """A site while it is written. ``before`` is the site that is to be replaced; it need not be there."""

    def __init__(self, root: Path, before: Path) -> None:
        self.root = root
        self._root, self._before = str(root), str(before)
        self._made: set[str] = set()

    def put(self, path: str, content: bytes) -> Written:
        """Write a file, or link the one that was there before if it is the same; return what was written."""
        target = self._place(path)
        if not (_holds(f"{self._before}/{path}", content) and _linked(f"{self._before}/{path}", target)):
            with open(target, "wb") as file:  # noqa: PTH123 - a hundred thousand times
                file.write(content)
        return _written(path, target)

    def keep(self, file: Written) -> bool:
        """Link a file of the site before, if it is there as it was left; say whether it was."""
        return _is_there(self._before, file) and _linked(f"{self._before}/{file.path}", self._place(file.path))

    def settle(self, path: str) -> Written:
        """Return what somebody else wrote; where that is what was there before, it is linked."""
        target = f"{self._root}/{path}"
        if os.path.isfile(f"{self._before}/{path}"):  # noqa: PTH113
            content = Path(target).read_bytes()
            if _holds(f"{self._before}/{path}", content):
                Path(target).unlink()
                return self.put(path, content)
        return _written(path, target)

    def _place(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            pure = PurePosixPath(path)
            if pure.is_absolute() or ".." in pure.parts:
                raise PluginError(f"everything is written below the site, not to {path}")
            Path(self._root, folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self._root}/{path}"


def is_as_left(site: Path, file: Written) -> bool:
    """Say whether a file of a site is there and nobody changed it."""
    return _is_there(str(site), file)


def _is_there(root: str, file: Written) -> bool:
    try:
        return _written(file.path, f"{root}/{file.path}") == file
    except OSError:
        return False


def _written(path: str, target: str) -> Written:
    known = os.stat(target)  # noqa: PTH116
    return Written(path, known.st_size, known.st_mtime_ns, known.st_ino)


def _holds(path: str, content: bytes) -> bool:
    """Say whether there is a file of that content."""
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == content
    except OSError:
        return False


def _linked(source: str, target: str) -> bool:
    """Make a second name for a file, and say whether that could be done: not every file system can."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True
