"""The pages of the evidence map: what stands in a bubble, the empty places told apart, the files of each view."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from backed.build import DOWNLOADS
from backed.examine import ALL_RULES
from backed.model import Evidence, Page
from backed.render import Site, render
from backed.render import evidence_map as drawn
from backed.render.mapped import Amount, Cell, Counted
from backed.synthesise import synthesise

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return Site(toy, synthesise(toy), ALL_RULES, TEMPLATES, "https://backed.example/", DOWNLOADS)


@pytest.fixture(scope="module")
def page(site: Site) -> Page:
    return drawn.map_page(site)


@pytest.mark.parametrize(
    ("held", "lines", "said"),
    [
        (Amount(1, 0, 40), ("1",), "1 study with 40 people"),
        (Amount(2, 1, 1240, 2746), ("2", "1R"), "2 studies with 1,240 people, 1 review of 2,746 people"),
        (Amount(0, 3, None, 299), ("3R",), "3 reviews, the largest of 299 people"),
        (Amount(0, 1), ("1R",), "1 review"),
        (Amount(2, 0, None, None, 1), ("2",), "2 studies, 1 of them in words only"),
        (Amount(1, 0, 40, None, 1), ("1",), "1 study with 40 people, told in words only"),
    ],
)
def test_a_bubble_says_how_much_there_is(held: Amount, lines: tuple[str, ...], said: str) -> None:
    assert drawn.lines(held) == lines
    assert drawn.amount_words(held) == said


@pytest.mark.parametrize(
    ("people", "size"), [(None, 0), (0, 1), (99, 1), (100, 2), (499, 2), (500, 3), (2000, 4), (5 * 10**6, 4)]
)
def test_bubbles_grow_with_the_people(people: int | None, size: int) -> None:
    assert drawn.size_of(people) == size


def test_places_that_hold_something_are_told_apart() -> None:
    told = Counted("a", "trial", "neck-pain", 9, figures=False)
    figures = Counted("b", "trial", "neck-pain", 9, figures=True)
    assert drawn.cell_view(Cell((told,)))["state"] == "told"
    assert drawn.cell_view(Cell((told, figures)))["state"] == "found"
    asked = drawn.cell_view(Cell())
    assert (asked["state"], asked["lines"], asked["said"]) == ("asked", ("?",), "asked; nothing recorded answers it")


def test_every_place_of_the_grid_is_one_of_four_kinds(page: Page) -> None:
    assert rows_of(page, "interventions") == {
        "Exercise": ["found", "asked"],
        "Aerobic exercise": ["found", "none"],
        "Walking": ["found", "none"],
        "Cycling": ["found", "none"],
        "Back school": ["beyond"],
    }
    assert rows_of(page, "exposures") == {"Psychological distress": ["found"]}


def test_bubbles_lead_to_sections_that_exist(page: Page, site: Site) -> None:
    pages = {one.url: one.content for one in render(site) if one.url.startswith("map/")}
    places = re.findall(r'<a href="((?:interventions|exposures)/[^"#]+)#([^"]+)"', page.content)
    assert len(set(places)) == 6
    for address, anchor in places:
        assert f'<h2 id="{anchor}">' in pages[f"map/{address}"]


def test_each_view_is_a_file_ready_to_be_shown(page: Page) -> None:
    files = views_of(page)
    assert set(files) >= {"all.all", "neck-pain.trial", "all.review", "low-back-pain.all"}
    whole, trials = files["all.all"], files["neck-pain.trial"]
    assert whole["told"] == "7 studies and reviews in 5 places."
    assert trials["told"].endswith("An empty place then says that none of these reports it.")
    key = "interventions walking pain-intensity"
    assert whole["cells"][key] == ["found", ["4"], 2, "", 0, "4 studies with 316 people; certainty not judged"]
    assert trials["cells"][key][1] == ["3"]
    assert key not in files["all.review"]["cells"]


def test_a_row_lists_its_studies_and_questions(site: Site) -> None:
    (row,) = drawn.row_page("interventions", "aerobic-exercise", site)
    assert [heading.anchor for heading in row.headings] == ["pain-intensity"]
    assert set(re.findall(r'href="\.\./\.\./\.\./studies/([^/]+)/"', row.content)) == {
        "toy-2001-walking", "toy-2011-jogging", "toy-2012-cycling", "toy-2014-three-arms", "toy-2016-clinics",
    }  # fmt: skip
    assert "comparisons/movement-v-inactive/" in row.content
    assert list(drawn.row_page("interventions", "back-school", site)) == []


def test_a_long_list_leaves_narrower_terms_to_their_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST", 5)
    (row,) = drawn.row_page("interventions", "exercise", site)
    assert set(re.findall(r"studies/([^/]+)/", row.content)) == {"madeup-2020-exercise"}
    assert 'href="../../../map/interventions/aerobic-exercise/#pain-intensity"' in row.content


def rows_of(page: Page, side: str) -> dict[str, list[str]]:
    """Return the kind of every place of a grid, row by row."""
    table = re.search(rf'data-side="{side}">(.*?)</table>', page.content, re.DOTALL)
    assert table is not None
    made = {}
    for row in table[1].split("<tr>")[2:]:
        name = re.search(r"<th[^>]*>(?:<a[^>]*>)?([^<]+)", row)
        assert name is not None
        kinds = re.findall(r"bk-bubble--(found|told|asked)\"|bk-map-(none|beyond)\"", row)
        made[name[1]] = [one or other for one, other in kinds]
    return made


def views_of(page: Page) -> Mapping[str, dict]:  # type: ignore[type-arg]
    """Return what each file of a view hands over, by its name."""
    texts = {file.path.removeprefix("shards/map/").removesuffix(".js"): file.content.decode() for file in page.files}
    return {name: json.loads(text[text.index(",") + 1 : text.rindex(")")]) for name, text in texts.items()}
