"""Which search is best at scale? The theme's own index, ours, and Pagefind, on the same entries, in real Chromium.

    python -m benchmarks.search                    1,000 made-up studies
    python -m benchmarks.search 10000 --repeat 3   ten thousand, the median of three visits for each query

Pagefind is measured where it is installed: `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.browser.chromium import find_chromium, flags, missing
from tests.browser.site_server import served

from .measure import Measured, measure
from .run import OUT, python
from .search_ways import FOLDERS, there

QUERIES = {
    "a word": "exercise",
    "three words": "chronic back pain",
    "Dutch": "zwemmen",
    "a synonym": "fysio",
    "the begin of a word": "stab",
    "a number": "00614",
    "a name and a year": "testcase 2003",
    "one letter wrong": "excercise",
    "two letters wrong": "phisiotheropy",
    "the first letter wrong": "zwimming",
    "a question": "does walking help my back pain?",
}
"""What visitors type, by what it tries."""

NEXT = "education"
"""What a visitor types next, when whatever the first query loaded is there."""

_ASK = """(query) => new Promise((resolve) => {
  const box = document.querySelector("[name=query]");
  const [list, meta] = [document.querySelector("ol"), document.querySelector(".md-search-result__meta")];
  list.replaceChildren();
  meta.textContent = "";
  const start = performance.now();
  const look = () => {
    const hits = document.querySelectorAll(".md-search-result__item").length;
    if (!hits && meta.textContent !== "No matching documents") return;
    watching.disconnect();
    resolve([performance.now() - start, hits]);
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { childList: true, subtree: true, characterData: true });
  box.focus();
  box.value = query;
  box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
})"""
"""Type a query into the box; gives the milliseconds until it shows hits, and how many (0: it says none)."""


@dataclass(frozen=True)
class Visit:
    """A first query by a new visitor: milliseconds to the first hits, those of the next query, what was loaded for it.

    ``files``, ``raw`` and ``zipped`` (bytes) are what the search asked the server for since the page was opened, its
    scripts too; ``memory`` is the peak of the process that shows the page, in megabytes (10^6 bytes).
    """

    query: str
    first: float
    hits: int
    next: float
    files: int
    raw: int
    zipped: int
    memory: float


def visit(browser: Browser, site: Path, address: str, query: str) -> Visit:
    """Open the home page as a new visitor and type as soon as the page is there and half a second has passed."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(300_000)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page = context.new_page()
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function("document.body.dataset.ready || document.querySelector('[data-md-component=search]')")
    page.wait_for_timeout(500)
    first, hits = page.evaluate(_ASK, query)
    page.wait_for_timeout(300)  # all that the answer still loads
    loaded = [site / url.partition("?")[0] for url in asked if _of_the_search(url)]
    contents = [path.read_bytes() for path in loaded if path.is_file()]
    again, _ = page.evaluate(_ASK, NEXT)
    memory = _peak(os.getpid())
    context.close()
    zipped = sum(len(gzip.compress(content)) for content in contents)
    return Visit(query, first, hits, again, len(contents), sum(map(len, contents)), zipped, memory)


def _of_the_search(url: str) -> bool:
    return any(part in url for part in ("search", "lunr", "pagefind"))


def _peak(parent: int) -> float:
    """Return the peak of memory of the largest process below this one that shows pages (Linux), else 0."""
    peaks = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:  # it ended meanwhile
            continue
        if b"--type=renderer" in command and _below(int(fields["Pid"]), parent):
            peaks.append(int(fields["VmHWM"].split()[0]) * 1024 / 1e6)
    return max(peaks)


def _below(pid: int, parent: int) -> bool:
    while pid > 1:
        if pid == parent:
            return True
        try:
            pid = int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


@dataclass(frozen=True)
class Way:
    """A way to search at one size: what writing it took beside reading the entries, what it is, what visitors saw."""

    name: str
    written: Measured
    reading: Measured
    files: int
    raw: int
    zipped: int
    visits: tuple[Visit, ...]


def compare(studies: int, work: Path, repeat: int) -> Iterator[Way]:
    """Yield each way that is there, at one size."""
    entries = OUT / "search" / f"entries-{studies}.json"
    if not entries.is_file():
        entries.parent.mkdir(parents=True, exist_ok=True)
        python("-m", "benchmarks.generate", str(work / "evidence"), str(studies))
        python("-m", "benchmarks.search_ways", "gather", str(work / "evidence"), str(entries))
    drawn = work / "drawn"
    python("-m", "backed", "build", "--evidence", "tests/toy/evidence", "--site", str(drawn))
    shutil.rmtree(drawn / "shards/search")
    writing = [sys.executable, "-m", "benchmarks.search_ways"]
    reading = measure(studies, "read", [*writing, "read", str(entries), str(drawn)])
    for name in there():
        if name == "pagefind" and studies > PAGEFIND_MOST:
            continue
        site = work / name
        shutil.copytree(drawn, site)
        written = measure(studies, name, [*writing, name, str(entries), str(site)])
        contents = [path.read_bytes() for path in (site / FOLDERS[name]).rglob("*") if path.is_file()]
        zipped = sum(len(gzip.compress(content)) for content in contents)
        visits = tuple(visits_of(site, repeat))
        yield Way(name, written, reading, len(contents), sum(map(len, contents)), zipped, visits)


PAGEFIND_MOST = 1000
"""Pagefind is asked up to so many studies: its Python interface did not come to an end at 10,000 in 16 minutes."""

PATIENCE = 20_000
"""A way that lets its first visitor wait longer, in milliseconds, is asked no more: its wait is the same each time."""


def visits_of(site: Path, repeat: int) -> Iterator[Visit]:
    """Yield for each query the visit of median time among some, each in a browser that has just started."""
    with sync_playwright() as playwright, served(site) as address:
        for query in QUERIES.values():
            visits: list[Visit] = []
            while len(visits) < repeat and not (visits and visits[0].first > PATIENCE):
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags())
                visits.append(visit(browser, site, address, query))
                browser.close()
            yield sorted(visits, key=lambda one: one.first)[len(visits) // 2]
            if visits[0].first > PATIENCE:
                return


def table(ways: Sequence[Way]) -> Iterator[str]:
    """Yield the comparison as lines of Markdown: the median of the queries, and the most; sizes in kB (10^3 bytes)."""
    shown = ["first query, kB gzip (raw)", "most", "first hits, ms", "most", "next query, ms", "page, MB"]
    shown += ["writing, processor s", "MB more", "files", "all, kB gzip (raw)"]
    yield from _row(["way", *shown])
    yield from _row(["---"] * (len(shown) + 1))
    for way in ways:
        yield from _row([way.name, *_seen(way.visits), *_written(way)])
    yield ""
    yield from _row(["query", *(f"{way.name}: ms, kB gzip, hits shown" for way in ways)])
    yield from _row(["---"] * (len(ways) + 1))
    for number, (tries, query) in enumerate(QUERIES.items()):
        visits = [next(iter(way.visits[number:]), None) for way in ways]
        cells = [f"{one.first:.0f}, {one.zipped / 1e3:.0f}, {one.hits}" if one else "–" for one in visits]
        yield from _row([f"{tries}: {query}", *cells])


def _row(cells: Sequence[str]) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _seen(visits: Sequence[Visit]) -> list[str]:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in visits))

    most_zipped, slowest = max(one.zipped for one in visits), max(one.first for one in visits)
    size = f"{middle('zipped') / 1e3:.0f} ({middle('raw') / 1e3:.0f})"
    times = [f"{middle('first'):.0f}", f"{slowest:.0f}", f"{middle('next'):.0f}"]
    return [size, f"{most_zipped / 1e3:.0f}", *times, f"{middle('memory'):.0f}"]


def _written(way: Way) -> list[str]:
    busy, memory = way.written.busy - way.reading.busy, way.written.megabytes - way.reading.megabytes
    return [f"{busy:.2f}", f"{memory:.0f}", str(way.files), f"{way.zipped / 1e3:.0f} ({way.raw / 1e3:.0f})"]


def main() -> None:
    """Compare the ways at each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000], metavar="STUDIES")
    parser.add_argument("--repeat", type=int, default=1, help="visits for each query, of which the median counts")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    if find_chromium() is None:
        sys.exit(missing())
    figures = {}
    for studies in options.sizes:
        with tempfile.TemporaryDirectory(prefix="search-") as work:
            ways = list(compare(studies, Path(work), options.repeat))
        print(f"\n{studies:,} studies\n", *table(ways), sep="\n", flush=True)
        figures[studies] = [asdict(way) for way in ways]
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
