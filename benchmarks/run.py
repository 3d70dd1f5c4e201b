"""How long does it take, and how much memory? Each step in a process of its own, on made-up evidence.

python benchmarks/run.py                  check and build at 100 and 1,000 studies
python benchmarks/run.py --plain          beside plain MkDocs with the same pages as Markdown
python benchmarks/run.py 5000 --repeat 3  another size, the median of three runs
python benchmarks/run.py 10000 --checks   only how check compares with bare parsing
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "benchmarks" / "out"

INCLUDES = {
    "parse": "start Python, read every file with PyYAML's C loader and pybtex as they come, do nothing with it",
    "one": "start Python, check one study and its bibliography by all rules that need no other record",
    "check": "start Python, read every file, synthesise, apply every rule",
    "again": "the same with what that kept of the files it read",
    "build": "`check` with nothing kept, then render, write pages in the theme's shell, citations, search: a new site",
    "rebuild": "the same again with a site there: written anew beside it, put in its place, the old one removed",
    "mkdocs": "plain `mkdocs build` of the same pages from Markdown, same theme and search, no site there",
}
"""What each measured step includes. Where it does not say so, nothing is left over from an earlier one but
the operating system's file cache."""

SECONDS, RATIO = 15.0, 0.5
"""Reach at 1,000 studies: check and cold build together; cold build as a part of plain MkDocs."""

TIMES_PARSING = 2.0
"""Reach at 10,000 studies: check as a multiple of bare parsing."""


@dataclass(frozen=True)
class Measured:
    """One run of one step: wall and processor time in seconds, peak of memory in megabytes (10^6 bytes)."""

    studies: int
    step: str
    seconds: float
    busy: float
    megabytes: float


def measure(studies: int, step: str, command: Sequence[str]) -> Measured:
    """Return what a command took, in a fresh process; one that fails ends everything with what it printed."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT, env=_environment())
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            sys.exit(f"{' '.join(command)}\n{printed.read().decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    busy = used.ru_utime + used.ru_stime
    return Measured(studies, step, round(seconds, 3), round(busy, 3), round(used.ru_maxrss * unit / 1e6, 1))


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}


def bench(studies: int, work: Path, *, plain: bool, repeat: int, checks_only: bool = False) -> Iterator[Measured]:
    """Yield the measurements at one size, in turns, so that a slow minute of the machine falls on all steps."""
    evidence, markdown = work / "evidence", work / "markdown"
    python("-m", "benchmarks.generate", str(evidence), str(studies))
    if plain:
        python("-m", "benchmarks.plain", str(evidence), str(markdown))
    backed = [sys.executable, "-m", "backed"]
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(markdown / "mkdocs.yml")]
    for run in range(repeat):  # each into a new folder: what removing an old one leaves to do must not count
        build = [*backed, "build", "--evidence", str(evidence), "--site", str(work / f"site-{run}")]
        yield measure(studies, "parse", [sys.executable, "-m", "benchmarks.parse", str(evidence)])
        one = str(min((evidence / "studies").rglob("*.yaml")))
        yield measure(studies, "one", [*backed, "check", "--evidence", str(evidence), one])
        forget = partial(shutil.rmtree, work / ".cache", ignore_errors=True)  # what an earlier step kept of the files
        forget()
        yield measure(studies, "check", [*backed, "check", "--evidence", str(evidence)])
        yield measure(studies, "again", [*backed, "check", "--evidence", str(evidence)])
        if checks_only:
            continue
        forget()
        yield measure(studies, "build", build)
        yield measure(studies, "rebuild", build)
        if plain:
            yield measure(studies, "mkdocs", [*mkdocs, "--site-dir", str(work / f"plain-{run}")])


def python(*arguments: str) -> None:
    """Prepare in a process of its own: a child's peak of memory counts from what its parent held when it began."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=_environment(), check=True, stdout=subprocess.DEVNULL)


@dataclass(frozen=True)
class Row:
    """The median of all runs of a step at a size."""

    studies: int
    step: str
    seconds: float
    busy: float
    megabytes: float
    runs: int


def summarise(measured: Sequence[Measured]) -> list[Row]:
    """Return a row for each step at each size, in the order in which they were measured."""
    rows = []
    for studies, step in dict.fromkeys((one.studies, one.step) for one in measured):
        runs = [one for one in measured if (one.studies, one.step) == (studies, step)]
        medians = [statistics.median(getattr(one, name) for one in runs) for name in ("seconds", "busy", "megabytes")]
        rows.append(Row(studies, step, medians[0], medians[1], medians[2], len(runs)))
    return rows


def ratios(rows: Sequence[Row]) -> dict[str, float]:
    """Return what the sizes and tools have to do with one another; times in seconds, the rest pure numbers."""
    taken = {(row.studies, row.step): row.seconds for row in rows}
    busy = {(row.studies, row.step): row.busy for row in rows}
    sizes = sorted({row.studies for row in rows})
    found: dict[str, float] = {}
    for size in sizes:
        if (size, "parse") in busy:
            found[f"check / bare parsing at {size}, processor time"] = busy[size, "check"] / busy[size, "parse"]
        if (size, "mkdocs") in taken:
            found[f"build / plain MkDocs at {size}"] = taken[size, "build"] / taken[size, "mkdocs"]
            found[f"the same in processor time at {size}"] = busy[size, "build"] / busy[size, "mkdocs"]
        if (size, "build") in taken:
            found[f"check + build at {size}, seconds"] = taken[size, "check"] + taken[size, "build"]
    for small, large in pairwise(sizes):
        for step in ("check", "build"):
            if (large, step) not in busy or (small, step) not in busy:
                continue
            growth = busy[large, step] / busy[small, step]
            found[f"{step}: processor time at {large} by that at {small} (x{large / small:g} studies)"] = growth
    return {name: round(value, 3) for name, value in found.items()}


def show(rows: Sequence[Row]) -> str:
    """Return the ratios, the reach and the table as text."""
    found = ratios(rows)
    lines = [f"{value:8.2f}  {name}" for name, value in found.items()]
    reach = {
        "check + build at 1000, seconds": SECONDS,
        "build / plain MkDocs at 1000": RATIO,
        "check / bare parsing at 10000, processor time": TIMES_PARSING,
    }
    lines += [
        f"{'reached' if found[name] <= limit else 'MISSED':>8}  {name} <= {limit:g}"
        for name, limit in reach.items()
        if name in found
    ]
    lines += ["", f"{'studies':>8}  {'step':8} {'seconds':>8} {'CPU s':>8} {'ms/study':>9} {'peak MB':>8}  runs"]
    for row in rows:
        each = 1000 * row.seconds / row.studies
        lines.append(
            f"{row.studies:8}  {row.step:8} {row.seconds:8.2f} {row.busy:8.2f} "
            f"{each:9.1f} {row.megabytes:8.0f}  {row.runs:4}"
        )
    steps = dict.fromkeys(row.step for row in rows)
    return "\n".join([*lines, "", *(f"{step:8} {INCLUDES[step]}" for step in steps)])


def main() -> None:
    """Measure as the command line asks, print the table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[100, 1000], help="studies (100 1000)")
    parser.add_argument("--plain", action="store_true", help="plain MkDocs too, with the same pages as Markdown")
    parser.add_argument("--checks", action="store_true", help="parse and check only, build nothing")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each step; the median is shown")
    parser.add_argument("--json", type=Path, default=OUT / "latest.json", help="where the figures are kept")
    given = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    measured: list[Measured] = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=OUT) as work:
            measured += bench(size, Path(work), plain=given.plain, repeat=given.repeat, checks_only=given.checks)
    rows = summarise(measured)
    print(show(rows))
    kept = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "ratios": ratios(rows),
        "rows": [asdict(row) for row in rows],
        "runs": [asdict(one) for one in measured],
        "includes": INCLUDES,
    }
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
