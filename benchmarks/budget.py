"""Has a stage of the build become slower? Each has a budget, as a multiple of a loop that is timed beside it.

python -m benchmarks.budget           fail where a stage takes more than half again its budget
python -m benchmarks.budget --keep    measure anew and keep the figures as the budget

Machines differ, so nothing is held against a clock: a stage's processor time is divided by that of a loop of plain
Python and file writing (`loop`), timed before each build. Of several runs the least of each counts, since other work on
a machine only ever adds. Nothing is measured longer than it takes to see that every stage is within its budget.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from .generate import generate
from .measure import ROOT, environment

BUDGET = Path(__file__).parent / "budget.json"
STUDIES = 200
RUNS = 5
"""The most builds that are measured before a stage is called slow."""

SLOWER = 1.5
"""A stage may take so many times its budget."""

LEAST = 0.1
"""Loops; a stage that takes less is counted as so much: what is so short cannot be measured well."""


def loop(folder: Path) -> float:
    """Return the seconds of a processor that a fixed piece of work takes: texts, mappings, sorting, JSON, files."""
    start = time.process_time()
    for turn in range(6):
        words = [f"{(number * 7919 + turn) % 10007:05d}" for number in range(20_000)]
        places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            places.setdefault(word[:3], []).append(place)
        text = json.dumps({key: sorted(value, reverse=True) for key, value in sorted(places.items())})
        assert json.loads(text.replace(" ", ""))
        for number in range(100):
            (folder / f"{number}.txt").write_text(text[number * 100 : number * 100 + 4000], encoding="utf-8")
    return time.process_time() - start


def build(evidence: Path, folder: Path) -> dict[str, float]:
    """Return the seconds of a processor that each stage of a build from nothing takes, in one process."""
    profile, site = folder / "profile.json", folder / "site"
    command = [sys.executable, "-m", "backed", "build", "--evidence", str(evidence), "--site", str(site)]
    quiet = {**environment(), "BACKED_PROCESSES": "1"}
    command += ["--profile", str(profile)]
    done = subprocess.run(command, cwd=ROOT, env=quiet, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}the build failed: nothing can be said of its speed")
    stages = json.loads(profile.read_text(encoding="utf-8"))["stages"]
    return {name: stage["busy"] for name, stage in stages.items()}


def least(known: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float]:
    """Return the least seconds of each stage."""
    return {name: min(seconds, known.get(name, seconds)) for name, seconds in new.items()} | {
        name: seconds for name, seconds in known.items() if name not in new
    }


def slow(loops: Mapping[str, float], budget: Mapping[str, float]) -> dict[str, float]:
    """Return the stages that take more than they may, each with how many times its budget; a new one counts as slow."""
    times = {name: max(taken, LEAST) / max(budget.get(name, 0.0), LEAST) for name, taken in loops.items()}
    return {name: many for name, many in times.items() if many > SLOWER}


def measure(budget: Mapping[str, float] | None, runs: int = RUNS) -> dict[str, float]:
    """Return what each stage takes, in loops; with a budget no longer than until every stage is within it."""
    loops: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "evidence", STUDIES, seed=1)
        stages: dict[str, float] = {}
        loop(folder)  # the first is slower: memory is new
        unit = loop(folder)
        for run in range(runs):
            unit = min(unit, loop(folder), loop(folder))
            work = folder / str(run)
            work.mkdir()
            (folder / "evidence").rename(work / "evidence")  # so that nothing kept of the files is found
            stages = least(stages, build(work / "evidence", work))
            (work / "evidence").rename(folder / "evidence")
            loops = {stage: seconds / unit for stage, seconds in stages.items()}
            if budget is not None and not slow(loops, budget):
                break
    return loops


def table(loops: Mapping[str, float], budget: Mapping[str, float]) -> str:
    """Return what each stage takes beside its budget."""
    lines = [f"{'stage':12} {'loops':>8} {'budget':>8} {'times':>7}"]
    over = slow(loops, budget)
    for name, taken in loops.items():
        times = max(taken, LEAST) / max(budget.get(name, 0.0), LEAST)
        told = "" if name not in over else "  SLOW" if name in budget else "  has no budget"
        lines.append(f"{name:12} {taken:8.2f} {budget.get(name, 0.0):8.2f} {times:7.2f}{told}")
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table, and fail where a stage is too slow; or keep what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="keep the figures as the budget")
    given = parser.parse_args()
    os.environ["BACKED_PROCESSES"] = "1"
    budget = json.loads(BUDGET.read_text(encoding="utf-8"))["loops"] if BUDGET.is_file() else {}
    loops = measure(None if given.keep else budget)
    if given.keep:
        budget = {name: round(taken, 3) for name, taken in loops.items()}
        BUDGET.write_text(json.dumps({"studies": STUDIES, "loops": budget}, indent=1) + "\n", encoding="utf-8")
    print(table(loops, budget))
    over = slow(loops, budget)
    if over:
        told = "; ".join(f"{name} takes {many:.1f} times its budget" for name, many in over.items())
        sys.exit(f"{told}. Make it faster, or say why it may be slower and run `python -m benchmarks.budget --keep`.")


if __name__ == "__main__":
    main()
