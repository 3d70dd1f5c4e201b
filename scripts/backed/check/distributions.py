"""The normal and the t distribution: tail areas and quantiles, from the standard library alone."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from statistics import NormalDist

NORMAL = NormalDist()
MANY = math.inf
"""Degrees of freedom at which the t distribution is the normal one."""


@lru_cache(maxsize=10_000)  # several rules ask the same of an effect
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
    reach = normal  # less than is sought; the tail is convex there, so that Newton's steps come up to it from below
    for _ in range(100):
        step = (two_sided(reach, freedom) - tail) / (2 * _density(reach, freedom))
        reach += step
        if abs(step) <= 1e-13 * reach:
            break
    return reach


def _density(statistic: float, freedom: float) -> float:
    front = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    return math.exp(front - (freedom + 1) / 2 * math.log1p(statistic * statistic / freedom))


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
    """Return the continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method (DLMF 3.10).

    Each step multiplies the value by a factor that comes nearer to 1; where it is 1 to the last digits, it is done.
    """
    value = above = 1.0
    below = 0.0
    for step in range(1, 1000):
        m = step // 2
        if step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        below = 1 / (1 + term * below)
        above = 1 + term / above
        value *= above * below
        if abs(above * below - 1) < 1e-15:
            break
    return value
