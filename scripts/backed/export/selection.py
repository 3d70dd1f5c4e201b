"""References -> the bibliography in every format, whole and in parts.

Of the parts a reader's browser puts together what it was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..bibliography.registers import REGISTERS
from ..model import Export, Reference
from ..shards import Parts, parts_for, script
from .format import Format

_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def frames(works: Mapping[str, Reference], formats: Sequence[Format]) -> Iterator[Export]:
    """Yield what a selection is put together by, as ``shards/formats.js``, if there are works.

    It tells the number of parts, what stands around and between the entries of each format, and the form of the numbers
    of registers.
    """
    if works:
        told = {"parts": parts_for(len(works)), "formats": [*map(_frame, formats)], "registers": _registers()}
        yield script("formats", told)


def selectable(works: Mapping[str, Reference], form: Format) -> Iterator[Export]:
    """Yield the whole bibliography in a format, and its entries in parts; nothing without works.

    The value of a work is its entry; in a format with an order of its own, its entry and the text it is sorted by.
    """
    if not works:
        return
    pieces = {key: form.piece(works[key]) for key in sorted(works)}
    yield Export(f"bibliography/backed.{form.extension}", form.bound(pieces.values()).encode())
    values = pieces if form.order else {key: piece.entry for key, piece in pieces.items()}
    yield from _parts(tuple(pieces)).cut(form.id, values)


@lru_cache(maxsize=1)  # the same for every format
def _parts(keys: tuple[str, ...]) -> Parts:
    return Parts.of(keys)


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
