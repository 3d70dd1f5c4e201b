"""All that a site is made from, in one hash: if that is the same and the site is as it was left, nothing is to do."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..program import contents, program

_INHERITED = re.compile(r"^INHERIT:\s*[\"']?([^\"'\n#]+)", re.MULTILINE)
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


def inputs(config_file: Path, folders: Iterable[Path]) -> str:
    """Return the hash of a configuration, of everything in some folders, of the program and its libraries.

    Variables of the environment that the configuration names count too, and so does the folder we are in: files are
    named from there.
    """
    found = hashlib.sha256(f"{Path.cwd()}\0{program()}".encode())
    for file in _configurations(config_file):
        text = file.read_bytes()
        found.update(b"\0%b\0%b" % (str(file).encode(), text))
        for name in sorted(set(_VARIABLE.findall(text.decode("utf-8", "replace")))):
            found.update(f"\0{name}={os.environ.get(name)}".encode("utf-8", "surrogateescape"))
    found.update(contents(folders).encode())
    return found.hexdigest()


def _configurations(file: Path) -> Iterator[Path]:
    """Yield a configuration and those that it inherits from."""
    seen: set[Path] = set()
    while file not in seen and file.is_file():
        seen.add(file)
        yield file
        inherited = _INHERITED.search(file.read_text(encoding="utf-8"))
        if inherited:
            file = file.parent / inherited[1].strip()
