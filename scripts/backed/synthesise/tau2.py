"""Estimators of tau², the variance of true effects between studies; never below zero.

Methods: DL (DerSimonian and Laird 1986), HE (Hedges and Olkin 1985), SJ (Sidik and Jonkman 2005, started from the crude
variance of the effects), PM (Paule and Mandel 1982), ML and REML (Fisher scoring; Viechtbauer 2005), EB (Morris 1983).
All of them may be given several sets of k studies at once, one a row, and return one tau² for each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from .design import Design

Array = NDArray[np.float64]
Method = Literal["EE", "DL", "REML", "PM", "ML", "SJ", "HE", "EB"]
METHODS: tuple[Method, ...] = get_args(Method)

EXACT = 0.0
"""Threshold of Fisher scoring: until the estimate stands still in double precision."""
METAFOR_THRESHOLD = 1e-5
"""metafor's default: it stops when tau² changes by no more than this."""
STEPS = 10_000
NO_GAIN = float(np.finfo(np.float64).eps ** 0.25)
"""A log-likelihood higher by this at zero says that Fisher scoring climbed a lesser hill (metafor's ``ll0check``)."""


def heterogeneity(design: Design, v: Array, method: Method, threshold: float | None = None) -> Array:
    """Return tau² for each set of studies with sampling variances v, in the square of the effects' units.

    ``threshold`` is where Fisher scoring stops. It is exact for ML and REML. For EB it is metafor's default: the exact
    EB estimate *is* PM, so that what sets EB apart is only where its iteration stops, and a reader who checks us
    with metafor finds the number printed here.
    """
    if method == "EE" or design.freedom <= 0:
        return np.zeros(v.shape[:-1])
    if method in {"ML", "REML", "EB"}:
        stop = (METAFOR_THRESHOLD if method == "EB" else EXACT) if threshold is None else threshold
        return _scored(design, v, method, stop)
    return np.asarray(np.maximum(_DIRECT[method](design, v), 0.0))


def q_statistic(design: Design, w: Array) -> Array:
    """Return ``y'Py``: the weighted sum of squares about the weighted mean (Cochran's Q where w = 1/v)."""
    left = design.project(w, design.y)
    return np.asarray(np.vecdot(left, left / w))


def _dersimonian_laird(design: Design, v: Array) -> Array:
    w = 1 / v
    found: Array = (q_statistic(design, w) - design.freedom) / design.diagonal(w).sum(-1)
    return found


def _hedges(design: Design, v: Array) -> Array:
    ones = np.ones_like(v)
    found: Array = (q_statistic(design, ones) - (design.diagonal(ones) * v).sum(-1)) / design.freedom
    return found


def _sidik_jonkman(design: Design, v: Array) -> Array:
    crude = design.y.var(-1)
    return np.asarray(crude * q_statistic(design, 1 / (v + crude[..., None])) / design.freedom)


def _paule_mandel(design: Design, v: Array) -> Array:
    return where_q_is(design, v, np.asarray(float(design.freedom)))


def where_q_is(design: Design, v: Array, target: Array) -> Array:
    """Return the tau² at which the generalised Q equals the target, 0 where Q is below it already at zero.

    1/Q rises and bends downwards, so Newton's steps on it from zero come nearer from below and never pass the root.
    """
    tau2 = np.zeros(np.broadcast_shapes(v.shape[:-1], target.shape))
    noise = 1e-16 * np.minimum.reduce(v, -1)
    for _ in range(STEPS):
        w = 1 / (v + tau2[..., None])
        left = design.project(w, design.y)
        q = np.vecdot(left, left / w)
        rising = (q > target) | (tau2 > 0)
        step = np.where(rising, q * (q - target), 0.0) / np.where(rising, target * np.vecdot(left, left), 1.0)
        tau2 = np.maximum(tau2 + step, 0.0)
        if (np.abs(step) <= 1e-12 * tau2 + noise).all():
            break
    return tau2


def _scored(design: Design, v: Array, method: Method, threshold: float) -> Array:
    start = np.maximum(_hedges(design, v), 0.0)
    if threshold == EXACT:
        tau2 = _climbed(design, v, method, start)
    else:
        tau2 = _climbed_as_metafor(design, v, method, start, threshold)
    if method == "EB":
        return tau2
    higher = _likelihood(design, v, method) - _likelihood(design, v + tau2[..., None], method) > NO_GAIN
    return np.asarray(np.where(higher & (tau2 > threshold), 0.0, tau2))


def _climbed(design: Design, v: Array, method: Method, tau2: Array) -> Array:
    """Return where Fisher scoring ends; its last steps are Newton's, which arrives in a few instead of many.

    Where it swings to and fro for ever, its steps are halved after the hundredth. Close to zero, where the weights
    hardly change any more, a step that leads below zero ends there instead of being halved for ever.
    """
    scale, close = np.add.reduce(v, -1) / v.shape[-1], 0.01 * np.minimum.reduce(v, -1)
    close = np.where(_score(design, 1 / v, method)[0] <= 0, close, 0.0)
    for count in range(STEPS):
        score, information, bend = _score(design, 1 / (v + tau2[..., None]), method)
        step = score / information
        near = (np.abs(step) < 0.1 * (scale + tau2)) & (bend > 0.25 * information)
        step = np.where(near, score / np.where(near, bend, 1.0), step)
        step = np.where((tau2 < close) & (tau2 + step < 0), -tau2, step)
        step = _inside(tau2, step if count < 100 else step / 2)
        tau2 = tau2 + step
        if (np.abs(step) <= 1e-12 * tau2 + 1e-15 * scale).all():
            break
    return np.where(tau2 <= 1e-14 * scale, 0.0, tau2)


def _climbed_as_metafor(design: Design, v: Array, method: Method, tau2: Array, threshold: float) -> Array:
    """Return where Fisher scoring stands when no step is above the threshold any more; each set stops by itself."""
    going = np.ones(tau2.shape, dtype=bool)
    for _ in range(STEPS):
        score, information, _bend = _score(design, 1 / (v + tau2[..., None]), method)
        step = _inside(tau2, np.where(going, score / information, 0.0))
        tau2 = tau2 + step
        going = going & (np.abs(step) > threshold)
        if not going.any():
            break
    return np.asarray(tau2)


def _score(design: Design, w: Array, method: Method) -> tuple[Array, Array, Array]:
    """Return twice the slope of the log-likelihood in tau², twice what its bend is expected to be, and what it is."""
    left = design.project(w, design.y)
    if method == "EB":
        k, total = w.shape[-1], np.add.reduce(w, -1)
        return np.vecdot(left, left / w) * k / design.freedom - k, total, total
    trace, information = design.traces(w) if method == "REML" else (np.add.reduce(w, -1), np.vecdot(w, w))
    bend = 2 * np.vecdot(left, design.project(w, left)) - information
    return np.vecdot(left, left) - trace, information, bend


def _inside(tau2: Array, step: Array) -> Array:
    """Return the step, halved as often as it takes not to go below zero."""
    if (tau2 + step >= 0).all():
        return step
    step = np.where(np.isfinite(step), step, np.nan)  # what is beyond double precision cannot be halved either
    step = np.where((tau2 <= 0) & (step < 0), 0.0, step)
    while (tau2 + step < 0).any():
        step = np.where(tau2 + step < 0, step / 2, step)
    return step


def _likelihood(design: Design, variance: Array, method: Method) -> Array:
    w = 1 / variance
    twice = np.add.reduce(np.log(variance), -1) + q_statistic(design, w)
    return np.asarray(-0.5 * (twice + (design.log_determinant(w) if method == "REML" else 0.0)))


_DIRECT: dict[str, Callable[[Design, Array], Array]] = {
    "DL": _dersimonian_laird,
    "HE": _hedges,
    "SJ": _sidik_jonkman,
    "PM": _paule_mandel,
}
