"""Studies that disagree with an answer, and in what they differ from those that agree with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from ..model import Answer, Conflict, Effect, Question, Study
from ..model.synthesis import Against
from . import words
from .side_by_side import here
from .site import Site
from .study import risk_of_bias

HOW: Final[dict[Against, str]] = {
    "opposite": "points the other way",
    "leaning": "leans the other way; its interval includes no effect",
    "apart": "same direction, but its interval and that of the answer do not meet",
}
"""How a study disagrees, in words."""

Place = tuple[Study, tuple[Effect, ...]]
"""A study with those of its effects that are looked at."""


def conflict_view(question: Question, answer: Answer, site: Site) -> dict[str, Any] | None:
    """Return the studies that disagree with an answer, a row each, below one of those that agree; None without any.

    A value that none of those that agree has is marked as different, and a number outside theirs where there are two or
    more of them.
    """
    if not answer.conflicts:
        return None
    agreeing = _agreeing(answer, site)
    columns = [
        name for name in COLUMNS if name != "Compared with" or site.evidence.comparisons[answer.comparison].comparator
    ]
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    return {
        "outcome": outcome.label.en if outcome else question.outcome,
        "columns": columns,
        "agreeing": _named(len(agreeing), pooled=any(study.id != answer.study for study, _ in agreeing)),
        "others": [_others(name, agreeing, site) for name in columns],
        "rows": [_row(one, columns, agreeing, site) for one in answer.conflicts],
    }


def _named(many: int, *, pooled: bool) -> str:
    if not pooled:
        return "What the answer rests on"
    return "The one that agrees" if many == 1 else f"The {many} that agree"


def _agreeing(answer: Answer, site: Site) -> list[Place]:
    """Return the studies of our pool that do not disagree; without any, the one that the answer rests on."""
    against = {one.study for one in answer.conflicts}
    named = {row.study: row.effects for row in (answer.pool.rows if answer.pool else ()) if row.study not in against}
    if not named and answer.study and answer.effect:
        named = {answer.study: (answer.effect,)}
    return [_place(study, effects, site) for study, effects in named.items()]


def _place(study_id: str, effects: Iterable[str], site: Site) -> Place:
    study = site.evidence.studies[study_id]
    return study, tuple(effect for name in effects if (effect := study.effect(name)))


def _row(one: Conflict, columns: list[str], agreeing: list[Place], site: Site) -> dict[str, Any]:
    place = _place(one.study, one.effects, site)
    return {
        "study": one.study,
        "name": site.name(place[0]),
        "how": HOW[one.how],
        "effect": here(one.interval),
        "cells": [_cell(name, place, agreeing, site) for name in columns],
    }


def _cell(name: str, place: Place, agreeing: list[Place], site: Site) -> dict[str, Any]:
    """Return one value of a study that disagrees, and whether those that agree have nothing like it."""
    if name in NUMBERS:
        value = NUMBERS[name](place)
        known = [number for other in agreeing if (number := NUMBERS[name](other)) is not None]
        differs = value is not None and len(known) > 1 and not min(known) <= value <= max(known)
        return {"label": name, "text": _number_words(name, place), "differs": differs}
    own = TEXTS[name](place, site)
    theirs = {text for other in agreeing for text in TEXTS[name](other, site)}
    return {"label": name, "text": ", ".join(own) or "–", "differs": bool(theirs) and not theirs.issuperset(own)}


def _others(name: str, agreeing: list[Place], site: Site) -> str:
    """Return what those that agree have: each value with how many have it, or the smallest and the largest."""
    if name in NUMBERS:
        ordered = sorted(
            (number, _number_words(name, one)) for one in agreeing if (number := NUMBERS[name](one)) is not None
        )
        if not ordered:
            return "–"
        (low, first), (high, last) = ordered[0], ordered[-1]
        return first if low == high else f"{first} to {last}"
    found = Counter(text for one in agreeing for text in TEXTS[name](one, site))
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{text} ({many})" for text, many in found.most_common()) or "–"


def _weeks(place: Place) -> float | None:
    times = [effect.time.in_weeks for effect in place[1] if effect.time]
    return min(times) if times else None


def _people(place: Place) -> float | None:
    counts = [count for effect in place[1] if (count := place[0].people_in(effect)) is not None]
    return max(counts) if counts else None


def _number_words(name: str, place: Place) -> str:
    if name == "Number of people":
        count = _people(place)
        return words.count(int(count)) if count is not None else "–"
    times = sorted((effect.time for effect in place[1] if effect.time), key=lambda time: time.in_weeks)
    return words.duration(times[0]) if times else "not stated"


def _side(which: int) -> Callable[[Place, Site], tuple[str, ...]]:
    def told(place: Place, site: Site) -> tuple[str, ...]:
        study, effects = place
        terms = dict.fromkeys(term for effect in effects for term in study.sides(effect)[which])
        exposed = dict.fromkeys(effect.exposure for effect in effects if effect.exposure and which == 0)
        named = [("interventions", term) for term in terms] + [("exposures", term) for term in exposed]
        return tuple(site.label(vocabulary, term) for vocabulary, term in named)

    return told


TEXTS: Final[Mapping[str, Callable[[Place, Site], tuple[str, ...]]]] = {
    "People": lambda place, site: (site.label("conditions", place[0].population.condition),),
    "Design": lambda place, site: (site.label("designs", place[0].design.type),),
    "Tested": _side(0),
    "Compared with": _side(1),
    "Risk of bias": lambda place, site: (risk_of_bias(place[0], site),),
}
NUMBERS: Final[Mapping[str, Callable[[Place], float | None]]] = {"When": _weeks, "Number of people": _people}
COLUMNS = ("People", "Design", "Tested", "Compared with", "When", "Number of people", "Risk of bias")
"""In what studies can differ; each is text, or a number of weeks or people."""
