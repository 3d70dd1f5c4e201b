"""What the pooled effect rests on: each study left out in turn, studies added one after another, influence."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..model import Influence, Refits
from .pool import EPSILON, Test, as_floats, chi_above, fit, spread, tested, usable
from .tau2 import Method

Array = NDArray[np.float64]


def leave1out(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Refits | None:
    """Return the pooled effect without each study in turn, in the order of the studies; None with only one."""
    y, v = usable(yi, vi)
    if len(y) < 2:
        return None
    others = _others(len(y))
    return _refits(y[others], v[others], method, test)


def cumulative(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Refits:
    """Return the pooled effect of the first study, the first two, and so on; sort them as they are to be added."""
    y, v = usable(yi, vi)
    steps = [_refits(y[None, :count], v[None, :count], method, test) for count in range(1, len(y) + 1)]
    return Refits(*(tuple(getattr(step, one.name)[0] for step in steps) for one in fields(Refits)))


def influence(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Influence | None:
    """Return how far each study moves the result (Viechtbauer and Cheung 2010), in the order of the studies.

    ``rstudent`` is the distance of a study from the mean of the others in its own standard errors; ``dffits``, ``dfbs``
    and ``cook`` how far the mean moves without it, in standard errors and squared ones; ``cov_r`` the variance of the
    mean without it by that with it; ``tau2`` and ``QE`` those of the others; ``hat`` its weight (0 to 1).
    ``influential`` says that one of them is beyond metafor's limits. None with one study alone.
    """
    y, v = usable(yi, vi)
    if (k := len(y)) < 2:
        return None
    others = _others(k)
    with np.errstate(all="ignore"):
        whole, without = fit(y, v, method, test), fit(y[others], v[others], method, test)
        hat, moved = whole.w / whole.w.sum(), whole.beta - without.beta
        total = v + without.tau2
        rstudent = _deleted(y - without.beta) / np.sqrt(total * without.s2w + without.se**2)
        dffits = moved / np.sqrt(without.s2w * hat * total)
        dfbs = moved * np.sqrt(np.add.reduce(1 / (v + without.tau2[:, None]), -1) / without.s2w)
        cook = moved**2 / whole.se**2
        far = (np.abs(dffits) > 3 / math.sqrt(k - 1)) | (chi_above(cook, 1) < 0.5) | (hat > 3 / k) | (np.abs(dfbs) > 1)
        return Influence(
            rstudent=as_floats(rstudent),
            dffits=as_floats(dffits),
            cook=as_floats(cook),
            cov_r=as_floats(without.se**2 / whole.se**2),
            tau2=as_floats(without.tau2),
            QE=as_floats(spread(y[others], v[others], without.tau2, method).q),
            hat=as_floats(hat),
            dfbs=as_floats(dfbs),
            influential=tuple(map(bool, far)),
        )


def _deleted(distance: Array) -> Array:
    """Return the distances, 0 where they are within rounding of it (metafor's bound)."""
    return np.where(np.abs(distance) < 100 * EPSILON, 0.0, distance)


def _others(k: int) -> NDArray[np.intp]:
    """Return k rows: the places of all studies but the first, but the second, and so on."""
    return np.arange(k - 1) + (np.arange(k - 1) >= np.arange(k)[:, None])


def _refits(y: Array, v: Array, method: Method, test: Test) -> Refits:
    """Return the pooled effect of each row of studies."""
    with np.errstate(all="ignore"):
        fitted = fit(y, v, method, test)
        tests = tested(fitted.beta, fitted.se, test, y.shape[-1] - 1)
        differ = spread(y, v, fitted.tau2, method)
    return Refits(
        estimate=as_floats(fitted.beta),
        se=as_floats(fitted.se),
        zval=as_floats(tests.zval),
        pval=as_floats(tests.pval),
        ci_lb=as_floats(tests.ci_lb),
        ci_ub=as_floats(tests.ci_ub),
        Q=as_floats(differ.q),
        Qp=as_floats(differ.p),
        tau2=as_floats(fitted.tau2),
        I2=as_floats(differ.i2),
        H2=as_floats(differ.h2),
    )
