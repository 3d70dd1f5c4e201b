"""Conversion to a common scale, selection by query, and the answers made from both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backed.model import (
    Anchor,
    Asked,
    Comparison,
    Effect,
    Evidence,
    Exclusion,
    Found,
    Instrument,
    Interval,
    Question,
    Status,
    Study,
    Verdict,
    Window,
)
from backed.synthesise import synthesise
from backed.synthesise.effect_size import on_scale
from backed.synthesise.select import select
from backed.synthesise.synthesise import answer
from backed.synthesise.verdict import rule_on

SUPPORTED, SIZE, UNKNOWN = Verdict.SUPPORTED, Verdict.SIZE_UNCERTAIN, Verdict.NOT_KNOWN

# -- conversion


def instrument(low: str, high: str, better: str) -> Instrument:
    unit = {"label": {"en": "x"}, "unit": {"en": "x"}, "outcome": "pain", "better": better}
    return Instrument.model_validate({**unit, "range": [low, high]})


INSTRUMENTS = {
    "wide": instrument("0", "100", "lower"),
    "narrow": instrument("0", "10", "lower"),
    "from-one": instrument("1", "5", "lower"),
    "turned": instrument("0", "10", "higher"),
    "turned-wide": instrument("0", "100", "higher"),
    "neither": instrument("0", "10", "neither"),
    "empty": instrument("5", "5", "lower"),
    "open": Instrument.model_validate({**instrument("0", "1", "lower").model_dump(), "range": None}),
}


def effect(**changes: object) -> Effect:
    plain: dict[str, object] = {
        "id": "e",
        "outcome": "pain",
        "instrument": "wide",
        "measure": "mean-difference",
        "estimate": "-1.2",
        "ci": ["-2.0", "-0.40"],
        "source": {"report": "r", "locator": "l"},
    }
    return Effect.model_validate({**plain, **changes})


def question(scale: str | None = "wide", measure: str = "mean-difference") -> Question:
    return Question.model_validate({"id": "q", "outcome": "pain", "scale": scale, "measure": measure})


def test_figures_on_the_same_scale_are_left_alone() -> None:
    assert on_scale(effect(), question(), INSTRUMENTS) == (Interval(-1.2, -2.0, -0.4, 2), "")


def test_a_narrow_scale_is_rescaled() -> None:
    assert on_scale(effect(instrument="narrow"), question(), INSTRUMENTS) == (
        Interval(-12.0, -20.0, -4.0, 1),
        "rescaled from 0-10 to 0-100",
    )


def test_only_the_width_of_a_scale_counts() -> None:
    interval, how = on_scale(effect(instrument="from-one"), question(), INSTRUMENTS)
    assert (interval, how) == (Interval(-30.0, -50.0, -10.0, 1), "rescaled from 1-5 to 0-100")


def test_a_scale_that_points_the_other_way_turns_the_sign() -> None:
    interval, how = on_scale(effect(instrument="turned", estimate="1.2", ci=["0.40", "2.0"]), question(), INSTRUMENTS)
    assert interval == Interval(-12.0, -20.0, -4.0, 1)
    assert how == "rescaled from 0-10 to 0-100, sign turned"


def test_a_turned_scale_of_the_same_width_keeps_its_decimals() -> None:
    interval, how = on_scale(effect(instrument="turned-wide"), question(), INSTRUMENTS)
    assert interval == Interval(1.2, 0.4, 2.0, 2)
    assert "sign turned" in how


def test_a_scale_without_a_better_end_is_not_turned() -> None:
    interval, _ = on_scale(effect(instrument="neither"), question(), INSTRUMENTS)
    assert interval == Interval(-12.0, -20.0, -4.0, 1)


def test_rescaling_leaves_no_noise_at_the_threshold() -> None:
    interval, _ = on_scale(effect(instrument="narrow", estimate="0.8", ci=["0.57", "1.1"]), question(), INSTRUMENTS)
    assert interval == Interval(8.0, 5.7, 11.0, 1)


@pytest.mark.parametrize("name", ["open", "empty", "unknown", None])
def test_without_a_common_scale_there_is_no_interval(name: str | None) -> None:
    assert on_scale(effect(instrument=name), question(), INSTRUMENTS) == (None, "no common scale")


@pytest.mark.parametrize("changes", [{"ci": None}, {"level": "90"}, {"estimate": None, "groups": [{"group": "g"}]}])
def test_without_a_95_percent_interval_there_is_none(changes: dict[str, object]) -> None:
    assert on_scale(effect(**changes), question(), INSTRUMENTS) == (None, "")


def test_another_measure_than_the_one_asked_for_is_not_used() -> None:
    interval, how = on_scale(effect(), question(None, "odds-ratio"), INSTRUMENTS)
    assert (interval, how) == (None, "another effect measure")


@pytest.mark.parametrize("ci", [["0", "2"], ["-0.5", "2"]])
def test_a_ratio_of_zero_or_less_is_no_interval(ci: list[str]) -> None:
    ratio = effect(measure="odds-ratio", instrument=None, estimate="1.0", ci=ci)
    assert on_scale(ratio, question(None, "odds-ratio"), INSTRUMENTS) == (None, "a ratio is above zero")


def test_a_ratio_is_not_rescaled() -> None:
    ratio = effect(measure="odds-ratio", instrument="narrow", estimate="1.8", ci=["1.10", "2.95"])
    assert on_scale(ratio, question("wide", "odds-ratio"), INSTRUMENTS) == (Interval(1.8, 1.1, 2.95, 2), "")


# -- selection


def asked(toy: Evidence, comparison: str = "exercise-v-nothing") -> tuple[Comparison, Question]:
    one = toy.comparisons[comparison]
    return one, one.outcomes[0]


def found(comparison: Comparison, asking: Question, evidence: Evidence) -> dict[tuple[str, str], Found]:
    return {(one.study, one.effect): one for one in select(comparison, asking, evidence)}


def with_study(evidence: Evidence, study: Study) -> Evidence:
    return replace(evidence, studies={**evidence.studies, study.id: study})


BESIDE = ""  # it fits and is shown, but one answer is enough
TRIAL = ("toy-2001-walking", "pain-12-weeks")
LATE = ("toy-2001-walking", "pain-one-year")
REVIEW = ("madeup-2020-exercise", "pain")
RETRACTED = ("sample-2005-retracted-exercise", "pain-3-months")


def test_narrower_terms_are_found_and_the_anchor_is_used(toy: Evidence) -> None:
    here = found(*asked(toy), toy)
    assert {key: (one.used, one.reason) for key, one in here.items()} == {
        TRIAL: (False, BESIDE),
        LATE: (False, "measured outside the time window"),
        RETRACTED: (False, "the study is retracted"),
        REVIEW: (True, ""),
    }


def test_a_narrower_question_leaves_wider_studies_out(toy: Evidence) -> None:
    comparison, asking = asked(toy)
    assert comparison.intervention is not None
    walking = comparison.model_copy(
        update={"intervention": comparison.intervention.model_copy(update={"terms": ("walking",)})}
    )
    assert set(found(walking, asking, toy)) == {TRIAL, LATE}


def test_other_people_other_outcomes_and_turned_sides_are_not_found(toy: Evidence) -> None:
    comparison, asking = asked(toy)
    assert comparison.intervention is not None and comparison.comparator is not None
    people = comparison.population.model_copy(update={"conditions": ("none-at-baseline",)})
    assert found(comparison.model_copy(update={"population": people}), asking, toy) == {}
    assert found(comparison, asking.model_copy(update={"outcome": "function"}), toy) == {}
    turned = {"intervention": comparison.comparator, "comparator": comparison.intervention}
    assert found(comparison.model_copy(update=turned), asking, toy) == {}


def test_an_exposure_is_found_by_its_term(toy: Evidence) -> None:
    comparison, asking = asked(toy, "distress-onset")
    here = found(comparison, asking, toy)
    assert {key: one.used for key, one in here.items()} == {("placeholder-2010-distress", "onset"): True}
    assert comparison.exposure is not None
    other = comparison.exposure.model_copy(update={"terms": ("smoking",)})
    assert found(comparison.model_copy(update={"exposure": other}), asking, toy) == {}


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        ({"weeks": "12"}, {"weeks": "12"}, True),
        ({"days": "85"}, None, True),
        ({"days": "86"}, None, False),
        (None, {"days": "83"}, True),
        (None, {"days": "82"}, False),
        ({"months": "3"}, None, False),
        (None, {"months": "3"}, True),
        (None, None, True),
    ],
)
def test_window_edges_forgive_one_day(
    start: dict[str, str] | None, end: dict[str, str] | None, inside: bool, toy: Evidence
) -> None:
    comparison, asking = asked(toy)
    window = Window.model_validate({"start": start, "end": end})
    reason = found(comparison, asking.model_copy(update={"window": window}), toy)[TRIAL].reason
    assert (reason != "measured outside the time window") is inside


def test_an_exclusion_gives_its_reason(toy: Evidence) -> None:
    comparison, asking = asked(toy)
    whole = Exclusion.model_validate({"study": TRIAL[0], "reason": {"en": "Nobody walked."}})
    one = whole.model_copy(update={"effect": LATE[1]})
    here = found(comparison.model_copy(update={"exclude": (whole,)}), asking, toy)
    assert (here[TRIAL].reason, here[LATE].reason) == ("Nobody walked.", "Nobody walked.")
    here = found(comparison.model_copy(update={"exclude": (one,)}), asking, toy)
    assert here[LATE].reason == "Nobody walked."
    assert here[TRIAL].reason == BESIDE


def test_sides_come_from_arms_or_from_the_review(toy: Evidence) -> None:
    trial, review = toy.studies[TRIAL[0]], toy.studies[REVIEW[0]]
    cohort = toy.studies["placeholder-2010-distress"]
    assert trial.sides(trial.effects[0]) == (("walking",), ("usual-care",))
    assert review.sides(review.effects[0]) == (("exercise",), ("inactive-control",))
    assert cohort.sides(cohort.effects[0]) == ((), ())


def test_a_change_in_one_group_answers_no_comparison(toy: Evidence) -> None:
    cycling = ("toy-2012-cycling", "pain-change")
    assert cycling not in found(*asked(toy), toy)


# -- answers


def test_the_answers_of_the_toy_base(toy: Evidence) -> None:
    syntheses = synthesise(toy)
    pain = syntheses.answers["exercise-v-nothing", "pain"]
    assert (pain.basis, pain.study, pain.effect) == ("anchor", *REVIEW)
    assert pain.interval == Interval(-20.5, -24.1, -16.9, 1)
    assert (pain.studies, pain.participants, pain.certainty) == (12, 1480, "moderate")
    assert (pain.threshold, pain.missing) == (15.0, "")
    function = syntheses.answers["exercise-v-nothing", "function"]
    assert (function.basis, function.interval, function.missing) == ("nothing", None, "nothing recorded")
    assert function.threshold == 10.0
    onset = syntheses.answers["distress-onset", "onset"]
    assert (onset.basis, onset.studies, onset.threshold) == ("single", 1, 1.25)
    verdicts = {claim: [one.verdict for one in rulings] for claim, rulings in syntheses.rulings.items()}
    assert verdicts == {"exercise-helps": [SUPPORTED, UNKNOWN], "stress-causes-pain": [], "magnets-heal": []}


def test_synthesis_never_stops_at_a_figure_that_cannot_be(toy: Evidence) -> None:
    cohort = toy.studies["placeholder-2010-distress"]
    wrong = Effect.model_validate({**cohort.effects[0].model_dump(), "ci": ["-0.1", "2.95"]})
    reply = synthesise(with_study(toy, cohort.model_copy(update={"effects": (wrong,)}))).answers
    assert reply["distress-onset", "onset"].interval is None
    assert reply["distress-onset", "onset"].missing == "a ratio is above zero"


@pytest.mark.parametrize("state", ["retracted", "withdrawn"])
def test_a_retracted_anchor_answers_nothing(state: str, toy: Evidence) -> None:
    review = toy.studies[REVIEW[0]].model_copy(update={"status": Status.model_validate({"state": state})})
    changed = with_study(toy, review)
    reply = answer(*asked(changed), changed)
    assert (reply.basis, reply.interval, reply.missing) == ("nothing", None, f"the study is {state}")
    assert synthesise(changed).rulings["exercise-helps"][0].verdict is UNKNOWN


@pytest.mark.parametrize("state", ["superseded", "expression-of-concern"])
def test_a_doubted_anchor_still_answers(state: str, toy: Evidence) -> None:
    review = toy.studies[REVIEW[0]].model_copy(update={"status": Status.model_validate({"state": state})})
    changed = with_study(toy, review)
    assert answer(*asked(changed), changed).basis == "anchor"


def test_a_single_study_answers_on_the_scale_of_the_question(toy: Evidence) -> None:
    comparison, asking = asked(toy)
    trial = Anchor.model_validate({"study": TRIAL[0], "effect": TRIAL[1]})
    single = asking.model_copy(update={"anchor": None, "single": trial})
    reply = answer(comparison, single, toy)
    assert (reply.basis, reply.studies, reply.participants) == ("single", 1, 120)
    assert reply.interval == Interval(-12.0, -20.0, -4.0, 1)
    assert reply.conversion == "rescaled from 0-10 to 0-100"
    beside = {(one.study, one.effect): one.reason for one in reply.found}
    assert beside[REVIEW] == BESIDE
    ruled = rule_on(Asked.model_validate({"comparison": "c", "outcome": "q", "claimed": "lower"}), reply)
    assert (ruled.verdict, ruled.lower, ruled.upper) == (SIZE, 4.0, 20.0)
