"""All that a site is made from, in one hash: if that is the same and the site is as it was left, nothing is to do."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
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


def _configurations(file: Path) -> Iterator[Path]:
    """Yield a configuration and those that it inherits from."""
    seen: set[Path] = set()
    while file not in seen and file.is_file():
        seen.add(file)
        yield file
        inherited = _INHERITED.search(file.read_text(encoding="utf-8"))
        if inherited:
            file = file.parent / inherited[1].strip()


def files_below(folder: Path) -> Iterator[str]:
    """Yield every file below a folder (or the file itself), in order; none that Python compiled."""
    if folder.is_file():
        yield str(folder)
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".pyc"):
                yield os.path.join(at, name)  # noqa: PTH118 - thousands of them
