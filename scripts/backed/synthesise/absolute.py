"""A relative effect said per 100 people (Cochrane Handbook 15.4.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..model import Absolute, Interval, Measure


def _risk_ratio(risk: float, ratio: float) -> float:
    return min(1.0, risk * ratio)


def _odds_ratio(risk: float, ratio: float) -> float:
    return risk * ratio / (1 - risk + risk * ratio)


def _hazard_ratio(risk: float, ratio: float) -> float:
    """Proportional hazards: the survival without the intervention to the power of the ratio.

    For rates it is the chance of at least one event, where events come at a constant rate in both groups.
    """
    return 1 - float((1 - risk) ** ratio)


def _risk_difference(risk: float, difference: float) -> float:
    return min(1.0, max(0.0, risk + difference))


FORMULAS: Mapping[Measure, Callable[[float, float], float]] = {
    Measure.RISK_RATIO: _risk_ratio,
    Measure.ODDS_RATIO: _odds_ratio,
    Measure.PETO_ODDS_RATIO: _odds_ratio,
    Measure.HAZARD_RATIO: _hazard_ratio,
    Measure.RATE_RATIO: _hazard_ratio,
    Measure.RISK_DIFFERENCE: _risk_difference,
}
"""The risk with the intervention, from the risk without it and the effect."""


def absolute(interval: Interval, measure: Measure, percent: float, basis: str) -> Absolute | None:
    """Return an effect per 100 people at an assumed risk (in percent) without the intervention.

    None for measures that are no matter of risk. The number needed to treat exists where the interval excludes no
    effect.
    """
    formula = FORMULAS.get(measure)
    if formula is None or not 0 < percent < 100:
        return None
    risk = percent / 100
    estimate, low, high = (100 * formula(risk, value) for value in (interval.estimate, interval.lower, interval.upper))
    difference = estimate - percent
    excludes = (interval.lower - measure.null) * (interval.upper - measure.null) > 0
    nnt = abs(100 / difference) if excludes and difference else None
    return Absolute(percent, Interval(estimate, low, high, 0), nnt, basis)
