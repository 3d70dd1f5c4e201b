"""What would flip a verdict: each study left out, only the better studies, no industry money, another threshold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from ..model import Answer, Asked, Flip, Interval, Pool, PoolRow, Question, Ruling
from .meta_analysis import pool_rows
from .verdict import decide, rule_on

KEPT: tuple[tuple[str, Callable[[PoolRow], bool]], ...] = (
    ("without the studies at high risk of bias", lambda row: row.risk != "high"),
    ("only studies at low risk of bias", lambda row: row.risk == "low"),
    ("only studies paid without industry money", lambda row: row.industry == "none"),
)
"""The sets of studies that are tried, in words, with which studies stay."""


def flips(ruling: Ruling, question: Question) -> tuple[Flip, ...]:
    """Return every change that was tried on a verdict, with the verdict it would give.

    Studies can be taken out only of our own pool: a review or one study is what it is. A change that leaves the pool as
    it is is not tried; one that leaves no study gives an interval of None. The thresholds are those nearest to the one
    used, on either side, at which the verdict changes.
    """
    asked, answer = ruling.asked, ruling.answer
    tried: list[Flip] = []
    if answer.basis == "pool" and answer.pool is not None:
        tried += _without_one(asked, answer, answer.pool)
        tried += _kept(asked, answer, answer.pool, question)
    return (*tried, *_thresholds(ruling))


def _without_one(asked: Asked, answer: Answer, pool: Pool) -> Iterator[Flip]:
    for row, interval in zip(pool.rows, pool.leave1out, strict=bool(pool.leave1out)):
        yield _flip("without", asked, answer, interval, row.study)


def _kept(asked: Asked, answer: Answer, pool: Pool, question: Question) -> Iterator[Flip]:
    for change, stays in KEPT:
        rows = [row for row in pool.rows if stays(row)]
        if len(rows) == len(pool.rows):
            continue
        kept = pool_rows(rows, question)
        yield _flip(change, asked, answer, kept.interval if kept else None)


def _flip(change: str, asked: Asked, answer: Answer, interval: Interval | None, study: str = "") -> Flip:
    verdict = rule_on(asked, replace(answer, interval=interval)).verdict
    return Flip(change, interval, verdict, study)


def _thresholds(ruling: Ruling) -> Iterator[Flip]:
    """Yield the nearest smaller and the nearest larger smallest important effect with another verdict.

    The verdict changes only where the threshold meets a bound of the interval, so those are all that need a look.
    """
    lower, upper, threshold = ruling.lower, ruling.upper, ruling.threshold
    if lower is None or upper is None or threshold is None:
        return
    bounds = sorted({abs(bound) for bound in (lower, upper) if bound})
    below = [bound for bound in reversed(bounds) if bound <= threshold]
    above = [bound for bound in bounds if bound >= threshold]
    for edges, side, words in ((below, 1 - NEXT, "or less"), (above, 1 + NEXT, "or more")):
        for edge in edges:
            at_edge = decide(lower, upper, edge)
            verdict = at_edge if at_edge is not ruling.verdict else decide(lower, upper, edge * side)
            if verdict is not ruling.verdict:
                shown = math.exp(edge) if ruling.answer.measure.is_ratio else edge
                yield Flip(
                    f"if the smallest important effect were {shown:.3g} {words}", ruling.answer.interval, verdict
                )
                break


NEXT = 1e-9
"""How far beside a bound the verdict is looked at once more: at the bound itself one side of it is included."""
