"""Selection: which recorded effects answer a question, found by query and never by a list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from operator import itemgetter

from ..model import Comparison, Effect, Evidence, Question, Study, Window, falls_under


def select(comparison: Comparison, question: Question, evidence: Evidence) -> Iterator[tuple[Study, Effect, str]]:
    """Yield every recorded effect that fits the question, with the reason it is left out, or ''.

    An effect fits when its outcome is the question's, its people and both sides (or its exposure) fall under the terms
    of the comparison; narrower terms count as their wider ones.
    """
    for study, effect in _on_people(comparison, question, evidence):
        if _sides_fit(comparison, study, effect, evidence):
            yield study, effect, _left_out(comparison, question, study, effect)


def _on_people(comparison: Comparison, question: Question, evidence: Evidence) -> Iterator[tuple[Study, Effect]]:
    """Yield every effect on the question's outcome in the people whose evidence counts, in the order of the records."""
    conditions = evidence.vocabularies.conditions
    people = [name for name in conditions if falls_under(conditions, name, comparison.population.conditions)]
    effects = chain.from_iterable(evidence.effects.get((name, question.outcome), ()) for name in people)
    for _, study, effect in sorted(effects, key=itemgetter(0)):
        yield study, effect


def _sides_fit(comparison: Comparison, study: Study, effect: Effect, evidence: Evidence) -> bool:
    terms = evidence.vocabularies
    if comparison.kind == "exposure":
        wanted = comparison.exposure.terms if comparison.exposure else ()
        return effect.exposure is not None and falls_under(terms.exposures, effect.exposure, wanted)
    if comparison.intervention is None or comparison.comparator is None:
        return False
    sides = study.sides(effect)
    return (
        bool(sides[0] and sides[1])
        and any(falls_under(terms.interventions, term, comparison.intervention.terms) for term in sides[0])
        and any(falls_under(terms.interventions, term, comparison.comparator.terms) for term in sides[1])
    )


def _left_out(comparison: Comparison, question: Question, study: Study, effect: Effect) -> str:
    for exclusion in comparison.exclude:
        if exclusion.study == study.id and exclusion.effect in {None, effect.id}:
            return exclusion.reason.en
    if study.status.state in {"retracted", "withdrawn"}:
        return f"the study is {study.status.state}"
    if effect.time is not None and not _in_window(effect.time.in_weeks, question.window):
        return "measured outside the time window"
    if not effect.measure.is_contrast and not (effect.arms and effect.arms.comparator):
        return "no comparison between groups"
    return ""


def _in_window(weeks: float, window: Window) -> bool:
    """Say whether a time lies in the window; a day's difference in calendar rounding is forgiven."""
    day = 1.001 / 7  # and a little, for the noise of the division
    after = window.start is None or weeks >= window.start.in_weeks - day
    return after and (window.end is None or weeks <= window.end.in_weeks + day)
