"""Rules about figures from which an effect size is worked out: are they possible, and do they fit one another?"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import ArmData, Effect, Figure, Measure, Study
from ..problem import Severity, Where
from .rule import Base, Finding, rule


def _groups(study: Study) -> Iterator[tuple[Where, Effect, ArmData]]:
    """Yield every group of every effect, with the path to it."""
    for index, effect in enumerate(study.effects):
        for position, group in enumerate(effect.groups):
            yield ("effects", index, "groups", position), effect, group


@rule("study", in_browser=True)
def spread_positive(study: Study, base: Base) -> Iterator[Finding]:
    """A standard deviation or a standard error is above zero.

    A spread of zero would say that everybody answered the same, and would give the study all the weight in a pool. It
    is a slip, or a value rounded to nothing: leave it out and say so under `extraction.unseen`.
    """
    for at, _, group in _groups(study):
        found = [(("sd",), group.sd), (("se",), group.se), (("start", "sd"), group.start.sd if group.start else None)]
        for name, figure in found:
            yield from _not_above_zero((*at, *name), figure)
    for index, effect in enumerate(study.effects):
        yield from _not_above_zero(("effects", index, "se"), effect.se)


def _not_above_zero(at: Where, figure: Figure | None) -> Iterator[Finding]:
    if figure is not None and figure.value <= 0:
        yield Finding(
            at, f"a spread of {figure} cannot be", "look at the source again; leave out what it does not give"
        )


@rule("study", in_browser=True)
def people_enough(study: Study, base: Base) -> Iterator[Finding]:
    """A mean with a spread rests on two people at least.

    One person has a value, but no spread; nobody has neither. The number belongs to another column of the table, or the
    figures to another group.
    """
    for at, _, group in _groups(study):
        spread = (group.sd, group.se, group.ci, group.iqr, group.range)
        if group.n is not None and group.n < 2 and any(figure is not None for figure in spread):
            yield Finding((*at, "n"), f"a spread cannot rest on {group.n} people", "look at the source again")


@rule("study", in_browser=True)
def level_possible(study: Study, base: Base) -> Iterator[Finding]:
    """The level of a confidence interval lies between 50 and 100 percent.

    The level is a percentage: `level: "90"`, not 0.90. Intervals at any level can be used; one said to be at the
    wrong level makes a study look more or less certain than it is.
    """
    for index, effect in enumerate(study.effects):
        if not 50 <= effect.level.value < 100:
            message = f"a confidence interval at {effect.level}% cannot be"
            yield Finding(("effects", index, "level"), message, 'write percent: "95", "90", "99"')
        if effect.one_sided is not None and not 50 < effect.one_sided.level.value < 100:
            message = f"a one-sided interval at {effect.one_sided.level}% cannot be"
            yield Finding(("effects", index, "one_sided", "level"), message, 'write percent: "95", "97.5"')


@rule("study", in_browser=True)
def quantiles_in_order(study: Study, base: Base) -> Iterator[Finding]:
    """Median, quartiles and range of a group are in order, and the interval of its mean holds the mean.

    The lowest value is no higher than the first quartile, that no higher than the median, and so on. A mean outside its
    own interval is a slip, or stands in another row.
    """
    for at, _, group in _groups(study):
        low, high = group.range or (None, None)
        first, third = group.iqr or (None, None)
        known = [figure.value for figure in (low, first, group.median, third, high) if figure is not None]
        if known != sorted(known):
            name = "iqr" if group.iqr else "range"
            yield Finding((*at, name), "median, quartiles and range are out of order", "lowest first, highest last")
        if group.ci is None:
            continue
        lower, upper = group.ci
        holds = group.mean is None or lower.value <= group.mean.value <= upper.value
        if lower.value >= upper.value or not holds:
            message = f"the interval {lower} to {upper} cannot be that of the mean"
            yield Finding((*at, "ci"), message, "the lower bound comes first, and the mean lies between the two")


@rule("study", in_browser=True)
def percent_possible(study: Study, base: Base) -> Iterator[Finding]:
    """A percentage of people lies between 0 and 100.

    More than everybody cannot have the event. A number above 100 is a count of people, or of events that can happen to
    one person more than once: then give `events` with `person_time`.
    """
    for at, _, group in _groups(study):
        if group.percent is not None and not 0 <= group.percent.value <= 100:
            yield Finding((*at, "percent"), f"{group.percent}% of people cannot be", "is it a count?")
    for index, effect in enumerate(study.effects):
        if effect.measure is Measure.PROPORTION and effect.estimate and not 0 <= effect.estimate.value <= 100:
            yield Finding(("effects", index, "estimate"), f"{effect.estimate}% of people cannot be", "is it a count?")


@rule("study", Severity.WARNING, in_browser=True)
def percent_fits_events(study: Study, base: Base) -> Iterator[Finding]:
    """A percentage, the number of people with the event and the number of people agree.

    18% of 500 people are 90. Where the source itself is at odds, its percentage often rests on another number of
    people: record the number that the events were counted in, and say so in a `note`.
    """
    for at, _, group in _groups(study):
        if group.percent is None or group.events is None or not group.n or group.person_time is not None:
            continue
        share = 100 * group.events / group.n
        if abs(share - group.percent.value) > group.percent.half_unit + 1e-9:
            message = f"{group.events} of {group.n} is {share:.{group.percent.decimals + 1}f}%, not {group.percent}%"
            yield Finding((*at, "percent"), message, "which of the three does the source give for this group?")


@rule("study", Severity.WARNING, in_browser=True)
def means_make_difference(study: Study, base: Base) -> Iterator[Finding]:
    """The means of the two arms make the mean difference, within their rounding.

    The mean of the intervention less that of the comparator is the difference, signs as on the instrument. An estimate
    that was adjusted (`values: adjusted`, or `adjusted_for`) is another number and is not compared.
    """
    for index, effect in enumerate(study.effects):
        if effect.measure is not Measure.MEAN_DIFFERENCE or effect.estimate is None or effect.arms is None:
            continue
        if effect.values == "adjusted" or effect.adjusted_for is not None:
            continue
        seen = {group.group: group.mean for group in effect.groups}
        sides = (effect.arms.intervention, effect.arms.comparator)
        means = [seen.get(side[0]) if len(side) == 1 else None for side in sides]
        first, second = means
        if first is None or second is None:
            continue
        difference = first.value - second.value
        room = first.half_unit + second.half_unit + effect.estimate.half_unit + 1e-9
        if abs(difference - effect.estimate.value) > room:
            digits = max(first.decimals, second.decimals)
            message = f"the means {first} and {second} differ by {difference:.{digits}f}, not {effect.estimate}"
            hint = "adjusted? then say `values: adjusted`; otherwise check figures, signs and arms"
            yield Finding(("effects", index, "estimate"), message, hint)


@rule("study", in_browser=True)
def clusters_possible(study: Study, base: Base) -> Iterator[Finding]:
    """A cluster has more than one person, and an intracluster correlation lies between 0 and 1.

    Where groups were randomised and the figures take no account of it, the effective number of people is smaller by the
    design effect 1 + (size − 1) × ICC. A negative coefficient is an estimate by chance: record 0.
    """
    for index, effect in enumerate(study.effects):
        if effect.clusters is None:
            continue
        size, icc = effect.clusters.size, effect.clusters.icc
        at: Where = ("effects", index, "clusters")
        if size.value <= 1:
            yield Finding((*at, "size"), f"a cluster of {size} is no cluster", "give the mean number of people in one")
        if not 0 <= icc.value <= 1:
            yield Finding((*at, "icc"), f"an intracluster correlation of {icc} cannot be", "it lies between 0 and 1")


@rule("study", Severity.WARNING, in_browser=True)
def instrument_named(study: Study, base: Base) -> Iterator[Finding]:
    """A mean difference names the instrument whose points it is in.

    Without it nobody knows how much a point is, and the difference can enter no pool. Where the source does not say
    which instrument it was, that stands under `extraction.unseen`, with an exception for this rule:
    `exceptions: [{rule: instrument-named, reason: {en: The abstract names no instrument.}}]`. Outcomes for which there
    are no instruments (days of sick leave) need none.
    """
    measured = {term.outcome for term in base.evidence.vocabularies.instruments.values()}
    for index, effect in enumerate(study.effects):
        if effect.measure is Measure.MEAN_DIFFERENCE and effect.instrument is None and effect.outcome in measured:
            message = "a mean difference without an instrument cannot enter a pool"
            hint = "name the instrument; not told? list it under `extraction.unseen`, with an exception for this rule"
            yield Finding(("effects", index, "measure"), message, hint)
