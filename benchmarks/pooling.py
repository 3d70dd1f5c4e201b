"""How fast is pooling? A thousand made-up comparisons, by us and by R's metafor in the same run.

python benchmarks/pooling.py                 1,000 comparisons of 10 studies
python benchmarks/pooling.py 200 --studies 30 --repeat 3

Each comparison gets a REML estimate with the Hartung-Knapp-Sidik-Jonkman interval, the Q-profile interval of tau², and
the same with each study left out. Only the loops are timed: neither starting Python or R, nor importing, nor reading.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from random import Random

from backed.synthesise.pool import confint, pool
from backed.synthesise.sensitivity import leave1out

RATIO = 10.0
"""Reach: as many times faster than metafor."""
AGREE = 1e-3
"""metafor runs with its own defaults here, as people run it: five digits of tau²."""
Set = tuple[list[float], list[float]]


@dataclass(frozen=True)
class Timed:
    """Wall and processor seconds of one loop, what ran, and the effect and tau² of each comparison."""

    seconds: float
    busy: float
    versions: str
    results: Sequence[tuple[float, float]]


def comparisons(many: int, studies: int, seed: int) -> list[Set]:
    """Return sets of effects with variances: true effects that differ by 0 to 0.4, samples of 20 to 400 people."""
    random = Random(seed)
    sets: list[Set] = []
    for _ in range(many):
        mean, tau = random.gauss(0, 0.5), random.choice([0.0, 0.1, 0.2, 0.4])
        variances = [4 / random.randint(20, 400) for _ in range(studies)]
        sets.append(([random.gauss(mean, (tau**2 + v) ** 0.5) for v in variances], variances))
    return sets


def by_us(sets: Sequence[Set]) -> Timed:
    """Pool every set, one after another, with the functions that `backed pool` calls."""
    results = []
    start, busy = time.perf_counter(), time.process_time()
    for y, v in sets:
        pooled = pool(y, v, "REML", "knha")
        confint(y, v)
        leave1out(y, v, "REML", "knha")
        results.append((pooled.beta, pooled.tau2))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    versions = f"Python {platform.python_version()}, numpy {version('numpy')}, scipy {version('scipy')}"
    return Timed(seconds, busy, versions, results)


def by_metafor(sets: Sequence[Set], rscript: str) -> Timed:
    """Pool every set in one R process; it times its own loop."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "sets.csv"
        table.write_text("\n".join(",".join(map(repr, (*y, *v))) for y, v in sets) + "\n", encoding="utf-8")
        command = [rscript, str(Path(__file__).with_suffix(".R")), str(table)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    seconds, busy, metafor, r = printed[0].split()
    results = [(float(one), float(other)) for one, other in (line.split() for line in printed[1:])]
    return Timed(float(seconds), float(busy), f"R {r}, metafor {metafor}", results)


def rscript_with_metafor() -> str | None:
    """Return the program that runs R scripts, or None where R or its package metafor is not installed."""
    rscript = shutil.which("Rscript")
    asked = [rscript or "", "-e", 'quit(status = !requireNamespace("metafor", quietly = TRUE))']
    return rscript if rscript and subprocess.run(asked, check=False, capture_output=True).returncode == 0 else None


def same(ours: Timed, theirs: Timed) -> bool:
    """Say whether both found the same, so that what is timed is the same work."""
    return all(
        abs(one - other) <= AGREE * max(1.0, abs(other))
        for mine, yours in zip(ours.results, theirs.results, strict=True)
        for one, other in zip(mine, yours, strict=True)
    )


def main() -> None:
    """Time both, in turns, and print the medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("comparisons", nargs="?", type=int, default=1000)
    parser.add_argument("--studies", type=int, default=10, help="in each comparison")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each, in turns; the median is shown")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rscript = rscript_with_metafor()
    sets = comparisons(asked.comparisons, asked.studies, asked.seed)
    by_us(sets[:20])  # the first calls load what numpy and scipy load late
    runs = [(by_us(sets), by_metafor(sets, rscript) if rscript else None) for _ in range(asked.repeat)]
    print(f"{asked.comparisons} comparisons of {asked.studies} studies: REML with HKSJ, Q-profile, leave-one-out")
    ours = _median("backed", [one for one, _ in runs])
    if not rscript:
        print("R with metafor is not installed: there is nothing to compare with")
        return
    theirs = _median("metafor", [other for _, other in runs if other])
    if not all(other and same(one, other) for one, other in runs):
        sys.exit("backed and metafor found different results: the times mean nothing")
    print(f"{theirs / ours:8.1f}  times faster (reach: {RATIO:g}); cores {os.cpu_count()}, both found the same")


def _median(name: str, runs: Sequence[Timed]) -> float:
    seconds = statistics.median(run.seconds for run in runs)
    busy = statistics.median(run.busy for run in runs)
    print(f"{seconds:8.2f}  seconds, {busy:.2f} of a processor: {name} ({runs[0].versions})")
    return seconds


if __name__ == "__main__":
    main()
