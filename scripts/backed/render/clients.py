"""The table of what other programs find in our citation files: computed and compared by the tests, shown here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SAID = {"note": "in the note", "changed": "changed", "lost": "lost"}


@dataclass(frozen=True)
class Column:
    """A program that reads a format, and what came back of each field."""

    form: str
    name: str
    version: str
    fields: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Loss:
    """What does not come back as it was: of which field, why, and where (``BibTeX in pandoc: lost``)."""

    field: str
    why: str
    where: tuple[str, ...]


@dataclass(frozen=True)
class Clients:
    """The table: programs with the format they read, a row for each field, and the reasons of losses.

    ``rows`` are fields with a text for each of ``columns``: ``yes``, what happened instead, or '' where no work of the
    test had such a field.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    losses: tuple[Loss, ...]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Return each format and how many programs read it."""
        forms = [column.form for column in self.columns]
        return [(form, forms.count(form)) for form in dict.fromkeys(forms)]


def read_clients(path: Path) -> Clients:
    """Return the table that a file holds. OSError where it is not there."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    columns = tuple(
        Column(form["label"], client["name"], client["version"], client["fields"])
        for form in stored["formats"]
        for client in form["clients"]
    )
    fields = sorted({field for column in columns for field in column.fields}, key=str.casefold)
    rows = tuple((field, tuple(_cell(column.fields.get(field, {})) for column in columns)) for field in fields)
    return Clients(columns, rows, tuple(_losses(columns, fields)))


def _cell(tally: Mapping[str, Any]) -> str:
    """Return ``yes``, ``lost`` where nothing came back, or ``2 of 47 changed``."""
    counts = {outcome: count for outcome, count in tally.items() if outcome != "why"}
    total = sum(counts.values())
    parts = [
        words if counts[outcome] == total else f"{counts[outcome]} of {total} {words}"
        for outcome, words in _SAID.items()
        if outcome in counts
    ]
    return ", ".join(parts) or ("yes" if counts else "")


def _losses(columns: Sequence[Column], fields: Sequence[str]) -> Iterator[Loss]:
    for field in fields:
        places: dict[str, list[str]] = {}
        for column in columns:
            tally = column.fields.get(field, {})
            if "why" in tally:
                places.setdefault(tally["why"], []).append(f"{column.form} in {column.name}: {_cell(tally)}")
        yield from (Loss(field, why, tuple(where)) for why, where in places.items())
