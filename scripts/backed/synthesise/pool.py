"""Pooling: from effect sizes and their variances to one effect with interval, heterogeneity and prediction interval.

The choices for sets that are hard, all of them stated here:

- a study whose effect or variance is not finite tells nothing and is left out; it does not count in k;
- one study returns itself: tau² = 0, Q = 0, I² = 0, H² = 1, and with ``knha`` its own z interval, as there is nothing
  to estimate a t distribution from;
- two studies: everything is computed; with ``knha`` on one degree of freedom, hence very wide, and rightly so;
- identical effects: Q = 0 and tau² = 0; the ``knha`` standard error is then 0 and p is 0 (1 where the effect is 0), as
  metafor has it: the interval is a point and says that these studies cannot show how much such studies differ;
- tau² = 0: the random-effects result is that of equal effects, and the prediction interval is the confidence interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincc, gammaincinv, ndtr, ndtri, stdtr, stdtrit

from ..model import Confint, Pooled
from .design import OneMean
from .tau2 import Method, heterogeneity, q_statistic, where_q_is

Array = NDArray[np.float64]
Test = Literal["z", "knha"]
TESTS: tuple[Test, ...] = get_args(Test)
TAIL = 0.025
Z = -float(ndtri(TAIL))


@dataclass(frozen=True)
class Fitted:
    """Weighted means of several sets of k studies: everything is one number a set, ``w`` one row a set."""

    beta: Array
    se: Array
    tau2: Array
    w: Array


def fit(yi: Array, vi: Array, method: Method, test: Test, threshold: float | None = None) -> Fitted:
    """Return the weighted mean of each row of effects, its standard error and tau².

    With ``knha`` the standard error is Knapp and Hartung's (2003), never adjusted upwards where it is the smaller one.
    """
    centre = yi.mean(-1, keepdims=True)
    design = OneMean(yi - centre)
    tau2 = heterogeneity(design, vi, method, threshold)
    w = 1 / (vi + tau2[..., None])
    total = w.sum(-1)
    beta = (w * design.y).sum(-1) / total
    se = 1 / np.sqrt(total)
    if test == "knha" and design.freedom > 0:
        se = se * np.sqrt((w * (design.y - beta[..., None]) ** 2).sum(-1) / design.freedom)
    return Fitted(beta + centre[..., 0], se, tau2, w)


def pool(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Pooled:
    """Return the pooled effect of studies with effects yi and sampling variances vi, with 95% intervals.

    The prediction interval uses the same distribution as the test: normal, or t with k - 1 degrees of freedom. I² and
    H² of random-effects models come from tau² and the typical sampling variance (Higgins and Thompson 2002), those of
    the equal-effects model from Q. ValueError if no study is left or a variance is not above zero; ArithmeticError
    where the numbers are beyond double precision.
    """
    y, v = usable(yi, vi)
    with np.errstate(all="ignore"):
        fitted = fit(y, v, method, test)
    if not (np.isfinite(fitted.beta) and np.isfinite(fitted.se)):
        raise ArithmeticError("the effects or variances are too far apart for double precision")
    beta, se, tau2 = float(fitted.beta), float(fitted.se), float(fitted.tau2)
    freedom = len(y) - 1
    crit, pval = _critical(test, freedom), _two_sided(beta, se, test, freedom)
    q = float(q_statistic(OneMean(y - y.mean()), 1 / v)) if freedom else 0.0
    i2, h2 = _inconsistency(v, tau2, q, method)
    spread = None if method == "EE" else crit * math.sqrt(se**2 + tau2)
    return Pooled(
        method=method,
        test=test,
        k=len(y),
        beta=beta,
        se=se,
        ci_lb=beta - crit * se,
        ci_ub=beta + crit * se,
        pval=pval,
        tau2=tau2,
        I2=i2,
        H2=h2,
        QE=q,
        QEp=chi_above(q, freedom),
        pi_lb=None if spread is None else beta - spread,
        pi_ub=None if spread is None else beta + spread,
        weights=as_floats(100 * (fitted.w / fitted.w.sum())),
    )


def usable(yi: ArrayLike, vi: ArrayLike) -> tuple[Array, Array]:
    """Return the effects and variances of the studies where both are finite.

    ValueError if none is left or a variance is not above zero.
    """
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    finite = np.isfinite(y) & np.isfinite(v)
    y, v = y[finite], v[finite]
    if not len(y):
        raise ValueError("there is no study with a finite effect and variance")
    if not (v > 0).all():
        raise ValueError("a sampling variance has to be above zero")
    return y, v


def confint(yi: ArrayLike, vi: ArrayLike) -> Confint:
    """Return the 95% Q-profile intervals of tau², I² and H² (Viechtbauer 2007); they are the same for every method.

    Where even tau² = 0 leaves less variation than the interval allows, both ends are 0. There is no upper limit to
    the search. ValueError with fewer than two studies.
    """
    y, v = usable(yi, vi)
    freedom = len(y) - 1
    if freedom < 1:
        raise ValueError("an interval for the variance between studies needs at least two of them")
    quantiles = np.array([chi_quantile(1 - TAIL, freedom), chi_quantile(TAIL, freedom)])
    sets = (2, len(y))
    found = where_q_is(OneMean(np.broadcast_to(y - y.mean(), sets)), np.broadcast_to(v, sets), quantiles)
    low, high = float(found[0]), float(found[1])
    typical = typical_variance(v)
    return Confint(
        tau2=(low, high),
        I2=(100 * low / (typical + low), 100 * high / (typical + high)),
        H2=(low / typical + 1, high / typical + 1),
    )


def typical_variance(v: Array) -> float:
    """Return the typical sampling variance of a set of studies (Higgins and Thompson 2002, equation 9)."""
    w = 1 / v
    return float((len(v) - 1) * w.sum() / (w.sum() ** 2 - (w * w).sum()))


def _inconsistency(v: Array, tau2: float, q: float, method: Method) -> tuple[float, float]:
    freedom = len(v) - 1
    if freedom < 1:
        return 0.0, 1.0
    if method == "EE":
        return (max(0.0, 100 * (q - freedom) / q) if q > 0 else 0.0), q / freedom
    typical = typical_variance(v)
    return 100 * tau2 / (typical + tau2), tau2 / typical + 1


def _critical(test: Test, freedom: int) -> float:
    return float(stdtrit(freedom, 1 - TAIL)) if test == "knha" and freedom else Z


def _two_sided(beta: float, se: float, test: Test, freedom: int) -> float:
    if se == 0:
        return 1.0 if beta == 0 else 0.0
    statistic = -abs(beta / se)
    return 2 * float(stdtr(freedom, statistic) if test == "knha" and freedom else ndtr(statistic))


def chi_above(q: float, freedom: int) -> float:
    """Return the probability of a chi² above q; 1 without degrees of freedom."""
    return float(gammaincc(freedom / 2, q / 2)) if freedom > 0 else 1.0


def chi_quantile(below: float, freedom: int) -> float:
    """Return the value that a chi² stays below with the given probability."""
    return 2 * float(gammaincinv(freedom / 2, below))


def as_floats(values: Array | Sequence[float]) -> tuple[float, ...]:
    """Return plain numbers."""
    return tuple(float(value) for value in values)
