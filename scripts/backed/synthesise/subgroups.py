"""Subgroups: each with its own model and tau², and the test whether they differ (Cochrane Handbook 10.11.3.1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..model import Pooled, PooledGroup
from .pool import Test, chi_above, pool
from .tau2 import Method


def between(pooled: Sequence[Pooled]) -> tuple[float | None, int, float | None]:
    """Return the test of difference between groups: Q of their effects, its degrees of freedom, and p.

    As RevMan does it, the pooled effects are treated like studies with their standard errors under equal effects, and Q
    is a chi² with one degree less than there are groups. Q and p are None with fewer than two groups, or where a
    standard error is 0 (identical effects under ``knha``), which leaves nothing to measure a difference by.
    """
    beta = np.array([one.beta for one in pooled], dtype=np.float64)
    se = np.array([one.se for one in pooled], dtype=np.float64)
    freedom = max(0, len(pooled) - 1)
    if freedom < 1 or not (np.isfinite(se) & (se > 0)).all():
        return None, freedom, None
    w = 1 / se**2
    q = (w * (beta - (w * beta).sum() / w.sum()) ** 2).sum()
    return float(q), freedom, float(chi_above(q, freedom))


def grouped(
    yi: ArrayLike, vi: ArrayLike, values: Sequence[str], method: Method = "REML", test: Test = "z"
) -> tuple[PooledGroup, ...]:
    """Return the studies of each value with their pooled effect, in the order in which the values first appear.

    A study whose value is '' is in no group; one without a finite effect and variance is left out. A group of one study
    has that study's own effect. ValueError where a variance is not above zero.
    """
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    sound = np.isfinite(y) & np.isfinite(v)
    rows: dict[str, list[int]] = {}
    for row, value in enumerate(values):
        if value and sound[row]:
            rows.setdefault(value, []).append(row)
    return tuple(
        PooledGroup(value, tuple(places), pool(y[places], v[places], method, test)) for value, places in rows.items()
    )
