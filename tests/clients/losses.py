"""What of every field came back from every program, counted over the zoo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from backed.export import EXPORTS, Format
from backed.model import Reference

from .clients import CLIENTS, Client
from .held import Read, found, held, plain, same
from .reasons import why

OUTCOMES = ("equal", "note", "changed", "lost")
"""Came back as it was; stands in the note; came back as something else; did not come back."""
FORMS: Mapping[str, Format] = {form.id: form for form in EXPORTS}


def read_back(client: Client, references: Iterable[Reference]) -> list[tuple[Reference, Read]]:
    """Return references with what a program found in them; one it did not find at all has an empty reading."""
    form = FORMS[client.form]
    listed = sorted(references, key=form.order) if form.order else list(references)
    read = client.read(form.write(listed))
    if client.by_order:
        return list(zip(listed, read, strict=True))
    by_key = {one.key: one for one in read}
    return [(one, by_key.get(one.key, Read())) for one in listed]


def outcome(label: str, wanted: str, got: str, notes: str) -> str:
    """Return what became of a value: one of ``OUTCOMES``."""
    if same(label, wanted, got):
        return "equal"
    if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain(notes)):
        return "note"
    return "changed" if got else "lost"


def counted(client: Client, references: Iterable[Reference]) -> dict[str, dict[str, int]]:
    """Return, for each field, how many values had which outcome; outcomes that did not happen are left out."""
    counts: dict[str, dict[str, int]] = {}
    for reference, read in read_back(client, references):
        wanted = held(reference)
        got = found(read, wanted)
        for label, value in wanted.items():
            tally = counts.setdefault(label, {})
            met = outcome(label, value, got[label], read.notes)
            tally[met] = tally.get(met, 0) + 1
    return counts


def table(references: list[Reference]) -> dict[str, Any]:
    """Return the whole table, as it is published: formats, their programs, fields, counts and reasons."""
    return {
        "formats": [
            {
                "id": form.id,
                "label": form.label,
                "clients": [column(client, references) for client in CLIENTS if client.form == form.id],
            }
            for form in EXPORTS
        ]
    }


def column(client: Client, references: list[Reference]) -> dict[str, Any]:
    """Return one program's part of the table."""
    fields = {
        label: {**tally, **({"why": why(client, label)} if set(tally) != {"equal"} else {})}
        for label, tally in sorted(counted(client, references).items())
    }
    return {"name": client.name, "version": client.version, "fields": fields}
