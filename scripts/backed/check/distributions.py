"""The normal and the t distribution: tail areas and quantiles, from the standard library alone."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

NORMAL = NormalDist()
MANY = math.inf
"""Degrees of freedom at which the t distribution is the normal one."""


def two_sided(statistic: float, freedom: float = MANY) -> float:
    """Return the two-sided p-value of a t statistic with so many degrees of freedom (``MANY`` for a z statistic).

    The tail of the t distribution is the regularised incomplete beta function I_x(f/2, 1/2) at x = f/(f + t²)
    (NIST Digital Library of Mathematical Functions, section 8.17).
    """
    size = abs(statistic)
    if math.isinf(freedom):
        return math.erfc(size / math.sqrt(2))
    return _beta(freedom / (freedom + size * size), freedom / 2, 0.5)


def as_normal(statistic: float, freedom: float = MANY) -> float:
    """Return the size of the z statistic that has the same two-sided p-value (40 where it is too small to tell)."""
    return z_of(two_sided(statistic, freedom))


def z_of(p: float) -> float:
    """Return the size of the z statistic with a two-sided p-value (40 where it is too small to tell)."""
    return 40.0 if p < 1e-300 else abs(NORMAL.inv_cdf(min(p, 1.0) / 2))


@cache
def critical(level: float, freedom: float = MANY) -> float:
    """Return how many standard errors an interval of that level (percent, above 0 and below 100) reaches each way."""
    tail = 1 - level / 100
    normal = z_of(tail)
    if math.isinf(freedom):
        return normal
    low, high = normal, normal
    while two_sided(high, freedom) > tail:
        high *= 2
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > tail else (low, middle)
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) - math.log(a)
    )
    return front / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function (DLMF 8.17.22), from its inner end outwards."""
    value = 1.0
    for step in range(120, 0, -1):
        m = step // 2
        if step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        value = 1 + term / value
    return value
