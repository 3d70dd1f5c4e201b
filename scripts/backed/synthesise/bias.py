"""Signs that small studies report larger effects: Egger's regression, Begg's rank correlation, trim and fill."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, stdtr

from ..model import Egger, RankTest, TrimFill
from .design import Regression
from .pool import Test, fit, usable
from .tau2 import METAFOR_THRESHOLD, Method, heterogeneity

Array = NDArray[np.float64]
LARGEST_EXACT = 170
"""Above it the number of orders of the studies is beyond double precision, in R as here."""
ROUNDS = 100


def egger(yi: ArrayLike, vi: ArrayLike) -> Egger | None:
    """Return Egger's (1997) test: effects on their standard errors, least squares weighted by 1/v, t with k - 2.

    None with fewer than three studies, with effects or standard errors that are all the same, or where nothing is left
    over.
    """
    y, v = usable(yi, vi)
    se, freedom = np.sqrt(v), len(y) - 2
    if freedom < 1 or np.ptp(se) <= 1e-12 * se.max() or np.ptp(y) == 0:
        return None
    w = 1 / v
    from_mean = se - (w * se).sum() / w.sum()
    weight = float((w * from_mean**2).sum())
    centred = y - (w * y).sum() / w.sum()
    slope = float((w * from_mean * centred).sum()) / weight
    left = float((w * (centred - slope * from_mean) ** 2).sum())
    if left == 0:
        return None
    t = slope / math.sqrt(left / freedom / weight)
    return Egger(t, 2 * float(stdtr(freedom, -abs(t))))


def ranktest(yi: ArrayLike, vi: ArrayLike) -> RankTest | None:
    """Return Begg and Mazumdar's (1994) test: Kendall's tau-b of standardised effects with their variances.

    The p-value counts all orders of the studies where there are no ties, and is taken from the normal distribution
    (without continuity correction) where there are, or where there are more than 170 studies. None with one study or
    where all variances, or all effects, are the same; with two studies p is 1.
    """
    y, v = usable(yi, vi)
    if len(y) < 2:
        return None
    w = 1 / v
    standardised = (y - (w * y).sum() / w.sum()) / np.sqrt(v - 1 / w.sum())
    if not np.isfinite(standardised).all():  # one study has all the weight there is in double precision
        return None
    score = _concordance(standardised, v)
    ties = _ties(standardised), _ties(v)
    pairs = len(y) * (len(y) - 1) / 2
    base = math.sqrt((pairs - _pairs(ties[0])) * (pairs - _pairs(ties[1])))
    if base == 0:
        return None
    tied = any((counts > 1).any() for counts in ties)
    pval = _normal(score, len(y), *ties) if tied or len(y) > LARGEST_EXACT else _exact(score, len(y))
    return RankTest(score / base, pval)


def trimfill(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> TrimFill | None:
    """Return Duval and Tweedie's (2000) trim and fill with the estimator L0, the side taken from the funnel's slope.

    The side is the one that a regression of effects on standard errors, by the same method, points away from. As in
    metafor the fit of the filled set stops at metafor's default threshold, and its standard error is that of ``z``
    whatever the test; where nothing is filled in, the result is the pooled effect itself. None with fewer than three
    studies or where the rounds do not settle.
    """
    y, v = usable(yi, vi)
    k = len(y)
    if k < 3:
        return None
    side = "right" if _slope(y, v, method) < 0 else "left"
    turn = -1.0 if side == "right" else 1.0
    order = np.argsort(turn * y, kind="stable")
    turned, sorted_v = turn * y[order], v[order]
    found = _missing(turned, sorted_v, method)
    if found is None:
        return None
    k0, centre = found
    if k0 == 0:
        fitted = fit(y, v, method, test)
        return TrimFill(0, side, float(fitted.beta), float(fitted.se))
    mirrored, variances = turn * (2 * centre - turned[k - k0 :]), sorted_v[k - k0 :]
    whole = np.concatenate([y, mirrored]), np.concatenate([v, variances])
    loose = fit(*whole, method, "z", METAFOR_THRESHOLD)
    filled = tuple((float(effect), float(variance)) for effect, variance in zip(mirrored, variances, strict=True))
    return TrimFill(k0, side, float(loose.beta), float(loose.se), filled)


def _slope(y: Array, v: Array, method: Method) -> float:
    design = Regression(y - y.mean(), np.column_stack([np.ones_like(v), np.sqrt(v)]))
    if np.ptp(v) == 0:
        return 0.0
    tau2 = heterogeneity(design, v, method, METAFOR_THRESHOLD)
    return float(design.coefficients(1 / (v + tau2))[1])


def _missing(y: Array, v: Array, method: Method) -> tuple[int, float] | None:
    """Return how many studies are missing on the left of sorted effects, and the centre they are mirrored at."""
    k, missing = len(y), 0
    for _ in range(ROUNDS):
        kept = k - missing
        centre = float(fit(y[:kept], v[:kept], method, "z", METAFOR_THRESHOLD).beta)
        from_centre = y - centre
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(from_centre), kind="stable")] = np.arange(1, k + 1)
        right = float(ranks[from_centre > 0].sum())
        estimate = min(k - 1, max(0, round((4 * right - k * (k + 1)) / (2 * k - 1))))
        if estimate == missing:
            return missing, centre
        missing = estimate
    return None


def _concordance(x: Array, y: Array) -> float:
    products = np.sign(x[:, None] - x[None, :]) * np.sign(y[:, None] - y[None, :])
    return float(products.sum()) / 2


def _ties(values: Array) -> Array:
    return np.unique(values, return_counts=True)[1].astype(np.float64)


def _pairs(counts: Array) -> float:
    return float((counts * (counts - 1)).sum()) / 2


def _exact(score: float, n: int) -> float:
    """Return Kendall's two-sided p: the share of all orders with as many inversions, or more extreme."""
    chances = np.ones(1)
    for size in range(2, n + 1):
        chances = np.convolve(chances, np.full(size, 1 / size))
    concordant = round((score + n * (n - 1) / 2) / 2)
    below, above = float(chances[: concordant + 1].sum()), float(chances[concordant:].sum())
    return min(1.0, 2 * min(below, above))


def _normal(score: float, n: int, x_ties: Array, y_ties: Array) -> float:
    """Return the two-sided p from the normal distribution with the variance for ties (Kendall 1970, chapter 4)."""

    def sums(counts: Array) -> tuple[float, float, float]:
        one = counts * (counts - 1)
        return float((one * (2 * counts + 5)).sum()), float(one.sum()), float((one * (counts - 2)).sum())

    (a, b, c), (d, e, f) = sums(x_ties), sums(y_ties)
    variance = (n * (n - 1) * (2 * n + 5) - a - d) / 18 + b * e / (2 * n * (n - 1))
    variance += c * f / (9 * n * (n - 1) * (n - 2))
    return min(1.0, 2 * float(ndtr(-abs(score) / math.sqrt(variance))))
