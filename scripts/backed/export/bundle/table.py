"""A CSV table whose columns say what they hold, so that the codebook cannot drift from the data."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Cell = str | float | int | bool | None
Row = TypeVar("Row")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its name, what it holds, in which unit, which values it may have ('' and none: any), and its cells.

    ``type`` is that of Frictionless' Table Schema.
    """

    name: str
    type: Literal["string", "number", "integer", "boolean"]
    description: str
    cell: Callable[[Row], Cell]
    unit: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table(Generic[Row]):
    """The rows of one file; ``path`` is its place in the bundle."""

    path: str
    title: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]

    @property
    def text(self) -> str:
        """Return the table as CSV (RFC 4180): a line of names, a line a row, numbers in full double precision."""
        return csv_text(
            [column.name for column in self.columns],
            [[column.cell(row) for column in self.columns] for row in self.rows],
        )


def csv_text(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return names and rows as CSV; an empty cell is an unknown value."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return file.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0") if math.isfinite(cell) else ""
    return _harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def _harmless(text: str) -> str:
    """Return a text on one line, with an apostrophe before what a spreadsheet would run as a formula (OWASP)."""
    line = " ".join(text.split())
    return f"'{line}" if text.startswith(_FORMULA) or line.startswith(_FORMULA) else line
