"""What the figures of a pool suggest for four GRADE domains. The record decides; this only says where they disagree.

GRADE guidelines 4 (risk of bias), 5 (publication bias), 6 (imprecision) and 7 (inconsistency), J Clin Epidemiol 2011.
The cut-offs are this project's, stated here and on the methods page.
"""

from __future__ import annotations

import math

from ..model import Interval, Pool, Proposal

HIGH_SHARE, MOST = 50.0, 80.0
"""Percent of the weight at high risk of bias from which one level, and two, are proposed."""
MUCH_I2, VERY_MUCH_I2, Q_P = 50.0, 75.0, 0.10
OPTIMAL_PEOPLE = 400
"""Fewer people in a comparison of means, and it is taken as imprecise whatever its interval (GRADE guidelines 6)."""
OPTIMAL_EVENTS = 300
SMALL_STUDY_P = 0.10


def propose(pool: Pool, interval: Interval, threshold: float | None) -> tuple[Proposal, ...]:
    """Return the levels down (0 to -2) that a pool's figures suggest, domain by domain, each with its numbers."""
    return (
        _risk_of_bias(pool),
        _inconsistency(pool),
        _imprecision(pool, interval, threshold),
        _publication_bias(pool),
    )


def _risk_of_bias(pool: Pool) -> Proposal:
    high = sum(row.weight for row in pool.rows if row.risk == "high")
    unknown = sum(row.weight for row in pool.rows if row.risk == "unknown")
    steps = -2 if high >= MOST else -1 if high >= HIGH_SHARE else 0
    not_appraised = f", {unknown:.0f}% of it was never appraised" if unknown else ""
    return Proposal("risk-of-bias", steps, f"{high:.0f}% of the weight is at high risk of bias{not_appraised}")


def _inconsistency(pool: Pool) -> Proposal:
    if pool.pooled.k < 2:
        return Proposal("inconsistency", 0, "one study cannot disagree with itself")
    i2, p = pool.pooled.I2, pool.pooled.QEp
    differ = i2 >= MUCH_I2 and p < Q_P
    steps = (-2 if i2 >= VERY_MUCH_I2 and _crosses(pool) else -1) if differ else 0
    return Proposal("inconsistency", steps, f"I² is {i2:.0f}%, and chance alone gives as much with p = {p:.2g}")


def _crosses(pool: Pool) -> bool:
    """Say whether single studies lie on both sides of no effect."""
    null = pool.measure.null
    return min(row.interval.estimate for row in pool.rows) < null < max(row.interval.estimate for row in pool.rows)


def _imprecision(pool: Pool, interval: Interval, threshold: float | None) -> Proposal:
    low, high, limit, zero = interval.lower, interval.upper, threshold or 0.0, pool.measure.null
    if pool.measure.is_ratio:
        low, high, limit, zero = math.log(low), math.log(high), math.log(limit) if limit > 0 else 0.0, 0.0
    crossed = [edge for edge in (zero - limit, zero, zero + limit) if low < edge < high] if limit else []
    few = _too_few(pool)
    steps = -2 if len(crossed) > 2 else -1 if crossed or few else 0
    told = {
        0: "the interval stays on one side of no effect and of an important effect",
        1: "the interval crosses one limit: no effect, or the smallest important effect",
        2: "the interval runs from no effect to an important one",
        3: "the interval runs from an important effect one way to one the other way",
    }[len(crossed)]
    return Proposal("imprecision", steps, f"{told}{f'; {few}' if few else ''}")


def _too_few(pool: Pool) -> str:
    events = [side.events for row in pool.rows for side in (row.size.first, row.size.second) if side]
    if len(events) == 2 * len(pool.rows) and None not in events:
        total = sum(count or 0 for count in events)
        return f"only {total:.0f} events" if total < OPTIMAL_EVENTS else ""
    people = pool.people
    return f"only {people} people" if people is not None and people < OPTIMAL_PEOPLE else ""


def _publication_bias(pool: Pool) -> Proposal:
    if pool.egger is None:
        return Proposal("publication-bias", 0, f"{pool.pooled.k} studies are too few for a test of small-study effects")
    steps = -1 if pool.egger.pval < SMALL_STUDY_P else 0
    return Proposal("publication-bias", steps, f"Egger's test of small-study effects gives p = {pool.egger.pval:.2g}")
