"""Meta-regression: the effects explained by one or more numbers of the studies, what is left being tau².

The model and its tests: Viechtbauer 2010 (J Stat Softw 36(3)); Knapp and Hartung 2003 (Stat Med 22:2693-2710).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

from ..model import MetaRegression
from .design import OneMean, Regression
from .pool import Test, as_floats, chi_above, fit, inconsistency, refinement, tested
from .tau2 import Method, heterogeneity, q_statistic

Array = NDArray[np.float64]
Columns = Mapping[str, ArrayLike]
SINGULAR = 1e-7
"""Columns that make a smaller share than this of what the others do are the others over again (as in R's ``lm``)."""


@dataclass(frozen=True)
class _Studies:
    """The studies with an effect and every moderator: ``x`` has the column of ones first."""

    y: Array
    v: Array
    x: Array
    rows: NDArray[np.intp]


def metaregression(
    yi: ArrayLike, vi: ArrayLike, columns: Columns, method: Method = "REML", test: Test = "z"
) -> MetaRegression | None:
    """Return the regression of effects on the named columns, an intercept first; None where there is none.

    A study that lacks an effect, a variance above zero or one of the figures is left out. R² is the share of tau²
    without moderators, in the same studies, that is gone (for EE: R² of the weighted regression, adjusted). With ``z``
    QM is a chi²; with ``knha`` and ``adhoc`` it is an F, and coefficients are tested by t with k - p degrees.
    `why_none` says what stands in the way.
    """
    studies = _studies(yi, vi, columns)
    if _fault(studies, list(columns)):
        return None
    with np.errstate(all="ignore"):
        fitted = _fitted(studies, tuple(columns), method, test)
    return fitted if np.isfinite([*fitted.beta, *fitted.se, fitted.tau2]).all() else None


def why_none(yi: ArrayLike, vi: ArrayLike, columns: Columns) -> str:
    """Return why there is no regression of these effects on these columns, in words; '' where nothing is against it."""
    return _fault(_studies(yi, vi, columns), list(columns))


def _studies(yi: ArrayLike, vi: ArrayLike, columns: Columns) -> _Studies:
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    x = np.column_stack([np.ones(len(y)), *(np.asarray(column, dtype=np.float64) for column in columns.values())])
    rows = np.flatnonzero(np.isfinite(y) & np.isfinite(v) & (v > 0) & np.isfinite(x).all(axis=1))
    return _Studies(y[rows], v[rows], x[rows], rows)


def _fault(studies: _Studies, names: list[str]) -> str:
    k, p = studies.x.shape
    if p < 2:
        return "there is no moderator"
    if k <= p:
        count = f"{k} {'study has' if k == 1 else 'studies have'} all figures"
        return f"{count}, and {p} coefficients need at least {p + 1}"
    for name, column in zip(names, studies.x[:, 1:].T, strict=True):
        if np.ptp(column) <= SINGULAR * np.abs(column).max():
            return f"{name} is the same in all studies"
    from_mean = studies.x[:, 1:] - studies.x[:, 1:].mean(axis=0)
    sizes = np.linalg.svd(from_mean / np.linalg.norm(from_mean, axis=0), compute_uv=False)
    if sizes[-1] <= SINGULAR * sizes[0]:
        return f"{' and '.join(names)} say the same: one follows from the others"
    return ""


def _fitted(studies: _Studies, names: tuple[str, ...], method: Method, test: Test) -> MetaRegression:
    y, v = studies.y, studies.v
    design = Regression(y - y.mean(), studies.x)
    k, freedom = len(y), design.freedom
    tau2 = heterogeneity(design, v, method)
    w = 1 / (v + tau2)
    beta = design.coefficients(w)
    s2w = refinement(q_statistic(design, w), freedom, test)
    vb = s2w * design.covariance(w)
    together, p_together = _tested_together(beta, vb, test, freedom)
    beta[0] += y.mean()
    se = np.sqrt(np.diag(vb))
    tests = tested(beta, se, test, freedom)
    q = q_statistic(design, 1 / v)
    i2, h2 = inconsistency(q, freedom, tau2, freedom / design.diagonal(1 / v).sum(), method)
    return MetaRegression(
        moderators=names,
        k=k,
        beta=as_floats(beta),
        se=as_floats(se),
        zval=as_floats(tests.zval),
        pval=as_floats(tests.pval),
        ci_lb=as_floats(tests.ci_lb),
        ci_ub=as_floats(tests.ci_ub),
        tau2=float(tau2),
        I2=float(i2),
        R2=_explained(y, v, float(tau2), float(q), freedom, method),
        QM=together,
        QMdf=(len(names), 0 if test == "z" else freedom),
        QMp=p_together,
        QE=float(q),
        QEp=float(chi_above(q, freedom)),
        values=tuple(as_floats(column) for column in studies.x[:, 1:].T),
        H2=float(h2),
        vb=tuple(as_floats(row) for row in vb),
        rows=tuple(map(int, studies.rows)),
        method=method,
        test=test,
    )


def _tested_together(beta: Array, vb: Array, test: Test, freedom: int) -> tuple[float, float]:
    """Return the statistic of all coefficients but the intercept together, and its p."""
    many = len(beta) - 1
    statistic = float(beta[1:] @ np.linalg.solve(vb[1:, 1:], beta[1:])) if np.diag(vb).all() else np.inf
    if test == "z":
        return statistic, float(chi_above(np.asarray(statistic), many))
    return statistic / many, float(fdtrc(many, freedom, statistic / many))


def _explained(y: Array, v: Array, tau2: float, q: float, freedom: int, method: Method) -> float | None:
    if method == "EE":
        whole = float(q_statistic(OneMean(y - y.mean()), 1 / v))
        return max(0.0, 100 * (1 - (q / freedom) / (whole / (len(y) - 1)))) if whole > 0 else None
    without = float(fit(y, v, method, "z").tau2)
    return max(0.0, 100 * (without - tau2) / without) if without > 0 else None
