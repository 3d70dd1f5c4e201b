"""The verdict rule: from the 95% interval of an effect and the smallest important effect to one of seven words.

The interval is first turned to the claimed side, so that a positive number is an effect in the direction the claim
says, zero is no effect, and the threshold is the smallest effect that matters. Ratios are turned on the log scale.
"""

from __future__ import annotations

import math

from ..model import VERDICT_RULE, Answer, Asked, Interval, Measure, Ruling, Verdict

_ROW = {verdict: row for row, verdict in VERDICT_RULE}


def rule_on(asked: Asked, answer: Answer) -> Ruling:
    """Return the verdict on a claim, with the interval turned to the claimed side and the row that applied.

    ``lower``, ``upper`` and ``threshold`` of the result are on the scale on which the rule works: the instrument's
    units, or natural logarithms for ratios.
    """
    usable = answer.threshold is not None and answer.threshold > answer.measure.null
    if answer.interval is None or answer.threshold is None or not usable or answer.certainty in {None, "very-low"}:
        return Ruling(asked, Verdict.NOT_KNOWN, answer, None, None, None, _ROW[Verdict.NOT_KNOWN])
    lower, upper = turned(answer.interval, answer.measure, asked.claimed == "lower")
    threshold = _log(answer.threshold) if answer.measure.is_ratio else answer.threshold
    verdict = decide(lower, upper, threshold)
    return Ruling(asked, verdict, answer, lower, upper, threshold, _ROW[verdict])


def turned(interval: Interval, measure: Measure, lower_claimed: bool) -> tuple[float, float]:
    """Return the interval's bounds with positive numbers on the claimed side (log scale for ratios)."""
    low, high = interval.lower, interval.upper
    if measure.is_ratio:
        low, high = _log(low), _log(high)
    return (-high, -low) if lower_claimed else (low, high)


def _log(ratio: float) -> float:
    """Return the natural logarithm to twelve decimals, so that 0.80 and 1.25 are equally far from no effect."""
    return round(math.log(ratio), 12)


def decide(lower: float, upper: float, threshold: float) -> Verdict:
    """Return the verdict for an interval on the claimed side; ``threshold`` > 0 is the smallest important effect.

    An interval that ends exactly at no effect includes it; one that begins exactly at the threshold lies beyond it.
    """
    if upper < 0:
        return Verdict.CONTRADICTED
    if lower > 0:
        if lower >= threshold:
            return Verdict.SUPPORTED
        return Verdict.TOO_SMALL if upper < threshold else Verdict.SIZE_UNCERTAIN
    if -threshold < lower and upper < threshold:
        return Verdict.NO_IMPORTANT_EFFECT
    return Verdict.INCONCLUSIVE
