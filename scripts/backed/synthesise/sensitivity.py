"""What the pooled effect rests on: each study left out in turn, studies added one after another, influence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..model import Influence, Refits
from .pool import Fitted, Test, as_floats, fit, usable
from .tau2 import Method

Array = NDArray[np.float64]


def leave1out(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Refits | None:
    """Return the pooled effect without each study in turn, in the order of the studies; None with only one."""
    y, v = usable(yi, vi)
    return _refits(_without_each(y, v, method, test)) if len(y) > 1 else None


def cumulative(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Refits:
    """Return the pooled effect of the first study, the first two, and so on; sort them as they are to be added."""
    y, v = usable(yi, vi)
    fits = [fit(y[:count], v[:count], method, test) for count in range(1, len(y) + 1)]
    return Refits(
        as_floats([float(one.beta) for one in fits]),
        as_floats([float(one.se) for one in fits]),
        as_floats([float(one.tau2) for one in fits]),
    )


def influence(yi: ArrayLike, vi: ArrayLike, method: Method = "REML", test: Test = "z") -> Influence | None:
    """Return how far each study moves the result (Viechtbauer and Cheung 2010), in the order of the studies.

    ``rstudent`` is the distance of a study from the mean of the others in its own standard errors; ``dffits`` and
    ``cook`` how far the mean moves without it, in standard errors and squared ones; ``hat`` its weight (0 to 1).
    None with fewer than three studies.
    """
    y, v = usable(yi, vi)
    if len(y) < 3:
        return None
    whole, without = fit(y, v, method, test), _without_each(y, v, method, test)
    hat = whole.w / whole.w.sum()
    moved = whole.beta - without.beta
    deleted = (y - without.beta) / np.sqrt(v + without.tau2 + without.se**2)
    scaled = moved / np.sqrt(hat * (without.tau2 + v))
    return Influence(
        rstudent=as_floats(deleted),
        dffits=as_floats(scaled),
        cook=as_floats(moved**2 / whole.se**2),
        hat=as_floats(hat),
        tau2=as_floats(without.tau2),
    )


def _without_each(y: Array, v: Array, method: Method, test: Test) -> Fitted:
    k = len(y)
    others = np.arange(k - 1) + (np.arange(k - 1) >= np.arange(k)[:, None])
    return fit(y[others], v[others], method, test)


def _refits(fitted: Fitted) -> Refits:
    return Refits(as_floats(fitted.beta), as_floats(fitted.se), as_floats(fitted.tau2))
