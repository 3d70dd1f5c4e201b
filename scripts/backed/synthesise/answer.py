"""The answer to one outcome of a comparison: what was found, our own pool, and what the verdict rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model import (
    Absolute,
    Answer,
    Comparison,
    Effect,
    Evidence,
    Found,
    Instrument,
    Measure,
    Pool,
    Question,
    Study,
)
from ..model.synthesis import Role
from .absolute import absolute
from .certainty import propose
from .choose import Candidate, barred, choose
from .conflict import conflicts
from .convert import effect_size, interval_of, printed_interval
from .meta_analysis import meta_analysis
from .reading import decimals_of
from .select import select

NO_FIT = "the effect named is not about these people and this comparison"


def answer(comparison: Comparison, question: Question, evidence: Evidence) -> Answer:
    """Return the answer to one outcome: the anchor review's effect, else the one study's named, else our own pool.

    The verdict rests on one of them, never on a mixture; every other effect that fits stands beside it in ``found``,
    with its role and the reason. An effect that has to be left out (excluded, retracted, outside the window) answers
    nothing; ``missing`` says why.
    """
    found, pool = _found_and_pooled(comparison, question, evidence)
    instruments = evidence.vocabularies.instruments
    base = Answer(
        comparison.id,
        question.id,
        question.measure,
        question.scale,
        "nothing",
        found,
        certainty=question.certainty.level if question.certainty else None,
        threshold=_threshold(question, instruments),
        pool=pool,
    )
    if question.anchor or question.single:
        made = _pointed(base, question, evidence)
    elif pool is not None:
        made = _pooled(base, pool)
    else:
        made = replace(base, missing=_nothing(found))
    return replace(made, absolute=_absolute(made, question), conflicts=conflicts(made))


def _found_and_pooled(
    comparison: Comparison, question: Question, evidence: Evidence
) -> tuple[tuple[Found, ...], Pool | None]:
    """Return every effect that fits, with its role, and the pool of those chosen."""
    pointed = question.anchor or question.single
    listed, candidates = [], []
    for study, effect, reason in select(comparison, question, evidence):
        one = _sized(study, effect, reason, question, evidence)
        if not reason and pointed and (study.id, effect.id) == (pointed.study, pointed.effect):
            one = replace(one, role="answers", reason="")
        why = barred(comparison, study, effect, evidence)
        if one.role == "beside" and why:
            one = replace(one, reason=why)
        if one.size is not None and not why:
            candidates.append(Candidate(study, effect, one.size))
        listed.append(one)
    choice = choose(candidates, question, evidence)
    in_pool = {(one.study.id, effect.id) for one in choice.chosen for effect in one.effects}
    role: Role = "pooled" if pointed else "answers"

    def settled(one: Found) -> Found:
        if one.role != "beside":
            return one
        place = (one.study, one.effect)
        if place in in_pool:
            return replace(one, role=role)
        return replace(one, reason=choice.passed_over.get(place, one.reason))

    return tuple(settled(one) for one in listed), meta_analysis(choice.chosen, question, evidence)


def _sized(study: Study, effect: Effect, reason: str, question: Question, evidence: Evidence) -> Found:
    """Return an effect with its size on the question's scale; unusable, with the reason, where it has none."""
    if reason:
        return Found(study.id, effect.id, "left-out", reason)
    size = effect_size(study, (effect,), question, evidence)
    printed, _ = printed_interval(effect, question, evidence.vocabularies)
    if isinstance(size, str):
        return Found(study.id, effect.id, "unusable", size, printed)
    interval = printed or interval_of(size, question.measure, decimals_of(question.measure))
    return Found(study.id, effect.id, "beside", "", interval, size)


def _pointed(base: Answer, question: Question, evidence: Evidence) -> Answer:
    """Return the answer that rests on the effect the question names, or on nothing with what is missing."""
    pointed = question.anchor or question.single
    assert pointed is not None, "asked only where a question names an effect"
    study = evidence.studies.get(pointed.study)
    effect = study.effect(pointed.effect) if study else None
    fits = [one for one in base.found if (one.study, one.effect) == (pointed.study, pointed.effect)]
    if study is None or effect is None or not fits or fits[0].role == "left-out":
        return replace(base, missing="nothing recorded" if effect is None else fits[0].reason if fits else NO_FIT)
    interval, how = printed_interval(effect, question, evidence.vocabularies)
    return replace(
        base,
        basis="anchor" if question.anchor else "single",
        study=study.id,
        effect=effect.id,
        interval=interval,
        studies=effect.amount.studies if effect.amount else None if study.review else 1,
        participants=study.people_in(effect),
        conversion=how,
        missing="" if interval else how or "no 95% interval recorded",
    )


def _pooled(base: Answer, pool: Pool) -> Answer:
    """Return the answer that rests on our own pool; where that is one study, on it, as it prints its interval."""
    alone = pool.rows[0] if len(pool.rows) == 1 else None
    interval = alone.interval if alone else pool.interval
    return replace(
        base,
        basis="single" if alone else "pool",
        study=alone.study if alone else None,
        effect=alone.effects[0] if alone else None,
        interval=interval,
        studies=pool.studies,
        participants=pool.people,
        conversion="; ".join(step.said for step in alone.size.steps) if alone else "",
        proposals=propose(pool, interval, base.threshold),
    )


def _nothing(found: tuple[Found, ...]) -> str:
    """Return what is missing where nothing answers: nothing at all, or what keeps the effects found from it."""
    if not found:
        return "nothing recorded"
    reasons = list(dict.fromkeys(one.reason for one in found if one.reason))
    return f"no effect found can be used ({'; '.join(reasons)})" if reasons else "nothing recorded"


def _threshold(question: Question, instruments: Mapping[str, Instrument]) -> float | None:
    if question.important is not None:
        return question.important.value.value
    scale = instruments.get(question.scale or "")
    if scale is not None and scale.mid is not None and question.measure is Measure.MEAN_DIFFERENCE:
        return scale.mid.value.value
    return None


def _absolute(made: Answer, question: Question) -> Absolute | None:
    """Return the effect per 100 people, at the risk the question assumes, else at that of the pool's comparators."""
    if made.interval is None:
        return None
    if question.assumed_risk is not None:
        return absolute(
            made.interval, made.measure, question.assumed_risk.percent.value, question.assumed_risk.reason.en
        )
    if made.basis in {"pool", "single"} and made.pool is not None and made.pool.control_risk is not None:
        return absolute(made.interval, made.measure, 100 * made.pool.control_risk, POOLED_RISK)
    return None


POOLED_RISK = "the people in the comparison groups of these studies"
