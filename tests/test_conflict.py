"""Which studies disagree with an answer, and how."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backed.model import Answer, EffectSize, Evidence, Found, Interval, Measure, Pool
from backed.synthesise import synthesise
from backed.synthesise.conflict import against, conflicts


def between(lower: float, upper: float) -> Interval:
    return Interval((lower + upper) / 2, lower, upper)


@pytest.mark.parametrize(
    ("study", "how"),
    [
        (between(-12, -4), None),
        (between(1, 9), "opposite"),
        (between(-2, 6), "leaning"),
        (between(0, 8), "leaning"),
        (between(-40, -21), "apart"),
        (between(-30, -20), None),
        (between(-4, 4), "apart"),
        (between(-6, 6), None),
    ],
)
def test_a_study_disagrees_by_its_side_or_by_its_distance(study: Interval, how: str | None) -> None:
    answer = between(-20, -5)
    assert against(study, answer, 0) == how
    turned = Interval(-study.estimate, -study.upper, -study.lower)
    assert against(turned, Interval(12.5, 5, 20), 0) == how, "whichever side is better"


def test_ratios_have_their_sides_around_one() -> None:
    answer = Interval(0.6, 0.4, 0.9)
    assert against(Interval(1.5, 1.1, 2.0), answer, 1) == "opposite"
    assert against(Interval(1.2, 0.8, 1.8), answer, 1) == "leaning"
    assert against(Interval(0.8, 0.5, 1.3), answer, 1) is None


def test_an_answer_of_exactly_no_effect_has_no_side() -> None:
    assert against(between(1, 3), between(-2, 2), 0) is None
    assert against(between(3, 5), between(-2, 2), 0) == "apart"


@pytest.fixture(scope="module")
def pooled(toy: Evidence) -> Answer:
    return synthesise(toy).answers["movement-v-inactive", "pain"]


def test_the_studies_of_a_pool_are_looked_at(pooled: Answer) -> None:
    assert pooled.conflicts == ()
    pool = pooled.pool
    assert isinstance(pool, Pool)
    rows = (
        replace(pool.rows[0], interval=between(2, 9)),
        replace(pool.rows[1], interval=between(-1, 9)),
        *pool.rows[2:],
    )
    found = conflicts(replace(pooled, pool=replace(pool, rows=rows[::-1])))
    assert [(one.study, one.how) for one in found] == [
        ("toy-2011-jogging", "opposite"),
        ("toy-2014-three-arms", "leaning"),
    ]
    assert found[0].effects == pool.rows[0].effects


def test_a_study_beside_the_answer_is_looked_at_and_what_it_rests_on_is_not() -> None:
    size = EffectSize(1.0, 1.0)
    found = (
        Found("anchor", "a", "answers", interval=between(-9, -1), size=size),
        Found("beside", "b", "beside", interval=between(1, 9), size=size),
        Found("beside", "again", "beside", interval=between(2, 9), size=size),
        Found("left", "c", "left-out", interval=between(1, 9), size=size),
    )
    answer = Answer(
        "c", "o", Measure.MEAN_DIFFERENCE, None, "anchor", found, study="anchor", effect="a", interval=between(-9, -1)
    )
    assert [(one.study, one.effects) for one in conflicts(answer)] == [("beside", ("b",))]
    assert conflicts(replace(answer, interval=None)) == ()
