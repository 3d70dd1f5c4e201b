"""Evidence to syntheses: every question answered from the recorded effects, every claim judged by the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from ..model import (
    Anchor,
    Answer,
    Asked,
    Comparison,
    Effect,
    Evidence,
    Found,
    Instrument,
    Question,
    Ruling,
    Study,
    Syntheses,
)
from .effect_size import on_scale
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


def answer(comparison: Comparison, question: Question, evidence: Evidence) -> Answer:
    """Return the answer to one outcome: the anchor review's effect, else the one study's, else nothing.

    The verdict rests on one of them, never on a mixture; every other effect that fits stands beside it in ``found``.
    An effect that has to be left out (excluded, retracted, outside the window) answers nothing; ``missing`` says why.
    """
    instruments = evidence.vocabularies.instruments
    found = tuple(_sized(one, question, evidence) for one in select(comparison, question, evidence))
    threshold, origin = _threshold(question, instruments)
    base = Answer(comparison.id, question.id, question.measure, question.scale, "nothing", found)
    pointed = question.anchor or question.single
    study = evidence.studies.get(pointed.study) if pointed else None
    effect = study.effect(pointed.effect) if study and pointed else None
    certainty = question.certainty.level if question.certainty else None
    barred = next((one.reason for one in found if pointed and (one.study, one.effect) == _pair(pointed)), "")
    if pointed is None or study is None or effect is None or barred:
        missing = barred or "nothing recorded"
        return replace(base, threshold=threshold, threshold_from=origin, certainty=certainty, missing=missing)
    interval, how = on_scale(effect, question, instruments)
    return replace(
        base,
        basis="anchor" if question.anchor else "single",
        study=study.id,
        effect=effect.id,
        interval=interval,
        studies=effect.amount.studies if effect.amount else None if study.review else 1,
        participants=effect.amount.participants if effect.amount else _people(study, effect),
        certainty=certainty,
        threshold=threshold,
        threshold_from=origin,
        conversion=how,
        missing="" if interval else how or "no 95% interval recorded",
    )


def _pair(pointed: Anchor) -> tuple[str, str]:
    return pointed.study, pointed.effect


def _sized(found: Found, question: Question, evidence: Evidence) -> Found:
    effect = evidence.studies[found.study].effect(found.effect)
    if effect is None or effect.measure != question.measure or found.reason:
        return found
    return replace(found, interval=on_scale(effect, question, evidence.vocabularies.instruments)[0])


def _people(study: Study, effect: Effect) -> int | None:
    """Return how many people one study's effect rests on: those in the arms compared, else all of the study."""
    if study.review is not None:
        return None
    if effect.arms is not None:
        ids = (*effect.arms.intervention, *effect.arms.comparator)
        counts = [arm.n.headline if (arm := study.arm(arm_id)) else None for arm_id in ids]
        known = [count for count in counts if count is not None]
        if len(known) == len(ids):
            return sum(known)
    return study.population.n.headline


def _threshold(
    question: Question, instruments: Mapping[str, Instrument]
) -> tuple[float | None, Literal["instrument", "comparison", "none"]]:
    if question.important is not None:
        return question.important.value.value, "comparison"
    scale = instruments.get(question.scale or "")
    if scale is not None and scale.mid is not None:
        return scale.mid.value.value, "instrument"
    return None, "none"
