"""The verdict rule: each row, each boundary, and what has to hold for every interval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.model import (
    VERDICT_RULE,
    Answer,
    Asked,
    Interval,
    Level,
    Measure,
    Verdict,
)
from backed.synthesise import decide
from backed.synthesise.verdict import rule_on

SUPPORTED, SIZE, SMALL = Verdict.SUPPORTED, Verdict.SIZE_UNCERTAIN, Verdict.TOO_SMALL
NONE, OPEN, AGAINST, UNKNOWN = (
    Verdict.NO_IMPORTANT_EFFECT,
    Verdict.INCONCLUSIVE,
    Verdict.CONTRADICTED,
    Verdict.NOT_KNOWN,
)

# lower and upper bound on the claimed side, with a smallest important effect of 10
TABLE = [
    (12, 20, SUPPORTED),
    (10, 20, SUPPORTED),
    (10, 10, SUPPORTED),
    (9.99, 20, SIZE),
    (0.01, 10, SIZE),
    (0.01, 9.99, SMALL),
    (5, 5, SMALL),
    (0, 0, NONE),
    (0, 9.99, NONE),
    (-9.99, 9.99, NONE),
    (-9.99, 0, NONE),
    (0, 10, OPEN),
    (-10, 0, OPEN),
    (-10, 5, OPEN),
    (-5, 10, OPEN),
    (-0.01, 30, OPEN),
    (-30, 30, OPEN),
    (-20, -12, AGAINST),
    (-20, -0.01, AGAINST),
    (-5, -1, AGAINST),
]


@pytest.mark.parametrize(("lower", "upper", "verdict"), TABLE)
def test_the_rule_row_by_row(lower: float, upper: float, verdict: Verdict) -> None:
    assert decide(lower, upper, 10) is verdict


def test_the_table_covers_the_rule_and_the_rule_every_verdict() -> None:
    assert {verdict for *_, verdict in TABLE} | {UNKNOWN} == set(Verdict)
    assert sorted(verdict for _, verdict in VERDICT_RULE) == sorted(Verdict)


def given_answer(
    lower: float, upper: float, measure: str = "mean-difference", threshold: float | None = 10, level: Level = "high"
) -> Answer:
    kind = Measure(measure)
    interval = Interval((lower + upper) / 2, lower, upper)
    return replace(Answer("c", "q", kind, None, "anchor", ()), interval=interval, threshold=threshold, certainty=level)


def verdict_on(reply: Answer, claimed: str) -> Verdict:
    return rule_on(Asked.model_validate({"comparison": "c", "outcome": "q", "claimed": claimed}), reply).verdict


@pytest.mark.parametrize(("lower", "upper", "verdict"), TABLE)
def test_the_claimed_side_turns_the_interval(lower: float, upper: float, verdict: Verdict) -> None:
    assert verdict_on(given_answer(lower, upper), "higher") is verdict
    assert verdict_on(given_answer(-upper, -lower), "lower") is verdict


def test_a_ruling_shows_its_arithmetic() -> None:
    asked = Asked.model_validate({"comparison": "c", "outcome": "q", "claimed": "lower"})
    ruling = rule_on(asked, given_answer(-24.1, -16.9, threshold=15))
    assert (ruling.lower, ruling.upper, ruling.threshold, ruling.verdict) == (16.9, 24.1, 15, SUPPORTED)
    assert (ruling.row, ruling.verdict) in VERDICT_RULE


@pytest.mark.parametrize("level", ["very-low", None])
def test_without_certainty_nothing_is_known(level: Level | None) -> None:
    reply = replace(given_answer(20, 30), certainty=level)
    assert verdict_on(reply, "higher") is UNKNOWN


@pytest.mark.parametrize("level", ["low", "moderate", "high"])
def test_any_other_certainty_is_enough(level: Level) -> None:
    assert verdict_on(given_answer(20, 30, level=level), "higher") is SUPPORTED


def test_without_interval_or_threshold_nothing_is_known() -> None:
    assert verdict_on(replace(given_answer(20, 30), interval=None), "higher") is UNKNOWN
    assert verdict_on(given_answer(20, 30, threshold=None), "higher") is UNKNOWN


@pytest.mark.parametrize(("measure", "threshold"), [("odds-ratio", 1), ("odds-ratio", 0.8), ("correlation", 0)])
def test_a_threshold_that_is_none_decides_nothing(measure: str, threshold: float) -> None:
    assert verdict_on(given_answer(0.1, 0.2, measure, threshold), "higher") is UNKNOWN


# intervals of ratios, with a smallest important ratio of 1.25
RATIOS = [
    (1.25, 2.0, SUPPORTED),
    (1.10, 2.95, SIZE),
    (1.01, 1.25, SIZE),
    (1.01, 1.24, SMALL),
    (0.81, 1.24, NONE),
    (1.00, 1.24, NONE),
    (0.80, 1.10, OPEN),
    (0.90, 1.25, OPEN),
    (0.50, 0.99, AGAINST),
]


@pytest.mark.parametrize("measure", ["risk-ratio", "odds-ratio", "rate-ratio", "hazard-ratio"])
@pytest.mark.parametrize(("lower", "upper", "verdict"), RATIOS)
def test_ratios_are_judged_on_the_log_scale(measure: str, lower: float, upper: float, verdict: Verdict) -> None:
    assert verdict_on(given_answer(lower, upper, measure, 1.25), "higher") is verdict
    assert verdict_on(given_answer(1 / upper, 1 / lower, measure, 1.25), "lower") is verdict


@pytest.mark.parametrize(
    ("ratio", "threshold"), [(0.8, 1.25), (0.5, 2), (0.625, 1.6), (0.4, 2.5), (0.64, 1.5625), (0.1, 10)]
)
def test_a_ratio_ends_exactly_at_its_mirrored_threshold(ratio: float, threshold: float) -> None:
    assert verdict_on(given_answer(ratio / 2, ratio, "risk-ratio", threshold), "lower") is SUPPORTED
    assert verdict_on(given_answer(ratio, 1, "risk-ratio", threshold), "lower") is OPEN


TENTHS = st.integers(-500, 500)
INTERVALS = st.tuples(TENTHS, TENTHS).map(sorted)
THRESHOLDS = st.integers(1, 300)


@given(INTERVALS, THRESHOLDS)
def test_exactly_one_row_applies(interval: list[int], threshold: int) -> None:
    lower, upper = interval
    spans_nothing = lower <= 0 <= upper
    rows = {
        AGAINST: upper < 0,
        SUPPORTED: lower > 0 and lower >= threshold,
        SIZE: 0 < lower < threshold <= upper,
        SMALL: lower > 0 and upper < threshold,
        NONE: spans_nothing and max(-lower, upper) < threshold,
        OPEN: spans_nothing and max(-lower, upper) >= threshold,
    }
    assert [verdict for verdict, applies in rows.items() if applies] == [decide(lower, upper, threshold)]


@given(INTERVALS, THRESHOLDS, st.integers(1, 1000))
def test_another_unit_gives_the_same_verdict(interval: list[int], threshold: int, scale: int) -> None:
    lower, upper = interval
    assert decide(lower * scale, upper * scale, threshold * scale) is decide(lower, upper, threshold)


@given(INTERVALS, THRESHOLDS)
def test_the_opposite_claim_gets_the_opposite_verdict(interval: list[int], threshold: int) -> None:
    lower, upper = interval
    one, other = decide(lower, upper, threshold), decide(-upper, -lower, threshold)
    if one in {NONE, OPEN}:
        assert other is one
    else:
        assert (one is AGAINST) != (other is AGAINST)


@given(INTERVALS, THRESHOLDS, st.integers(0, 100))
def test_a_stronger_effect_is_never_judged_weaker(interval: list[int], threshold: int, more: int) -> None:
    """Moving an interval that is supported further to the claimed side leaves it supported."""
    lower, upper = interval
    if decide(lower, upper, threshold) is SUPPORTED:
        assert decide(lower + more, upper + more, threshold) is SUPPORTED
