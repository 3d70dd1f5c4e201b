"""The pages on which records are reviewed: every figure is there beside its place, and nothing claims a reviewer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import yaml

from backed.check.walk import walk
from backed.examine import ALL_RULES
from backed.model import ArmData, Clusters, Confirmation, Duration, Evidence, Figure, Page, Source, Study, parse
from backed.render import Site, render
from backed.render.checks import checks, figures_in, places
from backed.render.review import study_review
from backed.synthesise import synthesise

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return Site(toy, synthesise(toy), ALL_RULES, TEMPLATES, "https://backed.example/")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    return {page.url: page for page in render(site) if page.url.endswith("/review/")}


def ticks(page: Page) -> dict[str, str]:
    """Return what can be ticked on a page: its path and what the record says."""
    found = re.findall(r'<input type="checkbox"[^>]* name="([^"]*)" value="([^"]*)">', page.content)
    assert len(dict(found)) == len(found), f"two ticks of {page.url} have one path"
    return {unescape(at): unescape(value) for at, value in found}


def numbers(study: Study) -> Iterator[str]:
    """Yield every number of a study that stands in a paper, as it is shown: found by another way than the page's."""
    parts = (study.design, study.population, study.arms, study.review, study.effects, study.findings)
    for part in parts:
        for at, value in walk(part):
            if isinstance(value, Duration):
                yield str(value.amount[0])
            elif isinstance(value, Figure) and at[-1] not in {"days", "weeks", "months", "years"}:
                yield "" if at[-1] == "level" and value == "95" else value.replace("-", "\u2212")
            elif isinstance(value, int) and not isinstance(value, bool):
                yield f"{value:,}"


def test_every_number_of_every_study_can_be_ticked(toy: Evidence, pages: dict[str, Page]) -> None:
    for study in toy.studies.values():
        shown = " | ".join(ticks(pages[f"studies/{study.id}/review/"]).values())
        found = set(numbers(study)) - {""}
        assert found
        missing = {one for one in found if not re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d.])", shown)}
        assert missing == set(), study.id


def test_each_effect_stands_beside_its_own_place(pages: dict[str, Page]) -> None:
    page = pages["studies/toy-2001-walking/review/"]
    boxes = [box for box in page.content.split("<fieldset>") if 'name="effects.' in box]
    assert len(boxes) == 2
    assert 'name="effects.pain-12-weeks.groups.usual.sd" value="2.2"' in boxes[0]
    assert "Toy, von Spiel &amp; Toy Study Group 2001, <b>Table 2</b>: <q>3.1 (1.9), n = 59;" in boxes[0]
    assert 'name="effects.pain-one-year.ci" value="\u22121.1 to 0.5"' in boxes[1]
    assert "<b>Abstract</b>: <q>0.3 lower (95% CI" in boxes[1]
    assert "Table 2" not in boxes[1]


def test_figures_are_called_by_their_group_and_name() -> None:
    figures = [(("groups", "walk", "start", "sd"), "1.8"), (("n", "randomised"), "61"), (("amount", "studies"), "3")]
    assert [(one.at, one.what) for one in checks(figures, ("effects", "pain"), {"walk": "Walking"})] == [
        ("effects.pain.groups.walk.start.sd", "Walking, at the start, SD"),
        ("effects.pain.n.randomised", "Randomised"),
        ("effects.pain.amount.studies", "Amount, studies"),
    ]


def test_what_is_not_recorded_cannot_be_ticked_and_no_source_or_word_is_a_figure() -> None:
    source = Source(report="a-2001", locator="Table 1", printed="12 weeks")
    arm = ArmData(group="walk", n=59, mean=Figure("3.10"))
    clusters = Clusters(size=Figure("12"), icc=Figure("0.05"), source=source)
    assert list(figures_in(arm)) == [(("n",), "59"), (("mean",), "3.10")]
    assert list(figures_in(clusters)) == [(("size",), "12"), (("icc",), "0.05")]
    assert list(figures_in(Confirmation(name="Bo Reader", on=date(2026, 11, 20), compared="all 12"))) == []


def test_a_place_is_named_once(site: Site) -> None:
    source = Source(report="toy-2001-walking", locator="Table 2", via="toy-2008-important")
    [place] = places([source, None, source], site)
    assert (place.report, place.locator) == ("Toy, von Spiel & Toy Study Group 2001", "Table 2")
    assert place.via.endswith("2008")


def test_review_pages_are_for_reviewers_only(pages: dict[str, Page], toy: Evidence) -> None:
    assert len(pages) == len(toy.studies) + len(toy.comparisons) + len(toy.claims)
    for page in pages.values():
        assert not page.listed
        assert page.search == ()
        assert '<meta name="robots" content="noindex">' in page.head
        assert page.source.endswith(".yaml")
        assert page.description


def test_each_record_page_leads_to_its_review(site: Site, pages: dict[str, Page]) -> None:
    for page in render(site):
        if f"{page.url}review/" in pages:
            assert page.content.count('<a href="review/">How to review this</a>') == 1, page.url


def test_who_checked_a_record_is_said_and_nobody_is_made_up(pages: dict[str, Page]) -> None:
    assert "Checked by Bo Reader on 21 November 2026" in pages["studies/toy-2001-walking/review/"].content
    assert "Checked by: nobody yet" in pages["studies/toy-2011-jogging/review/"].content


def test_the_line_to_paste_is_refused_until_its_day_is_filled_in(pages: dict[str, Page]) -> None:
    for page in pages.values():
        [line] = re.findall(r"<code>(checked_by: [^<]*)</code>", page.content)
        blank = yaml.load(unescape(line), yaml.BaseLoader)["checked_by"]
        _, faults = parse(Confirmation, blank)
        assert faults[0].at == ("on",)
        assert parse(Confirmation, {**blank, "on": "2026-11-20"})[1] == ()


def test_claims_show_both_sides_of_a_departure_and_lead_on(pages: dict[str, Page]) -> None:
    content = pages["claims/exercise-helps/review/"].content
    assert 'value="Pain all but went away."' in content
    assert 'value="It fell by about one point in ten."' in content
    assert 'href="../../../studies/toy-2001-walking/review/"' in content
    assert 'href="../../../comparisons/exercise-v-nothing/review/"' in content
    assert ticks(pages["claims/exercise-helps/review/"])["as_of"] == "\u221220.5 (\u221224.1 to \u221216.9)"


def test_comparisons_show_what_answers_them_and_where_limits_stand(pages: dict[str, Page]) -> None:
    page = pages["comparisons/exercise-v-nothing/review/"]
    assert ticks(page)["outcomes.function.important.value"] == "10"
    assert "<b>page 5</b>" in pages["comparisons/distress-onset/review/"].content
    pooled = ticks(pages["comparisons/movement-v-inactive/review/"])
    assert len([at for at in pooled if at.startswith("outcomes.pain.pool.")]) > 1


def test_hostile_text_stays_text(site: Site, toy: Evidence) -> None:
    study = toy.studies["toy-2001-walking"]
    hostile = study.model_copy(
        update={"funding": study.funding.model_copy(update={"statement": '"><script>x</script>'})}
    )
    assert "<script>x" not in study_review(hostile, site).content
