"""Rules about the figures of the arms beside one another: the ratio they make, the size of the effect, the start."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from ..model import ArmData, Effect, Measure, Study, falls_under
from ..problem import Severity, Where
from .contrasts import deviation, groups, is_adjusted, people, two_sides
from .distributions import critical, two_sided
from .rounding import band
from .rule import Base, Finding, rule

LARGE = 3.0
"""Above this a standardised difference between groups is more often an error than a result."""

CHANCE = 0.001
"""P-value below which groups made by chance are said to differ beyond chance at the start."""


@rule("study", Severity.WARNING)
def events_make_ratio(study: Study, base: Base) -> Iterator[Finding]:
    """The events in the two groups make the ratio or the difference that is recorded.

    33 of 50 against 10 of 51 is a risk ratio of 3.37 and an odds ratio of 7.96. Formulas as in the Cochrane Handbook
    6.5, section 6.4.1. Adjusted estimates are another number and are not compared; stratified ones may differ by 2%.
    """
    for index, effect in enumerate(study.effects):
        sides = two_sides(effect)
        made = _made(effect, *sides) if sides and not is_adjusted(effect) else None
        if made is None or effect.estimate is None:
            continue
        allowed = band(effect.estimate)
        room = 0.02 * abs(made)
        if not allowed.low - room <= made <= allowed.high + room:
            turned = effect.measure.is_ratio and allowed.low * 0.98 <= 1 / made <= allowed.high * 1.02
            message = (
                f"the events make a {effect.measure} of {made:.{effect.estimate.decimals}f}, not {effect.estimate}"
            )
            hint = (
                "the two sides look exchanged" if turned else "adjusted? then say `adjusted_for`; else check the counts"
            )
            yield Finding(("effects", index, "estimate"), message, hint)


def _made(effect: Effect, first: ArmData, second: ArmData) -> float | None:
    a, n1, c, n2 = first.events, first.n, second.events, second.n
    if a is None or c is None or not n1 or not n2 or first.person_time or second.person_time:
        return None
    if effect.measure is Measure.RISK_DIFFERENCE:
        return a / n1 - c / n2
    if 0 in (a, c, n1 - a, n2 - c):
        return None
    if effect.measure is Measure.RISK_RATIO:
        return (a / n1) / (c / n2)
    return (a * (n2 - c)) / (c * (n1 - a)) if effect.measure is Measure.ODDS_RATIO else None


@rule("study", Severity.WARNING)
def effect_size_likely(study: Study, base: Base) -> Iterator[Finding]:
    """A standardised difference between two groups is no larger than 3 standard deviations.

    Of the standardised differences above 3 in the most cited meta-analyses of one field, three in five came from a
    standard error used as a standard deviation (Kadlec, Sainani and Nimphius 2023, doi:10.1007/s40279-022-01766-0).
    Looked at are printed standardised differences, those that the means of two groups make, and those that estimate,
    interval and numbers of people make.
    """
    for index, effect in enumerate(study.effects):
        at: Where = ("effects", index)
        printed = effect.measure is Measure.STANDARDISED_MEAN_DIFFERENCE and effect.estimate is not None
        if printed and effect.estimate and abs(effect.estimate.value) > LARGE:
            message = f"a standardised difference of {effect.estimate} is larger than almost any true one"
            yield Finding((*at, "estimate"), message, "is it in points of a scale, or was it worked out with an SE?")
        yield from _large_by_arms(effect, at)
        yield from _large_by_interval(study, effect, at)


def _large_by_arms(effect: Effect, at: Where) -> Iterator[Finding]:
    for (i, first), (j, second) in combinations(enumerate(effect.groups), 2):
        spreads = (deviation(first), deviation(second))
        if first.mean is None or second.mean is None or spreads[0] is None or spreads[1] is None:
            continue
        pooled = math.sqrt((spreads[0].middle ** 2 + spreads[1].middle ** 2) / 2)
        size = abs(first.mean.value - second.mean.value) / pooled
        if size > LARGE:
            place = i if spreads[0].middle <= spreads[1].middle else j
            name = "sd" if effect.groups[place].sd is not None else "se"
            n = effect.groups[place].n
            less = f"; as standard errors the spreads make {size / math.sqrt(n):.1f}" if n and name == "sd" else ""
            message = f"the means {first.mean} and {second.mean} differ by {size:.1f} standard deviations"
            yield Finding((*at, "groups", place, name), message, f"check the means and the spreads{less}")


def _large_by_interval(study: Study, effect: Effect, at: Where) -> Iterator[Finding]:
    total = people(study, effect)
    if effect.measure is not Measure.MEAN_DIFFERENCE or effect.ci is None or effect.estimate is None or not total:
        return
    half = (effect.ci[1].value - effect.ci[0].value) / 2
    if half <= 0 or not 50 <= effect.level.value < 100:
        return
    spread = half / critical(effect.level.value) * math.sqrt(total) / 2
    if abs(effect.estimate.value) > LARGE * spread:
        message = (
            f"with {total} people the interval makes {abs(effect.estimate.value) / spread:.1f} standard deviations"
        )
        yield Finding((*at, "ci"), message, "check estimate, interval and numbers of people")


@rule("study", Severity.WARNING)
def baseline_balanced(study: Study, base: Base) -> Iterator[Finding]:
    """Groups made by chance do not differ beyond chance before treatment.

    The means at the start of two arms of a randomised trial are compared by t = difference / √(SD₁²/n₁ + SD₂²/n₂), as
    Carlisle did for thousands of trials (2017, doi:10.1111/anae.13938). A p-value below 0.001 points to figures of
    another row, a standard error typed as a standard deviation, or to trouble with the randomisation itself.
    """
    if not falls_under(base.evidence.vocabularies.designs, study.design.type, ("randomised-trial",)):
        return
    for index, effect in enumerate(study.effects):
        for (_, first), (position, second) in combinations(enumerate(effect.groups), 2):
            p = _difference_at_start(first, second)
            if p is not None and p < CHANCE and first.start and second.start:
                at: Where = ("effects", index, "groups", position, "start", "mean")
                message = f"the means at the start, {first.start.mean} and {second.start.mean}, differ beyond chance"
                yield Finding(at, f"{message} (p {p:.1g})", "look at means, spreads and numbers in the source again")


def _difference_at_start(first: ArmData, second: ArmData) -> float | None:
    starts = (first.start, second.start)
    if any(start is None or not start.mean or not start.sd or not start.n or start.n < 2 for start in starts):
        return None
    (m1, s1, n1), (m2, s2, n2) = (
        (start.mean.value, start.sd.value, start.n) for start in starts if start and start.mean and start.sd and start.n
    )
    error = math.sqrt(s1**2 / n1 + s2**2 / n2)
    return two_sided((m1 - m2) / error, n1 + n2 - 2.0) if error > 0 else None


@rule("study", Severity.WARNING)
def percent_alone_fits(study: Study, base: Base) -> Iterator[Finding]:
    """A percentage without its count is one that so many people can have.

    Of 26 people 73% can have the event (19), 72% cannot: the percentage of a count is a multiple of 100/n. It is the
    GRIM test on a mean of noughts and ones (Brown and Heathers 2017, doi:10.1177/1948550616673876), and says something
    only for small groups.
    """
    for at, _, group in groups(study):
        if group.percent is None or group.events is not None or not group.n or group.person_time is not None:
            continue
        count = round(group.percent.value * group.n / 100)
        off = abs(100 * count / group.n - group.percent.value)
        if 0 <= group.percent.value <= 100 and off > group.percent.half_unit + 1e-9:
            message = f"{group.percent}% of {group.n} people is no whole number of people"
            hint = f"{count} of {group.n} is {100 * count / group.n:.{group.percent.decimals}f}%"
            yield Finding((*at, "percent"), message, f"{hint}; which number of people does it rest on?")
