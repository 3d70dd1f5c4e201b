"""Pooling: from effect sizes and their variances to one effect with interval, heterogeneity and prediction interval.

The choices for sets that are hard, all of them stated here:

- a study whose effect or variance is not finite tells nothing and is left out; it does not count in k;
- one study returns itself: tau² = 0, Q = 0, I² = 0, H² = 1, and with ``knha`` or ``adhoc`` its own z interval, as there
  is nothing to estimate a t distribution from;
- two studies: everything is computed; with ``knha`` and ``adhoc`` on one degree of freedom: very wide, and rightly so;
- identical effects: Q = 0 and tau² = 0; the ``knha`` standard error is then 0 and p is 0 (1 where the effect is 0), as
  metafor has it: the interval is a point and says that these studies cannot show how much such studies differ. With
  ``adhoc`` the standard error is that of ``z``;
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
Test = Literal["z", "knha", "adhoc"]
TESTS: tuple[Test, ...] = get_args(Test)
TAIL = 0.025
Z = -float(ndtri(TAIL))
EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Fitted:
    """Weighted means of several sets of k studies: everything is one number a set, ``w`` one row a set.

    ``s2w`` is what the squared standard error was multiplied by: 1 but for the tests of Knapp and Hartung.
    """

    beta: Array
    se: Array
    tau2: Array
    w: Array
    s2w: Array


@dataclass(frozen=True)
class Tested:
    """Estimates with their test: the statistic (z or t), its two-sided p, and the ends of the 95% interval."""

    zval: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array


@dataclass(frozen=True)
class Spread:
    """How much sets of studies differ: Cochran's Q with its p, I² (percent) and H²; one number a set."""

    q: Array
    p: Array
    i2: Array
    h2: Array


def fit(yi: Array, vi: Array, method: Method, test: Test, threshold: float | None = None) -> Fitted:
    """Return the weighted mean of each row of effects, its standard error and tau²."""
    centre = yi.mean(-1, keepdims=True)
    design = OneMean(yi - centre)
    tau2 = heterogeneity(design, vi, method, threshold)
    w = 1 / (vi + tau2[..., None])
    total = np.add.reduce(w, -1)
    beta = np.vecdot(w, design.y) / total
    s2w = refinement(np.vecdot(w, (design.y - beta[..., None]) ** 2), design.freedom, test)
    return Fitted(beta + centre[..., 0], np.sqrt(s2w / total), tau2, w, s2w)


def refinement(squares: Array, freedom: int, test: Test) -> Array:
    """Return what the variance of a coefficient is multiplied by, from the weighted sum of squares that is left.

    ``knha`` is Knapp and Hartung's (2003) factor, also where it makes the standard error smaller; ``adhoc`` never lets
    it fall below 1 (Röver, Knapp and Friede 2015). As in metafor, a sum of squares within rounding of zero is zero.
    """
    if test == "z" or freedom <= 0:
        return np.ones_like(squares)
    factor = np.where(squares <= EPSILON, 0.0, squares / freedom)
    return np.maximum(factor, 1.0) if test == "adhoc" else factor


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
        freedom = len(y) - 1
        tests, differ = tested(fitted.beta, fitted.se, test, freedom), spread(y, v, fitted.tau2, method)
    beta, tau2 = float(fitted.beta), float(fitted.tau2)
    reach = None if method == "EE" else critical(test, freedom) * math.sqrt(float(fitted.se) ** 2 + tau2)
    return Pooled(
        method=method,
        test=test,
        k=len(y),
        beta=beta,
        se=float(fitted.se),
        ci_lb=float(tests.ci_lb),
        ci_ub=float(tests.ci_ub),
        pval=float(tests.pval),
        tau2=tau2,
        I2=float(differ.i2),
        H2=float(differ.h2),
        QE=float(differ.q),
        QEp=float(differ.p),
        pi_lb=None if reach is None else beta - reach,
        pi_ub=None if reach is None else beta + reach,
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
    typical = float(typical_variance(v))
    return Confint(
        tau2=(low, high),
        I2=(100 * low / (typical + low), 100 * high / (typical + high)),
        H2=(low / typical + 1, high / typical + 1),
    )


def typical_variance(v: Array) -> Array:
    """Return the typical sampling variance of each set of studies (Higgins and Thompson 2002, equation 9)."""
    w = 1 / v
    total = np.add.reduce(w, -1)
    typical: Array = (v.shape[-1] - 1) * total / (total**2 - np.vecdot(w, w))
    return typical


def spread(y: Array, v: Array, tau2: Array, method: Method) -> Spread:
    """Return Q, its p, I² and H² of each set of studies, one a row; 0, 1, 0 and 1 for one study alone."""
    freedom = v.shape[-1] - 1
    if freedom < 1:
        none = np.zeros_like(tau2)
        return Spread(none, none + 1, none, none + 1)
    q = q_statistic(OneMean(y - y.mean(-1, keepdims=True)), 1 / v)
    return Spread(q, chi_above(q, freedom), *inconsistency(q, freedom, tau2, typical_variance(v), method))


def inconsistency(q: Array, freedom: int, tau2: Array, typical: Array, method: Method) -> tuple[Array, Array]:
    """Return I² (percent) and H²: from Q under equal effects, else from tau² and the typical sampling variance."""
    if method == "EE":
        above = np.where(q > freedom, q, 1.0)
        return np.where(q > freedom, 100 * (above - freedom) / above, 0.0), q / freedom
    return 100 * tau2 / (typical + tau2), tau2 / typical + 1


def tested(estimate: Array, se: Array, test: Test, freedom: int) -> Tested:
    """Return the tests of estimates with their standard errors, and their 95% intervals.

    Where a standard error is 0, the statistic is infinite and p is 0; p is 1 where the estimate is 0 too.
    """
    statistic, reach = estimate / se, critical(test, freedom) * se
    away = -np.abs(np.where(np.isnan(statistic), 0.0, statistic))
    pval = 2 * (stdtr(freedom, away) if _by_t(test, freedom) else ndtr(away))
    return Tested(statistic, pval, estimate - reach, estimate + reach)


def critical(test: Test, freedom: int) -> float:
    """Return how many standard errors a 95% interval reaches to each side: normal, or t with ``freedom`` degrees."""
    return float(stdtrit(freedom, 1 - TAIL)) if _by_t(test, freedom) else Z


def _by_t(test: Test, freedom: int) -> bool:
    return test != "z" and freedom > 0


def chi_above(q: Array, freedom: int) -> Array:
    """Return the probability of a chi² above q."""
    return np.asarray(gammaincc(freedom / 2, np.maximum(q, 0.0) / 2))


def chi_quantile(below: float, freedom: int) -> float:
    """Return the value that a chi² stays below with the given probability."""
    return 2 * float(gammaincinv(freedom / 2, below))


def as_floats(values: Array | Sequence[float]) -> tuple[float, ...]:
    """Return plain numbers."""
    return tuple(float(value) for value in values)
