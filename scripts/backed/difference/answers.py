"""Which answers and verdicts differ, in the words of the site: with unit and direction, compared with what."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Answer, Claim, Comparison, Interval, Pool, Question
from ..problem import Problem
from ..render import Site, words
from ..render.own_pool import pool_words
from ..render.verdicts import after as measured_after
from ..render.verdicts import extent, question_of, sides, verdict_view
from .records import title_of
from .values import OWN_POOL, AnswerChange, AnswerState, Effect, Outdated, PoolState, Unused, VerdictChange


def answer_changes(before: Site, after: Site) -> Iterator[AnswerChange]:
    """Yield every answer that differs, by comparison and outcome in the order of the record."""
    for comparison, outcome in dict.fromkeys([*after.syntheses.answers, *before.syntheses.answers]):
        states = tuple(_state(site, (comparison, outcome)) for site in (before, after))
        if states[0] != states[1]:
            site = after if states[1] else before
            asked = _asked(site.syntheses.answers[comparison, outcome], site)
            yield AnswerChange(comparison, outcome, asked, *states)


def _asked(answer: Answer, site: Site) -> str:
    """Return what is asked: "Pain, exercise v. no treatment"."""
    comparison, question = question_of(answer, site)
    return f"{_outcome(question, site)}, {_against(comparison)}"


def _outcome(question: Question, site: Site) -> str:
    return site.label("outcomes", question.outcome)


def _against(comparison: Comparison) -> str:
    first, second = (words.mid_sentence(side) for side in sides(comparison))
    return f"{first} v. {second}"


def _state(site: Site, key: tuple[str, str]) -> AnswerState | None:
    answer = site.syntheses.answers.get(key)
    if answer is None:
        return None
    _, question = question_of(answer, site)
    expected = site.syntheses.expected.get(key)
    return AnswerState(
        effect=_effect(answer.interval, question, site, measured_after(answer, site)),
        rests_on=_rests_on(answer, site),
        extent=extent(answer),
        certainty=words.CERTAINTY[answer.certainty]["en"] if answer.certainty else "not judged",
        verdict=words.VERDICTS[expected.verdict]["en"] if expected else None,
        missing=answer.missing if answer.interval is None else "",
        pool=_pool(answer.pool, question, site),
        found=len(answer.found),
        unused=tuple(
            Unused(f"{one.study} {one.effect}", one.reason)
            for one in answer.found
            if one.role in {"left-out", "unusable"}
        ),
    )


def _effect(interval: Interval | None, question: Question, site: Site, when: str = "") -> Effect | None:
    if interval is None:
        return None
    told = pool_words(interval, question, site) + when
    return Effect(told, interval.estimate, interval.lower, interval.upper)


def _rests_on(answer: Answer, site: Site) -> str:
    study = site.evidence.studies.get(answer.study or "")
    if answer.basis == "pool":
        return OWN_POOL
    return site.name(study) if study else "nothing"


def _pool(pool: Pool | None, question: Question, site: Site) -> PoolState | None:
    effect = _effect(pool.interval, question, site) if pool else None
    if pool is None or effect is None:
        return None
    return PoolState(effect, pool.studies, pool.people, pool.pooled.I2, pool.pooled.tau2)


def verdict_changes(before: Site, after: Site) -> Iterator[VerdictChange]:
    """Yield every verdict that differs on a claim of both versions: on the sentence, then on what else is asked."""
    for name, claim in after.evidence.claims.items():
        earlier = before.evidence.claims.get(name)
        if earlier is None:
            continue
        views = verdict_view(earlier, before)["label"], verdict_view(claim, after)["label"]
        if views[0] != views[1]:
            yield VerdictChange(name, title_of(claim), "", *views)
        now = _further(claim, after)
        for asked, was in _further(earlier, before).items():
            if asked in now and now[asked] != was:
                yield VerdictChange(name, title_of(claim), asked, was, now[asked])


def _further(claim: Claim, site: Site) -> dict[str, str]:
    """Return the verdicts below the first one, by what is asked."""
    rulings = site.syntheses.rulings.get(claim.id, ())[1 if claim.evidence else 0 :]
    return {_asked(ruling.answer, site): words.VERDICTS[ruling.verdict]["en"] for ruling in rulings}


def outdated_claims(new: tuple[Problem, ...], after: Site) -> Iterator[Outdated]:
    """Yield the claims that have to be read again, now that the numbers they were judged on have moved."""
    by_file = {claim.file: claim for claim in after.evidence.claims.values()}
    for problem in new:
        if problem.rule == "claim-outdated" and problem.file in by_file:
            claim = by_file[problem.file]
            yield Outdated(claim.id, title_of(claim), problem.message)
