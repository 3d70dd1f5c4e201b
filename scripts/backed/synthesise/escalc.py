"""Effect sizes and their sampling variances from the figures of two arms, under the column names of metafor's escalc.

2x2 tables: ``ai bi`` events and non-events of the first arm, ``ci di`` of the second. Means: ``m1i sd1i n1i`` and
``m2i sd2i n2i``. Rates: ``x1i t1i`` events and person-time of the first arm, ``x2i t2i`` of the second. Correlations:
``ri ni``. Ready effects: ``yi vi``. Every function works on whole columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from ..model import TABLE_COLUMNS

Array = NDArray[np.float64]
Columns = Mapping[str, ArrayLike]
Sizes = tuple[Array, Array]


def escalc(measure: str, columns: Columns) -> Sizes:
    """Return effect sizes and sampling variances, one a row; both NaN in a row that gives no finite pair.

    Ratios (RR, OR, PETO, ROM, IRR) are natural logarithms; MD is in the units of the scale, SMD and SMDH in standard
    deviations; RD is a difference of proportions, IRD of rates per unit of person-time; COR is the correlation itself,
    ZCOR Fisher's z. KeyError for an unknown measure or a missing column.
    """
    with np.errstate(all="ignore"):
        figures = (np.asarray(columns[name], dtype=np.float64) for name in TABLE_COLUMNS[measure])
        yi, vi = FORMULAS[measure](*figures)
    sound = np.isfinite(yi) & np.isfinite(vi)
    return np.where(sound, yi, np.nan), np.where(sound, vi, np.nan)


def without_zeros(*cells: Array) -> tuple[Array, ...]:
    """Return the cells of tables with 1/2 added to each cell of those tables, and only those, that hold a zero.

    metafor's ``add=1/2, to="only0", drop00=FALSE``: a table without any event in both arms is kept, with halves.
    """
    half = np.where(np.logical_or.reduce([cell == 0 for cell in cells]), 0.5, 0.0)
    return tuple(cell + half for cell in cells)


def _risk_ratio(ai: Array, bi: Array, ci: Array, di: Array) -> Sizes:
    ai, bi, ci, di = without_zeros(ai, bi, ci, di)
    n1, n2 = ai + bi, ci + di
    return np.log(ai / n1) - np.log(ci / n2), 1 / ai - 1 / n1 + 1 / ci - 1 / n2


def _odds_ratio(ai: Array, bi: Array, ci: Array, di: Array) -> Sizes:
    ai, bi, ci, di = without_zeros(ai, bi, ci, di)
    return np.log(ai / bi) - np.log(ci / di), 1 / ai + 1 / bi + 1 / ci + 1 / di


def _risk_difference(ai: Array, bi: Array, ci: Array, di: Array) -> Sizes:
    ai, bi, ci, di = without_zeros(ai, bi, ci, di)
    n1, n2 = ai + bi, ci + di
    return ai / n1 - ci / n2, ai * bi / n1**3 + ci * di / n2**3


def _peto(ai: Array, bi: Array, ci: Array, di: Array) -> Sizes:
    observed_less_expected, variance = hypergeometric(*without_zeros(ai, bi, ci, di))
    return observed_less_expected / variance, 1 / variance


def hypergeometric(ai: Array, bi: Array, ci: Array, di: Array) -> Sizes:
    """Return observed less expected events of the first arm, and their hypergeometric variance (Yusuf 1985)."""
    n1, n2 = ai + bi, ci + di
    n, events, others = n1 + n2, ai + ci, bi + di
    return ai - events * n1 / n, events * others * (n1 / n) * (n2 / n) / (n - 1)


def _mean_difference(m1: Array, sd1: Array, n1: Array, m2: Array, sd2: Array, n2: Array) -> Sizes:
    return m1 - m2, sd1**2 / n1 + sd2**2 / n2


def _standardised(m1: Array, sd1: Array, n1: Array, m2: Array, sd2: Array, n2: Array) -> Sizes:
    """Hedges' g with the exact gamma correction; the large-sample variance with g in it (metafor's ``vtype="LS"``)."""
    freedom = n1 + n2 - 2
    pooled = np.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / freedom)
    g = small_sample(freedom) * (m1 - m2) / pooled
    return g, 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2))


def _standardised_unequal(m1: Array, sd1: Array, n1: Array, m2: Array, sd2: Array, n2: Array) -> Sizes:
    """The difference in average standard deviations, for arms that vary unequally (Bonett 2008); exact correction.

    Bonett's large-sample variance, times the square of the correction as in metafor.
    """
    correction, total = small_sample(n1 + n2 - 2), sd1**2 + sd2**2
    d = correction * (m1 - m2) / np.sqrt(total / 2)
    of_spread = d**2 * (sd1**4 / (n1 - 1) + sd2**4 / (n2 - 1)) / (2 * total**2)
    of_means = (sd1**2 / (n1 - 1) + sd2**2 / (n2 - 1)) / (total / 2)
    return d, correction**2 * (of_spread + of_means)


def small_sample(freedom: Array) -> Array:
    """Return Hedges' (1981) exact correction of a standardised difference for degrees of freedom; NaN below 2."""
    above = np.where(freedom > 1, freedom, np.nan)
    correction: Array = np.exp(gammaln(above / 2) - np.log(np.sqrt(above / 2)) - gammaln((above - 1) / 2))
    return correction


def _ratio_of_means(m1: Array, sd1: Array, n1: Array, m2: Array, sd2: Array, n2: Array) -> Sizes:
    return np.log(m1 / m2), sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2)


def _rate_ratio(x1: Array, t1: Array, x2: Array, t2: Array) -> Sizes:
    x1, x2 = without_zeros(x1, x2)
    return np.log(x1 / t1) - np.log(x2 / t2), 1 / x1 + 1 / x2


def _rate_difference(x1: Array, t1: Array, x2: Array, t2: Array) -> Sizes:
    x1, x2 = without_zeros(x1, x2)
    return x1 / t1 - x2 / t2, x1 / t1**2 + x2 / t2**2


def _correlation(ri: Array, ni: Array) -> Sizes:
    return ri, np.where(ni > 3, (1 - ri**2) ** 2 / (ni - 1), np.nan)


def _fisher_z(ri: Array, ni: Array) -> Sizes:
    return np.arctanh(ri), np.where(ni > 3, 1 / (ni - 3), np.nan)


def _ready(yi: Array, vi: Array) -> Sizes:
    return yi, vi


FORMULAS: Mapping[str, Callable[..., Sizes]] = {
    "RR": _risk_ratio,
    "OR": _odds_ratio,
    "RD": _risk_difference,
    "PETO": _peto,
    "MD": _mean_difference,
    "SMD": _standardised,
    "SMDH": _standardised_unequal,
    "ROM": _ratio_of_means,
    "IRR": _rate_ratio,
    "IRD": _rate_difference,
    "COR": _correlation,
    "ZCOR": _fisher_z,
    "GEN": _ready,
}
"""Every measure's formula; the columns it takes are those of ``TABLE_COLUMNS``, in that order."""
