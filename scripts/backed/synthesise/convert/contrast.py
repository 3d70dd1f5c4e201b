"""A contrast that the source worked out itself: its estimate and standard error on the scale of analysis."""

from __future__ import annotations

import math

from scipy.special import ndtri, stdtrit

from ...model import Effect, Figure, Measure, OneSided
from .working import Working, less, shown

SMALL = 60
"""People in a group below which an interval is taken to rest on the t distribution (Cochrane Handbook 6.5.2.2)."""
OF_MEANS = frozenset({Measure.MEAN_DIFFERENCE, Measure.MEAN_CHANGE})
NO_SPREAD = "the source gives no interval, standard error, t or p, so how exact the estimate is is not known"


def transformed(measure: Measure, value: float) -> float:
    """Return a value on the scale of analysis: ratios as natural logarithms, correlations as Fisher's z."""
    if measure.is_ratio:
        return math.log(value)
    return math.atanh(value) if measure is Measure.CORRELATION else value


def fault_of(effect: Effect) -> str:
    """Return what is impossible about the estimate and interval of an effect, or ''."""
    bound = effect.one_sided.bound if effect.one_sided else None
    figures = [figure for figure in (effect.estimate, *(effect.ci or ()), bound) if figure is not None]
    if effect.measure.is_ratio and any(figure.value <= 0 for figure in figures):
        return "a ratio is above zero"
    limit = {Measure.CORRELATION: "correlation", Measure.RISK_DIFFERENCE: "risk difference"}.get(effect.measure)
    if limit and any(abs(figure.value) > 1 for figure in figures):
        return f"a {limit} lies between −1 and 1"
    if effect.measure is Measure.CORRELATION and any(abs(figure.value) == 1 for figure in figures):
        return "a correlation of 1 has no sampling variance"
    if effect.ci is None:
        return _fault_of_one_side(effect)
    lower, upper = effect.ci
    if lower.value >= upper.value:
        return f"the interval {shown(lower)} to {shown(upper)} has no width or runs backwards"
    if effect.estimate is not None and not lower.value <= effect.estimate.value <= upper.value:
        return f"the interval {shown(lower)} to {shown(upper)} does not hold its estimate {shown(effect.estimate)}"
    if not 50 <= effect.level.value < 100:
        return f"an interval of {effect.level}% cannot be"
    return ""


def _fault_of_one_side(effect: Effect) -> str:
    side = effect.one_sided
    if side is None:
        return ""
    if effect.estimate is not None and (not side.holds(effect.estimate.value) or effect.estimate == side.bound):
        return f"the one-sided interval with the bound {shown(side.bound)} does not hold its estimate"
    return "" if 50 < side.level.value < 100 else f"a one-sided interval of {side.level}% cannot be"


def standard_error(effect: Effect, counts: tuple[float, ...], working: Working) -> float | str:
    """Return the standard error of an effect's estimate on the scale of analysis, or why it is not known.

    ``counts`` are the people on the sides, where known: n1 and n2, or the one n of a change within a group. In this
    order: the standard error as printed (for ratios that of the logarithm), the interval at whatever level, a one-sided
    interval, t, p.
    """
    if fault := fault_of(effect):
        return fault
    if effect.se is not None and effect.measure is not Measure.CORRELATION:
        if effect.se.value <= 0:
            return f"a standard error of {effect.se} cannot be"
        working.note("se-as-printed", f"SE = {shown(effect.se)}")
        return effect.se.value
    if effect.ci is not None:
        return _from_interval(effect, effect.ci, counts, working)
    if effect.one_sided is not None and effect.estimate is not None:
        return _from_one_side(effect, effect.estimate, effect.one_sided, counts, working)
    if effect.estimate is None or effect.estimate.value == effect.measure.null:
        return NO_SPREAD if effect.estimate is None or effect.p is effect.t is None else _NO_EFFECT
    if effect.t is not None and effect.measure in OF_MEANS:
        return _from_t(effect.estimate, effect.t, working)
    return _from_p(effect, effect.estimate, effect.p, counts, working) if effect.p is not None else NO_SPREAD


_NO_EFFECT = "an estimate of no effect has no standard error that a t or p could give"


def freedom_of(counts: tuple[float, ...]) -> float | None:
    """Return the degrees of freedom of a t test between (or within) the groups, None where people are not known."""
    freedom = sum(counts) - len(counts)
    return freedom if counts and freedom >= 1 else None


def _quantile(tail: float, effect: Effect, counts: tuple[float, ...]) -> tuple[float, float | None]:
    """Return the quantile that leaves ``tail`` out above, and its degrees of freedom; None for the normal one."""
    freedom = freedom_of(counts) if counts and min(counts) < SMALL and effect.measure in OF_MEANS else None
    return -float(ndtri(tail)) if freedom is None else -float(stdtrit(freedom, tail)), freedom


def _from_one_side(
    effect: Effect, estimate: Figure, side: OneSided, counts: tuple[float, ...], working: Working
) -> float:
    quantile, freedom = _quantile(1 - side.level.value / 100, effect, counts)
    ends = [transformed(effect.measure, figure.value) for figure in (side.bound, estimate)]
    se = abs(ends[0] - ends[1]) / quantile
    apart = less(side.bound, estimate)
    if effect.measure.is_ratio:
        apart = f"ln {shown(side.bound)} − ln {shown(estimate)}"
    elif effect.measure is Measure.CORRELATION:
        apart = f"artanh {shown(side.bound)} − artanh {shown(estimate)}"
    by = "" if freedom is None else f", t with {shown(freedom)} degrees of freedom"
    said = f"SE = |{apart}| / {shown(quantile)} = {shown(se)} ({side.level}% interval open on one side{by})"
    working.note("se-from-one-side", said)
    return se


def _from_interval(effect: Effect, ci: tuple[Figure, Figure], counts: tuple[float, ...], working: Working) -> float:
    lower, upper = ci
    quantile, freedom = _quantile((1 - effect.level.value / 100) / 2, effect, counts)
    low, high = (transformed(effect.measure, bound.value) for bound in ci)
    se = (high - low) / (2 * quantile)
    bounds = less(upper, lower)
    formula = "se-from-interval" if freedom is None else "se-from-interval-t"
    if effect.measure.is_ratio:
        formula, bounds = "log-se-from-interval", f"ln {shown(upper)} − ln {shown(lower)}"
    elif effect.measure is Measure.CORRELATION:
        formula, bounds = "z-from-interval", f"artanh {shown(upper)} − artanh {shown(lower)}"
    level = "" if effect.level.value == 95 else f" ({effect.level}% interval)"
    working.note(formula, f"SE = ({bounds}) / (2 × {shown(quantile)}) = {shown(se)}{level}")
    return se


def _from_t(estimate: Figure, t: Figure, working: Working) -> float | str:
    if t.value == 0:
        return "a t of 0 does not fit an estimate that is not 0"
    se = abs(estimate.value / t.value)
    working.note("se-from-t", f"SE = |{shown(estimate)} / {shown(t)}| = {shown(se)}")
    return se


def _from_p(effect: Effect, estimate: Figure, printed: str, counts: tuple[float, ...], working: Working) -> float | str:
    p = p_value(printed, working)
    if isinstance(p, str):
        return p
    value = transformed(effect.measure, estimate.value)
    if effect.measure in OF_MEANS:
        t = t_of(p, counts, working)
        se = abs(value / t)
        working.note("se-from-t", f"SE = |{shown(estimate)} / {shown(t)}| = {shown(se)}")
        return se
    z = -float(ndtri(p / 2))
    se = abs(value / z)
    working.note("z-from-p", f"z = {shown(z)} for p = {shown(p)}, SE = |{shown(value)} / {shown(z)}| = {shown(se)}")
    return se


def p_value(printed: str, working: Working) -> float | str:
    """Return the p-value to reckon with: as printed, or the limit it is below; a reason where it tells nothing."""
    plain = printed.replace(" ", "")
    p = float(plain.lstrip("<>="))
    if plain.startswith(">") or not 0 < p < 1:
        return f"a p-value of {printed} does not tell how exact the estimate is"
    if plain.startswith("<"):
        working.note("p-bound", f"p {printed} is taken as {shown(p)}")
    return p


def t_of(p: float, counts: tuple[float, ...], working: Working) -> float:
    """Return the absolute t (z where the numbers of people are not known) that has this two-sided p."""
    freedom = freedom_of(counts)
    t = -float(ndtri(p / 2)) if freedom is None else -float(stdtrit(freedom, p / 2))
    where = "normal" if freedom is None else f"{shown(freedom)} degrees of freedom"
    working.note("t-from-p", f"t = {shown(t)} for p = {shown(p)} ({where})")
    return t
