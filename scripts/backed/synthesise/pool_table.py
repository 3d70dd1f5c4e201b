"""A table of effects to everything that pooling makes of it."""

from __future__ import annotations

import numpy as np

from ..model import EffectTable, Pooling
from .bias import egger, ranktest, trimfill
from .counts import pooled2x2
from .escalc import escalc
from .pool import Test, as_floats, confint, pool
from .sensitivity import leave1out
from .tau2 import Method


def pool_table(table: EffectTable, measure: str, method: Method = "REML", test: Test = "z") -> Pooling:
    """Return the pooled effect of a table with all that tells how far to trust it.

    Rows without a finite effect are left out, as their labels are. The interval of tau² exists from two studies on for
    every method but EE. ValueError where no row has an effect, ArithmeticError or ValueError where the figures
    are beyond double precision.
    """
    yi, vi = escalc(measure, table.columns)
    sound = np.isfinite(yi)
    y, v = yi[sound], vi[sound]
    with np.errstate(all="ignore"):  # what cannot be computed is None, NaN or an error, never a warning
        pooled = pool(y, v, method, test)
        return Pooling(
            measure=measure,
            labels=tuple(label for label, good in zip(table.labels, sound, strict=True) if good),
            yi=as_floats(y),
            vi=as_floats(v),
            pooled=pooled,
            confint=confint(y, v) if method != "EE" and pooled.k > 1 else None,
            leave1out=leave1out(y, v, method, test),
            egger=egger(y, v),
            trimfill=trimfill(y, v, method, test),
            ranktest=ranktest(y, v),
            pooled2x2=pooled2x2(measure, table.columns) if "ai" in table.columns else None,
        )


def without_effect(table: EffectTable, measure: str) -> tuple[int, ...]:
    """Return the rows, counted from 0, that give no finite effect."""
    yi, _ = escalc(measure, table.columns)
    return tuple(int(row) for row in np.flatnonzero(~np.isfinite(yi)))
