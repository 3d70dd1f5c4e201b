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
    return np.asarray((left * left / w).sum(-1))


def _dersimonian_laird(design: Design, v: Array) -> Array:
    w = 1 / v
    found: Array = (q_statistic(design, w) - design.freedom) / design.diagonal(w).sum(-1)
    return found


def _hedges(design: Design, v: Array) -> Array:
    ones = np.ones_like(v)
    found: Array = (q_statistic(design, ones) - (design.diagonal(ones) * v).sum(-1)) / design.freedom
    return found


def _sidik_jonkman(design: Design, v: Array) -> Array:
    crude = design.y.var(-1, keepdims=True)
    if not np.all(crude > 0):
        return np.asarray(crude[..., 0] * 0.0)
    found: Array = crude[..., 0] * q_statistic(design, 1 / (v + crude)) / design.freedom
    return found


def _paule_mandel(design: Design, v: Array) -> Array:
    return where_q_is(design, v, np.asarray(float(design.freedom)))


def where_q_is(design: Design, v: Array, target: Array) -> Array:
    """Return the tau² at which the generalised Q equals the target, 0 where Q is below it already at zero.

    1/Q rises and bends downwards, so Newton's steps on it from zero come nearer from below and never pass the root.
    """
    tau2 = np.zeros(np.broadcast_shapes(v.shape[:-1], target.shape))
    for _ in range(200):
        w = 1 / (v + tau2[..., None])
        left = design.project(w, design.y)
        q = (left * left / w).sum(-1)
        with np.errstate(all="ignore"):
            step = q * (q - target) / (target * (left * left).sum(-1))
        step = np.where((q > target) | (tau2 > 0), step, 0.0)
        tau2 = np.maximum(tau2 + step, 0.0)
        if np.all(np.abs(step) <= 1e-15 * tau2):
            break
    return tau2


def _scored(design: Design, v: Array, method: Method, threshold: float) -> Array:
    tau2 = np.maximum(_hedges(design, v), 0.0)
    scale = v.mean(-1)
    going = np.ones(tau2.shape, dtype=bool)
    for count in range(STEPS):
        step = _step(design, 1 / (v + tau2[..., None]), method, scale + tau2, newton=threshold == EXACT)
        step = _inside(tau2, np.where(going, step, 0.0)) / (1 if count < 100 else 2)
        tau2 = tau2 + step
        enough = threshold if threshold > 0 else 1e-12 * tau2 + 1e-15 * scale
        going = going & (np.abs(step) > enough)
        if not going.any():
            break
    if method == "EB":
        return np.asarray(tau2)
    if threshold == EXACT:
        tau2 = np.where(tau2 <= 1e-14 * scale, 0.0, tau2)
    higher = _likelihood(design, v, method) - _likelihood(design, v + tau2[..., None], method) > NO_GAIN
    return np.asarray(np.where(higher & (tau2 > threshold), 0.0, tau2))


def _step(design: Design, w: Array, method: Method, scale: Array, newton: bool) -> Array:
    """Return the next step of Fisher scoring; close to the end Newton's, which arrives in a few instead of many."""
    left = design.project(w, design.y)
    if method == "EB":
        k = w.shape[-1]
        scored: Array = ((left * left / w).sum(-1) * k / design.freedom - k) / w.sum(-1)
        return scored
    slope = (left * left).sum(-1)
    if method == "ML":
        score, information = slope - w.sum(-1), (w * w).sum(-1)
    else:
        score, information = slope - design.diagonal(w).sum(-1), design.trace_of_square(w)
    fisher = score / information
    if not newton:
        return np.asarray(fisher)
    bend = 2 * (left * design.project(w, left)).sum(-1) - information
    near = (np.abs(fisher) < 0.1 * scale) & (bend > 0.25 * information)
    return np.asarray(np.where(near, score / np.where(near, bend, 1.0), fisher))


def _inside(tau2: Array, step: Array) -> Array:
    """Return the step, halved as often as it takes not to go below zero."""
    step = np.where((tau2 <= 0) & (step < 0), 0.0, step)
    while (tau2 + step < 0).any():
        step = np.where(tau2 + step < 0, step / 2, step)
    return step


def _likelihood(design: Design, variance: Array, method: Method) -> Array:
    w = 1 / variance
    twice = np.log(variance).sum(-1) + q_statistic(design, w)
    return np.asarray(-0.5 * (twice + (design.log_determinant(w) if method == "REML" else 0.0)))


_DIRECT: dict[str, Callable[[Design, Array], Array]] = {
    "DL": _dersimonian_laird,
    "HE": _hedges,
    "SJ": _sidik_jonkman,
    "PM": _paule_mandel,
}
