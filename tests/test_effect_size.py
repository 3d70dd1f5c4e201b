"""Effect sizes in every form that papers report, against numbers of metafor 3.8 and of the Cochrane Handbook."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_up_trial import BETWEEN, EVIDENCE, effect, per_arm, question, study

from backed.model import FORMULAS, ArmSize, Effect, EffectSize, Measure
from backed.synthesise.convert import effect_size, interval_of

FIRST: dict[str, object] = {"group": "walking", "n": 59, "mean": "3.1", "sd": "1.9"}
SECOND: dict[str, object] = {"group": "usual", "n": 57, "mean": "4.3", "sd": "2.2"}
HAD: dict[str, object] = {"group": "walking", "n": 50, "events": 12}
LACKED: dict[str, object] = {"group": "usual", "n": 48, "events": 20}
CLUSTERS = {"size": "11", "icc": "0.05", "source": {"report": "r", "locator": "l"}}


def size(recorded: Effect, measure: str, scale: str | None = "wide", share: int = 1) -> EffectSize:
    made = effect_size(study(), [recorded], question(scale, measure), EVIDENCE, share=share)
    assert isinstance(made, EffectSize), made
    return made


def reason(recorded: Effect, measure: str = "mean-difference", scale: str | None = "wide", share: int = 1) -> str:
    made = effect_size(study(), [recorded], question(scale, measure), EVIDENCE, share=share)
    assert isinstance(made, str), made
    return made


def formulas(made: EffectSize) -> list[str]:
    return [step.formula for step in made.steps]


BY_METAFOR = [
    ((FIRST, SECOND), "standardised-mean-difference", -0.580696371560715, 0.0359464961395292),
    ((FIRST, SECOND), "mean-difference", -1.2, 0.14609872137972),
    ((FIRST, SECOND), "ratio-of-means", -0.327212911208416, 0.0109592906798312),
    ((HAD, LACKED), "risk-ratio", -0.551647618286246, 0.0925),
    ((HAD, LACKED), "odds-ratio", -0.816207273317173, 0.195363408521303),
    ((HAD, LACKED), "risk-difference", -0.176666666666667, 0.00871165740740741),
    ((HAD, LACKED), "peto-odds-ratio", -0.795167297979798, 0.183788667929293),
    (({**HAD, "events": 0}, {**LACKED, "events": 4}), "odds-ratio", -2.32370872444534, 2.2644961125326),
    (
        ({**HAD, "person_time": "100.5"}, {**LACKED, "person_time": "98"}),
        "rate-ratio",
        -0.536015872594549,
        0.133333333333333,
    ),
    (
        ({**HAD, "events": 0, "person_time": "80"}, {**LACKED, "events": 3, "person_time": "85"}),
        "rate-ratio",
        -1.88528552723888,
        2.28571428571429,
    ),
]


@pytest.mark.parametrize(("groups", "measure", "yi", "vi"), BY_METAFOR)
def test_two_arms_give_what_escalc_gives(
    groups: tuple[dict[str, object], ...], measure: str, yi: float, vi: float
) -> None:
    made = size(per_arm(*groups), measure)
    assert [made.yi, made.vi] == pytest.approx([yi, vi], rel=1e-12)
    assert made.n == sum(int(str(group["n"])) for group in groups)
    assert made.first is not None and made.second is not None
    assert formulas(made)[-1] in {measure, "hedges-g"}
    assert not made.approximated


def test_the_sides_are_kept_in_the_instruments_units() -> None:
    made = size(per_arm(FIRST, SECOND, instrument="narrow"), "mean-difference")
    assert (made.first, made.second) == (ArmSize(n=59, mean=3.1, sd=1.9), ArmSize(n=57, mean=4.3, sd=2.2))
    assert [made.yi, made.vi] == pytest.approx([-12.0, 14.609872137972])
    assert formulas(made) == ["mean-difference", "rescaled"]
    assert made.steps[1].said == "−1.20 × 10 = −12.0 (rescaled from 0-10 to 0-100)"


def test_a_zero_cell_is_said() -> None:
    made = size(per_arm({**HAD, "events": 0}, LACKED), "risk-ratio")
    assert formulas(made) == ["half-added", "risk-ratio"]
    nobody = size(per_arm({**HAD, "events": 0}, {**LACKED, "events": 0}), "odds-ratio")
    assert nobody.yi == pytest.approx(math.log(0.5 / 50.5) - math.log(0.5 / 48.5))


# -- the sign


def test_a_standardised_difference_is_turned_where_the_instrument_runs_the_other_way() -> None:
    plain = size(per_arm(FIRST, SECOND), "standardised-mean-difference", None)
    turned = size(per_arm(FIRST, SECOND, instrument="turned"), "standardised-mean-difference", None)
    assert (turned.yi, turned.vi) == (-plain.yi, plain.vi)
    assert formulas(turned)[-1] == "sign-turned"
    neither = size(per_arm(FIRST, SECOND, instrument="neither"), "standardised-mean-difference", None)
    assert neither.yi == plain.yi


def test_a_mean_difference_is_turned_and_rescaled() -> None:
    made = size(effect(instrument="turned", estimate="1.2", ci=["0.4", "2.0"]), "mean-difference")
    assert made.yi == pytest.approx(-12.0)
    assert formulas(made) == ["se-from-interval", "rescaled", "sign-turned"]


def test_a_scale_of_the_question_decides_the_sign() -> None:
    made = size(per_arm(FIRST, SECOND), "standardised-mean-difference", "turned-wide")
    assert made.yi == pytest.approx(0.580696371560715)


# -- contrasts

Z = 1.959963984540054


def test_a_difference_from_its_interval() -> None:
    made = size(effect(), "mean-difference")
    assert [made.yi, made.vi] == pytest.approx([-1.2, (1.6 / (2 * Z)) ** 2])
    assert formulas(made) == ["se-from-interval"]


def test_a_small_trial_takes_t_as_in_the_handbook() -> None:
    """Handbook 6.5.2.3: with 25 and 22 people t has 45 degrees of freedom, 2.0141 at 95%."""
    recorded = effect(arms=BETWEEN, groups=[{"group": "walking", "n": 25}, {"group": "usual", "n": 22}])
    made = size(recorded, "mean-difference")
    assert math.sqrt(made.vi) == pytest.approx(1.6 / (2 * 2.0141), rel=1e-4)
    assert formulas(made) == ["se-from-interval-t"]
    assert made.n == 47


def test_an_interval_at_another_level() -> None:
    made = size(effect(measure="odds-ratio", estimate="0.6", ci=["0.4", "0.9"], level="90"), "odds-ratio")
    assert [made.yi, math.sqrt(made.vi)] == pytest.approx([math.log(0.6), 0.246505282576203])
    assert made.steps[0].said == "SE = (ln 0.9 − ln 0.4) / (2 × 1.64) = 0.247 (90% interval)"


def test_a_hazard_ratio_is_taken_as_printed() -> None:
    made = size(effect(measure="hazard-ratio", estimate="0.6", ci=None, se="0.2"), "hazard-ratio")
    assert [made.yi, made.vi] == pytest.approx([math.log(0.6), 0.04])
    assert formulas(made) == ["se-as-printed"]


TRIAL_OF_47 = {"arms": BETWEEN, "groups": [{"group": "walking", "n": 25}, {"group": "usual", "n": 22}]}


def test_a_difference_from_p_is_the_example_of_the_handbook() -> None:
    """Handbook 6.5.2.3: MD 3.8, p = 0.008, 25 and 22 people: t = 2.78, SE = 1.37."""
    made = size(effect(estimate="3.8", ci=None, p="0.008", **TRIAL_OF_47), "mean-difference")
    assert math.sqrt(made.vi) == pytest.approx(1.36910030070529, rel=1e-12)
    assert formulas(made) == ["t-from-p", "se-from-t"]
    assert made.steps[0].said == "t = 2.78 for p = 0.00800 (45 degrees of freedom)"


def test_a_difference_from_t() -> None:
    made = size(effect(estimate="3.8", ci=None, t="2.78", **TRIAL_OF_47), "mean-difference")
    assert math.sqrt(made.vi) == pytest.approx(3.8 / 2.78)


def test_a_ratio_from_p() -> None:
    ratio = effect(measure="risk-ratio", estimate="0.6", ci=None, p="0.03")
    made = size(ratio, "risk-ratio")
    assert math.sqrt(made.vi) == pytest.approx(0.235393709424476, rel=1e-12)
    assert (formulas(made), made.approximated) == (["z-from-p"], False)


def test_a_p_below_a_limit_is_taken_at_the_limit() -> None:
    made = size(effect(measure="risk-ratio", estimate="0.6", ci=None, p="<0.001"), "risk-ratio")
    assert math.sqrt(made.vi) == pytest.approx(0.155241292792775, rel=1e-12)
    assert (formulas(made), made.approximated) == (["p-bound", "z-from-p"], True)


def test_a_correlation_rests_on_its_people_or_its_interval() -> None:
    people = {"measure": "correlation", "estimate": "0.3", "ci": None, "amount": {"participants": 50}}
    made = size(effect(**people), "correlation")
    assert [made.yi, made.vi] == pytest.approx([0.309519604203112, 0.0212765957446809])
    assert (formulas(made), made.n) == (["fisher-z"], 50)
    by_interval = size(effect(**{**people, "ci": ["0.02", "0.53"]}), "correlation")
    assert math.sqrt(by_interval.vi) == pytest.approx((math.atanh(0.53) - math.atanh(0.02)) / (2 * Z))
    assert formulas(by_interval) == ["z-from-interval"]
    pooled = effect(**{**people, "amount": {"participants": 50, "studies": 3}})
    assert reason(pooled, "correlation") == "a correlation needs its interval or the number of people, above three"


# -- standardised differences


def test_a_standardised_difference_from_t() -> None:
    recorded = effect(measure="arm-level", estimate=None, ci=None, t="2.5", **TRIAL_OF_47)
    made = size(recorded, "standardised-mean-difference")
    assert [made.yi, made.vi] == pytest.approx([0.718555477387047, 0.0909473324128744])
    assert formulas(made) == ["d-from-t", "hedges-g"]


def test_a_standardised_difference_from_a_difference_with_its_error() -> None:
    """Handbook 6.5.2.3: the SD within the groups is 1.37 / √(1/25 + 1/22) = 4.7."""
    made = size(effect(estimate="3.8", ci=None, se="1.37", **TRIAL_OF_47), "standardised-mean-difference")
    assert [made.yi, made.vi] == pytest.approx([0.79722943476519, 0.092215979195567])
    assert formulas(made) == ["se-as-printed", "sd-within-from-se", "hedges-g"]


def test_an_adjusted_difference_is_standardised_by_the_groups() -> None:
    groups = [{**FIRST, "mean": None}, {**SECOND, "mean": None}]
    recorded = effect(estimate="-1.0", ci=None, se="0.3", values="adjusted", arms=BETWEEN, groups=groups)
    made = size(recorded, "standardised-mean-difference")
    sd = math.sqrt((58 * 1.9**2 + 56 * 2.2**2) / 114)
    correction = math.exp(math.lgamma(57) - 0.5 * math.log(57) - math.lgamma(56.5))
    assert made.yi == pytest.approx(-correction / sd)
    assert made.vi == pytest.approx((0.3 / sd) ** 2 + made.yi**2 / 232)
    bare = effect(estimate="-1.0", ci=None, se="0.3", values="adjusted", **TRIAL_OF_47)
    assert "standardised by the groups' standard deviations" in reason(bare, "standardised-mean-difference")


def test_an_adjusted_mean_with_its_error_gives_no_standard_deviation() -> None:
    groups = [{"group": "walking", "n": 59, "mean": "3.1", "se": "0.2"}, SECOND]
    recorded = per_arm(*groups, values="adjusted")
    assert "does not give the standard deviation" in reason(recorded, "standardised-mean-difference")
    assert size(recorded, "mean-difference").yi == pytest.approx(-1.2)


def test_a_printed_standardised_difference_without_spread_rests_on_its_people() -> None:
    printed = effect(measure="standardised-mean-difference", estimate="0.5", ci=None, **TRIAL_OF_47)
    made = size(printed, "standardised-mean-difference")
    assert made.vi == pytest.approx(1 / 25 + 1 / 22 + 0.25 / 94)
    assert formulas(made) == ["variance-of-g"]


# -- what is preferred


def test_an_adjusted_contrast_comes_before_the_arms_and_their_spread_before_that_of_any_other() -> None:
    both = {"arms": BETWEEN, "groups": [FIRST, SECOND], "estimate": "-1.5", "ci": ["-2.2", "-0.8"]}
    assert size(effect(**both), "mean-difference").vi == pytest.approx(0.14609872137972)
    assert size(effect(**both, values="adjusted"), "mean-difference").yi == -1.5
    assert size(effect(**both, adjusted_for={"listed": False}), "mean-difference").yi == -1.5


def test_the_other_way_is_taken_where_the_first_does_not_lead_there() -> None:
    without_n = [{**FIRST, "n": None}, SECOND]
    assert size(effect(arms=BETWEEN, groups=without_n), "mean-difference").yi == -1.2
    ratio = effect(measure="risk-ratio", arms=BETWEEN, groups=[HAD, LACKED], estimate="0.6", ci=None, values="adjusted")
    assert size(ratio, "risk-ratio").yi == pytest.approx(-0.551647618286246)


def test_a_difference_is_the_one_the_source_prints_with_the_spread_of_the_arms() -> None:
    """The means give 0.6, which would seem beyond chance; the 0.51 printed, which they round, is not."""
    groups = [
        {"group": "walking", "n": 127, "mean": "-1.7", "ci": ["-2.1", "-1.4"]},
        {"group": "usual", "n": 129, "mean": "-2.3", "ci": ["-2.7", "-1.9"]},
    ]
    printed = effect(arms=BETWEEN, groups=groups, estimate="0.51", ci=None, values="change")
    made = size(printed, "mean-difference")
    alone = size(per_arm(*groups, values="change"), "mean-difference")
    assert (made.yi, made.vi) == (0.51, alone.vi)
    assert made.yi - Z * math.sqrt(made.vi) < 0 < alone.yi - Z * math.sqrt(alone.vi)
    assert [step.said for step in made.steps[-2:]] == [
        "MD = 0.51 as printed; the means give −1.70 + 2.30 = 0.600",
        "MD = 0.51, SE = √(1.99²/127 + 2.30²/129) = 0.269",
    ]
    assert not made.approximated
    standard = size(printed, "standardised-mean-difference")
    assert standard.yi == pytest.approx(size(per_arm(*groups), "standardised-mean-difference").yi * 0.51 / 0.6)


def test_an_adjusted_difference_without_its_interval_takes_the_arms_spread_as_an_approximation() -> None:
    for measure in ("mean-difference", "standardised-mean-difference"):
        bare = effect(arms=BETWEEN, groups=[FIRST, SECOND], estimate="-1.5", ci=None, values="adjusted")
        made = size(bare, measure)
        alone = size(per_arm(FIRST, SECOND), measure)
        assert made.yi == pytest.approx(alone.yi * 1.5 / 1.2)
        assert "adjusted-without-spread" in formulas(made)
        assert (made.approximated, alone.approximated) == (True, False)


def test_the_difference_printed_is_not_taken_for_changes_of_ours_for_several_effects_or_where_it_cannot_be() -> None:
    more = {"start": {"mean": "5", "sd": "2"}, "correlation": "0.6"}
    ends = effect(arms=BETWEEN, groups=[{**FIRST, **more}, {**SECOND, **more}], estimate="-1.5", ci=None)
    plan = question(measure="mean-difference", pool={"values": ["change", "end"]})
    assert isinstance(made := effect_size(study(), [ends], plan, EVIDENCE), EffectSize)
    assert made.yi == pytest.approx(-1.2)
    wrong = effect(arms=BETWEEN, groups=[FIRST, SECOND], estimate="-1.5", ci=["1.0", "2.0"], values="adjusted")
    assert size(wrong, "mean-difference").yi == pytest.approx(-1.2)


ONE_SIDED = [
    ("mean-difference", {"estimate": "0.51", "one_sided": {"upper": "0.97"}}, 0.46 / 1.6448536269514722),
    ("mean-difference", {"estimate": "0.51", "one_sided": {"upper": "0.97", "level": "97.5"}}, 0.46 / Z),
    ("mean-difference", {"estimate": "-2", "one_sided": {"lower": "-3.5", "level": "97.5"}}, 1.5 / Z),
    ("risk-ratio", {"estimate": "0.8", "one_sided": {"upper": "1.1"}}, math.log(1.1 / 0.8) / 1.6448536269514722),
    ("correlation", {"estimate": "0.3", "one_sided": {"lower": "0.1"}}, 0.20918425647203617 / 1.6448536269514722),
]


@pytest.mark.parametrize(("measure", "figures", "se"), ONE_SIDED)
def test_a_one_sided_interval_is_half_of_a_two_sided_one(measure: str, figures: dict[str, object], se: float) -> None:
    made = size(effect(**{"measure": measure, "ci": None, **figures}), measure)
    assert math.sqrt(made.vi) == pytest.approx(se, rel=1e-7)
    assert formulas(made) == ["se-from-one-side"]
    assert not made.approximated


def test_a_one_sided_interval_of_a_small_trial_takes_t() -> None:
    """R: qt(0.95, 45) is 1.679427."""
    made = size(effect(**{**TRIAL_OF_47, "estimate": "1", "ci": None, "one_sided": {"upper": "3"}}), "mean-difference")
    assert math.sqrt(made.vi) == pytest.approx(2 / 1.67942739, rel=1e-7)


@pytest.mark.parametrize(
    ("side", "why"),
    [
        ({"lower": "0.97"}, "the one-sided interval with the bound 0.97 does not hold its estimate"),
        ({"upper": "0.51"}, "the one-sided interval with the bound 0.51 does not hold its estimate"),
        ({"upper": "0.97", "level": "50"}, "a one-sided interval of 50% cannot be"),
        ({"upper": "0.97", "level": "100"}, "a one-sided interval of 100% cannot be"),
    ],
)
def test_a_one_sided_interval_that_cannot_be_says_so(side: dict[str, str], why: str) -> None:
    assert reason(effect(estimate="0.51", ci=None, one_sided=side)) == why


@pytest.mark.parametrize("sides", [{}, {"lower": "1", "upper": "2"}])
def test_a_one_sided_interval_has_one_bound(sides: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="exactly one of lower and upper"):
        effect(ci=None, one_sided=sides)


def test_changes_are_worked_out_where_the_plan_prefers_them() -> None:
    more = {"start": {"mean": "5", "sd": "2"}, "correlation": "0.6"}
    recorded = per_arm({**FIRST, **more}, {**SECOND, **more})
    assert size(recorded, "mean-difference").vi == pytest.approx(0.14609872137972)
    plan = question(measure="mean-difference", pool={"values": ["change", "end"]})
    made = effect_size(study(), [recorded], plan, EVIDENCE)
    assert isinstance(made, EffectSize)
    assert made.yi == pytest.approx(-1.2)
    squares = [2**2 + sd**2 - 2 * 0.6 * 2 * sd for sd in (1.9, 2.2)]
    assert made.vi == pytest.approx(squares[0] / 59 + squares[1] / 57)
    assert formulas(made) == ["change-from-ends", "change-from-ends", "mean-difference"]


def test_a_change_in_one_group_from_start_and_end() -> None:
    """metafor: escalc("MC", m1i=4.1, m2i=5.9, sd1i=2.0, sd2i=1.8, ri=0.6, ni=31)."""
    group = {"group": "walking", "n": 31, "mean": "4.1", "sd": "2.0"}
    more = {"start": {"mean": "5.9", "sd": "1.8"}, "correlation": "0.6"}
    recorded = per_arm({**group, **more}, measure="mean-change", arms={"intervention": ["walking"]})
    made = size(recorded, "mean-change")
    assert [made.yi, made.vi] == pytest.approx([-1.8, 0.0941935483870968])
    assert formulas(made) == ["change-from-ends", "change-in-group"]
    printed = per_arm({**group, "mean": "-1.8"}, values="change", arms={"intervention": ["walking"]})
    assert size(printed, "mean-change").vi == pytest.approx(4 / 31)


def test_a_printed_change_with_its_interval_takes_the_t_of_its_group() -> None:
    alone = {"arms": {"intervention": ["walking"]}, "groups": [{"group": "walking", "n": 25}]}
    made = size(effect(measure="mean-change", **alone), "mean-change")
    assert math.sqrt(made.vi) == pytest.approx(1.6 / (2 * 2.06389856162803))


# -- several arms, shared controls, clusters


def test_arms_of_a_trial_are_taken_together() -> None:
    riders = {"group": "cycling", "n": 30, "mean": "3.5", "sd": "2.0"}
    effects = [
        per_arm(FIRST, SECOND),
        per_arm(riders, SECOND, arms={"intervention": ["cycling"], "comparator": ["usual"]}),
    ]
    made = effect_size(study(), effects, question(), EVIDENCE)
    assert isinstance(made, EffectSize)
    mean = (59 * 3.1 + 30 * 3.5) / 89
    assert made.yi == pytest.approx(mean - 4.3)
    assert (made.n, formulas(made)) == (146, ["arms-combined-means", "mean-difference"])
    one = per_arm(FIRST, riders, SECOND, arms={"intervention": ["walking", "cycling"], "comparator": ["usual"]})
    assert size(one, "mean-difference").yi == made.yi


def test_events_of_several_arms_are_added() -> None:
    riders = {"group": "cycling", "n": 30, "events": 6}
    one = per_arm(HAD, riders, LACKED, arms={"intervention": ["walking", "cycling"], "comparator": ["usual"]})
    made = size(one, "risk-ratio")
    assert made.yi == pytest.approx(math.log(18 / 80) - math.log(20 / 48))
    assert formulas(made) == ["arms-combined-counts", "risk-ratio"]


def test_contrasts_alone_cannot_be_taken_together_or_divided() -> None:
    made = effect_size(study(), [effect(arms=BETWEEN), effect(arms=BETWEEN)], question(), EVIDENCE)
    assert made == "arms can only be taken together with figures per arm"
    assert reason(effect(arms=BETWEEN), share=2) == (
        "the control group is shared, and can only be divided with figures per arm"
    )


def test_a_shared_control_group_is_divided() -> None:
    made = size(per_arm(FIRST, SECOND), "mean-difference", share=3)
    assert [made.yi, made.vi] == pytest.approx([-1.2, 1.9**2 / 59 + 2.2**2 / 19])
    assert (made.n, made.second) == (59 + 19, ArmSize(n=19, mean=4.3, sd=2.2))
    counts = size(per_arm(HAD, LACKED), "risk-ratio", share=2)
    assert counts.vi == pytest.approx(1 / 12 - 1 / 50 + 1 / 10 - 1 / 24)
    assert formulas(counts) == ["control-split", "risk-ratio"]


def test_groups_of_clusters_count_as_fewer_people() -> None:
    """Design effect 1 + 10 × 0.05 = 1.5; R with every number divided by it."""
    made = size(per_arm(HAD, LACKED, clusters=CLUSTERS), "risk-ratio")
    assert [made.yi, made.vi] == pytest.approx([-0.551647618286246, 0.13875])
    assert (made.n, made.approximated) == (98, True)
    means = size(per_arm(FIRST, SECOND, clusters=CLUSTERS), "mean-difference")
    assert means.vi == pytest.approx(0.219148082069581)
    assert formulas(means)[0] == "effective-size"
    contrast = size(effect(clusters=CLUSTERS), "mean-difference")
    assert contrast.vi == pytest.approx(1.5 * (1.6 / (2 * Z)) ** 2)
    assert contrast.steps[1].said == "design effect = 1 + (11 − 1) × 0.05 = 1.50, SE = 0.500"


# -- what cannot be used, and why

UNUSABLE: list[tuple[dict[str, object], str, str]] = [
    ({"measure": "odds-ratio", "estimate": "0.5", "ci": ["0", "2"]}, "odds-ratio", "a ratio is above zero"),
    ({"measure": "odds-ratio", "estimate": "0.5", "ci": ["-1", "2"]}, "odds-ratio", "a ratio is above zero"),
    ({"ci": ["-0.4", "-2.0"]}, "mean-difference", "the interval −0.4 to −2.0 has no width or runs backwards"),
    ({"ci": ["-1.2", "-1.2"]}, "mean-difference", "the interval −1.2 to −1.2 has no width or runs backwards"),
    ({"ci": ["-1.1", "2"]}, "mean-difference", "the interval −1.1 to 2 does not hold its estimate −1.2"),
    ({"level": "0.95"}, "mean-difference", "an interval of 0.95% cannot be"),
    ({"ci": None, "se": "0"}, "mean-difference", "a standard error of 0 cannot be"),
    ({"ci": None, "p": ">0.05"}, "mean-difference", "a p-value of >0.05 does not tell how exact the estimate is"),
    ({"ci": None, "p": "0.000"}, "mean-difference", "a p-value of 0.000 does not tell how exact the estimate is"),
    ({"ci": None, "t": "0"}, "mean-difference", "a t of 0 does not fit an estimate that is not 0"),
    (
        {"ci": None, "estimate": "0", "p": "0.9"},
        "mean-difference",
        "an estimate of no effect has no standard error that a t or p could give",
    ),
    (
        {"ci": None},
        "mean-difference",
        "the source gives no interval, standard error, t or p, so how exact the estimate is is not known",
    ),
    ({"instrument": None}, "mean-difference", "no instrument is named, so there is no common scale"),
    ({"instrument": "open"}, "mean-difference", "no common scale"),
    (
        {"instrument": "narrow", "measure": "regression-coefficient"},
        "regression-coefficient",
        "no common scale",
    ),
    (
        {"instrument": None, "measure": "standardised-mean-difference"},
        "mean-difference",
        "a standardised mean difference cannot be turned into a mean difference",
    ),
    ({"measure": "odds-ratio", "estimate": "2", "ci": ["1", "3"]}, "mean-difference", "an odds ratio cannot be"),
    ({}, "odds-ratio", "a mean difference cannot be turned into an odds ratio"),
    ({}, "proportion", "a proportion is not brought to an effect size"),
    ({}, "standardised-mean-difference", "a standardised mean difference needs the number of people in each group"),
    ({"measure": "correlation", "estimate": "1.2", "ci": None}, "correlation", "a correlation lies between −1 and 1"),
    ({"measure": "correlation", "estimate": "1", "ci": None}, "correlation", "a correlation of 1 has no sampling"),
    ({"measure": "risk-difference", "estimate": "12", "ci": None}, "risk-difference", "a risk difference lies"),
]


@pytest.mark.parametrize(("changes", "measure", "why"), UNUSABLE)
def test_a_contrast_that_cannot_be_used_says_why(changes: dict[str, object], measure: str, why: str) -> None:
    assert reason(effect(**changes), measure).startswith(why)


@pytest.mark.parametrize(
    ("groups", "changes", "measure", "why"),
    [
        (({**FIRST, "sd": "0"}, SECOND), {}, "mean-difference", "a standard deviation of 0 cannot be (Walking)"),
        (({**FIRST, "n": 1}, SECOND), {}, "mean-difference", "1 measured (Walking): one person shows no spread"),
        ((FIRST, SECOND), {"arms": None}, "mean-difference", "which arms were compared is not named"),
        ((FIRST, SECOND), {"arms": {"intervention": ["walking"]}}, "mean-difference", "a change within one group"),
        ((FIRST, SECOND), {}, "mean-change", "a change within one group has no comparator"),
        ((FIRST, SECOND), {"values": "change"}, "ratio-of-means", "changes have no ratio of means"),
        (({**FIRST, "mean": "-3"}, SECOND), {}, "ratio-of-means", "a ratio of means needs means above zero"),
        ((FIRST, SECOND), {"instrument": "turned"}, "ratio-of-means", "the instrument runs the other way"),
        ((FIRST, SECOND), {"instrument": "from-one"}, "ratio-of-means", "the instrument does not begin at zero"),
        ((FIRST, SECOND), {}, "hazard-ratio", "figures per arm give no hazard ratio"),
        ((HAD, LACKED), {}, "rate-ratio", "events or time at risk are not given (Walking)"),
        (
            (HAD, LACKED),
            {"clusters": {**CLUSTERS, "icc": "2"}},
            "risk-ratio",
            "11 people in a cluster with an intracluster correlation of 2 cannot be",
        ),
    ],
)
def test_arms_that_cannot_be_used_say_why(
    groups: tuple[dict[str, object], ...], changes: dict[str, object], measure: str, why: str
) -> None:
    assert reason(per_arm(*groups, **changes), measure).startswith(why)


def test_both_reasons_are_told_where_both_ways_were_tried() -> None:
    groups = [{"group": "walking", "n": 59}, {"group": "usual", "n": 57}]
    recorded = effect(measure="hazard-ratio", estimate="0.5", ci=["0.3", "0.8"], arms=BETWEEN, groups=groups)
    assert reason(recorded, "rate-ratio") == (
        "events or time at risk are not given (Walking); a hazard ratio cannot be turned into a rate ratio"
    )


def test_nothing_to_work_on_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="needs an effect"):
        effect_size(study(), [], question(), EVIDENCE)
    with pytest.raises(ValueError, match="share of 1"):
        effect_size(study(), [effect()], question(), EVIDENCE, share=0)


# -- read again


@pytest.mark.parametrize(
    ("measure", "yi", "read"),
    [(Measure.MEAN_DIFFERENCE, -1.2, -1.2), (Measure.ODDS_RATIO, math.log(0.6), 0.6), (Measure.CORRELATION, 0.31, 0.3)],
)
def test_an_effect_size_is_read_on_its_own_scale(measure: Measure, yi: float, read: float) -> None:
    interval = interval_of(EffectSize(yi, 0.04), measure, 2)
    assert interval.estimate == pytest.approx(read, abs=5e-4)
    assert interval.decimals == 2
    back = {Measure.ODDS_RATIO: math.exp, Measure.CORRELATION: math.tanh}.get(measure, float)
    assert interval.lower == pytest.approx(back(yi - 0.2 * Z))
    assert interval.upper == pytest.approx(back(yi + 0.2 * Z))


def text(low: float, high: float) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from([low, 0.0, 1.0, high]).map(str) | st.floats(low, high).map("{:.2f}".format)


PAIRS = st.none() | st.tuples(*[st.floats(-20, 20).map("{:.1f}".format)] * 2)
GROUPS = st.fixed_dictionaries(
    {
        "n": st.none() | st.integers(0, 60),
        "mean": text(-5, 10),
        "sd": text(-1, 5),
        "se": text(-1, 5),
        "median": text(-5, 10),
        "iqr": PAIRS,
        "range": PAIRS,
        "ci": PAIRS,
        "events": st.none() | st.integers(0, 60),
        "percent": text(-5, 120),
        "person_time": text(-5, 100),
        "correlation": text(-1.5, 1.5),
        "start": st.none() | st.fixed_dictionaries({"mean": text(-5, 10), "sd": text(-1, 5)}),
    }
)
RESULTS = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(list(Measure)),
        "instrument": st.sampled_from(["wide", "turned", "from-one", "open", None]),
        "estimate": text(-3, 3),
        "ci": PAIRS,
        "level": st.sampled_from(["95", "90", "0", "100"]),
        "se": text(-1, 5),
        "t": text(-3, 3),
        "p": st.sampled_from([None, "0.03", "<0.001", ">0.05", "0.000", "1.0"]),
        "values": st.sampled_from([None, "end", "change", "adjusted"]),
        "clusters": st.none()
        | st.builds(
            lambda size, icc: {**CLUSTERS, "size": f"{size:.2f}", "icc": f"{icc:.2f}"},
            st.floats(-1, 40),
            st.floats(-1, 2),
        ),
        "arms": st.sampled_from([BETWEEN, None, {"intervention": ["walking"]}]),
    }
)


@settings(max_examples=300, deadline=None)
@given(RESULTS, GROUPS, GROUPS, st.sampled_from(list(Measure)), st.sampled_from([1, 3]))
def test_whatever_is_recorded_gives_an_effect_size_or_a_reason(
    result: dict[str, object], one: dict[str, object], two: dict[str, object], measure: Measure, share: int
) -> None:
    recorded = effect(**result, groups=[{**one, "group": "walking"}, {**two, "group": "usual"}])
    made = effect_size(study(), [recorded], question("wide", measure), EVIDENCE, share=share)
    if isinstance(made, str):
        assert made
    else:
        assert math.isfinite(made.yi)
        assert 0 < made.vi < math.inf


def test_too_few_people_are_no_crash() -> None:
    pair = per_arm({**FIRST, "n": 2}, {**SECOND, "n": 2}, clusters={**CLUSTERS, "size": "3", "icc": "0.5"})
    assert reason(pair, "standardised-mean-difference") == "too few people for this measure"


def quantiles(**figures: object) -> Effect:
    return per_arm({"group": "walking", "n": 40, "median": "4", **figures}, SECOND)


START = {"start": {"mean": "5", "sd": "2"}, "correlation": "0.6"}
ALONE = {"arms": {"intervention": ["walking"]}}
THREE = {"arms": {"intervention": ["walking", "cycling"], "comparator": ["usual"]}}
RATIO: dict[str, object] = {"measure": "risk-ratio", "estimate": "0.6", "ci": None}
REACHING: list[tuple[Effect, str, int]] = [
    *((per_arm(*groups), measure, 1) for groups, measure, _, _ in BY_METAFOR),
    (per_arm({**FIRST, "n": None}, {**SECOND, "n": None}), "mean-difference", 2),
    (per_arm({**FIRST, "sd": None, "se": "0.2"}, {**SECOND, "sd": None, "ci": ["4", "5"]}), "mean-difference", 1),
    (quantiles(range=["1", "9"]), "mean-difference", 1),
    (quantiles(iqr=["2.5", "6"]), "mean-difference", 1),
    (quantiles(range=["1", "9"], iqr=["2.5", "6"]), "mean-difference", 1),
    (per_arm({**FIRST, **START}, **ALONE), "mean-change", 1),
    (per_arm({**HAD, "events": None, "percent": "24"}, LACKED, clusters=CLUSTERS), "risk-ratio", 1),
    (per_arm(FIRST, {**FIRST, "group": "cycling"}, SECOND, **THREE), "mean-difference", 1),
    (per_arm(HAD, {**HAD, "group": "cycling"}, LACKED, **THREE), "risk-ratio", 1),
    (effect(clusters=CLUSTERS, instrument="turned"), "mean-difference", 1),
    (effect(**TRIAL_OF_47), "mean-difference", 1),
    (effect(estimate="3.8", ci=None, p="0.008", **TRIAL_OF_47), "mean-difference", 1),
    (effect(estimate="3.8", ci=None, se="1.37", **TRIAL_OF_47), "standardised-mean-difference", 1),
    (effect(measure="arm-level", estimate=None, ci=None, t="2.5", **TRIAL_OF_47), "standardised-mean-difference", 1),
    (
        effect(measure="standardised-mean-difference", estimate="0.5", ci=None, **TRIAL_OF_47),
        "standardised-mean-difference",
        1,
    ),
    (effect(**{**RATIO, "p": "<0.03"}), "risk-ratio", 1),
    (effect(**{**RATIO, "ci": ["0.4", "0.9"]}), "risk-ratio", 1),
    (effect(arms=BETWEEN, groups=[FIRST, SECOND], estimate="-1.3", ci=None), "mean-difference", 1),
    (
        effect(arms=BETWEEN, groups=[FIRST, SECOND], estimate="-1.5", ci=None, values="adjusted"),
        "mean-difference",
        1,
    ),
    (effect(ci=None, one_sided={"upper": "-0.3"}), "mean-difference", 1),
    (effect(measure="correlation", estimate="0.3", ci=["0.1", "0.5"]), "correlation", 1),
    (effect(measure="correlation", estimate="0.3", ci=None, amount={"participants": 50}), "correlation", 1),
]


def test_every_formula_is_used_by_a_conversion_and_names_its_source() -> None:
    trial = study(walking={"analysed": 59}, usual={"randomised": 57})
    used: set[str] = set()
    for recorded, measure, share in REACHING:
        made = effect_size(trial, [recorded], question("wide", measure), EVIDENCE, share=share)
        assert isinstance(made, EffectSize), (measure, made)
        used |= {step.formula for step in made.steps}
        assert all(step.said and "-" not in step.said.replace("0-100", "").replace("0-10", "") for step in made.steps)
    assert used == set(FORMULAS)
    assert all(one.title and one.formula and one.source for one in FORMULAS.values())
