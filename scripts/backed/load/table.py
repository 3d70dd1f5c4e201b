"""A table of effects: a CSV file with one row a study to number columns, each figure with its line and column."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..model import TABLE_COLUMNS, EffectTable
from ..problem import Problem, Severity
from .files import read_text

LABELS = ("label", "slab", "study")
"""Names of a column that says which study a row is; the first one found is taken."""
MISSING = frozenset({"", "na", "nan"})
INFINITE = {"inf": math.inf, "+inf": math.inf, "-inf": -math.inf}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+(?:[eE][+-]?\d+)?)", re.ASCII)


@dataclass(frozen=True)
class _Cell:
    text: str
    line: int
    column: int


_Row = Sequence[_Cell]


@dataclass(frozen=True)
class _Asked:
    """What is asked of a table: a measure, moderators, a column to group by ('' for none)."""

    measure: str
    mods: tuple[str, ...]
    by: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the columns that hold numbers, each once."""
        return tuple(dict.fromkeys((*TABLE_COLUMNS[self.measure], *self.mods)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that has to be there."""
        return (*self.numbers, self.by) if self.by and self.by not in self.numbers else self.numbers

    def why(self, name: str) -> str:
        """Return what a column is wanted for."""
        if name in TABLE_COLUMNS[self.measure]:
            return f"{self.measure} needs {_need(self.measure)}"
        return "the meta-regression is asked on it" if name in self.mods else "the studies are to be grouped by it"


def load_table(
    path: Path, measure: str, mods: Sequence[str] = (), by: str = ""
) -> tuple[EffectTable | None, list[Problem]]:
    """Return the columns that a measure needs from a CSV file, and every problem; None where it is no such table.

    The first row names the columns, as metafor's escalc does; others may stand beside them, and capitals do not matter
    where no name is the same but for them. ``mods`` are further columns of numbers, ``by`` one of words. Empty cells
    and ``NA`` are missing figures, and what is no number counts as one beside its problem. Cells are separated by
    commas, semicolons or tabs; where they are not separated by commas, and no figure has a dot, a comma is the decimal
    mark, as spreadsheets write it in much of Europe.
    """
    text, problems = read_text(path, str(path), links=True)
    if text is None:
        return None, problems
    asked = _Asked(measure, tuple(mods), by)
    try:
        mark = _separator(text, asked)
        rows = list(_rows(text, mark))
    except csv.Error as fault:
        return None, [_problem(path, _Cell("", 1, 1), f"this is no CSV file: {fault}", "save it as CSV, in UTF-8")]
    if not rows:
        return None, [
            _problem(path, _Cell("", 1, 1), "the table is empty", f"begin with a row of names: {_need(measure)}")
        ]
    header, body = rows[0], rows[1:]
    problems = [*_header_problems(path, header, asked), *_ragged(path, header, body)]
    if not body:
        problems.append(_problem(path, header[0], "the table has no rows", "add one row for each study"))
    if problems:
        return None, problems
    return _table(path, header, _with_dots(header, body, asked) if mark != "," else body, asked)


def _table(path: Path, header: _Row, body: Sequence[_Row], asked: _Asked) -> tuple[EffectTable, list[Problem]]:
    problems: list[Problem] = []
    numbers: dict[str, tuple[float, ...]] = {}
    spots = {}
    for name in asked.numbers:
        cells = [row[_named(header, name)[0]] for row in body]
        problems += [problem for cell in cells if (problem := _not_a_number(path, name, cell))]
        numbers[name] = tuple(_number(cell.text) for cell in cells)
        spots[name] = tuple((cell.line, cell.column) for cell in cells)
    label = next((found[0] for name in LABELS if (found := _named(header, name))), None)
    labels = [f"row {row[0].line}" if label is None else row[label].text.strip() for row in body]
    groups = [row[_named(header, asked.by)[0]].text.strip() for row in body] if asked.by else []
    table = EffectTable(
        file=str(path),
        columns={name: numbers[name] for name in TABLE_COLUMNS[asked.measure]},
        labels=tuple(labels),
        spots=spots,
        moderators={name: numbers[name] for name in asked.mods},
        groups=tuple("" if value.lower() in MISSING else value for value in groups),
        grouped_by=asked.by,
    )
    return table, problems


def _named(header: _Row, name: str) -> list[int]:
    """Return the places of the columns of that name; where there is none, of that name but for capitals."""
    names = [cell.text.strip() for cell in header]
    exact = [place for place, one in enumerate(names) if one == name]
    return exact or [place for place, one in enumerate(names) if one.casefold() == name.casefold()]


def _separator(text: str, asked: _Asked) -> str:
    """Return the mark that makes most of the columns asked for of the first row that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def found(mark: str) -> tuple[int, int]:
        cells = [_Cell(cell, 1, 1) for cell in next(csv.reader([first], delimiter=mark), [])]
        return sum(bool(_named(cells, name)) for name in asked.columns), len(cells)

    return max(",;\t", key=found)


def _with_dots(header: _Row, body: Sequence[_Row], asked: _Asked) -> Sequence[_Row]:
    """Return the rows with their decimal commas as dots; as they are where one figure has a dot."""
    places = [_named(header, name)[0] for name in asked.numbers]
    if any("." in row[place].text for row in body for place in places):
        return body
    return [
        [
            replace(cell, text=DECIMAL_COMMA.sub(r"\1.\2", cell.text)) if place in places else cell
            for place, cell in enumerate(row)
        ]
        for row in body
    ]


def _rows(text: str, mark: str) -> Iterator[_Row]:
    """Yield the rows that hold anything, each cell with its place. csv.Error where quotes are not closed."""
    lines = text.splitlines(keepends=True)
    reader, begun = csv.reader(lines, delimiter=mark, strict=True), 0
    for texts in reader:
        raw = "".join(lines[begun : reader.line_num])
        if any(cell.strip() for cell in texts):
            places = places_of(raw, mark)
            yield [_Cell(cell, begun + line, column) for cell, (line, column) in zip(texts, places, strict=True)]
        begun = reader.line_num


def places_of(raw: str, delimiter: str) -> list[tuple[int, int]]:
    """Return line and column, both from 1, of each cell's first character in the text of one row."""
    starts, quoted = [0], False
    for index, mark in enumerate(raw):
        quoted ^= mark == '"'
        if mark == delimiter and not quoted:
            starts.append(index + 1)
    return [(raw.count("\n", 0, start) + 1, start - raw.rfind("\n", 0, start)) for start in starts]


def _header_problems(path: Path, header: _Row, asked: _Asked) -> Iterator[Problem]:
    for name in asked.columns:
        found = _named(header, name)
        if not found:
            message = f"the column {name} is missing; {asked.why(name)}"
            yield _problem(path, header[0], message, f"the first row holds: {_listed(header)}")
        for place in found[1:]:
            message = f"the column {name} stands twice, first at column {header[found[0]].column}"
            yield _problem(path, header[place], message, "keep one of them")


def _listed(header: _Row) -> str:
    return ", ".join(cell.text.strip() for cell in header)


def _ragged(path: Path, header: _Row, body: Sequence[_Row]) -> Iterator[Problem]:
    for row in body:
        if len(row) != len(header):
            message = f"the row has {len(row)} cells, the first row has {len(header)}"
            yield _problem(path, row[0], message, "a text that holds the separator stands in double quotes")


def _not_a_number(path: Path, name: str, cell: _Cell) -> Problem | None:
    text = _plain(cell.text)
    if text.lower() in MISSING or text.lower() in INFINITE or NUMBER.fullmatch(text):
        return None
    hint = "decimals stand after a dot: 0.5" if DECIMAL_COMMA.fullmatch(text) else "leave a missing figure empty"
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
