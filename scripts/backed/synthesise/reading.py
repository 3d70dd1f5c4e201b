"""From the scale on which effects are analysed to the one they are read on: logarithms to ratios, z to correlations."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..model import Interval, Measure

FINE = frozenset({Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.CORRELATION, Measure.RISK_DIFFERENCE})


def decimals_of(measure: Measure) -> int:
    """Return with how many decimals a pooled effect is shown: two where effects are of the order of one."""
    return 2 if measure.is_ratio or measure in FINE else 1


def read(estimate: float, lower: float, upper: float, measure: Measure) -> Interval:
    """Return an effect with its bounds as it is read: exponentiated for ratios, tanh for correlations (Fisher's z)."""
    turn: Callable[[float], float] = float
    if measure.is_ratio:
        turn = _exponential
    elif measure is Measure.CORRELATION:
        turn = math.tanh
    return Interval(turn(estimate), turn(lower), turn(upper), decimals_of(measure))


def _exponential(value: float) -> float:
    """Return e to the value; infinity where that is beyond double precision, as an interval's upper bound can be."""
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf
