"""What a citation format is: how one reference is written, and what stands around and between several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..model import Reference


class Piece(NamedTuple):
    """A reference as a format writes it, and the text by which a list is sorted ('' where it is not)."""

    entry: str
    order: str


@dataclass(frozen=True)
class Format:
    """A citation format: ``extension`` without a dot, and ``entry``, which writes one reference.

    A file is ``head``, the entries with ``between`` in between, ``tail``. An entry never depends on its neighbours, so
    that a reader's browser puts entries together to the very bytes that the build would write. ``order`` gives the text
    by which a list is sorted (letter by letter), None where references stay in the order in which they come.
    """

    id: str
    label: str
    extension: str
    media_type: str
    entry: Callable[[Reference], str]
    head: str = ""
    between: str = ""
    tail: str = ""
    order: Callable[[Reference], str] | None = None

    def write(self, references: Iterable[Reference]) -> str:
        """Return the references as the text of a file of this format."""
        return self.bound(map(self.piece, references))

    def piece(self, reference: Reference) -> Piece:
        """Return one reference with what a list of it needs."""
        return Piece(self.entry(reference), self.order(reference) if self.order else "")

    def bound(self, pieces: Iterable[Piece]) -> str:
        """Return the text of a file of references that are written already."""
        listed = sorted(pieces, key=lambda piece: piece.order) if self.order else pieces
        return self.head + self.between.join([piece.entry for piece in listed]) + self.tail
