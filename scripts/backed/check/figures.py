"""Rules about figures: do they agree with one another and with what the source prints?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from ..model import ArmData, Counts, Effect, Figure, Source, Study
from ..problem import Where
from .printed import agrees, computed, numbers_in
from .rule import Base, Finding, rule
from .walk import each


@rule("study", in_browser=True)
def ci_contains_estimate(study: Study, base: Base) -> Iterator[Finding]:
    """A confidence interval contains its estimate, and its lower bound comes first.

    An interval that does not contain its own estimate is a slip of typing, or belongs to another row of the table.
    The signs follow the instrument: 15 points less pain with an interval of 12 to 18 is `estimate: "-15"`,
    `ci: ["-18", "-12"]`.

    Wrong: `estimate: "2.52"`, `ci: ["2.65", "3.86"]`. Right: `estimate: "2.52"`, `ci: ["1.65", "3.86"]`.
    """
    for index, effect in enumerate(study.effects):
        prints = f'the source prints "{effect.source.printed}"' if effect.source.printed else "look at the source again"
        side = effect.one_sided
        if side and effect.estimate and not side.holds(effect.estimate.value):
            message = (
                f"the one-sided interval with the bound {side.bound} does not contain the estimate {effect.estimate}"
            )
            yield Finding(("effects", index, "one_sided"), message, f"is it the other side's bound? {prints}")
        if effect.ci is None:
            continue
        lower, upper = effect.ci
        at: Where = ("effects", index, "ci")
        if lower.value > upper.value:
            yield Finding(
                at, f"the lower bound {lower} is above the upper bound {upper}", "the smaller number comes first"
            )
        elif effect.estimate and not lower.value <= effect.estimate.value <= upper.value:
            message = f"the interval {lower} to {upper} does not contain the estimate {effect.estimate}"
            yield Finding(at, message, f"check for a typing slip; {prints}")


@rule("study", in_browser=True)
def ratio_is_positive(study: Study, base: Base) -> Iterator[Finding]:
    """A ratio and its interval are above zero; a correlation or a risk difference lies between -1 and 1.

    Risk, odds, rate and hazard ratios cannot be zero or negative. A negative number here is a logarithm, a difference,
    or a percentage typed as a ratio. A risk difference of 12 in 100 people is 0.12.
    """
    for index, effect in enumerate(study.effects):
        for name, figure in _estimates(effect):
            at: Where = ("effects", index, *name)
            if effect.measure.is_ratio and figure.value <= 0:
                yield Finding(at, f"the {effect.measure} cannot be {figure}", "is it a logarithm, or another measure?")
            if effect.measure in {"correlation", "risk-difference"} and abs(figure.value) > 1:
                yield Finding(at, f"the {effect.measure} cannot be {figure}", "it lies between -1 and 1")
        for position, group in enumerate(effect.groups):
            if group.correlation is not None and abs(group.correlation.value) > 1:
                spot: Where = ("effects", index, "groups", position, "correlation")
                yield Finding(spot, f"the correlation cannot be {group.correlation}", "it lies between -1 and 1")


def _estimates(effect: Effect) -> Iterator[tuple[Where, Figure]]:
    if effect.estimate is not None:
        yield ("estimate",), effect.estimate
    for position, bound in enumerate(effect.ci or ()):
        yield ("ci", position), bound
    if effect.one_sided is not None:
        yield ("one_sided", "upper" if effect.one_sided.lower is None else "lower"), effect.one_sided.bound


@rule("study", in_browser=True)
def scale_fits(study: Study, base: Base) -> Iterator[Finding]:
    """An effect's instrument measures its outcome, and its figures are possible on that instrument's range.

    A mean outside the range, or a difference larger than the whole scale, means that the figure or the instrument is
    wrong: a 0-10 scale recorded as 0-100, or a percentage recorded as points.
    """
    instruments = base.evidence.vocabularies.instruments
    for index, effect in enumerate(study.effects):
        instrument = instruments.get(effect.instrument or "")
        if instrument is None:
            continue
        at: Where = ("effects", index)
        if instrument.outcome != effect.outcome:
            message = f"the instrument {effect.instrument} measures {instrument.outcome}, not {effect.outcome}"
            yield Finding((*at, "instrument"), message, "choose the instrument or the outcome that fits")
        if instrument.range is None:
            continue
        low, high = (bound.value for bound in instrument.range)
        for name, figure in _estimates(effect):
            if effect.measure in {"mean-difference", "mean-change"} and abs(figure.value) > high - low:
                yield Finding((*at, *name), f"a difference of {figure} is wider than the scale {low:g} to {high:g}")
        for position, group in enumerate(effect.groups):
            for name, figure, changed in _values(group, effect.values == "change"):
                lowest, highest = (low - high, high - low) if changed else (low, high)
                if not lowest <= figure.value <= highest:
                    message = (
                        f"{_KINDS[name[-1], changed]} of {figure} is not possible on the scale {low:g} to {high:g}"
                    )
                    yield Finding((*at, "groups", position, *name), message, "is it of another row, or another scale?")


_KINDS: Mapping[tuple[str | int, bool], str] = {
    ("mean", False): "a mean",
    ("mean", True): "a mean change",
    ("median", False): "a median",
    ("median", True): "a median change",
    (0, False): "a value",
    (0, True): "a change",
    (1, False): "a value",
    (1, True): "a change",
}


def _values(group: ArmData, changed: bool) -> Iterator[tuple[Where, Figure, bool]]:
    """Yield what stands on the scale itself, and whether it is a change on it; what was seen at the start is none."""
    for name in ("mean", "median"):
        if (figure := getattr(group, name)) is not None:
            yield (name,), figure, changed
    for name in ("iqr", "range"):
        for place, figure in enumerate(getattr(group, name) or ()):
            yield (name, place), figure, changed
    if group.start is not None and group.start.mean is not None:
        yield ("start", "mean"), group.start.mean, False


@rule("study", in_browser=True)
def n_adds_up(study: Study, base: Base) -> Iterator[Finding]:
    """Numbers of people fit together: analysed <= randomised <= enrolled <= eligible, and the arms sum to the whole.

    People can leave a study, never join it late: a later stage cannot be larger than an earlier one. The numbers
    randomised to the arms add up to the number randomised; groups together are no more than were analysed; events
    cannot exceed the people they were counted in.
    """
    n = study.population.n
    yield from _stages(n, ("population", "n"))
    randomised = [arm.n.randomised for arm in study.arms]
    if study.arms and n.randomised is not None and None not in randomised:
        total = sum(count or 0 for count in randomised)
        if total != n.randomised:
            message = f"the arms sum to {total} randomised, the whole study has {n.randomised}"
            yield Finding(("population", "n", "randomised"), message, "is an arm missing, or were some left out later?")
    grouped = [group.n for group in study.population.groups]
    if grouped and None not in grouped and n.analysed is not None and sum(g or 0 for g in grouped) > n.analysed:
        message = f"the groups sum to {sum(g or 0 for g in grouped)}, but only {n.analysed} were analysed"
        yield Finding(("population", "groups"), message)
    for index, arm in enumerate(study.arms):
        for stage in ("completed", "analysed"):
            count, start = getattr(arm.n, stage), arm.n.randomised
            if count is not None and start is not None and count > start:
                yield Finding(("arms", index, "n", stage), f"{count} {stage} of only {start} randomised")
    yield from _events(study)


def _stages(n: Counts, at: Where) -> Iterator[Finding]:
    order = [("eligible", n.eligible), ("enrolled", n.enrolled), ("randomised", n.randomised)]
    known = [(stage, count) for stage, count in order if count is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if after > before:
            yield Finding((*at, later), f"{after} {later} of only {before} {earlier}", "a later stage cannot be larger")
    for stage, count in (("completed", n.completed), ("analysed", n.analysed)):
        if known and count is not None and count > known[-1][1]:
            message = f"{count} {stage} of only {known[-1][1]} {known[-1][0]}"
            yield Finding((*at, stage), message, "a later stage cannot be larger")


def _events(study: Study) -> Iterator[Finding]:
    for index, effect in enumerate(study.effects):
        for position, group in enumerate(effect.groups):
            people = group.events is not None and group.person_time is None  # in a time, one person can have several
            if people and group.n is not None and (group.events or 0) > group.n:
                at: Where = ("effects", index, "groups", position, "events")
                yield Finding(at, f"{group.events} people with the event of only {group.n}")


@rule("study", in_browser=True)
def figure_printed(study: Study, base: Base) -> Iterator[Finding]:
    """Every figure stands in the `printed` form of its source.

    The record repeats the figures exactly as the source prints them, so that a reviewer can compare the two at a
    glance and a slip of typing cannot pass. Signs are not compared (a source may print "15 points better"), thousands
    separators, middle dots and number words are understood. A figure worked out by us stands under `computed`, as
    arithmetic on printed figures: `"571 + 5210 = 5781"`.

    Wrong: `estimate: "4.9"` with `printed: "0.49 (0.31 to 0.77)"`. Right: `estimate: "0.49"`.
    """
    for index, effect in enumerate(study.effects):
        known = _known((effect.source,))
        for at, figure in _figures(effect):
            yield from _missing(("effects", index, *at), figure, known, effect.source.printed or "")
        if effect.clusters is not None:
            source = effect.clusters.source
            for at, value in each(Figure, effect.clusters):
                place: Where = ("effects", index, "clusters", *at)
                yield from _missing(place, Decimal(value), _known((source,)), source.printed or "")
    known = _known(study.population.sources)
    shown = " … ".join(source.printed or "" for source in study.population.sources)
    for at, number in _counted(study):
        yield from _missing(at, number, known, shown)


def _known(sources: tuple[Source, ...]) -> set[Decimal]:
    known: set[Decimal] = set()
    for source in sources:
        known |= numbers_in(source.printed or "")
        known |= {parts[0] for line in source.computed if (parts := computed(line))}
    return known


def _missing(at: Where, number: Decimal, known: set[Decimal], printed: str) -> Iterator[Finding]:
    if abs(number) in known:
        return
    if not printed.strip():
        yield Finding(at, f"{number} has no printed form", "add `printed` with the figures as the source prints them")
        return
    shifted = next((k for k in sorted(known) for power in (-2, -1, 1, 2) if k and k == abs(number).scaleb(power)), None)
    near = f"; did you mean {shifted}?" if shifted else ""
    yield Finding(at, f"{number} does not stand in the printed form", f'the source prints "{printed}"{near}')


def _figures(effect: Effect) -> Iterator[tuple[Where, Decimal]]:
    for at, value in each(Figure, effect):
        if at[0] not in {"time", "level", "clusters"} and at != ("one_sided", "level"):
            yield at, Decimal(value)
    if effect.p is not None:
        yield ("p",), Decimal(effect.p.lstrip("<>= "))
    for position, group in enumerate(effect.groups):
        for name in ("n", "events"):
            if (count := getattr(group, name)) is not None:
                yield ("groups", position, name), Decimal(count)
        if group.start is not None and group.start.n is not None:
            yield ("groups", position, "start", "n"), Decimal(group.start.n)
    if effect.amount is not None:
        for name in ("studies", "participants"):
            if (count := getattr(effect.amount, name)) is not None:
                yield ("amount", name), Decimal(count)


def _counted(study: Study) -> Iterator[tuple[Where, Decimal]]:
    population = study.population
    for part in (population.n, population.age, population.women):
        for at, value in each(int, part):
            yield ("population", _name(study, part), *at), Decimal(value)
        for at, figure in each(Figure, part):
            yield ("population", _name(study, part), *at), Decimal(figure)
    for index, group in enumerate(population.groups):
        if group.n is not None:
            yield ("population", "groups", index, "n"), Decimal(group.n)
    for index, arm in enumerate(study.arms):
        for at, value in each(int, arm.n):
            yield ("arms", index, "n", *at), Decimal(value)
    if study.review is not None:
        for name in ("studies", "participants"):
            if (count := getattr(study.review, name)) is not None:
                yield ("review", name), Decimal(count)


def _name(study: Study, part: object) -> str:
    return next(name for name in ("n", "age", "women") if getattr(study.population, name) is part)


@rule("study", in_browser=True)
def computed_is_right(study: Study, base: Base) -> Iterator[Finding]:
    """Arithmetic under `computed` is right and uses printed figures only.

    Written as `"571 + 5210 = 5781"` with + - * / and brackets. The numbers on the left stand in the printed form of the
    same section; 100 may be used for percentages.
    """
    everything = _known(study.population.sources) | {Decimal(100)}
    for at, source in each(Source, study):
        printed = numbers_in(source.printed or "") | everything
        for index, line in enumerate(source.computed):
            parts = computed(line)
            place = (*at, "computed", index)
            if parts is None:
                yield Finding(place, f"{line!r} is not arithmetic with one result", 'write it as "571 + 5210 = 5781"')
                continue
            stated, used, result = parts
            if not agrees(stated, result):
                yield Finding(place, f"the result is {result.normalize():f}, not {stated}")
            if unknown := sorted(used - printed - {s for s in used if s == 1}):
                yield Finding(
                    place, f"{unknown[0]} does not stand in the printed form", "compute from printed figures only"
                )
