"""What happened to the records, as they tell it themselves; and that it is told on the page of what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from backed.check import due_again, translated
from backed.model import Claim, Confirmation, Due, Evidence, Status, Study, Text
from backed.render import Site
from backed.render.changes import KINDS, newest_first, of, told
from backed.render.looked import looked_view
from backed.render.news import EACH, news_page
from backed.render.untranslated import SHOWN, untranslated_page
from backed.synthesise import synthesise

TEMPLATES = Path(__file__).parents[1] / "site_src/templates"


def made(base: Evidence) -> Site:
    return Site(base, synthesise(base), (), TEMPLATES, "https://backed.example/")


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return made(toy)


@pytest.fixture
def claim(toy: Evidence) -> Claim:
    return toy.claims["exercise-helps"]


def test_the_newest_comes_first_and_of_one_day_in_the_order_of_kinds(toy: Evidence) -> None:
    events = newest_first(toy)
    order = [(-event.on.toordinal(), list(KINDS).index(event.kind)) for event in events]
    assert order == sorted(order)
    assert {event.kind for event in events} >= {"verdict", "claims", "comparisons", "articles", "studies", "checked"}
    assert len(events) == len(set(events))


def test_a_conclusion_that_moved_is_told_with_what_it_was_and_why(claim: Claim, site: Site) -> None:
    [event] = [event for event in of(claim) if event.kind == "verdict"]
    change = told(event, site)
    assert (event.on, change.was, change.mark) == (date(2026, 11, 20), "inconclusive", "supported")
    assert change.text == (
        "Was: inconclusive (−9, −20 to 2). Then: supported. The invented review was not recorded yet."
    )


def test_of_two_changes_each_tells_the_next(claim: Claim, toy: Evidence) -> None:
    [one] = claim.earlier
    first = one.model_copy(
        update={"on": date(2024, 1, 1), "until": one.on, "verdict": "holds-in-part", "estimate": None, "ci": None}
    )
    twice = claim.model_copy(update={"earlier": (first, one)})
    site = made(replace(toy, claims={**toy.claims, claim.id: twice}))
    changes = [told(event, site) for event in of(twice) if event.kind == "verdict"]
    moves = [(change.on, change.was, change.mark) for change in changes]
    assert moves == [
        (one.on, "judged-holds-in-part", "inconclusive"),
        (one.until, "inconclusive", "supported"),
    ]
    assert changes[0].text.startswith("Was: holds in part. Then: inconclusive.")


def test_a_renamed_record_keeps_the_key_of_its_changes(claim: Claim, toy: Evidence, site: Site) -> None:
    renamed = claim.model_copy(update={"id": "exercise-is-good", "aliases": (claim.id,)})
    base = {id: one for id, one in toy.claims.items() if id != claim.id} | {renamed.id: renamed}
    other = made(replace(toy, claims=base))
    keys = [[told(event, where).key for event in of(one)] for one, where in ((claim, site), (renamed, other))]
    assert keys[0] == keys[1]
    assert told(next(iter(of(renamed))), other).url == "claims/exercise-is-good/"


@pytest.mark.parametrize(("days", "kinds"), [(1, {"studies", "standing"}), (0, {"studies"}), (-900, {"studies"})])
def test_a_retraction_is_news_only_after_the_record_was_made(toy: Evidence, days: int, kinds: set[str]) -> None:
    study = toy.studies["toy-2001-walking"]
    on = study.extraction.on + timedelta(days=days)
    status = Status(state="retracted", on=on, reason=Text(en="Invented."))
    retracted = study.model_copy(update={"status": status})
    events = [event for event in of(retracted) if event.kind != "checked"]
    assert {event.kind for event in events} == kinds
    site = made(replace(toy, studies={**toy.studies, study.id: retracted}))
    texts = [told(event, site).text for event in events]
    assert texts[0].endswith("Retracted.")
    assert texts[1:] == (["Retracted. Invented."] if days > 0 else [])


def test_who_compared_a_record_is_told(toy: Evidence) -> None:
    compared = Confirmation(name="Bo Example", on=date(2026, 11, 24), compared="figures with the paper")
    study = toy.studies["toy-2012-cycling"]
    checked = study.model_copy(update={"extraction": study.extraction.model_copy(update={"checked_by": compared})})
    site = made(replace(toy, studies={**toy.studies, study.id: checked}))
    first = newest_first(site.evidence)[0]
    assert (first.kind, first.on) == ("checked", compared.on)
    assert told(first, site).text == "Compared by Bo Example: figures with the paper."


def many_studies(toy: Evidence, many: int) -> Evidence:
    study: Study = toy.studies["toy-2012-cycling"]
    copies = {f"copy-{n}": study.model_copy(update={"id": f"copy-{n}"}) for n in range(many)}
    return replace(toy, studies={**toy.studies, **copies})


def test_a_month_with_much_news_is_cut_and_counted(toy: Evidence) -> None:
    base = many_studies(toy, 40)
    page = news_page(made(base))
    rows = page.content.count('href="../studies/copy-')
    hidden = sum(event.kind == "studies" for event in newest_first(base)) - EACH
    assert rows <= EACH
    assert f'And {hidden} more: <a href="../studies/">the whole list</a>' in page.content


def test_an_empty_base_has_no_news(toy: Evidence) -> None:
    page = news_page(made(replace(toy, studies={}, comparisons={}, articles={}, claims={})))
    assert "Nothing is recorded yet." in page.content
    assert "So far no record tells of a conclusion that changed." in page.content


def test_a_record_that_rests_on_a_review_says_when_it_is_due(toy: Evidence) -> None:
    due = due_again(toy)
    review = toy.studies["madeup-2020-exercise"]
    limit = toy.vocabularies.designs[review.design.type].look_again or toy.vocabularies.designs["review"].look_again
    found = due("studies", review.id)
    assert found is not None
    assert limit is not None
    assert found.on == review.extraction.on + timedelta(weeks=limit.in_weeks)
    assert not found.overdue
    assert due("claims", "exercise-helps") is not None  # a claim is as perishable as what it rests on
    assert due("studies", "toy-2012-cycling") is None
    assert due("studies", "gone") is None  # what an earlier build asked for


def test_a_record_is_overdue_once_others_were_looked_at_after_its_day(toy: Evidence) -> None:
    review = toy.studies["madeup-2020-exercise"]
    old = review.extraction.model_copy(update={"on": date(2019, 1, 1), "checked_by": None, "second": None})
    aged = replace(toy, studies={**toy.studies, review.id: review.model_copy(update={"extraction": old})})
    found = due_again(aged)("studies", review.id)
    assert found is not None
    assert found.overdue


def test_the_line_on_age_names_day_and_reason(toy: Evidence, claim: Claim) -> None:
    def due(kind: str, id: str) -> Due | None:
        return due_again(toy)(kind, id)

    view = looked_view("claims", claim, replace(made(toy), due=due))
    assert view["on"] == claim.reviewed.on
    assert view["set_by"].endswith(" years")
    assert looked_view("claims", claim, made(toy))["due"] is None


def test_texts_without_dutch_are_found_where_they_stand(claim: Claim) -> None:
    many, lacking = translated(claim)
    places = dict(lacking)
    assert "claim" not in places
    assert places["rests_on.why"] == "Only one invented study fits."
    assert "faithfulness.departures.0.study" in places
    assert many > len(places)


def test_texts_without_dutch_are_listed_by_kind_and_counted_beyond(toy: Evidence) -> None:
    base = many_studies(toy, SHOWN + 30)

    def lacking(kind: str, id: str) -> tuple[int, tuple[tuple[str, str], ...]]:  # noqa: ARG001
        return (2, (("summary", "<b>Invented.</b>"),)) if kind == "studies" else (1, ())

    page = untranslated_page(replace(made(base), translated=lacking))
    assert [heading.anchor for heading in page.headings] == ["studies"]
    assert page.content.count("<code>summary</code>") == SHOWN
    assert f"And {len(base.studies) - SHOWN} more." in page.content
