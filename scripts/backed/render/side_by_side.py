"""The studies of a question side by side: every effect found, once, with its role and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from ..model import Answer, Effect, Found, Interval, Question, Study
from ..model.synthesis import Role
from . import words
from .effect import contrast_words, direction_words, effect_row
from .site import Site
from .study import risk_of_bias

ROLES: Final[dict[Role, str]] = {
    "answers": "answers the question",
    "pooled": "in our own pool",
    "beside": "stands beside it",
    "left-out": "left out",
    "unusable": "not usable",
}
ORDER = tuple(ROLES)


def rows_found(answers: Sequence[tuple[Question, Answer]], site: Site) -> list[dict[str, Any]]:
    """Return every effect found, once, those that answer an outcome first, then those pooled, beside, left out."""
    found: dict[tuple[str, str], list[Found]] = {}
    for _, answer in answers:
        for one in answer.found:
            found.setdefault((one.study, one.effect), []).append(one)
    rows = [
        _row(site.evidence.studies[study_id], effect, roles, site)
        for (study_id, effect_id), roles in found.items()
        if (effect := site.evidence.studies[study_id].effect(effect_id))
    ]
    return sorted(rows, key=lambda row: ORDER.index(row["key"]))


def tally(answer: Answer) -> str:
    """Return how many effects of how many studies were found, and what became of them, in a sentence; '' of none."""
    if not answer.found:
        return ""
    counted = Counter(one.role for one in answer.found)
    studies = len({one.study for one in answer.found})
    many = len(answer.found)
    effects = f"{many} {'effect' if many == 1 else 'effects'} of {studies} {'study' if studies == 1 else 'studies'}"
    parts = [f"{counted[role]} {told}" for role, told in TOLD.items() if counted[role]]
    return f"{effects} found: {', '.join(parts)}."


TOLD: Final[dict[Role, str]] = {
    "answers": "that the answer rests on",
    "pooled": "in our own pool beside it",
    "beside": "beside it, not pooled",
    "left-out": "left out",
    "unusable": "not usable",
}


def _role(roles: Sequence[Found]) -> tuple[Role, str]:
    """Return the foremost role of an effect in the outcomes it was found for, and the reasons for it."""
    first = min((found.role for found in roles), key=ORDER.index)
    reasons = dict.fromkeys(found.reason for found in roles if found.role == first and found.reason)
    return first, "; ".join(reasons)


def _row(study: Study, effect: Effect, roles: Sequence[Found], site: Site) -> dict[str, Any]:
    """Return one effect as a row of the table of studies: who, what, against what, when, how much, how well."""
    first, second = contrast_words(study, effect, site)
    row = effect_row(study, effect, site)
    key, reason = _role(roles)
    converted = next((found for found in roles if found.size is not None and found.interval is not None), None)
    return {
        "study": study,
        "work": study.main_report if site.evidence.main_reference(study) else "",
        "name": site.name(study),
        "design": site.label("designs", study.design.type),
        "population": site.label("conditions", study.population.condition),
        "n": study.people_in(effect),
        "first": first,
        "second": second,
        "outcome": row["outcome"],
        "instrument": row["instrument"],
        "time": row["time"],
        "weeks": round(effect.time.in_weeks, 2) if effect.time else "",
        "effect": f"{row['estimate']} ({row['ci']})" if row["ci"] else row["estimate"],
        "groups": row["groups"],
        "value": effect.estimate.value if effect.estimate else "",
        "measure": row["measure"],
        "direction": direction_words(effect, site),
        "here": here(converted.interval) if converted and converted.interval else "",
        "bias": risk_of_bias(study, site),
        "read": words.READ[study.extraction.read],
        "used": key == "answers",
        "key": key,
        "role": ROLES[key],
        "reason": reason,
    }


def here(interval: Interval) -> str:
    """Return an effect on the scale of the question: "−4.0 (−11.8 to 3.8)"."""
    bounds = (interval.estimate, interval.lower, interval.upper)
    estimate, low, high = (words.number(value, interval.decimals) for value in bounds)
    return f"{estimate} ({low} to {high})"
