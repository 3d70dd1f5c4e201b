"""Selection by query, and the answers made from both."""

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
    Interval,
    Question,
    Status,
    Study,
    Verdict,
    Window,
)
from backed.synthesise import synthesise
from backed.synthesise.answer import answer
from backed.synthesise.verdict import rule_on

SUPPORTED, SIZE, UNKNOWN = Verdict.SUPPORTED, Verdict.SIZE_UNCERTAIN, Verdict.NOT_KNOWN


def asked(toy: Evidence, comparison: str = "exercise-v-nothing") -> tuple[Comparison, Question]:
    one = toy.comparisons[comparison]
    return one, one.outcomes[0]


def found(comparison: Comparison, asking: Question, evidence: Evidence) -> dict[tuple[str, str], Found]:
    return {(one.study, one.effect): one for one in answer(comparison, asking, evidence).found}


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
    assert verdicts == {
        "exercise-helps": [SUPPORTED, UNKNOWN],
        "stress-causes-pain": [],
        "magnets-heal": [],
        "walking-helps": [Verdict.INCONCLUSIVE],
    }


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
    assert beside[REVIEW].startswith("a review")
    ruled = rule_on(Asked.model_validate({"comparison": "c", "outcome": "q", "claimed": "lower"}), reply)
    assert (ruled.verdict, ruled.lower, ruled.upper) == (SIZE, 4.0, 20.0)
