"""Studies that disagree, as they are shown: in what they differ from those that agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backed.examine import ALL_RULES
from backed.model import Answer, Conflict, Evidence, Interval
from backed.render import Site, render
from backed.render.conflict import conflict_view
from backed.synthesise import synthesise

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
POOLED = ("movement-v-inactive", "pain")


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return Site(toy, synthesise(toy), ALL_RULES, TEMPLATES, "https://backed.example/")


def disagreeing(site: Site, study: str) -> Answer:
    answer = site.syntheses.answers[POOLED]
    assert answer.pool is not None
    row = next(row for row in answer.pool.rows if row.study == study)
    return replace(answer, conflicts=(Conflict(study, row.effects, "opposite", Interval(4, 1, 7)),))


def view(site: Site, answer: Answer) -> dict[str, Any]:
    made = conflict_view(site.evidence.comparisons[POOLED[0]].outcomes[0], answer, site)
    assert made is not None
    return made


def test_no_table_is_made_of_no_study(site: Site) -> None:
    question = site.evidence.comparisons[POOLED[0]].outcomes[0]
    assert conflict_view(question, site.syntheses.answers[POOLED], site) is None


def test_what_no_other_study_has_is_marked(site: Site) -> None:
    made = view(site, disagreeing(site, "toy-2014-three-arms"))
    (row,) = made["rows"]
    assert (row["name"], row["how"], row["effect"]) == ("Toy & Trio 2014", "points the other way", "4 (1 to 7)")
    cells = {cell["label"]: (cell["text"], cell["differs"]) for cell in row["cells"]}
    assert cells["Tested"] == ("Walking, Cycling", True)
    assert cells["People"][1] is False
    assert made["agreeing"] == "The 2 that agree"
    others = dict(zip(made["columns"], made["others"], strict=True))
    assert others["Tested"] == "Walking"
    people = [site.evidence.studies[name] for name in ("toy-2011-jogging", "toy-2016-clinics")]
    assert others["Number of people"] == " to ".join(str(n) for n in sorted(counts(people)))


def test_without_one_that_agrees_it_is_held_against_what_the_answer_rests_on(site: Site) -> None:
    answer = site.syntheses.answers["exercise-v-nothing", "pain"]
    assert answer.pool is not None
    (row,) = answer.pool.rows
    against = replace(answer, conflicts=(Conflict(row.study, row.effects, "apart", row.interval),))
    made = conflict_view(site.evidence.comparisons["exercise-v-nothing"].outcomes[0], against, site)
    assert made is not None
    assert made["agreeing"] == "What the answer rests on"
    designs = next(cell for cell in made["rows"][0]["cells"] if cell["label"] == "Design")
    assert designs["differs"]
    sizes = next(cell for cell in made["rows"][0]["cells"] if cell["label"] == "Number of people")
    assert not sizes["differs"], "one other number is no range"


def test_the_page_shows_them(site: Site) -> None:
    answers = {**site.syntheses.answers, POOLED: disagreeing(site, "toy-2014-three-arms")}
    changed = replace(site, syntheses=replace(site.syntheses, answers=answers))
    page = next(page for page in render(changed) if page.url == f"comparisons/{POOLED[0]}/")
    assert "1 study disagrees with the answer" in page.content
    assert '<strong>Walking, Cycling</strong><span class="bk-sub">unlike the others</span>' in page.content


def counts(studies: list[Any]) -> list[int]:
    return [max(study.people_in(effect) for effect in study.effects) for study in studies]
