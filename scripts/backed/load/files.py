"""Bytes on disk to text; what cannot be read is a problem, never the end."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from ..problem import Problem, Severity
from .signs import first_unseen, unseen

LARGEST = 2_000_000
"""Bytes; a record is a few thousand, so a larger file is a mistake (a PDF, a data set)."""


def _without_links(path: str, flags: int) -> int:
    """Open a file, but no link: that would have us read, and quote, whatever anybody points to."""
    if not hasattr(os, "O_NOFOLLOW") and os.path.islink(path):  # noqa: PTH114 - some ten thousand times
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def read_text(path: Path, file: str, *, links: bool = False) -> tuple[str | None, list[Problem]]:
    """Return a file's text (UTF-8, a byte-order mark is dropped), or None and the problem that kept it from us.

    A link is only followed with ``links``: for files that somebody names, not for those found in the evidence.
    """
    try:
        with open(path, "rb", opener=None if links else _without_links) as opened:
            content = opened.read(LARGEST + 1)
    except OSError as fault:
        if fault.errno == errno.ELOOP and path.is_symlink():
            message = "this is a link; what it leads to may lie outside, and may be another file elsewhere"
            return None, [Problem("unreadable-file", Severity.ERROR, file, message, "put the file itself here")]
        message = f"the file cannot be read: {fault.strerror or fault}"
        return None, [Problem("unreadable-file", Severity.ERROR, file, message, "check its permissions and links")]
    if len(content) > LARGEST:
        message = f"the file is larger than {LARGEST // 1_000_000} MB"
        return None, [Problem("unreadable-file", Severity.ERROR, file, message, "a record is a few kilobytes of text")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = fault.object[: fault.start].decode("utf-8")  # without the byte-order mark
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the byte {fault.object[fault.start]:#04x} is not UTF-8"
        return None, [Problem("not-utf8", Severity.ERROR, file, message, "save the file as UTF-8", (), line, column)]
    if found := first_unseen(text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        return None, [unseen(found[0], file, line, column)]
    return text, []


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder in a stable order, hidden ones and editors' leftovers left out.

    A folder that may not be looked into is yielded itself, so that what is in it is not silently lost.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if not entry.is_dir(follow_symlinks=False):
            if entry.is_symlink() or entry.is_file():
                yield folder / entry.name
        elif os.access(entry.path, os.R_OK | os.X_OK):
            yield from files_below(Path(entry.path))
        else:
            yield folder / entry.name
