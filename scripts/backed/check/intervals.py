"""Is an interval as wide on one side of its estimate as on the other, and as wide as its scale makes it?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from ..model import Effect, Figure, Measure, Study
from ..problem import Severity, Where
from .contrasts import MOST, people
from .distributions import critical
from .rounding import Band, band
from .rule import Base, Finding, rule
from .slips import mended

LOPSIDED = 0.02
"""How much wider one side of an interval may be, beyond rounding, as a share of half the interval."""

_Scale = Callable[[float], float]
_NOT_SYMMETRIC = frozenset({Measure.PROPORTION, Measure.PERCENT_CHANGE, Measure.ARM_LEVEL})


def _same(value: float) -> float:
    return value


def _scales(effect: Effect) -> tuple[_Scale, ...]:
    """Return the scales on which the interval of an effect may be symmetric; none where nothing can be said."""
    figures = (effect.estimate, *(effect.ci or ()))
    if effect.measure in _NOT_SYMMETRIC or any(figure is None for figure in figures):
        return ()
    bands = [band(figure) for figure in figures if figure is not None]
    if effect.measure.is_ratio:
        return (math.log,) if all(one.low > 0 for one in bands) else ()
    if effect.measure is Measure.CORRELATION:
        return (math.atanh, _same) if all(one.low > -1 and one.high < 1 for one in bands) else (_same,)
    return (_same,)


_BACK: Mapping[_Scale, _Scale] = {math.log: math.exp, math.atanh: math.tanh}


@rule("study", Severity.WARNING)
def ci_symmetric(study: Study, base: Base) -> Iterator[Finding]:
    """A confidence interval reaches as far below its estimate as above it, on the scale on which it was worked out.

    Differences are symmetric as they stand, ratios on the logarithmic scale, correlations as they stand or as Fisher's
    z (Cochrane Handbook 6.5, sections 6.3.1 and 6.3.2). Rounding of all three figures is allowed for. A side that is
    too short or too long is most often a digit typed wrongly in one of the three. Exact, bootstrap and
    profile-likelihood intervals need not be symmetric: where the source says that it used one, or prints the figures
    so, add an exception with that reason.

    Wrong: `estimate: "1.85"`, `ci: ["1.07", "3.02"]`. Right: `ci: ["1.07", "3.20"]`.
    """
    for index, effect in enumerate(study.effects):
        for at, estimate, ci, scales in _intervals(effect):
            lower, upper = ci
            inside = lower.value <= estimate.value <= upper.value
            if inside and all(_lopsided(estimate, lower, upper, scale) for scale in scales):
                yield _lopsided_finding(("effects", index, *at), estimate, ci, scales[0])


def _intervals(effect: Effect) -> Iterator[tuple[Where, Figure, tuple[Figure, Figure], tuple[_Scale, ...]]]:
    scales = _scales(effect)
    if scales and effect.estimate is not None and effect.ci is not None:
        yield (), effect.estimate, effect.ci, scales
    for position, group in enumerate(effect.groups):
        if group.mean is not None and group.ci is not None:
            yield ("groups", position), group.mean, group.ci, (_same,)


def _lopsided(estimate: Figure, lower: Figure, upper: Figure, scale: _Scale) -> bool:
    low, middle, high = (band(figure).through(scale) for figure in (lower, estimate, upper))
    excess = (low + high - middle.times(2)).gap(Band(0, 0))
    return excess > LOPSIDED * (high.middle - low.middle) / 2


def _lopsided_finding(at: Where, estimate: Figure, ci: tuple[Figure, Figure], scale: _Scale) -> Finding:
    back = _BACK.get(scale, _same)
    low, middle, high = (band(figure).through(scale) for figure in (ci[0], estimate, ci[1]))
    name = "mean" if at[-2:-1] == ("groups",) else "estimate"
    would_be = (
        (("ci", 1), ci[1], (middle.times(2) - low).through(back)),
        (("ci", 0), ci[0], (middle.times(2) - high).through(back)),
        ((name,), estimate, (low + high).times(0.5).through(back)),
    )
    log = " on the logarithmic scale" if scale is math.log else ""
    message = f"the interval {ci[0]} to {ci[1]} is not symmetric about {estimate}{log}"
    for place, figure, room in would_be:
        if meant := mended(figure, room):
            return Finding((*at, *place), message, f"did you type {figure} for {meant}?")
    hint = f"with {estimate} and {ci[0]} the upper bound would be about {would_be[0][2].middle:.{ci[1].decimals}f}"
    return Finding((*at, "ci", 1), message, hint)


NARROW, WIDE = 0.03, 0.6
"""Standard deviations, as shares of the width of a scale, beyond which an interval is not on that scale."""


@rule("study", Severity.WARNING)
def interval_fits_scale(study: Study, base: Base) -> Iterator[Finding]:
    """The interval of a difference is one that people on that scale can make.

    From half the width of the interval and the number of people follows a standard deviation: SE × √n / 2 for two
    groups of equal size (Cochrane Handbook 6.5, section 6.5.2.3). On a scale it is at most half its width (Bhatia and
    Davis 2000, doi:10.1080/00029890.2000.12005203), and hardly ever below a thirtieth. Beyond that, figures on 0-10
    stand under an instrument of 0-100 or the other way round, or the number of people is another. Of a pooled effect,
    only an interval that is too narrow is told, since differences between studies widen it.
    """
    for index, effect in enumerate(study.effects):
        instrument = base.evidence.vocabularies.instruments.get(effect.instrument or "")
        made = _deviation(study, effect)
        if made is None or instrument is None or instrument.range is None:
            continue
        low, high = instrument.range
        width = high.value - low.value
        pooled = effect.amount is not None or study.review is not None
        widest = WIDE * width * (2 if effect.values == "change" else 1)
        if width > 0 and (made.high < NARROW * width or (made.low > widest and not pooled)):
            message = f"the interval makes a standard deviation of {made.middle:.2g} on {low} to {high}"
            hint = "is it on another scale, or is the number of people wrong?"
            yield Finding(("effects", index, "instrument"), message, hint)


def _deviation(study: Study, effect: Effect) -> Band | None:
    """Return the standard deviation that the interval of a mean difference and the number of people make."""
    total = _people(study, effect)
    if effect.measure is not Measure.MEAN_DIFFERENCE or effect.ci is None or effect.clusters is not None:
        return None
    whole = band(effect.ci[1]) - band(effect.ci[0])
    if total is None or total.high < 10 or whole.low <= 0 or not 50 <= effect.level.value < 100:
        return None
    roots = total.through(math.sqrt).times(1 / 4 / critical(effect.level.value))
    return Band(whole.low * roots.low, whole.high * roots.high)


def _people(study: Study, effect: Effect) -> Band | None:
    """Return on how many people a difference rests; for a trial whose arms were not seen, from half of all on."""
    known = effect.amount.participants if effect.amount else people(study, effect)
    if known:
        return Band(known, known)
    whole = study.population.n.headline
    if not whole or whole > MOST or study.review is not None or effect.amount is not None or effect.arms is None:
        return None
    named = len({*effect.arms.intervention, *effect.arms.comparator})
    return Band(whole * named / max(len(study.arms), named) / 2, whole)
