"""A build whose pages and files a test names itself, kept in a file, so that MkDocs' own process finds it."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backed.model import Export, Made, Page
from backed.problem import Problem
from backed.reads import Read, state_of

FILE = "built.pickle"


@dataclass(frozen=True)
class MadeUp:
    """Pages and files, each a unit of its own that has read nothing but what it is."""

    pages: Sequence[Page]
    exports: Sequence[Export] = ()
    problems: Sequence[Problem] = ()
    as_of: str = ""

    @property
    def units(self) -> list[str]:
        return [str(number) for number in range(len(self.pages) + len(self.exports))]

    def make(self, unit: str) -> Made:
        return Made((self._part(int(unit)),), frozenset({Read(("parts",), "item", int(unit))}))

    def state(self, read: Read) -> bytes:
        parts = len(self.pages) + len(self.exports)
        return state_of(repr(self._part(read.key)) if read.key < parts else None)

    def fragment(self, name: str, url: str) -> str:  # noqa: ARG002
        return name

    def _part(self, number: int) -> Page | Export:
        parts: list[Page | Export] = [*self.pages, *self.exports]
        return parts[number]

    def save(self, folder: Path) -> None:
        """Write it beside and move it into place: a server must not read half a file."""
        folder.mkdir(parents=True, exist_ok=True)
        new = folder.parent / f"{FILE}.new"
        new.write_bytes(pickle.dumps(self))
        new.rename(folder / FILE)


def build(folder: Path, templates: Path, site_url: str) -> MadeUp:  # noqa: ARG001
    """Return the build that was saved in a folder."""
    found = pickle.loads((folder / FILE).read_bytes())
    assert isinstance(found, MadeUp)
    return found
