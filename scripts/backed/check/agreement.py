"""Do the interval, the standard error, the t statistic, the p-value and the figures of the arms tell the same story?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ..model import Effect, Figure, Measure, Study
from ..problem import Severity, Where
from .contrasts import is_adjusted, people, standard_error
from .distributions import MANY, as_normal, critical, two_sided, z_of
from .rounding import Band, band, hull
from .rule import Base, Finding, rule
from .slips import mended

LEVELS = ("90", "99", "80", "98", "99.9", "95")
"""Levels that are tried where the stated one does not fit, commonest first."""

TELLING = 1.5
"""Size of z below which a p-value tells too little of the level of an interval."""

NEAR = 0.03
"""Room in the size of a test statistic, as a share of it, for tests that are close relatives of one another."""


def _on_scale(effect: Effect) -> Band | None:
    """Return the distance of the estimate from no effect, on the scale of its standard error."""
    if effect.estimate is None or not effect.measure.is_contrast or effect.measure is Measure.CORRELATION:
        return None
    estimate = band(effect.estimate)
    if effect.measure.is_ratio:
        return estimate.through(math.log) if estimate.low > 0 else None
    return estimate


def _half_width(effect: Effect) -> Band | None:
    """Return half the width of the interval, on the scale of its standard error."""
    if effect.ci is None or _on_scale(effect) is None:
        return None
    low, high = (band(figure) for figure in effect.ci)
    if effect.measure.is_ratio:
        if min(low.low, high.low) <= 0:
            return None
        low, high = low.through(math.log), high.through(math.log)
    half = (high - low).times(0.5)
    return half if half.low > 0 else None


def _freedoms(study: Study, effect: Effect) -> tuple[float, float]:
    """Return the degrees of freedom to allow for: those of the normal, and those of two groups (20 if not known)."""
    total = people(study, effect)
    return (MANY, float(max(total - 2, 3))) if total else (MANY, 20.0)


def _printed(p: str) -> Figure:
    number = p.lstrip("<>= ")
    return Figure(f"0{number}" if number.startswith(".") else number)


def _by_p(p: str) -> Band:
    """Return the sizes of z that a printed p-value may stand for; digits cut off count as rounding."""
    figure = _printed(p)
    low, high = max(0.0, figure.value - figure.half_unit), min(1.0, figure.value + 2 * figure.half_unit)
    if p.startswith("<"):
        low, high = 0.0, figure.value
    if p.startswith(">"):
        low, high = figure.value, 1.0
    return Band(z_of(high), z_of(low))


def _as_z(size: Band, freedoms: tuple[float, ...]) -> Band:
    """Return the sizes of z that have the p-values of a statistic, under any of the distributions."""
    return hull(Band(as_normal(size.low, freedom), as_normal(size.high, freedom)) for freedom in freedoms)


def _by_interval(study: Study, effect: Effect, level: float) -> Band | None:
    """Return the sizes of z that estimate and interval allow at that level, whichever distribution was used."""
    distance, half = _on_scale(effect), _half_width(effect)
    if distance is None or half is None or not 50 <= level < 100:
        return None
    freedoms = _freedoms(study, effect)
    size = distance.size.over(half)
    return hull(_as_z(size.times(critical(level, freedom)), freedoms) for freedom in freedoms)


def _by_error(study: Study, effect: Effect) -> Band | None:
    """Return the sizes of z that estimate and printed standard error allow."""
    distance = _on_scale(effect)
    if distance is None or effect.se is None or band(effect.se).low <= 0:
        return None
    return _as_z(distance.size.over(band(effect.se)), _freedoms(study, effect))


def _by_t(study: Study, effect: Effect) -> Band | None:
    return None if effect.t is None else _as_z(band(effect.t).size, _freedoms(study, effect))


def _meet(one: Band, other: Band, near: float = NEAR) -> bool:
    return one.gap(other) <= (0.1 / NEAR + min(one.high, other.high)) * near


def _half_by_error(study: Study, effect: Effect, error: Band, level: float) -> Band:
    """Return half the width of the interval that a standard error makes at that level."""
    return hull(error.times(critical(level, freedom)) for freedom in _freedoms(study, effect))


def _fits(study: Study, effect: Effect, level: float, near: float = NEAR) -> list[bool]:
    """Say for everything that speaks of the level of the interval whether it fits this one."""
    told, half = _by_interval(study, effect, level), _half_width(effect)
    if told is None or half is None:
        return []
    fits = []
    if effect.p is not None and effect.p[0] not in "<>" and _by_p(effect.p).high > TELLING:
        fits.append(_meet(told, _by_p(effect.p), near))
    if (by_t := _by_t(study, effect)) is not None:
        fits.append(_meet(told, by_t, near))
    arms = None if is_adjusted(effect) else standard_error(effect)
    for error, room in ((band(effect.se) if effect.se else None, 1.02), (arms, 1.06)):
        if error is not None and error.low > 0:
            expected = _half_by_error(study, effect, error, level)
            fits.append(half.high * room >= expected.low and half.low <= expected.high * room)
    return fits


def _other_level(study: Study, effect: Effect) -> str | None:
    """Return the level that the interval fits, where it is another than the one stated."""
    stated = _fits(study, effect, effect.level.value)
    if not stated or any(stated):
        return None
    fitting = (level for level in LEVELS if float(level) != effect.level.value)
    return next((level for level in fitting if all(_fits(study, effect, float(level), NEAR / 4))), None)


@rule("study", Severity.WARNING)
def level_fits(study: Study, base: Base) -> Iterator[Finding]:
    """The interval of an effect fits the level that is stated for it, 95% where none is.

    Some papers print 90% or 99% intervals; recorded as 95% they make a study look more or less certain than it is. The
    source may print the level ("90% CI"); where a standard error, a t statistic, a p-value or the spread in the arms is
    recorded too, it follows from them: half the width is the standard error times the quantile of the t or normal
    distribution (Cochrane Handbook 6.5, section 6.3.1; Altman and Bland 2011, doi:10.1136/bmj.d2090).
    """
    for index, effect in enumerate(study.effects):
        yield from _level_printed(effect, index)
        if effect.ci is not None and (level := _other_level(study, effect)):
            at = "level" if "level" in effect.model_fields_set else "ci"
            interval = f"the interval {effect.ci[0]} to {effect.ci[1]}"
            message = f"by the other figures {interval} is no {effect.level}% interval"
            hint = f'it fits {level}%: if the source says so, write `level: "{level}"`'
            yield Finding(("effects", index, at), message, hint)


_PRINTED_LEVEL = re.compile(r"\b(\d\d(?:\.\d)?)\s?%\s?(?:CI|confidence|CrI|credible)", re.IGNORECASE)


def _level_printed(effect: Effect, index: int) -> Iterator[Finding]:
    named = {float(level) for level in _PRINTED_LEVEL.findall(effect.source.printed or "")}
    if effect.ci is not None and named and effect.level.value not in named:
        at = "level" if "level" in effect.model_fields_set else "ci"
        printed = " and ".join(f"{level:g}%" for level in sorted(named))
        message = f"the source prints an interval of {printed}, the record has {effect.level}%"
        yield Finding(("effects", index, at), message, f'write `level: "{min(named):g}"`')


@rule("study", Severity.WARNING)
def statistics_agree(study: Study, base: Base) -> Iterator[Finding]:
    """Interval, standard error, t statistic and p-value of an effect agree, within the rounding of every digit.

    The standard error follows from the interval, the test statistic from estimate and standard error, and the p-value
    from the statistic (Altman and Bland 2011, doi:10.1136/bmj.d2304). The idea of recomputing p-values is that of
    statcheck (Nuijten and others 2016, doi:10.3758/s13428-015-0664-2). Normal and t distributions are both allowed
    for, and `<0.001` is a bound. A source may print a p-value of another test than that of the interval (a test over
    all times, a log-rank test): then an exception says so.

    Wrong: `estimate: "-5.20"`, `ci: ["-10.12", "-0.24"]`, `p: "0.38"`. Right: `p: "0.038"`.
    """
    for index, effect in enumerate(study.effects):
        if _other_level(study, effect) is None:
            at: Where = ("effects", index)
            yield from _error_and_interval(study, effect, at)
            yield from _t_and_others(study, effect, at)
            yield from _p_and_others(study, effect, at)


def _error_and_interval(study: Study, effect: Effect, at: Where) -> Iterator[Finding]:
    half = _half_width(effect)
    if half is None or effect.se is None or effect.ci is None or not 50 <= effect.level.value < 100:
        return
    implied = hull(half.times(1 / critical(effect.level.value, freedom)) for freedom in _freedoms(study, effect))
    if implied.gap(band(effect.se)) > 0.02 * implied.middle:
        about = f"{implied.middle:.{max(effect.se.decimals, 2)}f}"
        message = (
            f"the interval {effect.ci[0]} to {effect.ci[1]} makes a standard error of about {about}, not {effect.se}"
        )
        yield Finding((*at, "se"), message, _meant(effect.se, implied) or "for ratios it is that of the logarithm")


def _t_and_others(study: Study, effect: Effect, at: Where) -> Iterator[Finding]:
    told = _by_t(study, effect)
    if told is None or effect.t is None or effect.estimate is None:
        return
    distance = _on_scale(effect)
    if distance is not None and distance.middle * effect.t.value < 0:
        yield Finding((*at, "t"), f"t is {effect.t}, but the estimate is {effect.estimate}", "both carry the same sign")
    for name, other in (
        ("standard error", _by_error(study, effect)),
        ("interval", _by_interval(study, effect, effect.level.value)),
    ):
        if other is not None and not _meet(told, other):
            message = f"estimate and {name} make a t of about {other.middle:.2f}, not {effect.t}"
            yield Finding((*at, "t"), message, _meant(effect.t, other) or "which of them does the source print?")
            return


def _p_and_others(study: Study, effect: Effect, at: Where) -> Iterator[Finding]:
    if effect.p is None:
        return
    told = _by_p(effect.p)
    for name, other in (
        ("interval", _by_interval(study, effect, effect.level.value)),
        ("standard error", _by_error(study, effect)),
        ("t statistic", _by_t(study, effect)),
    ):
        if other is not None and not _meet(told, other):
            allowed = Band(two_sided(other.high), two_sided(other.low))
            message = f"the {name} makes p about {_short(allowed.middle)}, not {effect.p}"
            hint = "is it the p-value of this comparison, and the interval that of this row?"
            yield Finding((*at, "p"), message, _meant(_printed(effect.p), allowed) or hint)
            return


def _short(p: float) -> str:
    return "below 0.0001" if p < 0.0001 else f"{p:.2g}"


def _meant(figure: Figure, possible: Band) -> str:
    found = mended(figure, Band(possible.low * 0.98, possible.high * 1.02))
    return f"did you type {figure} for {found}?" if found else ""


@rule("study", Severity.WARNING)
def arms_make_interval(study: Study, base: Base) -> Iterator[Finding]:
    """The interval of a mean difference is about as wide as the figures of the two arms make it.

    SE = √(SD₁²/n₁ + SD₂²/n₂) (Cochrane Handbook 6.5, section 6.5.1). An analysis that takes the start into account
    gives a narrower interval, so only what no usual analysis explains is reported: less than half as wide, or half as
    wide again (for adjusted estimates a fifth, and a quarter). The usual cause is a standard error typed as a standard
    deviation, or the other way round, or the number of people of another row.
    """
    for index, effect in enumerate(study.effects):
        error, half = standard_error(effect), _half_width(effect)
        if error is None or half is None or error.low <= 0 or not 50 <= effect.level.value < 100:
            continue
        expected = _half_by_error(study, effect, error, effect.level.value)
        least, most = (0.2, 1.25) if is_adjusted(effect) else (0.5, 1.5)
        if half.high < least * expected.low or half.low > most * expected.high:
            times = half.middle / expected.middle
            message = (
                f"the interval is {times:.1f} times as wide as the standard deviations and numbers of people make it"
            )
            yield Finding(("effects", index, "ci"), message, _about_spread(effect, times, study))


def _about_spread(effect: Effect, times: float, study: Study) -> str:
    total = people(study, effect)
    root = math.sqrt(total / 2) if total else 0.0
    if root and 0.6 < times / root < 1.6 and any(group.sd for group in effect.groups):
        return "the figures under `sd` may be standard errors: then record them as `se`"
    if root and 0.6 < times * root < 1.6 and any(group.se for group in effect.groups):
        return "the figures under `se` may be standard deviations: then record them as `sd`"
    return "check standard deviations, numbers of people and interval against the source"
