"""Pooling 2x2 tables from their counts: Mantel-Haenszel, and Peto's one-step method. Nothing is added to zero cells."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..model import Pooled2x2
from .escalc import Columns, hypergeometric
from .pool import Z

Array = NDArray[np.float64]
NOTHING = (math.nan, math.nan)


def pooled2x2(measure: str, columns: Columns) -> Pooled2x2:
    """Return the pooled RR, OR (natural logarithm) or RD by Mantel-Haenszel, or PETO, with its 95% interval.

    All numbers are NaN where there is no such effect: no events in one of the arms of all tables together (RR), or in
    both products of the tables (OR), or no event anywhere (PETO). A row with a missing count is left out.
    """
    cells = np.array([np.asarray(columns[name], dtype=np.float64) for name in ("ai", "bi", "ci", "di")])
    sound = np.isfinite(cells).all(axis=0)
    sound &= (cells[0] + cells[1] > 0) & (cells[2] + cells[3] > 0)
    ai, bi, ci, di = cells[:, sound]
    beta, se = _METHODS[measure](ai, bi, ci, di)
    return Pooled2x2(beta, se, beta - Z * se, beta + Z * se)


def _odds_ratio(ai: Array, bi: Array, ci: Array, di: Array) -> tuple[float, float]:
    """Standard error: Robins, Breslow and Greenland 1986."""
    n = ai + bi + ci + di
    agree, differ = (ai + di) / n, (bi + ci) / n
    forth, back = ai * di / n, bi * ci / n
    r, s = float(forth.sum()), float(back.sum())
    if r == 0 or s == 0:
        return NOTHING
    mixed = (agree * back + differ * forth).sum() / (r * s)
    variance = ((agree * forth).sum() / r**2 + mixed + (differ * back).sum() / s**2) / 2
    return math.log(r / s), math.sqrt(variance)


def _risk_ratio(ai: Array, bi: Array, ci: Array, di: Array) -> tuple[float, float]:
    """Standard error: Greenland and Robins 1985."""
    n1, n2 = ai + bi, ci + di
    n = n1 + n2
    r, s = float((ai * n2 / n).sum()), float((ci * n1 / n).sum())
    if r == 0 or s == 0:
        return NOTHING
    spread = ((n1 / n) * (n2 / n) * (ai + ci) - ai * ci / n).sum()
    return math.log(r / s), math.sqrt(spread / (r * s))


def _risk_difference(ai: Array, bi: Array, ci: Array, di: Array) -> tuple[float, float]:
    """Standard error: Sato, Greenland and Robins 1989."""
    n1, n2 = ai + bi, ci + di
    n = n1 + n2
    weight = float((n1 * n2 / n).sum())
    if weight == 0:
        return NOTHING
    beta = float((ai * n2 / n - ci * n1 / n).sum()) / weight
    first = (ci * (n1 / n) ** 2 - ai * (n2 / n) ** 2 + (n1 / n) * (n2 / n) * (n2 - n1) / 2).sum()
    second = (ai * di / n + ci * bi / n).sum() / 2
    return beta, math.sqrt(max(0.0, beta * first + second)) / weight


def _peto(ai: Array, bi: Array, ci: Array, di: Array) -> tuple[float, float]:
    difference, variance = hypergeometric(ai, bi, ci, di)
    total = float(variance.sum())
    return (float(difference.sum()) / total, 1 / math.sqrt(total)) if total else NOTHING


_METHODS = {"OR": _odds_ratio, "RR": _risk_ratio, "RD": _risk_difference, "PETO": _peto}
