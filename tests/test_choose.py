"""One effect per study: the order of preference, several arms of one trial, people counted twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backed.model import Comparison, Evidence, Found, Question, Study, Window
from backed.synthesise.answer import answer

COMPARISON = "movement-v-inactive"


def asked(toy: Evidence, **changes: Any) -> tuple[Comparison, Question]:
    comparison = toy.comparisons[COMPARISON]
    return comparison, comparison.outcomes[0].model_copy(update=changes)


def with_study(toy: Evidence, study: Study) -> Evidence:
    return replace(toy, studies={**toy.studies, study.id: study})


def roles(found: tuple[Found, ...]) -> dict[tuple[str, str], tuple[str, str]]:
    return {(one.study, one.effect): (one.role, one.reason) for one in found}


def test_every_effect_that_fits_has_a_role_and_unless_used_a_reason(toy: Evidence) -> None:
    made = answer(*asked(toy), toy)
    assert roles(made.found) == {
        ("toy-2011-jogging", "pain-6-weeks"): ("answers", ""),
        ("toy-2011-jogging", "pain-one-year"): ("left-out", "measured outside the time window"),
        ("toy-2011-jogging", "pain-freedom-6-weeks"): ("beside", "another instrument is preferred"),
        ("toy-2014-three-arms", "pain-walking"): ("answers", ""),
        ("toy-2014-three-arms", "pain-cycling"): ("answers", ""),
        ("toy-2016-clinics", "pain-3-months"): ("answers", ""),
        ("toy-2016-clinics", "pain-only-p"): (
            "unusable",
            "the source gives no interval, standard error, t or p, so how exact the estimate is is not known",
        ),
    }
    assert made.basis == "pool"


def test_a_study_counts_once_and_its_arms_are_combined(toy: Evidence) -> None:
    pool = answer(*asked(toy), toy).pool
    assert pool is not None
    assert [row.study for row in pool.rows] == ["toy-2011-jogging", "toy-2014-three-arms", "toy-2016-clinics"]
    arms = pool.rows[1]
    assert arms.effects == ("pain-walking", "pain-cycling")
    assert arms.size.first is not None
    assert arms.size.first.n == 59
    assert arms.size.first.mean == pytest.approx((30 * 3.9 + 29 * 4.1) / 59)
    assert arms.people == 59 + 28


def test_a_shared_control_can_be_split_instead(toy: Evidence) -> None:
    plan = toy.comparisons[COMPARISON].outcomes[0].pool.model_copy(update={"arms": "split"})
    pool = answer(*asked(toy, pool=plan), toy).pool
    assert pool is not None
    rows = [row for row in pool.rows if row.study == "toy-2014-three-arms"]
    assert [row.part for row in rows] == ["Walking", "Cycling"]
    assert [row.size.second.n for row in rows if row.size.second] == [14, 14]
    assert pool.studies == 3
    assert pool.people == 18 + 19 + 30 + 29 + 28 + 46 + 45


def chosen_of(toy: Evidence, **window: Any) -> dict[str, tuple[str, ...]]:
    pool = answer(*asked(toy, window=Window.model_validate(window)), toy).pool
    assert pool is not None
    return {row.study: row.effects for row in pool.rows}


def test_the_time_nearest_to_the_target_is_preferred_and_without_one_the_earliest(toy: Evidence) -> None:
    assert chosen_of(toy)["toy-2011-jogging"] == ("pain-6-weeks",)
    assert chosen_of(toy, target={"years": "1"})["toy-2011-jogging"] == ("pain-one-year",)
    late = answer(*asked(toy, window=Window.model_validate({"target": {"years": "1"}})), toy)
    assert roles(late.found)[("toy-2011-jogging", "pain-6-weeks")] == (
        "beside",
        "another time is nearer to the one preferred",
    )


def test_an_instrument_can_be_preferred(toy: Evidence) -> None:
    plan = toy.comparisons[COMPARISON].outcomes[0].pool.model_copy(update={"instruments": ("pain-freedom-0-10",)})
    pool = answer(*asked(toy, pool=plan), toy).pool
    assert pool is not None
    (row,) = [row for row in pool.rows if row.study == "toy-2011-jogging"]
    assert row.effects == ("pain-freedom-6-weeks",)
    assert row.size.approximated
    assert row.size.yi < 0, "more freedom from pain is less pain"


def test_the_same_people_are_counted_once(toy: Evidence) -> None:
    again = toy.studies["toy-2016-clinics"].model_copy(
        update={
            "id": "toy-2017-again",
            "related": Study.model_validate(
                {
                    **toy.studies["toy-2016-clinics"].model_dump(),
                    "related": [{"study": "toy-2016-clinics", "how": "same-sample"}],
                }
            ).related,
        }
    )
    made = answer(*asked(toy), with_study(toy, again))
    assert roles(made.found)[("toy-2017-again", "pain-3-months")] == (
        "beside",
        "the same people are counted in toy-2016-clinics",
    )
    assert made.pool is not None
    assert made.pool.studies == 3


def test_a_review_stands_beside_and_is_never_pooled(toy: Evidence) -> None:
    comparison = toy.comparisons["exercise-v-nothing"]
    made = answer(comparison, comparison.outcomes[0], toy)
    assert made.basis == "anchor"
    assert made.pool is not None
    assert "madeup-2020-exercise" not in {row.study for row in made.pool.rows}
    assert roles(made.found)[("toy-2001-walking", "pain-12-weeks")] == ("pooled", "")
    without = comparison.outcomes[0].model_copy(update={"anchor": None})
    role, reason = roles(answer(comparison, without, toy).found)[("madeup-2020-exercise", "pain")]
    assert role == "beside"
    assert reason.startswith("a review")


def test_a_retracted_study_is_never_pooled(toy: Evidence) -> None:
    comparison = toy.comparisons["exercise-v-nothing"]
    found = roles(answer(comparison, comparison.outcomes[0], toy).found)
    assert found[("sample-2005-retracted-exercise", "pain-3-months")] == ("left-out", "the study is retracted")
