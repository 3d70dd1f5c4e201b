"""What the browser of studies loads: the facets of all of them at once, their rows in small parts.

    shards/explore/root.js           how many there are, facets, year and people of each, how rows are shown
    shards/explore/rows/DIGEST.js    the rows of a few studies, ready to be shown
    shards/explore/names.js          the place of each study in the order of names; asked for when it is needed

Studies are numbered in the order of the records, which is that of their entries in the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from ..model import Export, Study
from ..shards import named_by_content, script
from . import words
from .facets import FACETS, compared, outcomes, packed, table_of
from .site import Site
from .study import study_row

ROWS_IN_PART: Final = 16
"""Rows in a part: of studies scattered over the whole list each loads one."""


class Column(NamedTuple):
    """A column of the list: its name, whether it is shown at first, what it is sorted by (a facet, or itself)."""

    id: str
    label: str
    shown: bool = True
    number: bool = False
    sort: str = ""


COLUMNS: Final[Sequence[Column]] = (
    Column("study", "Study", sort="name"),
    Column("year", "Year", number=True, sort="year"),
    Column("design", "Design", sort="design"),
    Column("population", "Condition", sort="population"),
    Column("people", "People", number=True, sort="people"),
    Column("about", "About"),
    Column("compared", "Compared with", shown=False),
    Column("outcomes", "Outcomes", shown=False),
    Column("bias", "Risk of bias", sort="bias"),
    Column("read", "Read", sort="read"),
    Column("checked", "Checked by", shown=False, sort="checked"),
    Column("country", "Country", shown=False),
    Column("status", "Status", shown=False, sort="status"),
)
"""The columns there are, in their order; the first is always shown."""


def explorable(study: Study, site: Site) -> dict[str, Any]:
    """Return a study as a row of the list, with the lines of its ``cells`` after the first, column by column."""
    row = study_row(study, site)
    return {**row, "cells": _cells(study, row, site)}


def _cells(study: Study, row: Mapping[str, Any], site: Site) -> list[list[str]]:
    checked = study.extraction.checked_by
    people = words.count(row["n"]) if row["n"] else ""
    lines = {
        "year": [str(row["year"])],
        "design": [row["design"]],
        "population": [row["condition"]],
        "people": [people or "–", f"{words.count(row['studies'])} studies"] if row["studies"] else [people or "–"],
        "about": [row["about"]],
        "compared": [site.labels("interventions", dict.fromkeys(compared(study)))],
        "outcomes": [site.labels("outcomes", dict.fromkeys(outcomes(study)))],
        "bias": [row["bias"]],
        "read": [row["read"]],
        "checked": [checked.name if checked else "nobody yet"],
        "country": [", ".join(map(words.country, study.design.countries))],
        "status": [words.STATES[study.status.state]],
    }
    return [[line for line in lines[column.id] if line] for column in COLUMNS[1:]]


def explore_files(rows: Sequence[Mapping[str, Any]], site: Site) -> Iterator[Export]:
    """Yield what the browser of studies loads; ``rows`` are those of all studies in the order of the records."""
    studies = [site.evidence.studies[row["id"]] for row in rows]
    parts = []
    for start in range(0, len(rows), ROWS_IN_PART):
        parts.append(named_by_content("explore/rows", [*map(_shown, rows[start : start + ROWS_IN_PART])]))
    yield from {part.path: part for part in parts}.values()
    order = sorted(range(len(rows)), key=lambda number: (rows[number]["name"].casefold(), number))
    places = [0] * len(rows)
    for place, number in enumerate(order):
        places[number] = place
    yield script("explore/names", packed(places))
    yield script(
        "explore/root",
        {
            "studies": len(rows),
            "columns": [column._asdict() for column in COLUMNS],
            "facets": [table_of(facet, studies, site) for facet in FACETS],
            "year": packed([int(row["year"] or 0) for row in rows]),
            "people": packed([row["n"] or 0 for row in rows]),
            "in_part": ROWS_IN_PART,
            "rows": [PurePosixPath(part.path).stem for part in parts],
        },
    )


def _shown(row: Mapping[str, Any]) -> list[Any]:
    """Return a row as a script shows it: id, whether it can be cited, name, title, what became of it, other cells."""
    state = "" if row["state"] == "current" else words.STATES[row["state"]]
    return [row["id"], int(bool(row["key"])), row["name"], row["title"], state, row["cells"]]
