"""Evidence to syntheses: every question answered from the recorded effects, every claim judged by the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model import (
    Answer,
    Asked,
    Comparison,
    Evidence,
    Found,
    Instrument,
    Measure,
    Question,
    Ruling,
    Syntheses,
)
from .convert import printed_interval
from .select import select
from .verdict import rule_on


def synthesise(evidence: Evidence) -> Syntheses:
    """Return the answer to every outcome of every comparison and the computed verdicts of every claim."""
    answers = {
        (comparison.id, question.id): answer(comparison, question, evidence)
        for comparison in evidence.comparisons.values()
        for question in comparison.outcomes
    }
    rulings: dict[str, tuple[Ruling, ...]] = {}
    for claim in evidence.claims.values():
        asked: tuple[Asked, ...] = ((claim.evidence,) if claim.evidence else ()) + claim.also
        found = [(one, answers.get((one.comparison, one.outcome))) for one in asked]
        rulings[claim.id] = tuple(rule_on(one, reply) for one, reply in found if reply is not None)
    return Syntheses(answers, rulings)


NO_FIT = "the effect named is not about these people and this comparison"


def answer(comparison: Comparison, question: Question, evidence: Evidence) -> Answer:
    """Return the answer to one outcome: the anchor review's effect, else the one study's, else nothing.

    The verdict rests on one of them, never on a mixture; every other effect that fits stands beside it in ``found``.
    An effect that has to be left out (excluded, retracted, outside the window) answers nothing; ``missing`` says why.
    """
    instruments = evidence.vocabularies.instruments
    found = tuple(_sized(one, question, evidence) for one in select(comparison, question, evidence))
    threshold = _threshold(question, instruments)
    base = Answer(comparison.id, question.id, question.measure, question.scale, "nothing", found)
    pointed = question.anchor or question.single
    study = evidence.studies.get(pointed.study) if pointed else None
    effect = study.effect(pointed.effect) if study and pointed else None
    certainty = question.certainty.level if question.certainty else None
    fits = [one for one in found if pointed and (one.study, one.effect) == (pointed.study, pointed.effect)]
    if pointed is None or study is None or effect is None or not fits or fits[0].reason:
        missing = "nothing recorded" if effect is None else fits[0].reason if fits else NO_FIT
        return replace(base, threshold=threshold, certainty=certainty, missing=missing)
    interval, how = printed_interval(effect, question, evidence.vocabularies)
    return replace(
        base,
        basis="anchor" if question.anchor else "single",
        study=study.id,
        effect=effect.id,
        interval=interval,
        studies=effect.amount.studies if effect.amount else None if study.review else 1,
        participants=study.people_in(effect),
        certainty=certainty,
        threshold=threshold,
        conversion=how,
        missing="" if interval else how or "no 95% interval recorded",
    )


def _sized(found: Found, question: Question, evidence: Evidence) -> Found:
    effect = evidence.studies[found.study].effect(found.effect)
    if effect is None or effect.measure != question.measure or found.reason:
        return found
    return replace(found, interval=printed_interval(effect, question, evidence.vocabularies)[0])


def _threshold(question: Question, instruments: Mapping[str, Instrument]) -> float | None:
    if question.important is not None:
        return question.important.value.value
    scale = instruments.get(question.scale or "")
    if scale is not None and scale.mid is not None and question.measure is Measure.MEAN_DIFFERENCE:
        return scale.mid.value.value
    return None
