"""How long does it take, and how much memory? Each step in a process of its own, on made-up evidence.

python -m benchmarks.run                  100, 1,000 and 10,000 studies, beside Hugo, Pagefind and plain MkDocs
python -m benchmarks.run 100000 --alone   another size, without the others
python -m benchmarks.run 1000 --repeat 3  the median of three runs
python -m benchmarks.run 10000 --checks   only how check compares with bare parsing
python -m benchmarks.run --publish        keep the figures where the site's page on speed is drawn from
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .hugo_site import hugo_command, pagefind_command
from .measure import ROOT, Measured, environment, measure
from .results import as_data, machine, show, summarise

OUT = ROOT / "benchmarks" / "out"
PUBLISHED = ROOT / "site_src" / "data" / "benchmark.json"
BACKED = [sys.executable, "-m", "backed"]
MKDOCS_MOST = 1000
"""Plain MkDocs is measured up to so many studies: it takes minutes for more, and tells nothing new."""


def bench(studies: int, work: Path, *, alone: bool, repeat: int, checks_only: bool = False) -> Iterator[Measured]:
    """Yield the measurements at one size, in turns, so that a slow minute of the machine falls on all steps."""
    evidence = work / "evidence"
    python("-m", "benchmarks.generate", str(evidence), str(studies))
    for run in range(repeat):
        yield from _checks(studies, evidence, work)
        if checks_only:
            continue
        site = work / f"site-{run}"  # a new one: what removing an old one leaves to do must not count
        yield from _builds(studies, evidence, site, work)
        if not alone:
            yield from _others(studies, evidence, site, work, run)
        shutil.rmtree(site)


def _checks(studies: int, evidence: Path, work: Path) -> Iterator[Measured]:
    check = [*BACKED, "check", "--evidence", str(evidence)]
    one = str(min((evidence / "studies").rglob("*.yaml")))
    yield measure(studies, "parse", [sys.executable, "-m", "benchmarks.parse", str(evidence)])
    yield measure(studies, "one", [*check, one])
    _forget(work)
    yield measure(studies, "check", check)
    yield measure(studies, "again", check)


def _builds(studies: int, evidence: Path, site: Path, work: Path) -> Iterator[Measured]:
    """Yield a build from nothing, one with nothing changed, and one with one study changed."""
    _forget(work)
    yield _build(studies, "cold", evidence, site, work)
    yield _build(studies, "warm", evidence, site, work)
    record = max((evidence / "studies").rglob("*.yaml"))
    text = record.read_text(encoding="utf-8")
    changed = text.replace("remarkable", "astonishing", 1)
    if changed == text:
        sys.exit(f"{record.name} has no word to change")
    record.write_text(changed, encoding="utf-8")
    yield _build(studies, "changed", evidence, site, work)
    record.write_text(text, encoding="utf-8")


def _build(studies: int, step: str, evidence: Path, site: Path, work: Path) -> Measured:
    profile = work / "profile.json"
    command = [*BACKED, "build", "--evidence", str(evidence), "--site", str(site), "--profile", str(profile)]
    taken = measure(studies, step, command)
    told = json.loads(profile.read_text(encoding="utf-8"))
    peak = max(taken.megabytes, told["total"]["megabytes"])  # a profile makes the kernel forget earlier peaks
    return replace(taken, megabytes=peak, stages=told["stages"])


def _others(studies: int, evidence: Path, site: Path, work: Path, run: int) -> Iterator[Measured]:
    projects, small = work / "anchors", studies <= MKDOCS_MOST
    if not projects.exists():
        python("-m", "benchmarks.anchors", str(evidence), str(site), str(projects), *(["--mkdocs"] if small else []))
    written = work / f"hugo-{run}"
    yield measure(studies, "hugo", hugo_command(projects / "hugo", written))
    yield measure(studies, "pagefind", pagefind_command(written))
    shutil.rmtree(written)
    if small:
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        config, plain = str(projects / "mkdocs/mkdocs.yml"), work / f"plain-{run}"
        yield measure(studies, "mkdocs", [*mkdocs, "--config-file", config, "--site-dir", str(plain)])
        shutil.rmtree(plain)


def _forget(work: Path) -> None:
    """Remove what an earlier step kept of the files it read."""
    shutil.rmtree(work / ".cache", ignore_errors=True)


def python(*arguments: str) -> None:
    """Prepare in a process of its own: a child's peak of memory counts from what its parent held when it began."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment(), check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Measure as the command line asks, print the table, keep the figures."""
    given = _given()
    OUT.mkdir(exist_ok=True)
    measured: list[Measured] = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=OUT) as work:
            for one in bench(size, Path(work), alone=given.alone, repeat=given.repeat, checks_only=given.checks):
                told = f"{one.studies:8,} {one.step:9} {one.seconds:8.2f} s  {one.busy:8.2f} s processor"
                print(f"{told}  {one.megabytes:6.0f} MB", file=sys.stderr, flush=True)
                measured.append(one)
    rows = summarise(measured)
    print(show(rows))
    text = json.dumps(as_data(rows, machine()), indent=1) + "\n"
    for path in (given.json, *([PUBLISHED] if given.publish else [])):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sizes = [100, 1000, 10000]
    parser.add_argument("sizes", type=int, nargs="*", default=sizes, help="studies (100 1000 10000)")
    parser.add_argument("--alone", action="store_true", help="without Hugo, Pagefind and plain MkDocs")
    parser.add_argument("--checks", action="store_true", help="parse and check only, build nothing")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each step; the median is shown")
    parser.add_argument("--json", type=Path, default=OUT / "latest.json", help="where the figures are kept")
    parser.add_argument("--publish", action="store_true", help="keep them for the site too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
