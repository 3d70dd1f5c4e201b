"""How fast it is: what the benchmark measured, for the page on it. Nothing is measured while the site is built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from ..model import Export
from . import words
from .figures import Chart, Growth, draw, growth, number
from .site import Site

FOLDER = "speed"
STEPS: Mapping[str, str] = {
    "one": "One file checked",
    "check": "All checked",
    "again": "All checked again",
    "cold": "Built from nothing",
    "warm": "Built again, nothing changed",
    "changed": "Built again, one study changed",
    "hugo": "Hugo",
    "pagefind": "Pagefind",
    "mkdocs": "Plain MkDocs",
}
"""What the steps of the benchmark are called; one that is not here is not shown."""

LINES: Mapping[str, str] = {
    "cold": "from nothing",
    "hugo": "Hugo",
    "changed": "one changed",
    "warm": "none changed",
    "mkdocs": "MkDocs",
}


def speed(site: Site, base: str) -> Markup:
    """Return what was measured, as tables and a figure; where nothing was, a sentence that says so."""
    stored = site.measured
    if stored is None:
        return site.fill("fragments/speed.html", base=base, measured=False)
    chart = _chart(stored)
    return site.fill(
        "fragments/speed.html",
        base=base,
        measured=True,
        machine=_machine(stored["machine"]),
        reached=[_reached(name, limit, stored["ratios"]) for name, limit in stored["reach"].items()],
        rows=[_row(row) for row in stored["rows"] if row["step"] in STEPS],
        includes=[(STEPS[step], said) for step, said in stored["includes"].items() if step in STEPS],
        figure=draw(chart, site, "growth").inline if chart else "",
        profile=_profile(stored["rows"]),
    )


def speed_files(site: Site) -> Iterator[Export]:
    """Yield the figure of that page as a file."""
    stored = site.measured
    if stored is not None and (chart := _chart(stored)):
        drawn = draw(chart, site, "growth")
        yield Export(f"{FOLDER}/{drawn.file}", drawn.standalone.encode())


def _machine(on: Mapping[str, Any]) -> str:
    """Return what it was measured on: "2 cores, 25 GB of memory, Linux, Python 3.11.7, Hugo 0.168.0"."""
    tools = (f"{STEPS.get(name, name)} {version}" for name, version in on["versions"].items())
    named = [f"{on['cores']} cores", f"{on['memory_gb']} GB of memory", on["system"], f"Python {on['python']}"]
    return ", ".join([*named, *tools])


def _reached(name: str, limit: float, ratios: Mapping[str, float]) -> dict[str, str]:
    """Return a row of the reach: what, how much it may be, how much it is, and whether that is enough."""
    value = ratios.get(name)
    said = "not measured" if value is None else "reached" if value <= limit else "missed"
    return {"name": _named(name), "limit": f"{limit:,g}", "value": "" if value is None else number(value), "said": said}


def _named(name: str) -> str:
    """Return a ratio's name with the steps called as in the table: "Built from nothing / Hugo at 10,000"."""
    steps = r"\b(?:cold|warm|changed|one|check)\b"
    return words.sentence_case(re.sub(steps, lambda step: words.mid_sentence(STEPS[step[0]]), name))


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "studies": f"{row['studies']:,}",
        "step": STEPS[row["step"]],
        "seconds": number(row["seconds"]),
        "each": number(1000 * row["seconds"] / row["studies"]),
        "busy": number(row["busy"]),
        "megabytes": f"{row['megabytes']:,.0f}",
    }


def _profile(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the stages of the largest build from nothing, None where no build was measured."""
    largest = max((row for row in rows if row["step"] == "cold"), key=lambda row: row["studies"], default=None)
    if largest is None:
        return None
    whole = sum(stage["busy"] for stage in largest["stages"].values()) or 1.0
    stages = [
        {
            "name": name,
            "seconds": f"{stage['seconds']:.2f}",
            "busy": f"{stage['busy']:.2f}",
            "share": f"{100 * stage['busy'] / whole:.0f}%",
            "megabytes": f"{stage['megabytes']:,.0f}",
        }
        for name, stage in largest["stages"].items()
    ]
    return {"studies": f"{largest['studies']:,}", "stages": stages}


def _chart(stored: Mapping[str, Any]) -> Chart | None:
    """Return the figure of how time grows with the studies; None with fewer than two sizes."""
    lines: dict[str, dict[int, float]] = {}
    for step, name in LINES.items():
        found = {row["studies"]: row["seconds"] for row in stored["rows"] if row["step"] == step and row["seconds"] > 0}
        if found:
            lines[name] = found
    if len({count for line in lines.values() for count in line}) < 2:
        return None
    caption = (
        "Seconds by the clock for a whole site. Both scales are logarithmic: where ten times as many studies take ten "
        "times as long, a line rises by one step."
    )
    return growth(Growth("Time to build, by number of studies", caption, "studies", ("seconds", "s"), lines))
