"""Evidence to syntheses: every question answered from the recorded effects, every claim judged by the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from ..model import Answer, Asked, Comparison, Evidence, Question, Ruling, Syntheses
from ..stages import stage
from ..workers import shared
from .answer import answer
from .flips import flips
from .overlap import overlaps
from .timeline import timeline
from .verdict import rule_on

MANY = 100
"""From so many questions on it is worth to share them between processes."""


def synthesise(evidence: Evidence) -> Syntheses:
    """Return the answer to every outcome of every comparison and the computed verdicts of every claim."""
    questions = {
        (comparison.id, question.id): (comparison, question)
        for comparison in evidence.comparisons.values()
        for question in comparison.outcomes
    }
    with stage("synthesise", len(questions)) as step:
        answered = shared(lambda asked: answer(*asked, evidence), list(questions.values()), MANY, step.done)
        answers = dict(zip(questions, answered, strict=True))
        return _judged(evidence, questions, answers)


def _judged(
    evidence: Evidence,
    questions: Mapping[tuple[str, str], tuple[Comparison, Question]],
    answers: Mapping[tuple[str, str], Answer],
) -> Syntheses:
    """Return the answers with what follows from them: verdicts of claims and of what people expect, overlaps."""

    def ruled(asked: Asked) -> Ruling:
        key = asked.comparison, asked.outcome
        ruling = rule_on(asked, answers[key])
        return replace(ruling, flips=flips(ruling, questions[key][1]), timeline=timeline(asked, answers[key]))

    rulings: dict[str, tuple[Ruling, ...]] = {}
    for claim in evidence.claims.values():
        asked: tuple[Asked, ...] = ((claim.evidence,) if claim.evidence else ()) + claim.also
        rulings[claim.id] = tuple(ruled(one) for one in asked if (one.comparison, one.outcome) in answers)
    expected = {
        key: ruled(Asked(comparison=key[0], outcome=key[1], claimed=way))
        for key, (comparison, question) in questions.items()
        if (way := _expected(comparison, question, evidence)) is not None
    }
    return Syntheses(answers, rulings, expected, overlaps(evidence, answers))


def _expected(comparison: Comparison, question: Question, evidence: Evidence) -> Literal["lower", "higher"] | None:
    """Return what people expect: a treatment makes the outcome better, an exposure makes it worse. None for neither."""
    outcome = evidence.vocabularies.outcomes.get(question.outcome)
    if outcome is None or outcome.better == "neither":
        return None
    if comparison.kind == "intervention":
        return outcome.better
    return "higher" if outcome.better == "lower" else "lower"
