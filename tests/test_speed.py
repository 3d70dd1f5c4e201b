"""The page on speed shows what was measured, and says so where nothing was."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.measure import Measured
from benchmarks.results import as_data, machine, summarise

from backed.build import build
from backed.render import Site, fragment, speed_files
from backed.render.figures import Growth, growth, number

ROOT = Path(__file__).parent.parent
STAGES = {"read": {"count": 9, "seconds": 2.0, "busy": 1.5, "megabytes": 80.0}}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    shutil.copytree(ROOT / "site_src/templates", tmp_path / "templates")
    shutil.copytree(ROOT / "site_src/assets", tmp_path / "assets")
    shutil.copytree(ROOT / "site_src/data", tmp_path / "data")
    (tmp_path / "data/benchmark.json").unlink(missing_ok=True)
    return build(ROOT / "tests/toy/evidence", tmp_path / "templates").site


def measured(*sizes: int) -> str:
    steps = {"parse": 1.0, "cold": 2.0, "warm": 0.5, "hugo": 4.0}
    taken = [
        Measured(size, step, size * each / 100, size * each / 50, 100.0, STAGES if step == "cold" else {})
        for size in sizes
        for step, each in steps.items()
    ]
    on = {**machine(), "cores": 2, "memory_gb": 25, "versions": {"hugo": "0.1 <b>"}}
    return json.dumps(as_data(summarise(taken), on))


def keep(site: Site, text: str) -> None:
    (site.templates.parent / "data/benchmark.json").write_text(text, encoding="utf-8")


def test_nothing_measured_is_said_and_draws_no_file(site: Site) -> None:
    assert "Nothing was measured" in fragment("speed", "speed/", site)
    assert list(speed_files(site)) == []


def test_what_was_measured_is_shown_with_the_machine(site: Site) -> None:
    keep(site, measured(100, 10_000))
    html = fragment("speed", "speed/", site)
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "2 cores, 25 GB of memory" in text
    assert "Built from nothing / Hugo at 10,000 0.5 0.500 reached" in text
    assert "Built again, nothing changed at 10,000, seconds 3 50.0 missed" in text
    assert "Built from nothing at 100,000, seconds 180 – not measured" in text
    assert "Built from nothing 10,000 200 20.0 400 100" in text
    assert "read 2.00 1.50 100% 80" in text
    assert "<b>" not in html and "0.1 &lt;b&gt;" in html
    assert "parse" not in html


def test_growth_is_drawn_and_can_be_downloaded(site: Site) -> None:
    keep(site, measured(100, 1000, 10_000))
    html = fragment("speed", "speed/", site)
    assert 'href="growth.svg"' in html
    (file,) = speed_files(site)
    assert file.path == "speed/growth.svg"
    root = ElementTree.fromstring(file.content)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"100", "1,000", "10,000", "Hugo", "from nothing", "none changed"} <= set(words)


def test_one_size_is_no_growth(site: Site) -> None:
    keep(site, measured(100))
    assert "bk-figure" not in fragment("speed", "speed/", site)
    assert list(speed_files(site)) == []


def test_the_figures_kept_for_the_site_can_be_shown(site: Site) -> None:
    kept = ROOT / "site_src/data/benchmark.json"
    if not kept.is_file():
        pytest.skip("nothing was measured for this version")
    keep(site, kept.read_text("utf-8"))
    assert "Measured on one machine" in fragment("speed", "speed/", site)


def test_a_line_that_grows_in_proportion_is_straight_and_names_keep_apart() -> None:
    lines = {"one": {10: 1.0, 100: 10.0, 1000: 100.0}, "two": {10: 1.1, 1000: 101.0}}
    chart = growth(Growth("Time", "How it grows.", "studies", ("seconds", "s"), lines))
    for canvas in (chart.wide, chart.narrow):
        points = [tuple(map(float, at)) for at in re.findall(r"M([\d.]+) ([\d.]+)h7v7", canvas.paths["pool"])]
        (x1, y1), (x2, y2), (x3, y3) = points
        assert (y1 - y2) / (x2 - x1) == pytest.approx((y2 - y3) / (x3 - x2), rel=0.02)
        names = {word.text: word for word in canvas.words if word.text in lines}
        assert abs(names["one"].y - names["two"].y) >= 15
        assert all(box[0] >= 0 and box[2] <= canvas.width + 1 for box in (word.box for word in canvas.words))
    assert chart.spoken[1] == "100 studies: one 10.0 s."


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be told apart"):
        growth(Growth("Time", "", "studies", ("seconds", "s"), {str(n): {1: 1.0, 2: 2.0} for n in range(6)}))


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.034, "0.0340"), (2.5, "2.50"), (10.04, "10.0"), (99.96, "100.0"), (1950.4, "1,950"), (0, "0.00")],
)
def test_numbers_of_any_size_have_three_digits(value: float, said: str) -> None:
    assert number(value) == said
