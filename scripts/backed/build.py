"""The whole program: evidence in, problems, pages and files out. Read this first.

    evidence/ --load--> Evidence --synthesise--> Syntheses --check--> problems
                                                     |
                                      render --------+-------- export
                                      pages                    files

`examine` does the first half and finds the problems. `publish` writes the site; nothing here writes
anything, but for what `load` keeps of the files it read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .check import builder_facts, check_table
from .examine import ALL_RULES, Checked, examine
from .export import EXPORTS, FORMATTED, builder_data, citation_files, export, record_data
from .lesson import lesson_of, text_of
from .load import load_table
from .model import Download, EffectTable, Export, Page, Pooling, newest_look
from .problem import Problem, Severity, in_order
from .render import Site, fragment, known, render, speed_files
from .stages import making, stage

if TYPE_CHECKING:
    from .synthesise.pool import Test
    from .synthesise.tau2 import Method


DOWNLOADS: tuple[Download, ...] = tuple(
    Download(form.label, form.extension, form.media_type, form in FORMATTED) for form in (*EXPORTS, *FORMATTED)
)
"""The forms in which citations can be downloaded, in the order in which they are offered."""


@dataclass(frozen=True)
class Built:
    """A checked evidence base, and the pages and files made from it (each made when it is asked for)."""

    checked: Checked
    site: Site

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem found."""
        return self.checked.problems

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Return every generated page."""
        about = 2 * sum(1 for _ in self.checked.evidence.records()) + len(
            ALL_RULES
        )  # most records are shown and reviewed
        with stage("render", about) as step:
            return tuple(step.over(render(self.site)))

    @property
    def exports(self) -> Iterator[Export]:
        """Return every file that is no page."""
        pages = self.pages
        yield from making("export", self._exports(pages))

    def _exports(self, pages: Sequence[Page]) -> Iterator[Export]:
        yield from export(self.checked.evidence, self.checked.syntheses, self.site.url)
        yield from known(self.site)
        yield from speed_files(self.site)
        works = self.checked.evidence.works
        yield builder_data(self.checked.evidence, ALL_RULES, builder_facts())
        yield from record_data(self.checked.evidence)
        for page in pages:
            yield from page.files
            yield from citation_files(page, works)

    @property
    def as_of(self) -> str:
        """Return the newest day on which anybody looked at a record, as 2026-11-22; '' where there is none."""
        newest = newest_look(self.checked.evidence.records())
        return "" if newest == date.min else newest.isoformat()

    def fragment(self, name: str, url: str) -> str:
        """Return the part of that name for the hand-written page at an address. KeyError if there is none."""
        return str(fragment(name, url, self.site))


def build(evidence_dir: Path, templates: Path, site_url: str = "") -> Built:
    """Return everything the site holds beside its hand-written pages; with errors, only the problems are of use.

    ``templates`` is the folder of the page templates; ``site_url`` the address of the site, with a slash at its end.
    """
    checked = examine(evidence_dir)
    lesson = None if checked.errors else lesson_of(checked, templates.parent)
    site = Site(
        checked.evidence, checked.syntheses, ALL_RULES, templates, site_url, DOWNLOADS, text=text_of, lesson=lesson
    )
    return Built(checked, site)


@dataclass(frozen=True)
class PooledTable:
    """A table of effects with every problem found in it, and what pooling made of it; None with errors."""

    problems: tuple[Problem, ...]
    pooling: Pooling | None


def pool_file(
    path: Path, measure: str, method: Method = "REML", test: Test = "z", mods: Sequence[str] = (), by: str = ""
) -> PooledTable:
    """Return what pooling makes of a CSV file of effects; with errors in it, nothing is pooled.

    A row that gives no effect is left out with a warning. One study alone is its own result, with a warning. ``mods``
    are the columns of a meta-regression, ``by`` the column of subgroups; what they cannot give is a warning too.
    """
    table, problems = load_table(path, measure, mods, by)
    if table is not None:
        problems += check_table(table)
    if table is None or problems:
        return PooledTable(tuple(in_order(problems)), None)
    from .synthesise.pool_table import pool_table, without_effect, without_regression  # numpy and scipy take a while

    left_out = without_effect(table, measure)
    told = [_left_out(table, row) for row in left_out]
    many = len(table.labels) - len(left_out)
    if many < 2:
        told.append(_too_few(table, many))
    if not many:
        return PooledTable(tuple(told), None)
    told += _beside(table, left_out, without_regression(table, measure))
    try:
        return PooledTable(tuple(told), pool_table(table, measure, method, test))
    except (ArithmeticError, ValueError):
        message, hint = "the figures are too far apart for double precision", "look for one of quite another size"
        return PooledTable((*told, _table_problem(table, 0, message, hint, Severity.ERROR)), None)


def _beside(table: EffectTable, left_out: Sequence[int], why_none: str) -> Iterator[Problem]:
    """Yield a warning for each study that is pooled but not in a subgroup or the meta-regression asked for."""
    for row in range(len(table.labels)):
        if row in left_out:
            continue
        for name, values in table.moderators.items():
            if not math.isfinite(values[row]):
                message = f"{table.labels[row]} is left out of the meta-regression: {name} missing"
                yield _table_problem(table, row, message, "fill it in where the source has it", Severity.WARNING)
        if table.groups and not table.groups[row]:
            message = f"{table.labels[row]} is in no subgroup: {table.grouped_by} missing"
            yield _table_problem(table, row, message, "fill it in where the source has it", Severity.WARNING)
    if why_none:
        hint = "take fewer columns, or others"
        yield _table_problem(table, 0, f"there is no meta-regression: {why_none}", hint, Severity.WARNING)


def _left_out(table: EffectTable, row: int) -> Problem:
    missing = [name for name, values in table.columns.items() if values[row] != values[row]]
    why = f"{', '.join(missing)} missing" if missing else "its figures give no finite effect and variance"
    message = f"{table.labels[row]} is left out of the pool: {why}"
    return _table_problem(table, row, message, "fill it in where the source has it", Severity.WARNING)


def _too_few(table: EffectTable, many: int) -> Problem:
    if many:
        message, severity = "one row has an effect: the result is that study's own", Severity.WARNING
    else:
        message, severity = "there is nothing to pool: no row has an effect", Severity.ERROR
    return _table_problem(table, 0, message, "a pool needs two studies", severity)


def _table_problem(table: EffectTable, row: int, message: str, hint: str, severity: Severity) -> Problem:
    return Problem("effect-table", severity, table.file, message, hint, (), *table.row_spot(row))
