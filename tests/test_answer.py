"""An answer from our own pool: what it rests on, people in 100, GRADE proposals, and what would flip a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.model import (
    Answer,
    Asked,
    EffectSize,
    Evidence,
    Interval,
    Measure,
    Pool,
    PoolRow,
    Proposal,
    Question,
    Ruling,
    Verdict,
)
from backed.synthesise import decide, synthesise
from backed.synthesise.absolute import absolute
from backed.synthesise.answer import answer
from backed.synthesise.certainty import propose
from backed.synthesise.flips import flips
from backed.synthesise.meta_analysis import pool_rows
from backed.synthesise.verdict import rule_on

MOVEMENT = "movement-v-inactive"


def question(measure: str = "mean-difference", **pool: Any) -> Question:
    return Question.model_validate({"id": "q", "outcome": "pain", "measure": measure, "pool": pool})


def row(yi: float, vi: float, study: str = "s", **known: Any) -> PoolRow:
    half = 1.96 * math.sqrt(vi)
    size = EffectSize(yi, vi, n=known.pop("people", 100))
    return PoolRow(study, ("e",), size, Interval(yi, yi - half, yi + half, 1), 0.0, people=size.n, **known)


def pooled(rows: Sequence[PoolRow], measure: str = "mean-difference", **plan: Any) -> Pool:
    made = pool_rows(rows, question(measure, **plan))
    assert made is not None
    return made


# -- the pool


def test_one_study_returns_itself() -> None:
    one = pooled([row(-5.0, 4.0)])
    assert (one.pooled.beta, one.pooled.se, one.pooled.tau2, one.note) == (-5.0, 2.0, 0.0, "one-study")
    assert (one.interval.lower, one.interval.upper) == pytest.approx((-8.919928, -1.080072), abs=1e-6)
    assert (one.prediction, one.confint, one.leave1out, one.egger) == (None, None, (), None)


def test_two_studies_have_a_wide_interval_and_no_prediction() -> None:
    two = pooled([row(-5.0, 4.0), row(-1.0, 4.0)])
    assert two.note == "two-studies"
    assert two.interval.upper - two.interval.lower > 40
    assert two.prediction is None


def test_studies_that_agree_are_not_given_a_narrower_interval_than_their_own_errors() -> None:
    alike = pooled([row(-5.0, 4.0), row(-5.1, 4.0), row(-4.9, 4.0)])
    wald = pooled([row(-5.0, 4.0), row(-5.1, 4.0), row(-4.9, 4.0)], test="z")
    assert alike.note == "no-heterogeneity"
    assert alike.pooled.se == pytest.approx(wald.pooled.se)
    narrow = pooled([row(-5.0, 4.0), row(-5.1, 4.0), row(-4.9, 4.0)], test="hksj")
    assert narrow.pooled.se < 0.1 * wald.pooled.se


def test_ratios_are_read_as_ratios_and_intervals_follow() -> None:
    made = pooled([row(math.log(0.5), 0.04), row(math.log(0.8), 0.04), row(math.log(0.7), 0.09)], "risk-ratio")
    assert made.interval.estimate == pytest.approx(math.exp(made.pooled.beta))
    assert made.interval.upper == pytest.approx(math.exp(made.pooled.ci_ub))
    assert made.leave1out[0].estimate == pytest.approx(math.exp(_without_first(made)))


def _without_first(made: Pool) -> float:
    rest = pool_rows(made.rows[1:], question("risk-ratio"))
    assert rest is not None
    return rest.pooled.beta


def test_the_cumulative_pool_goes_by_year_and_ends_with_the_pool() -> None:
    rows = [row(-1.0, 1.0, year=2010), row(-3.0, 1.0, year=2001), row(-2.0, 2.0, year=2005)]
    made = pooled(rows)
    assert made.order == (1, 2, 0)
    assert made.cumulative[0].estimate == -3.0
    assert made.cumulative[-1].estimate == pytest.approx(made.interval.estimate)


def test_tests_of_small_studies_begin_at_ten() -> None:
    nine = [row(-1.0 - n / 10, 1.0 + n / 5) for n in range(9)]
    assert pooled(nine).egger is None
    ten = pooled([*nine, row(-4.0, 6.0)])
    assert ten.egger is not None
    assert ten.trimfill is not None


def test_no_rows_and_rows_beyond_double_precision_give_no_pool() -> None:
    assert pool_rows([], question()) is None
    assert pool_rows([row(1e308, 1e-300), row(-1e308, 1e-300)], question()) is None


def test_the_toy_pool_taken_apart(toy: Evidence) -> None:
    comparison = toy.comparisons[MOVEMENT]
    made = answer(comparison, comparison.outcomes[0], toy)
    assert (made.basis, made.studies, made.study, made.conversion) == ("pool", 3, None, "")
    assert made.pool is not None
    assert made.participants == made.pool.people == 37 + 87 + 91
    by_risk, by_money = made.pool.subgroups
    assert [(group.value, group.rows) for group in by_risk.groups] == [("low", (0,)), ("high", (1,))]
    assert (by_risk.unknown, by_risk.freedom) == (1, 1)
    assert by_risk.q is not None
    assert [group.value for group in by_money.groups] == ["some", "none"]
    assert made.pool.regressions == (), "ten studies are needed"
    assert sum(one.weight for one in made.pool.rows) == pytest.approx(100)
    assert [one.risk for one in made.pool.rows] == ["low", "high", "unknown"]


def test_an_anchor_answers_and_our_pool_stands_beside_it(toy: Evidence) -> None:
    made = synthesise(toy).answers["exercise-v-nothing", "pain"]
    assert made.basis == "anchor"
    assert made.pool is not None
    assert [one.study for one in made.pool.rows] == ["toy-2001-walking"]
    assert made.interval != made.pool.interval
    assert made.proposals == (), "a review's certainty is its authors'"


def test_every_question_is_judged_by_what_people_expect(toy: Evidence) -> None:
    expected = synthesise(toy).expected
    assert expected[MOVEMENT, "pain"].asked.claimed == "lower"
    assert expected["exercise-v-nothing", "function"].asked.claimed == "higher"
    assert expected["distress-onset", "onset"].asked.claimed == "higher", "an exposure is expected to harm"


# -- people in 100


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        (Measure.RISK_RATIO, 0.5, 20.0),
        (Measure.ODDS_RATIO, 0.5, 25.0),
        (Measure.PETO_ODDS_RATIO, 0.5, 25.0),
        (Measure.HAZARD_RATIO, 0.5, 100 * (1 - math.sqrt(0.6))),
        (Measure.RATE_RATIO, 0.5, 100 * (1 - math.sqrt(0.6))),
        (Measure.RISK_DIFFERENCE, -0.1, 30.0),
    ],
)
def test_a_relative_effect_is_said_per_100_people(measure: Measure, value: float, expected: float) -> None:
    found = absolute(Interval(value, value - 0.05, value + 0.05), measure, 40.0, "these people")
    assert found is not None
    assert found.intervention.estimate == pytest.approx(expected)
    assert found.nnt == pytest.approx(100 / (40 - expected))
    assert found.intervention.lower < found.intervention.estimate < found.intervention.upper


def test_no_number_is_needed_to_treat_where_no_effect_is_possible() -> None:
    found = absolute(Interval(0.9, 0.7, 1.2), Measure.RISK_RATIO, 40.0, "")
    assert found is not None
    assert found.nnt is None


@pytest.mark.parametrize("percent", [0.0, 100.0, -3.0])
def test_an_impossible_risk_and_other_measures_give_nothing(percent: float) -> None:
    assert absolute(Interval(0.5, 0.4, 0.6), Measure.RISK_RATIO, percent, "") is None
    assert absolute(Interval(-5, -6, -4), Measure.MEAN_DIFFERENCE, 40.0, "") is None


@given(st.floats(0.01, 20), st.floats(0.5, 99.5))
def test_people_in_100_are_never_fewer_than_none_or_more_than_all(ratio: float, percent: float) -> None:
    for measure in (Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO):
        found = absolute(Interval(ratio, ratio / 2, ratio * 2), measure, percent, "")
        assert found is not None
        assert 0 <= found.intervention.lower <= found.intervention.upper <= 100


# -- what the figures suggest


def suggested(made: Pool, threshold: float | None = 10.0) -> dict[str, Proposal]:
    return {one.domain: one for one in propose(made, made.interval, threshold)}


@pytest.mark.parametrize(("high", "steps"), [(0, 0), (1, 0), (2, -1), (4, -2)])
def test_risk_of_bias_goes_by_weight(high: int, steps: int) -> None:
    rows = [row(-5.0 - n / 10, 1.0, risk="high" if n < high else "low") for n in range(4)]
    found = suggested(pooled(rows))["risk-of-bias"]
    assert found.steps == steps
    assert f"{25 * high}% of the weight" in found.reason


def test_studies_that_differ_beyond_chance_are_inconsistent() -> None:
    assert suggested(pooled([row(-5.0, 1.0), row(-5.5, 1.0), row(-4.5, 1.0)]))["inconsistency"].steps == 0
    assert suggested(pooled([row(-2.0, 1.0), row(-5.0, 1.0), row(-8.0, 1.0)]))["inconsistency"].steps == -1
    assert suggested(pooled([row(4.0, 1.0), row(-5.0, 1.0), row(-9.0, 1.0)]))["inconsistency"].steps == -2
    assert suggested(pooled([row(-5.0, 1.0)]))["inconsistency"].steps == 0


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [(-30.0, -12.0, 0), (-9.0, -1.0, 0), (-9.0, 1.0, -1), (-15.0, -5.0, -1), (-15.0, 5.0, -1), (-15.0, 15.0, -2)],
)
def test_imprecision_goes_by_the_limits_crossed(low: float, high: float, steps: int) -> None:
    made = replace(pooled([row(-5.0, 1.0, people=300), row(-5.0, 1.0, people=300)]))
    found = {one.domain: one for one in propose(made, Interval((low + high) / 2, low, high), 10.0)}
    assert found["imprecision"].steps == steps


def test_few_people_are_imprecise_whatever_the_interval() -> None:
    few = pooled([row(-20.0, 0.1, people=30), row(-20.0, 0.1, people=30), row(-20.1, 0.1, people=30)])
    found = suggested(few)["imprecision"]
    assert found.steps == -1
    assert "only 90 people" in found.reason


def test_small_studies_with_larger_effects_suggest_that_some_are_missing() -> None:
    slanted = [row(-1.0 - 2.0 * math.sqrt(v) + 0.01 * (n % 3), v) for n, v in enumerate(0.1 * k for k in range(1, 12))]
    assert suggested(pooled(slanted))["publication-bias"].steps == -1
    assert "too few" in suggested(pooled(slanted[:5]))["publication-bias"].reason


# -- what would flip a verdict


def ruling(made: Answer, claimed: str = "lower") -> Ruling:
    return rule_on(Asked.model_validate({"comparison": "c", "outcome": "q", "claimed": claimed}), made)


def resting_on(made: Pool, threshold: float = 10.0) -> Answer:
    bare = Answer("c", "q", made.measure, None, "pool", ())
    return replace(bare, pool=made, interval=made.interval, threshold=threshold, certainty="high")


def test_the_study_a_verdict_hangs_on_is_named() -> None:
    rows = [
        row(-14.0, 0.5, "large", risk="high", industry="some"),
        row(-13.0, 0.5, "second", risk="low", industry="none"),
        row(-13.5, 0.5, "third", risk="low", industry="none"),
        row(-2.0, 0.5, "outlier", risk="low", industry="none"),
    ]
    judged = ruling(resting_on(pooled(rows, test="z")))
    found = flips(judged, question(test="z"))
    by_study = {flip.study: flip.verdict for flip in found if flip.study}
    assert set(by_study) == {"large", "second", "third", "outlier"}
    assert judged.verdict is Verdict.SIZE_UNCERTAIN
    assert by_study["outlier"] is Verdict.SUPPORTED
    kept = {flip.change for flip in found if not flip.study}
    assert "without the studies at high risk of bias" in kept
    assert "only studies paid without industry money" in kept


def test_a_change_that_leaves_no_study_says_so() -> None:
    rows = [row(-14.0, 0.5, risk="high"), row(-13.0, 0.5, risk="high"), row(-12.0, 0.5, risk="high")]
    found = {flip.change: flip for flip in flips(ruling(resting_on(pooled(rows))), question())}
    gone = found["without the studies at high risk of bias"]
    assert (gone.interval, gone.verdict) == (None, Verdict.NOT_KNOWN)


def test_nothing_can_be_taken_out_of_a_review() -> None:
    anchor = replace(Answer("c", "q", Measure.MEAN_DIFFERENCE, None, "anchor", ()), threshold=10.0, certainty="high")
    judged = ruling(replace(anchor, interval=Interval(-15.0, -18.0, -12.0)))
    assert [(flip.change, flip.verdict) for flip in flips(judged, question())] == [
        ("if the smallest important effect were 12 or more", Verdict.SIZE_UNCERTAIN)
    ]


@given(st.floats(-40, 40), st.floats(0.1, 30), st.floats(0.5, 40))
def test_a_threshold_said_to_flip_the_verdict_does(centre: float, half: float, threshold: float) -> None:
    made = replace(Answer("c", "q", Measure.MEAN_DIFFERENCE, None, "anchor", ()), threshold=threshold, certainty="high")
    judged = ruling(replace(made, interval=Interval(centre, centre - half, centre + half)), "higher")
    assert judged.lower is not None
    assert judged.upper is not None
    for flip in flips(judged, question()):
        assert flip.verdict is not judged.verdict
        reachable = {
            decide(judged.lower, judged.upper, abs(bound) * factor)
            for bound in (judged.lower, judged.upper)
            for factor in (1, 1 + 1e-9, 1 - 1e-9)
            if bound
        }
        assert flip.verdict in reachable
