"""Our own pool of the studies chosen for a question, with all that tells how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from ..model import Evidence, Interval, Measure, Pool, Pooled, PoolRow, Question, Refits
from .attributes import regressions, subgroups
from .bias import egger, ranktest, trimfill
from .choose import Chosen
from .pool import Test, confint, critical, pool
from .reading import read
from .rows import control_mean, pool_row
from .sensitivity import cumulative, influence, leave1out

FEW = 10
"""Below this number of studies no test of small-study effects is made (Cochrane Handbook 13.3.5.4)."""
TESTS: dict[str, Test] = {"z": "z", "hksj": "knha", "adhoc": "adhoc"}


def meta_analysis(chosen: Sequence[Chosen], question: Question, evidence: Evidence) -> Pool | None:
    """Return the pool of the studies chosen, taken apart as the question's plan says; None where there is none."""
    if not chosen:
        return None
    rows = [pool_row(one, question, evidence) for one in chosen]
    whole = pool_rows(rows, question)
    if whole is None:
        return None
    return replace(
        whole,
        control_mean=_control_mean(whole, chosen, question, evidence),
        subgroups=subgroups(whole, chosen, question, evidence),
        regressions=regressions(whole, chosen, question, evidence),
    )


def pool_rows(rows: Sequence[PoolRow], question: Question) -> Pool | None:
    """Return the pool of some rows (their weights are set anew), None of none or beyond double precision.

    One study returns itself with a normal interval. Tests of small-study effects exist from ten studies on.
    """
    if not rows:
        return None
    measure, method, test = question.measure, question.pool.method, TESTS[question.pool.test]
    y, v = np.array([row.size.yi for row in rows]), np.array([row.size.vi for row in rows])
    try:
        pooled = pool(y, v, method, test)
    except (ArithmeticError, ValueError):
        return None
    k = pooled.k
    order = tuple(sorted(range(k), key=lambda row: (rows[row].year or 0, row)))
    in_order = list(order)
    with np.errstate(all="ignore"):  # what cannot be computed is None or NaN, never a warning
        without = leave1out(y, v, method, test)
        return Pool(
            measure=measure,
            method=method,
            test=test,
            rows=tuple(replace(row, weight=weight) for row, weight in zip(rows, pooled.weights, strict=True)),
            pooled=pooled,
            interval=spread(pooled, measure),
            prediction=_prediction(pooled, measure),
            confint=confint(y, v) if method != "EE" and k > 1 else None,
            leave1out=_intervals(without, [k - 1] * k, test, measure) if without else (),
            order=order,
            cumulative=_intervals(cumulative(y[in_order], v[in_order], method, test), range(1, k + 1), test, measure),
            influence=influence(y, v, method, test),
            egger=egger(y, v) if k >= FEW else None,
            ranktest=ranktest(y, v) if k >= FEW else None,
            trimfill=trimfill(y, v, method, test) if k >= FEW else None,
            note=_note(pooled, y),
            control_risk=_control_risk(rows),
        )


def spread(pooled: Pooled, measure: Measure) -> Interval:
    """Return a pooled effect with its 95% interval on the scale it is read on."""
    return read(pooled.beta, pooled.ci_lb, pooled.ci_ub, measure)


def _prediction(pooled: Pooled, measure: Measure) -> Interval | None:
    """Return the prediction interval; None with fewer than three studies, which say nothing of a next one."""
    if pooled.pi_lb is None or pooled.pi_ub is None or pooled.k < 3:
        return None
    return read(pooled.beta, pooled.pi_lb, pooled.pi_ub, measure)


def _intervals(refits: Refits, sizes: Sequence[int], test: Test, measure: Measure) -> tuple[Interval, ...]:
    """Return each refit with its 95% interval; ``sizes`` says of how many studies each is."""
    return tuple(
        read(beta, beta - crit * se, beta + crit * se, measure)
        for beta, se, k in zip(refits.estimate, refits.se, sizes, strict=True)
        for crit in (critical(test, k - 1),)
    )


def _note(pooled: Pooled, y: np.ndarray) -> Literal["", "one-study", "two-studies", "identical", "no-heterogeneity"]:
    if pooled.k == 1:
        return "one-study"
    if pooled.k == 2:
        return "two-studies"
    if np.ptp(y) == 0:
        return "identical"
    return "no-heterogeneity" if pooled.tau2 == 0 and pooled.method != "EE" else ""


def _control_mean(pool: Pool, chosen: Sequence[Chosen], question: Question, evidence: Evidence) -> float | None:
    """Return the comparators' mean on the question's scale, weighted like the pool; None where a row gives none."""
    means = [control_mean(one, question, evidence) for one in chosen]
    if None in means or question.measure is not Measure.MEAN_DIFFERENCE:
        return None
    return sum((mean or 0.0) * row.weight for mean, row in zip(means, pool.rows, strict=True)) / 100


def _control_risk(rows: Sequence[PoolRow]) -> float | None:
    """Return the share of people with the event in all comparators together; None where a row gives no events."""
    seconds = [row.size.second for row in rows]
    if any(side is None or side.events is None or not side.n for side in seconds):
        return None
    return sum(side.events or 0 for side in seconds if side) / sum(side.n or 0 for side in seconds if side)
