"""One effect per study: of all that fit, the one a stated order of preference puts first, so that nobody counts twice.

The order within a study: the preferred instrument, the time nearest to the target (without a target, the earliest), the
preferred analysis set, the preferred kind of values, then the order of the record. Several arms of one trial against
the same comparator are combined, or share it (Cochrane Handbook 23.3.4), as the question's pool says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Comparison, Effect, EffectSize, Evidence, Question, Study
from .convert import effect_size

REVIEW = "a review: it is not pooled with single studies, which may be its own"
PART = "holds for a part of the people only"
OBSERVED = "people were not assigned to it; observed effects are not pooled with trials"
SECOND = "the same people are counted in {}"


@dataclass(frozen=True)
class Candidate:
    """A usable effect of a study, with its size on the question's scale."""

    study: Study
    effect: Effect
    size: EffectSize


@dataclass(frozen=True)
class Chosen:
    """What a study puts into the pool: one effect, or several of its arms combined; ``part`` tells split rows apart."""

    study: Study
    effects: tuple[Effect, ...]
    size: EffectSize
    part: str = ""


@dataclass(frozen=True)
class Choice:
    """What was chosen of the candidates, and why each of the others was not: reason by study and effect."""

    chosen: tuple[Chosen, ...]
    passed_over: dict[tuple[str, str], str]


def barred(comparison: Comparison, study: Study, effect: Effect, evidence: Evidence) -> str:
    """Return why an effect that fits can stand beside a pool but never in it, or ''."""
    design = evidence.vocabularies.designs.get(study.design.type)
    if study.review is not None or (design is not None and design.kind == "review"):
        return REVIEW
    if comparison.kind == "intervention" and (design is None or design.kind != "trial"):
        return OBSERVED
    return PART if effect.subgroup is not None else ""


def choose(candidates: Sequence[Candidate], question: Question, evidence: Evidence) -> Choice:
    """Return one effect (or one set of combined arms) per study, in the order of the records."""
    chosen: list[Chosen] = []
    passed: dict[tuple[str, str], str] = {}
    for study, own in _by_study(candidates):
        other = next((one.study.id for one in chosen if _same_people(one.study, study)), None)
        if other:
            passed |= {(study.id, one.effect.id): SECOND.format(other) for one in own}
            continue
        best, reasons = _preferred(own, question)
        rows, left = _arms(study, best, question, evidence)
        chosen += rows
        passed |= {(study.id, effect): reason for effect, reason in (reasons | left).items()}
    return Choice(tuple(chosen), passed)


def _by_study(candidates: Sequence[Candidate]) -> Iterator[tuple[Study, list[Candidate]]]:
    own: dict[str, list[Candidate]] = {}
    for one in candidates:
        own.setdefault(one.study.id, []).append(one)
    for listed in own.values():
        yield listed[0].study, listed


def _same_people(first: Study, second: Study) -> bool:
    pairs = ((first, second.id), (second, first.id))
    return any(
        related.study == other and related.how in {"same-sample", "follow-up"}
        for study, other in pairs
        for related in study.related
    )


CRITERIA = (
    "another instrument is preferred",
    "another time is nearer to the one preferred",
    "another analysis set is preferred",
    "figures adjusted for the start, or end values, are preferred",
)
"""Why an effect was passed over, by the place in the order of preference at which it lost."""


def _preferred(own: Sequence[Candidate], question: Question) -> tuple[list[Candidate], dict[str, str]]:
    """Return the effects that share the first place, and for each of the others where it lost."""
    ranks = [_rank(one.effect, question) for one in own]
    best = min(ranks)
    lost = {
        one.effect.id: next(why for why, mine, first in zip(CRITERIA, rank, best, strict=True) if mine != first)
        for one, rank in zip(own, ranks, strict=True)
        if rank != best
    }
    return [one for one, rank in zip(own, ranks, strict=True) if rank == best], lost


def _rank(effect: Effect, question: Question) -> tuple[tuple[int, str], float, int, int]:
    plan, target = question.pool, question.window.target
    instrument = effect.instrument or ""
    wanted = (*plan.instruments, question.scale or "")
    place = wanted.index(instrument) if instrument in wanted else len(wanted)
    weeks = effect.time.in_weeks if effect.time else float("inf")
    off = abs(weeks - target.in_weeks) if target else weeks
    return (
        # the id breaks ties, so that figures of two instruments are never taken for two arms
        (place, instrument),
        round(off, 3),
        _place(plan.analysed, effect.analysed),
        _place(plan.values, effect.values),
    )


def _place(order: Sequence[str], value: str | None) -> int:
    return order.index(value) if value in order else len(order)


def _arms(
    study: Study, best: Sequence[Candidate], question: Question, evidence: Evidence
) -> tuple[list[Chosen], dict[str, str]]:
    """Return the rows that the arms of one study make, and why an effect is not among them."""
    first, *others = best
    if not others:
        return [Chosen(study, (first.effect,), first.size)], {}
    effects = tuple(one.effect for one in best)
    if len({effect.arms for effect in effects}) < len(effects):
        return [Chosen(study, (first.effect,), first.size)], {
            one.effect.id: "reported twice; the first one listed is used" for one in others
        }
    if question.pool.arms == "split":
        sizes = [effect_size(study, (effect,), question, evidence, share=len(effects)) for effect in effects]
        if not any(isinstance(size, str) for size in sizes):
            return [
                Chosen(study, (effect,), size, _part(study, effect))
                for effect, size in zip(effects, sizes, strict=True)
                if not isinstance(size, str)
            ], {}
    together = effect_size(study, effects, question, evidence)
    if not isinstance(together, str):
        return [Chosen(study, effects, together)], {}
    reason = f"shares people with {first.effect.id} and cannot be combined with it: {together}"
    return [Chosen(study, (first.effect,), first.size)], {one.effect.id: reason for one in others}


def _part(study: Study, effect: Effect) -> str:
    arms = effect.arms.intervention if effect.arms else ()
    return ", ".join(arm.label.en for name in arms if (arm := study.arm(name)))
