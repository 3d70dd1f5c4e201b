"""Rules about what values a scale allows: spreads that fit between its ends, and means of whole numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from ..model import Effect, Figure, Instrument, Measure, Study
from ..problem import Severity, Where
from .contrasts import groups, people
from .distributions import critical
from .rounding import Band, band
from .rule import Base, Finding, rule

NARROW = 0.04
"""An SD of less than this share of a scale's width is unlikely among people with back pain."""

_Row = tuple[Where, Figure | None, Figure, str, int | None]


def _spreads(study: Study, base: Base) -> Iterator[tuple[_Row, Effect, Instrument]]:
    """Yield every mean with its spread on an instrument with known ends: place, mean, spread, its name and people."""
    for at, effect, group in groups(study):
        instrument = base.evidence.vocabularies.instruments.get(effect.instrument or "")
        if instrument is None or instrument.range is None:
            continue
        for name in ("sd", "se"):
            if (spread := getattr(group, name)) is not None:
                yield ((*at, name), group.mean, spread, name, group.n), effect, instrument
        if group.start is not None and group.start.sd is not None:
            yield ((*at, "start", "sd"), group.start.mean, group.start.sd, "sd", group.start.n), effect, instrument


@rule("study")
def spread_within_scale(study: Study, base: Base) -> Iterator[Finding]:
    """A standard deviation is no larger than the scale allows at that mean.

    On a scale from L to H, n people with the mean m have a standard deviation of at most √((m − L)(H − m) n/(n − 1)),
    reached when everybody sits at one end or the other (Bhatia and Davis 2000, doi:10.1080/00029890.2000.12005203). At
    an end of the scale it is zero. A larger one is a figure of another row, or the scale is another. Changes can run
    from L − H to H − L.

    Wrong: on 0-10, `mean: "1.2"`, `sd: "4.9"`. Right: `mean: "1.2"`, `sd: "1.9"`.
    """
    for (at, mean, spread, name, n), effect, instrument in _spreads(study, base):
        low, high = (bound.value for bound in instrument.range or ())
        if effect.values == "change" and "start" not in at:
            low, high = low - high, high - low
        if n is not None and n < 2:
            continue
        most = _largest(mean, low, high, n) / (math.sqrt(n or 2) if name == "se" else 1)
        if band(spread).low > most + 1e-9:
            word = {"sd": "standard deviation", "se": "standard error"}[name]
            where = f"with a mean of {mean} " if mean is not None else ""
            message = f"a {word} of {spread} {where}cannot be on {low:g} to {high:g}: {most:.2g} at most"
            yield Finding(at, message, "is it a variance, or does it stand in another row or on another scale?")


def _largest(mean: Figure | None, low: float, high: float, n: int | None) -> float:
    room = band(mean) if mean is not None else Band(low, high)
    nearest = min(max((low + high) / 2, room.low), room.high)
    correction = n / (n - 1) if n else 2.0
    return math.sqrt(max((nearest - low) * (high - nearest), 0.0) * correction)


@rule("study", Severity.WARNING)
def spread_wide_enough(study: Study, base: Base) -> Iterator[Finding]:
    """A standard deviation is wide enough for the scale it is on.

    People with back pain differ: on the scales used for them, standard deviations are a tenth to a third of the width
    of the scale. One below a twenty-fifth is most often a standard error typed as a standard deviation, or a value
    on 0-10 recorded on a scale of 0-100. Nearly half of the most cited meta-analyses of one field used a standard
    error as a standard deviation somewhere (Kadlec, Sainani and Nimphius 2023, doi:10.1007/s40279-022-01766-0).
    """
    for (at, mean, spread, name, n), _, instrument in _spreads(study, base):
        low, high = (bound.value for bound in instrument.range or ())
        width = high - low
        at_an_end = mean is not None and min(mean.value - low, high - mean.value) < NARROW * width
        if (
            name == "sd"
            and spread.value > 0
            and band(spread).high < NARROW * width
            and not at_an_end
            and (n is None or n >= 5)
        ):
            message = f"a standard deviation of {spread} is small on a scale of {low:g} to {high:g}"
            yield Finding(at, message, _what_else(spread.value, width, n))
    yield from _narrow_intervals(study, base)


def _what_else(spread: float, width: float, n: int | None) -> str:
    found = []
    if n and 0.08 <= spread * math.sqrt(n) / width <= 0.45:
        found.append(f"a standard error? then the standard deviation is {spread * math.sqrt(n):.1f}")
    if 0.08 <= 10 * spread / width <= 0.45:
        found.append("a value on a scale ten times shorter?")
    return "; ".join(found) or "look at the source again"


def _narrow_intervals(study: Study, base: Base) -> Iterator[Finding]:
    """Yield intervals of a trial's mean differences that make an impossible or unlikely SD within the groups."""
    for index, effect in enumerate(study.effects):
        instrument = base.evidence.vocabularies.instruments.get(effect.instrument or "")
        total = people(study, effect)
        usable = effect.ci is not None and total and total >= 10 and 50 <= effect.level.value < 100
        if instrument is None or instrument.range is None or not usable or total is None or effect.ci is None:
            continue
        if effect.measure is not Measure.MEAN_DIFFERENCE or len(study.arms) < 2:
            continue
        low, high = (bound.value for bound in instrument.range)
        half = (band(effect.ci[1]) - band(effect.ci[0])).times(0.5)
        spread = half.times(math.sqrt(total) / 2 / critical(effect.level.value))
        if spread.high < NARROW * (high - low) or spread.low > 0.75 * (high - low):
            message = f"with {total} people the interval makes a standard deviation of about {spread.middle:.2g}"
            hint = f"on a scale of {low:g} to {high:g}; is it another scale, or another number of people?"
            yield Finding(("effects", index, "ci"), message, hint)


def _whole(study: Study, base: Base) -> Iterator[tuple[Where, Figure, Figure | None, int, float]]:
    """Yield means of values with known steps: place, mean, standard deviation, people, step."""
    for at, effect, group in groups(study):
        instrument = base.evidence.vocabularies.instruments.get(effect.instrument or "")
        if instrument is None or instrument.step is None or effect.values == "adjusted" or effect.adjusted_for:
            continue
        step = instrument.step.value.value
        if group.mean is not None and group.n:
            yield at, group.mean, group.sd, group.n, step
        if group.start is not None and group.start.mean is not None and group.start.n:
            yield (*at, "start"), group.start.mean, group.start.sd, group.start.n, step


def _sums(mean: Figure, n: int, step: float) -> range:
    """Return the whole numbers of steps that n people can have together, given the rounded mean."""
    unit = Fraction(n) / Fraction(str(step))
    half = Fraction(1, 2 * 10**mean.decimals)
    return range(math.ceil((Fraction(mean) - half) * unit), math.floor((Fraction(mean) + half) * unit) + 1)


@rule("study", Severity.WARNING)
def mean_of_steps(study: Study, base: Base) -> Iterator[Finding]:
    """A mean of whole numbers is one that so many people can have (the GRIM test).

    The answers of n people to a scale of whole numbers add up to a whole number, so their mean is a multiple of 1/n: a
    mean of 3.48 of 20 people cannot be (Brown and Heathers 2017, doi:10.1177/1948550616673876). It is tried on
    instruments whose `step` is known, and says something only where n is small for the decimals printed. A mean of
    several ratings a person, or of imputed values, need not pass: then an exception says so.
    """
    for at, mean, _, n, step in _whole(study, base):
        if not _sums(mean, n, step):
            unit = step / n
            counts = (math.floor(mean.value / unit), math.ceil(mean.value / unit))
            near = [f"{unit * count:.{mean.decimals}f}" for count in counts]
            message = f"{n} people with values in steps of {step:g} cannot have a mean of {mean}"
            yield Finding((*at, "mean"), message, f"nearest are {' and '.join(near)}; or is n another number?")


@rule("study", Severity.WARNING)
def spread_of_steps(study: Study, base: Base) -> Iterator[Finding]:
    """A standard deviation of whole numbers is one that so many people with that mean can have (the GRIMMER test).

    The squares of whole numbers add up to a whole number, which is even where their sum is even and odd where it is
    odd; together with the mean that leaves few standard deviations to a small group (Anaya 2016,
    doi:10.7287/peerj.preprints.2400v1, in the analytic form of Allard 2018). Instruments need a known `step`.
    """
    for at, mean, spread, n, step in _whole(study, base):
        sums = _sums(mean, n, step)
        if spread is None or n < 2 or not sums or len(sums) * n > 2000:
            continue
        if not any(_squares(total, spread, n, step) for total in sums):
            message = f"{n} people with values in steps of {step:g} and a mean of {mean} cannot have an SD of {spread}"
            yield Finding((*at, "sd"), message, "look at mean, standard deviation and number of people again")


def _squares(total: int, spread: Figure, n: int, step: float) -> bool:
    """Say whether some whole sum of squares of the right parity gives that standard deviation."""
    room = band(spread)
    low = max(room.low, 0.0) / step
    bottom = Fraction(total * total, n) + Fraction(low) ** 2 * (n - 1)
    top = Fraction(total * total, n) + Fraction(room.high / step) ** 2 * (n - 1)
    slack = Fraction(1, 10**7)
    first, last = math.ceil(bottom - slack), math.floor(top + slack)
    first += (first - total) % 2
    return first <= last
