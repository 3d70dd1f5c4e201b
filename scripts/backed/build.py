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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from .check import builder_facts, check_table, due_again, translated
from .examine import ALL_RULES, Checked, examine
from .export import EXPORTS, FORMATTED, builder_data, citation_files, export_units, health_files, record_file
from .lesson import lesson_of, text_of
from .load import load_health, load_table
from .model import (
    HEALTH_FILE,
    Download,
    EffectTable,
    Evidence,
    Export,
    Made,
    Page,
    Pooling,
    Syntheses,
    Vocabularies,
    newest_look,
)
from .problem import Problem, Severity, in_order
from .reads import Read, Watch
from .render import Site, fragment, known, page_units, speed_files

if TYPE_CHECKING:
    from .synthesise.pool import Test
    from .synthesise.tau2 import Method


Make = Callable[[Site], Iterable[Page | Export]]
"""Makes the pages and files of a unit."""

DOWNLOADS: tuple[Download, ...] = tuple(
    Download(form.label, form.extension, form.media_type, form in FORMATTED) for form in (*EXPORTS, *FORMATTED)
)
"""The forms in which citations can be downloaded, in the order in which they are offered."""


CONTAINERS = (Site, Evidence, Syntheses, Vocabularies)
"""What pages and files are made from; what is read of these decides whether a page has to be made again."""


@dataclass(frozen=True)
class Built:
    """A checked evidence base, and the pages and files made from it, unit by unit (when they are asked for)."""

    checked: Checked
    site: Site

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem found."""
        return self.checked.problems

    @cached_property
    def units(self) -> Mapping[str, Make]:
        """Return what makes each unit of pages and files, by its name."""
        return dict(_units(self.checked.evidence))

    @cached_property
    def _watch(self) -> Watch[Site]:
        return Watch(self.site, CONTAINERS)

    def make(self, unit: str) -> Made:
        """Return the pages and files of a unit, with all that was read of the base to make them."""
        parts, reads = self._watch.reads(lambda site: tuple(self.units[unit](site)))
        return Made(parts, reads)

    def state(self, read: Read) -> bytes:
        """Return what tells the present value of something read from any other (16 bytes)."""
        return self._watch.state(read)

    @property
    def pages(self) -> Iterator[Page]:
        """Yield every generated page."""
        return (part for make in self.units.values() for part in make(self.site) if isinstance(part, Page))

    @property
    def exports(self) -> Iterator[Export]:
        """Yield every file that is no page."""
        return (part for make in self.units.values() for part in make(self.site) if isinstance(part, Export))

    @property
    def as_of(self) -> str:
        """Return the newest day on which anybody looked at a record, as 2026-11-22; '' where there is none."""
        newest = newest_look(self.checked.evidence.records())
        return "" if newest == date.min else newest.isoformat()

    def fragment(self, name: str, url: str) -> str:
        """Return the part of that name for the hand-written page at an address. KeyError if there is none."""
        return str(fragment(name, url, self.site))


def _units(evidence: Evidence) -> Iterator[tuple[str, Make]]:
    """Yield every unit: those of pages, in the order of pages, then those of files that belong to no page."""
    for name, make in page_units(evidence):
        yield name, partial(_with_files, name, make)
    for name, written in export_units(evidence):
        yield name, partial(_exported, written)
    yield "known", known
    yield "speed", speed_files
    yield "health", lambda site: health_files(site.health)
    yield "builder", lambda site: [builder_data(site.evidence, ALL_RULES, builder_facts())]


def _with_files(name: str, make: Callable[[Site], Iterable[Page]], site: Site) -> Iterator[Page | Export]:
    for page in make(site):
        yield page
        yield from page.files
        yield from citation_files(page, site.evidence.works)
    folder, _, id = name.strip("/").partition("/")
    if id:
        yield record_file(folder, getattr(site.evidence, folder)[id])


def _exported(make: Callable[[Evidence, Syntheses, str], Iterable[Export]], site: Site) -> Iterable[Export]:
    return make(site.evidence, site.syntheses, site.url)


def build(evidence_dir: Path, templates: Path, site_url: str = "") -> Built:
    """Return everything the site holds beside its hand-written pages; with errors, only the problems are of use.

    ``templates`` is the folder of the page templates; ``site_url`` the address of the site, with a slash at its end.
    """
    checked = examine(evidence_dir)
    lesson = None if checked.errors else lesson_of(checked, templates.parent)
    health, _ = load_health(evidence_dir / HEALTH_FILE)  # its problems are among those of loading
    site = Site(
        checked.evidence,
        checked.syntheses,
        ALL_RULES,
        templates,
        site_url,
        DOWNLOADS,
        text=text_of,
        lesson=lesson,
        health=health,
        due=due_again(checked.evidence),
        translated=_translated_of(checked.evidence),
    )
    return Built(checked, site)


def _translated_of(evidence: Evidence) -> Callable[[str, str], tuple[int, tuple[tuple[str, str], ...]]]:
    """Return what tells, of a record (by kind and id) or a vocabulary, how many texts it has and which lack Dutch.

    Of what is not there it is none: what an earlier build asked for may be gone.
    """

    def of(kind: str, id: str) -> tuple[int, tuple[tuple[str, str], ...]]:
        if kind != "vocabularies":
            record = getattr(evidence, kind).get(id)
            return translated(record) if record else (0, ())
        terms = [(name, *translated(term)) for name, term in getattr(evidence.vocabularies, id).items()]
        lacking = ((f"{name}.{at}", text) for name, _, found in terms for at, text in found)
        return sum(many for _, many, _ in terms), tuple(lacking)

    return of


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
