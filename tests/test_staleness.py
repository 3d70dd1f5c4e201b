"""Age: which day counts as today, what a month can mean, and who is asked to look again when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from backed.check.staleness import _day
from backed.examine import examine
from backed.model import Confirmation, Evidence, newest_look


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2018", date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 28)),
        ("2018-12", date(2018, 12, 31)),
        ("2018-04-27", date(2018, 4, 27)),
        ("2018-02-31", date(2018, 2, 28)),
        ("2018-99", date(2018, 12, 31)),
    ],
)
def test_a_date_means_the_last_day_it_can(month: str, day: date) -> None:
    assert _day(month) == day


def test_today_is_the_newest_look_at_anything(toy: Evidence) -> None:
    assert newest_look(toy.records()) == date(2026, 11, 21)  # the day on which a record was compared with its source


def test_a_confirmed_claim_was_looked_at_when_it_was_confirmed(toy: Evidence) -> None:
    claim = toy.claims["exercise-helps"]
    for day, newest in ((date(2026, 11, 25), date(2026, 11, 25)), (date(2026, 1, 1), claim.reviewed.on)):
        confirmed = claim.model_copy(update={"checked_by": Confirmation(name="Bo", on=day, compared="both answers")})
        assert newest_look([confirmed]) == newest


def test_an_empty_base_has_no_today(toy: Evidence) -> None:
    empty = replace(toy, studies={}, comparisons={}, articles={}, claims={})
    assert newest_look(empty.records()) == date.min


def asked(toy: Evidence, today: date) -> set[tuple[str, str]]:
    return {(problem.rule, Path(problem.file).stem) for problem in examine(Path(toy.root), today).problems}


def test_nothing_is_old_on_the_day_it_was_looked_at(toy: Evidence) -> None:
    assert examine(Path(toy.root)).problems == ()
    assert asked(toy, date(2026, 11, 21)) == set()


def test_what_rests_on_a_review_is_as_perishable_as_the_review(toy: Evidence) -> None:
    assert asked(toy, date(2029, 11, 19)) == {("search-recent", "exercise-v-nothing")}
    told = asked(toy, date(2029, 12, 19))
    assert {name for rule, name in told if rule == "look-again"} == {
        "madeup-2020-exercise",
        "exercise-v-nothing",
        "exercise-helps",
    }


def test_a_claim_that_cites_a_guideline_is_looked_at_when_the_guideline_may_be_replaced(
    toy_dir: Path, toy: Evidence
) -> None:
    claim = toy_dir / "claims/walking-helps.yaml"
    text = claim.read_text(encoding="utf-8")
    claim.write_text(text.replace("are pooled [@", "are pooled [@toy-guideline-2015] [@"), encoding="utf-8")
    [problem] = [one for one in examine(toy_dir, date(2028, 12, 1)).problems if one.rule == "look-again"]
    assert problem.file.endswith("walking-helps.yaml")
    assert problem.message == "last looked at 2.0 years ago; for `toy-guideline-2015` (guideline) the limit is 2 years"
    assert asked(toy, date(2028, 12, 1)) == set()
