"""A table of effects: a CSV file with one row a study to number columns, each figure with its line and column."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..model import TABLE_COLUMNS, EffectTable
from ..problem import Problem, Severity
from .files import read_text

LABELS = ("label", "slab", "study")
"""Names of a column that says which study a row is; the first one found is taken."""
MISSING = frozenset({"", "na", "nan"})
INFINITE = {"inf": math.inf, "+inf": math.inf, "-inf": -math.inf}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class _Cell:
    text: str
    line: int
    column: int


_Row = Sequence[_Cell]


def load_table(path: Path, measure: str) -> tuple[EffectTable | None, list[Problem]]:
    """Return the columns that a measure needs from a CSV file, and every problem; None where it is no such table.

    The first row names the columns, as metafor's escalc does; others may stand beside them. Empty cells and ``NA`` are
    missing figures, and what is no number counts as one beside its problem. Cells are separated by commas, or by
    semicolons or tabs where the first row holds no comma.
    """
    text, problems = read_text(path, str(path))
    if text is None:
        return None, problems
    try:
        rows = list(_rows(text))
    except csv.Error as fault:
        return None, [_problem(path, _Cell("", 1, 1), f"this is no CSV file: {fault}", "save it as CSV, in UTF-8")]
    if not rows:
        return None, [
            _problem(path, _Cell("", 1, 1), "the table is empty", f"begin with a row of names: {_need(measure)}")
        ]
    header, body = rows[0], rows[1:]
    problems = [*_header_problems(path, header, measure), *_ragged(path, header, body)]
    if not body:
        problems.append(_problem(path, header[0], "the table has no rows", "add one row for each study"))
    if problems:
        return None, problems
    return _table(path, header, body, measure)


def _table(path: Path, header: _Row, body: Sequence[_Row], measure: str) -> tuple[EffectTable, list[Problem]]:
    names = [cell.text.strip() for cell in header]
    problems: list[Problem] = []
    columns: dict[str, tuple[float, ...]] = {}
    spots = {}
    for name in TABLE_COLUMNS[measure]:
        cells = [row[names.index(name)] for row in body]
        problems += [problem for cell in cells if (problem := _not_a_number(path, name, cell))]
        columns[name] = tuple(_number(cell.text) for cell in cells)
        spots[name] = tuple((cell.line, cell.column) for cell in cells)
    label = next((names.index(name) for name in LABELS if name in names), None)
    labels = [f"row {row[0].line}" if label is None else row[label].text.strip() for row in body]
    table = EffectTable(str(path), columns, tuple(labels), spots)
    return table, problems


def _rows(text: str) -> Iterator[_Row]:
    """Yield the rows that hold anything, each cell with its place. csv.Error where quotes are not closed."""
    first = text.split("\n", 1)[0]
    delimiter = next((mark for mark in ",;\t" if mark in first), ",")
    lines = text.splitlines(keepends=True)
    reader, begun = csv.reader(lines, delimiter=delimiter, strict=True), 0
    for texts in reader:
        raw = "".join(lines[begun : reader.line_num])
        if any(cell.strip() for cell in texts):
            places = _places(raw, delimiter)
            yield [_Cell(cell, begun + line, column) for cell, (line, column) in zip(texts, places, strict=True)]
        begun = reader.line_num


def _places(raw: str, delimiter: str) -> list[tuple[int, int]]:
    """Return line and column, both from 1, of each cell's first character in the text of one row."""
    starts, quoted = [0], False
    for index, mark in enumerate(raw):
        quoted ^= mark == '"'
        if mark == delimiter and not quoted:
            starts.append(index + 1)
    return [(raw.count("\n", 0, start) + 1, start - raw.rfind("\n", 0, start)) for start in starts]


def _header_problems(path: Path, header: _Row, measure: str) -> Iterator[Problem]:
    names = [cell.text.strip() for cell in header]
    wanted = TABLE_COLUMNS[measure]
    for name in wanted:
        if name not in names:
            message = f"the column {name} is missing; {measure} needs {_need(measure)}"
            yield _problem(path, header[0], message, f"the first row holds: {', '.join(names)}")
    for before, cell in _twice(header):
        if cell.text.strip() in wanted:
            message = f"the column {cell.text.strip()} stands twice, first at column {before.column}"
            yield _problem(path, cell, message, "keep one of them")


def _twice(header: _Row) -> Iterator[tuple[_Cell, _Cell]]:
    by_name = sorted(header, key=lambda cell: (cell.text.strip(), cell.column))
    return ((one, two) for one, two in pairwise(by_name) if one.text.strip() == two.text.strip())


def _ragged(path: Path, header: _Row, body: Sequence[_Row]) -> Iterator[Problem]:
    for row in body:
        if len(row) != len(header):
            message = f"the row has {len(row)} cells, the first row has {len(header)}"
            yield _problem(path, row[0], message, "a text that holds the separator stands in double quotes")


def _not_a_number(path: Path, name: str, cell: _Cell) -> Problem | None:
    text = _plain(cell.text)
    if text.lower() in MISSING or text.lower() in INFINITE or NUMBER.fullmatch(text):
        return None
    hint = "decimals stand after a dot: 0.5" if re.fullmatch(r"[+-]?\d+,\d+", text) else "leave a missing figure empty"
    return _problem(path, cell, f"{name} is {cell.text.strip()!r}, which is no number", hint)


def _number(text: str) -> float:
    plain = _plain(text)
    if NUMBER.fullmatch(plain):
        return float(plain)
    return INFINITE.get(plain.lower(), math.nan)


def _plain(text: str) -> str:
    return text.strip().replace("\N{MINUS SIGN}", "-")


def _need(measure: str) -> str:
    return ", ".join(TABLE_COLUMNS[measure])


def _problem(path: Path, cell: _Cell, message: str, hint: str) -> Problem:
    return Problem("effect-table", Severity.ERROR, str(path), message, hint, (), cell.line, cell.column)
