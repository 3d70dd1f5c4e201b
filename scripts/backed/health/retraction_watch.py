"""An export of the Retraction Watch database as Crossref distributes it: a CSV file to notices, row by row.

The form is that of the file `retraction_watch.csv` in Crossref's repository: twenty named columns (and an unnamed one
at the end), American dates with a time (`3/9/2026 0:00`), `0` for no PMID, `unavailable` for no DOI, lists that end in
semicolons, empty rows at the end, and here and there a byte that is not UTF-8.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ..bibliography.doi import FORM, WRAPPED
from ..load import places_of
from ..model import Nature
from ..problem import Problem, Severity

NEEDED = (
    "Record ID",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
"""The columns that are read, of twenty."""
NATURES: dict[str, Nature] = {
    "retraction": "retraction",
    "expression of concern": "expression-of-concern",
    "correction": "correction",
    "reinstatement": "reinstatement",
}
NONE = frozenset({"", "0", "unavailable", "na", "n/a", "none"})
"""What stands where a work has no such identifier, in any case of letters."""
TOO_MANY = 0.01
"""The share of rows that cannot be read from which on the file is not what it is taken for."""
_PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_BROKEN = "\N{REPLACEMENT CHARACTER}"


class ExportError(Exception):
    """The file is no export of the database that can be used; ``problems`` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Row:
    """One notice. Identifiers are '' where there are none; DOIs are in small letters."""

    record: str
    nature: Nature
    said: str
    on: date | None
    doi: str
    pmid: str
    work_doi: str
    work_pmid: str
    reasons: tuple[str, ...]


@dataclass
class Tally:
    """What was met in a file: rows by kind, and a problem for each row or value that could not be made out."""

    rows: int = 0
    empty: int = 0
    unreadable: int = 0
    doubtful: int = 0
    unidentified: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_export(path: Path, wanted: Callable[[Row], bool]) -> tuple[list[Row], Tally]:
    """Return the wanted rows of an export, and what was met in it. The file is read once, a row at a time.

    Raises ExportError where it cannot be opened, its first row does not name the columns, it holds no notice, or more
    than one row in a hundred cannot be read.
    """
    tally = Tally()
    kept = []
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = _Reader(path, file, tally)
            kept = [row for row in reader.notices() if wanted(row)]
    except OSError as fault:
        raise ExportError([_problem(path, f"the file cannot be read: {fault.strerror or fault}", _GET_IT)]) from fault
    if tally.unreadable > TOO_MANY * (tally.rows + tally.unreadable):
        message = (
            f"{tally.unreadable} of {tally.rows + tally.unreadable} rows cannot be read: the form may have changed"
        )
        raise ExportError([_problem(path, message, _GET_IT), *tally.problems])
    if not tally.rows:
        raise ExportError([_problem(path, "there is no notice in it", _GET_IT)])
    return kept, tally


_GET_IT = "take retraction_watch.csv from https://gitlab.com/crossref/retraction-watch-data"


class _Reader:
    """The rows of one file, with what is needed to say where something stands."""

    def __init__(self, path: Path, lines: Iterator[str], tally: Tally) -> None:
        self._path = path
        self._lines = lines
        self._tally = tally
        self._raw: list[str] = []  # the lines of the present row
        self._begun = 1
        self._columns: dict[str, int] = {}
        self._width = 0

    def notices(self) -> Iterator[Row]:
        """Yield every notice that can be read."""
        rows = self._rows()
        self._head(next(rows, []))
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                self._tally.empty += 1
            elif len(cells) != self._width:
                message = f"the row has {len(cells)} cells, the first row has {self._width}"
                self._unreadable(message, "a text that holds a comma stands in double quotes")
            else:
                self._tally.rows += 1
                yield self._notice(cells)

    def _rows(self) -> Iterator[list[str]]:
        """Yield the cells of each row; what is no CSV is told, and reading goes on in the line after it."""
        reader = csv.reader(self._noted(), strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                lines = f", up to line {self._begun + len(self._raw) - 1}" if len(self._raw) > 1 else ""
                self._unreadable(f"the row{lines} is no CSV: {fault}", "a quote inside a text is written twice")
            else:
                yield cells
            self._begun += len(self._raw)
            self._raw.clear()

    def _noted(self) -> Iterator[str]:
        for line in self._lines:
            self._raw.append(line)
            yield line

    def _head(self, names: Sequence[str]) -> None:
        names = [name.strip() for name in names]
        missing = [name for name in NEEDED if names.count(name) != 1]
        if missing:
            shown = ", ".join(name[:40] for name in names if name)[:300] or "nothing"
            message = f"the first row does not name {', '.join(missing)} once each; it holds: {shown}"
            raise ExportError([_problem(self._path, message, _GET_IT, 1, 1)])
        self._columns = {name: names.index(name) for name in NEEDED}
        self._width = len(names)

    def _notice(self, cells: Sequence[str]) -> Row:
        texts = {name: cells[place].strip() for name, place in self._columns.items()}
        said = texts["RetractionNature"]
        nature = NATURES.get(said.lower(), "other")
        if nature == "other":
            self._doubt("RetractionNature", said, f"one of {', '.join(NATURES)}")
        row = Row(
            record=texts["Record ID"],
            nature=nature,
            said=said,
            on=self._day(texts["RetractionDate"]),
            doi=self._doi("RetractionDOI", texts),
            pmid=self._pmid("RetractionPubMedID", texts),
            work_doi=self._doi("OriginalPaperDOI", texts),
            work_pmid=self._pmid("OriginalPaperPubMedID", texts),
            reasons=tuple(one for part in texts["Reason"].split(";") if (one := part.strip().lstrip("+").strip())),
        )
        if not row.work_doi and not row.work_pmid:
            self._tally.unidentified += 1
        return row

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        for form in ("%m/%d/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text.split(" ")[0], form).date()
            except ValueError:
                continue
        self._doubt("RetractionDate", text, "month/day/year")
        return None

    def _doi(self, name: str, texts: dict[str, str]) -> str:
        text = WRAPPED.sub("", texts[name]).lower()
        if text in NONE:
            return ""
        if FORM.fullmatch(text) and _BROKEN not in text:
            return text
        self._doubt(name, texts[name], "a DOI such as 10.1000/182")
        return ""

    def _pmid(self, name: str, texts: dict[str, str]) -> str:
        text = texts[name]
        if text.lower() in NONE:
            return ""
        if _PMID.fullmatch(text):
            return text
        self._doubt(name, text, "a PMID, which is a number")
        return ""

    def _doubt(self, name: str, text: str, expected: str) -> None:
        """Tell of a value that cannot be made out; the rest of its row is used."""
        self._tally.doubtful += 1
        line, column = places_of("".join(self._raw), ",")[self._columns[name]]
        message = f"{name} is {text[:80]!r}; expected {expected}"
        self._tally.problems.append(
            _problem(self._path, message, "the rest of the row is used", self._begun + line - 1, column)
        )

    def _unreadable(self, message: str, hint: str) -> None:
        self._tally.unreadable += 1
        self._tally.problems.append(_problem(self._path, message, hint, self._begun, 1))


def _problem(path: Path, message: str, hint: str, line: int = 0, column: int = 0) -> Problem:
    return Problem("retraction-export", Severity.WARNING, str(path), message, hint, (), line, column)
