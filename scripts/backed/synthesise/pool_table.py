"""A table of effects to everything that pooling makes of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..model import EffectTable, PooledGroups, Pooling
from .bias import egger, ranktest, trimfill
from .counts import pooled2x2
from .escalc import escalc
from .pool import Test, as_floats, confint, pool
from .regression import metaregression, why_none
from .sensitivity import cumulative, influence, leave1out
from .subgroups import between, grouped
from .tau2 import Method

Array = NDArray[np.float64]


def pool_table(table: EffectTable, measure: str, method: Method = "REML", test: Test = "z") -> Pooling:
    """Return the pooled effect of a table with all that tells how far to trust it.

    Rows without a finite effect are left out, as their labels are. The interval of tau² exists from two studies on for
    every method but EE; subgroups and meta-regression where the table says by which columns. ValueError where no row
    has an effect, ArithmeticError or ValueError where the figures are beyond double precision.
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
            cumulative=cumulative(y, v, method, test),
            influence=influence(y, v, method, test),
            egger=egger(y, v),
            trimfill=trimfill(y, v, method, test),
            ranktest=ranktest(y, v),
            pooled2x2=pooled2x2(measure, table.columns) if "ai" in table.columns else None,
            subgroups=_subgroups(table, sound, y, v, method, test),
            metaregression=metaregression(y, v, _moderators(table, sound), method, test) if table.moderators else None,
        )


def without_effect(table: EffectTable, measure: str) -> tuple[int, ...]:
    """Return the rows, counted from 0, that give no finite effect."""
    yi, _ = escalc(measure, table.columns)
    return tuple(int(row) for row in np.flatnonzero(~np.isfinite(yi)))


def without_regression(table: EffectTable, measure: str) -> str:
    """Return why the moderators of a table give no meta-regression, in words; '' where they do or are not asked for."""
    if not table.moderators:
        return ""
    yi, vi = escalc(measure, table.columns)
    sound = np.isfinite(yi)
    return why_none(yi[sound], vi[sound], _moderators(table, sound))


def _moderators(table: EffectTable, sound: NDArray[np.bool_]) -> Mapping[str, Array]:
    return {name: np.array(values)[sound] for name, values in table.moderators.items()}


def _subgroups(
    table: EffectTable, sound: NDArray[np.bool_], y: Array, v: Array, method: Method, test: Test
) -> PooledGroups | None:
    if not table.groups:
        return None
    values = [value for value, good in zip(table.groups, sound, strict=True) if good]
    groups = grouped(y, v, values, method, test)
    q, freedom, p = between([group.pooled for group in groups])
    return PooledGroups(table.grouped_by, groups, q, freedom, p, values.count(""))
