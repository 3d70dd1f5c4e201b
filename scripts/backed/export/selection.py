"""References -> parts of citation files, which a reader's browser puts together for the works it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..bibliography.registers import REGISTERS
from ..model import Export, Reference
from ..shards import cut, parts_for, script
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
    """Yield the entries of every work in a format, in parts.

    The value of a work is its entry; in a format with an order of its own, its entry and the text it is sorted by.
    """
    if works:
        yield from cut(form.id, {key: _piece(form, work) for key, work in works.items()}, parts_for(len(works)))


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


def _piece(form: Format, work: Reference) -> str | list[str]:
    return [form.entry(work), form.order(work)] if form.order else form.entry(work)


def _registers() -> str:
    """Return a regular expression, as a browser reads it, for the numbers of all registers whose numbers are no DOI."""
    forms = (register.form.pattern for register in REGISTERS if not register.example.startswith("10."))
    return _GROUP_NAME.sub("(?:", "|".join(forms))
