"""What was measured as a table, as ratios, and as JSON; ratios come first, since machines differ."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from typing import Any

from .measure import Measured

INCLUDES = {
    "parse": "start Python, read every file with PyYAML's C loader and pybtex as they come, do nothing with it",
    "one": "start Python, check one study and its bibliography by all rules that need no other record",
    "check": "start Python, read every file, synthesise, apply every rule",
    "again": "the same with what that kept of the files it read",
    "cold": "everything from YAML to search index: nothing kept, no site there",
    "warm": "the same again, nothing changed",
    "changed": "the same again, one study changed",
    "hugo": "Hugo on the same pages as Markdown, in the same shell: no checking, citation files, figures or search",
    "pagefind": "Pagefind's index of the site that Hugo wrote",
    "mkdocs": "MkDocs without ours on the same pages from Markdown: same theme and search, no site there",
}
"""What each measured step includes. Where it does not say so, nothing is left over from an earlier one but
the operating system's file cache."""

REACH = {
    "check + cold at 1,000, seconds": 15.0,
    "cold / plain MkDocs at 1,000": 0.5,
    "check / bare parsing at 10,000, processor time": 2.0,
    "cold / Hugo at 10,000": 0.5,
    "cold / Hugo at 10,000, memory": 0.3,
    "warm at 10,000, seconds": 3.0,
    "changed at 10,000, seconds": 1.5,
    "one at 10,000, seconds": 0.5,
    "cold at 100,000, seconds": 180.0,
    "cold at 100,000, MB": 3000.0,
}
"""The most that a ratio, a time or a size may be."""


@dataclass(frozen=True)
class Row:
    """The median of all runs of a step at a size; stages are those of the run with the median time."""

    studies: int
    step: str
    seconds: float
    busy: float
    megabytes: float
    runs: int
    stages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def summarise(measured: Sequence[Measured]) -> list[Row]:
    """Return a row for each step at each size, in the order in which they were measured."""
    rows = []
    for studies, step in dict.fromkeys((one.studies, one.step) for one in measured):
        runs = [one for one in measured if (one.studies, one.step) == (studies, step)]
        medians = [statistics.median(getattr(one, name) for one in runs) for name in ("seconds", "busy", "megabytes")]
        middle = sorted(runs, key=lambda one: one.seconds)[len(runs) // 2]
        rows.append(Row(studies, step, medians[0], medians[1], medians[2], len(runs), middle.stages))
    return rows


def ratios(rows: Sequence[Row]) -> dict[str, float]:
    """Return what the sizes and tools have to do with one another; times in seconds, memory in MB, the rest numbers."""
    taken = {(row.studies, row.step): row for row in rows}
    found: dict[str, float] = {}
    for size in sorted({row.studies for row in rows}):
        found |= _at({step: row for (studies, step), row in taken.items() if studies == size}, f"{size:,}")
    for small, large in pairwise(sorted({row.studies for row in rows})):
        for step in ("check", "cold"):
            if (large, step) in taken and (small, step) in taken:
                growth = taken[large, step].busy / taken[small, step].busy
                times = f"x{large / small:g} studies"
                found[f"{step}: processor time at {large:,} by that at {small:,} ({times})"] = growth
    return {name: round(value, 3) for name, value in found.items()}


def _at(rows: Mapping[str, Row], size: str) -> dict[str, float]:
    found: dict[str, float] = {}
    if {"cold", "hugo"} <= rows.keys():
        cold, hugo = rows["cold"], rows["hugo"]
        found[f"cold / Hugo at {size}"] = cold.seconds / hugo.seconds
        found[f"cold / Hugo at {size}, processor time"] = cold.busy / hugo.busy
        found[f"cold / Hugo at {size}, memory"] = cold.megabytes / hugo.megabytes
    if {"cold", "hugo", "pagefind"} <= rows.keys():
        both = rows["hugo"].seconds + rows["pagefind"].seconds
        found[f"cold / Hugo and Pagefind at {size}"] = rows["cold"].seconds / both
    if {"cold", "mkdocs"} <= rows.keys():
        found[f"cold / plain MkDocs at {size}"] = rows["cold"].seconds / rows["mkdocs"].seconds
        found[f"cold / plain MkDocs at {size}, processor time"] = rows["cold"].busy / rows["mkdocs"].busy
    if {"check", "parse"} <= rows.keys():
        found[f"check / bare parsing at {size}, processor time"] = rows["check"].busy / rows["parse"].busy
    if {"check", "cold"} <= rows.keys():
        found[f"check + cold at {size}, seconds"] = rows["check"].seconds + rows["cold"].seconds
    found |= {f"{step} at {size}, seconds": rows[step].seconds for step in TIMED if step in rows}
    if "cold" in rows:
        found[f"cold at {size}, MB"] = rows["cold"].megabytes
    return found


TIMED = ("cold", "warm", "changed", "one")
"""Steps whose seconds have a reach of their own."""


def show(rows: Sequence[Row]) -> str:
    """Return the ratios, the reach, the table and the stages as text."""
    found = ratios(rows)
    lines = [f"{value:8.2f}  {name}" for name, value in found.items()]
    lines += [
        f"{'reached' if found[name] <= limit else 'MISSED':>8}  {name} <= {limit:g}"
        for name, limit in REACH.items()
        if name in found
    ]
    lines += ["", f"{'studies':>8}  {'step':9} {'seconds':>8} {'CPU s':>8} {'ms/study':>9} {'peak MB':>8}  runs"]
    for row in rows:
        each = 1000 * row.seconds / row.studies
        lines.append(
            f"{row.studies:8,}  {row.step:9} {row.seconds:8.2f} {row.busy:8.2f} "
            f"{each:9.1f} {row.megabytes:8.0f}  {row.runs:4}"
        )
    lines += ["", *_stages(rows), ""]
    steps = dict.fromkeys(row.step for row in rows)
    return "\n".join([*lines, *(f"{step:9} {INCLUDES[step]}" for step in steps)])


def _stages(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if row.stages:
            parts = (f"{name} {stage['seconds']:.2f}" for name, stage in row.stages.items())
            yield f"{row.studies:8,}  {row.step:9} {', '.join(parts)}"


def machine() -> dict[str, Any]:
    """Return what the figures depend on: cores, memory in GB, system, versions; nothing that names the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "cores": cores,
        "memory_gb": round(pages / 1e9),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": dict(_versions("hugo", "pagefind", "mkdocs", "mkdocs-material")),
    }


def _versions(*names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        with suppress(PackageNotFoundError):  # measured without it
            yield name, version(name)


def as_data(rows: Sequence[Row], on: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures as what JSON knows, with what they were measured on."""
    return {
        "machine": dict(on),
        "ratios": ratios(rows),
        "reach": REACH,
        "rows": [asdict(row) for row in rows],
        "includes": INCLUDES,
    }
