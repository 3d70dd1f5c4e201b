"""References -> the bibliography in every format, whole and in parts.

Of the parts a reader's browser puts together what it was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..bibliography.registers import REGISTERS
from ..model import Export, Reference
from ..shards import Parts, script
from .format import Format

_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def selectable(works: Mapping[str, Reference], formats: Sequence[Format]) -> Iterator[Export]:
    """Yield the whole bibliography in each format, and what a selection of it is written from.

    ``shards/formats.js`` tells the number of parts, what stands around and between the entries of each format, and the
    form of the numbers of registers. The value of a work is its entry; in a format with an order of its own, its entry
    and the text it is sorted by. Nothing where there are no works.
    """
    if not works:
        return
    parts = Parts.of(works)
    for form in formats:  # one after the other, so that no more than the entries of one are held
        pieces = {key: form.piece(works[key]) for key in sorted(works)}
        yield Export(f"bibliography/backed.{form.extension}", form.bound(pieces.values()).encode())
        yield from parts.cut(form.id, pieces if form.order else {key: piece.entry for key, piece in pieces.items()})
    told = {"parts": len(parts.keys), "formats": [*map(_frame, formats)], "registers": _registers()}
    yield script("formats", told)


def _frame(form: Format) -> dict[str, Any]:
    return {
        "id": form.id,
        "label": form.label,
        "extension": form.extension,
        "type": form.media_type,
        "head": form.head,
        "between": form.between,
        "tail": form.tail,
        "ordered": form.order is not None,
    }


def _registers() -> str:
    """Return a regular expression, as a browser reads it, for the numbers of all registers whose numbers are no DOI."""
    forms = (register.form.pattern for register in REGISTERS if not register.example.startswith("10."))
    return _GROUP_NAME.sub("(?:", "|".join(forms))
