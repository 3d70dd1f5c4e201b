"""A made-up trial of three arms, its instruments and a question, for tests of what is worked out from figures."""

from __future__ import annotations

from backed.model import Effect, Evidence, Instrument, Outcome, Question, Study, Vocabularies


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
OUTCOMES = {
    "pain": Outcome.model_validate(
        {"label": {"en": "Pain"}, "better": "lower", "less": {"en": "less pain"}, "more": {"en": "more pain"}}
    )
}
VOCABULARIES = Vocabularies(
    conditions={},
    settings={},
    designs={},
    interventions={},
    exposures={},
    outcomes=OUTCOMES,
    instruments=INSTRUMENTS,
    appraisal={},
    departures={},
    sources={},
)
EVIDENCE = Evidence({}, {}, {}, {}, VOCABULARIES, {}, 0)
BETWEEN = {"intervention": ["walking"], "comparator": ["usual"]}


def effect(**changes: object) -> Effect:
    """Return a mean difference on the scale of the question, with what is changed."""
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


def per_arm(*groups: dict[str, object], **changes: object) -> Effect:
    """Return an effect with figures per arm and nothing else; the arms are walking and usual unless changed."""
    plain: dict[str, object] = {"measure": "arm-level", "estimate": None, "ci": None, "arms": BETWEEN}
    return effect(**{**plain, "groups": groups, **changes})


def question(scale: str | None = "wide", measure: str = "mean-difference", **changes: object) -> Question:
    return Question.model_validate({"id": "q", "outcome": "pain", "scale": scale, "measure": measure, **changes})


def study(**counts: dict[str, int]) -> Study:
    """Return the trial; ``counts`` are the numbers of people in an arm (walking, cycling, usual), by stage."""
    arms = [
        {"id": arm, "label": {"en": arm.capitalize()}, "interventions": [arm], "n": counts.get(arm, {})}
        for arm in ("walking", "cycling", "usual")
    ]
    plain = {
        "id": "made-up-2001-trial",
        "file": "studies/2001/made-up-2001-trial.yaml",
        "title": "Made up",
        "summary": {"en": "Made up."},
        "reports": ["r"],
        "design": {"type": "randomised-trial"},
        "funding": {"statement": "not seen"},
        "population": {"condition": "back-pain"},
        "extraction": {"read": "abstract", "by": "Backed project", "on": "2026-11-20"},
    }
    return Study.model_validate({**plain, "arms": arms})
