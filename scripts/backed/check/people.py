"""Rules about people: how many are in a group, over time and over arms; their age; the share of women."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from ..model import Age, ArmData, Effect, Figure, Study
from ..problem import Severity, Where
from .contrasts import MOST, two_sides
from .rounding import band
from .rule import Base, Finding, rule

OLDEST = 120.0
YOUNG, OLD = 12.0, 90.0
"""Mean ages between which studies of back pain lie; outside, the figure is most likely not a mean age."""
MISSING = 0.03
"""Share of people for whom a characteristic may be missing, so that a percentage rests on fewer."""


@rule("study", in_browser=True)
def group_within_arm(study: Study, base: Base) -> Iterator[Finding]:
    """No more people stand behind a result than are in its arm, its study or its review.

    People leave a trial, nobody joins an arm late: numbers at the start and at the end, events, and the sum over the
    arms of an effect are no larger than the numbers randomised. A pooled effect rests on no more studies and people
    than its review. This is the check on numbers of participants of INSPECT-SR (Wilkinson and others 2024,
    doi:10.1101/2024.03.18.24304479). A larger number belongs to another arm, another row or the whole study.
    """
    for index, effect in enumerate(study.effects):
        for position, group in enumerate(effect.groups):
            arm = study.arm(group.group)
            most = arm.n.randomised if arm else _group_size(study, group.group)
            yield from _too_many(("effects", index, "groups", position), group, most)
        yield from _together(study, effect, index)
        if study.review and effect.amount:
            for name in ("studies", "participants"):
                part, whole = getattr(effect.amount, name), getattr(study.review, name)
                if part is not None and whole is not None and part > whole:
                    message = f"{part} {name} of only {whole} in the review"
                    yield Finding(("effects", index, "amount", name), message, "a part is no larger than the whole")


def _group_size(study: Study, name: str) -> int | None:
    return next((group.n for group in study.population.groups if group.id == name), None)


def _too_many(at: Where, group: ArmData, most: int | None) -> Iterator[Finding]:
    start = group.start.n if group.start else None
    events = group.events if group.person_time is None else None
    for place, count in ((("n",), group.n), (("start", "n"), start), (("events",), events)):
        if count is not None and most is not None and count > most:
            hint = "is it the number of another arm, or of the whole study?"
            yield Finding((*at, *place), f"{count} people in `{group.group}`, which has only {most}", hint)


def _together(study: Study, effect: Effect, index: int) -> Iterator[Finding]:
    n = study.population.n
    whole = n.randomised if n.randomised is not None else n.enrolled
    names = [group.group for group in effect.groups]
    counts = [group.n for group in effect.groups]
    if whole is None or not counts or None in counts or len(set(names)) < len(names) or study.review:
        return
    total = sum(count or 0 for count in counts)
    if total > whole:
        at: Where = ("effects", index, "groups")
        yield Finding(at, f"the groups sum to {total}, but only {whole} took part", "is one the number of all?")


@rule("study", Severity.WARNING)
def group_of_own_arm(study: Study, base: Base) -> Iterator[Finding]:
    """The number of people of a group is that of its own arm, not that of the other one.

    Where the numbers of two groups are just the numbers of each other's arms, the rows were exchanged. Numbers of
    patients were among the commonest errors when trials were extracted twice (Gøtzsche and others 2007,
    doi:10.1001/jama.298.4.430). Within one arm and outcome, the number of people does not grow from one time to the
    next, but for a few who missed a visit (3 in 100); where it were more, an exception says so.
    """
    for index, effect in enumerate(study.effects):
        sides = two_sides(effect)
        own = [_sizes(study, side.group) for side in sides] if sides else []
        if sides is None or sides[0].n is None or sides[1].n is None or not all(own):
            continue
        crossed = [sides[side].n in own[1 - side] - own[side] for side in (0, 1)]
        alien = [sides[side].n not in own[side] for side in (0, 1)]
        for side in (0, 1):
            if crossed[side] and (alien[1 - side] or sides[0].n == sides[1].n):
                at: Where = ("effects", index, "groups", effect.groups.index(sides[side]), "n")
                message = f"{sides[side].n} is the number of people of `{sides[1 - side].group}`"
                known = " or ".join(str(size) for size in sorted(own[side]))
                yield Finding(at, message, f"`{sides[side].group}` has {known}")
    yield from _grown(study)


def _sizes(study: Study, name: str) -> set[int]:
    arm = study.arm(name)
    stages = (arm.n.randomised, arm.n.completed, arm.n.analysed) if arm else (_group_size(study, name),)
    return {size for size in stages if size is not None}


def _grown(study: Study) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str | None], list[tuple[float, int, Where]]] = {}
    for index, effect in enumerate(study.effects):
        for position, group in enumerate(effect.groups):
            at: Where = ("effects", index, "groups", position, "n")
            key = (group.group, effect.outcome, effect.instrument)
            if group.n is None or effect.subgroup is not None or effect.analysed is not None:
                continue
            if group.start is not None and group.start.n is not None:
                seen.setdefault(key, []).append((0.0, group.start.n, at))
            if effect.time is not None:
                seen.setdefault(key, []).append((effect.time.in_weeks, group.n, at))
    for (name, _, _), counts in seen.items():
        for (early, before, _), (late, after, at) in pairwise(sorted(counts, key=lambda one: one[0])):
            if after > before * (1 + MISSING) and late > early:
                message = f"{after} people in `{name}`, after {before} at an earlier time"
                yield Finding(at, message, "did somebody miss a visit, or is one of the two another row's?")


@rule("study", in_browser=True)
def age_possible(study: Study, base: Base) -> Iterator[Finding]:
    """Ages are possible: lowest, mean, median and highest are in order, and the spread fits between the ends.

    Nobody is older than 120. A standard deviation is at most √((mean − lowest)(highest − mean)) (the inequality of
    Bhatia and Davis 2000, doi:10.1080/00029890.2000.12005203), with 120 where no highest age is given.
    """
    age = study.population.age
    if age is None:
        return
    at: Where = ("population", "age")
    for name in ("min", "mean", "median", "max"):
        figure = getattr(age, name)
        if figure is not None and not 0 <= figure.value <= OLDEST:
            yield Finding((*at, name), f"an age of {figure} years cannot be", "is it a number of people, or in months?")
    for name in ("mean", "median"):
        yield from _age_in_order(age, name)
    if age.sd is not None and age.mean is not None:
        low, high = age.min.value if age.min else 0.0, age.max.value if age.max else OLDEST
        mean = min(max(age.mean.value, low), high)
        most = math.sqrt((mean - low) * (high - mean))
        if age.sd.value <= 0 or band(age.sd).low > most * 1.02 + 0.5:
            message = f"a standard deviation of {age.sd} years cannot be with a mean of {age.mean}"
            yield Finding((*at, "sd"), message, f"between {low:g} and {high:g} years it is at most {most:.1f}")


def _age_in_order(age: Age, name: str) -> Iterator[Finding]:
    figure: Figure | None = getattr(age, name)
    for end, sign, word in ((age.min, 1, "youngest"), (age.max, -1, "oldest")):
        if figure is not None and end is not None and sign * (end.value - figure.value) > figure.half_unit:
            message = f"a {name} age of {figure} cannot be: the {word} is {end}"
            yield Finding(("population", "age", name), message, "are two of them exchanged?")


@rule("study", Severity.WARNING, in_browser=True)
def age_likely(study: Study, base: Base) -> Iterator[Finding]:
    """The mean age and its spread are those of a study of people with (or without) back pain.

    Means below 12 or above 90 years, and standard deviations below 1 or above 25 years, are possible and hardly ever
    true: more often a figure of another row, a standard error, or months. One of the plausibility checks of baseline
    data that INSPECT-SR asks for (Wilkinson and others 2024, doi:10.1101/2024.03.18.24304479).
    """
    age = study.population.age
    mean = (age.mean or age.median) if age else None
    if mean is not None and 0 <= mean.value <= OLDEST and not YOUNG <= mean.value <= OLD:
        name = "mean" if age and age.mean else "median"
        yield Finding(("population", "age", name), f"a mean age of {mean} is not likely", "look at the source again")
    if age is not None and age.sd is not None and age.sd.value > 0 and not 1 <= age.sd.value <= 25:
        message = f"a standard deviation of {age.sd} years is not likely"
        n = study.population.n.headline or 0
        spread = f"{age.sd.value * math.sqrt(n):.0f}" if 0 < n <= MOST else "another size"
        error = f"as a standard error it makes a standard deviation of {spread}"
        yield Finding(("population", "age", "sd"), message, error if age.sd.value < 1 else "look at the source again")


@rule("study", in_browser=True)
def women_possible(study: Study, base: Base) -> Iterator[Finding]:
    """The share of women lies between 0 and 100 percent, and there are no more women than people.

    A number above 100 under `percent` is a count; a number of women above that of all people belongs to another row.
    """
    women, n = study.population.women, study.population.n
    if women is None:
        return
    if women.percent is not None and not 0 <= women.percent.value <= 100:
        message = f"{women.percent}% of people cannot be"
        yield Finding(("population", "women", "percent"), message, "is it a count? then it is `n`")
    sizes = [size for size in (n.eligible, n.enrolled, n.randomised, n.completed, n.analysed) if size is not None]
    if women.n is not None and sizes and women.n > max(sizes):
        message = f"{women.n} women of {max(sizes)} people"
        yield Finding(("population", "women", "n"), message, "is it the number of all, or a percentage?")


@rule("study", Severity.WARNING, in_browser=True)
def women_fit(study: Study, base: Base) -> Iterator[Finding]:
    """The number of women, their percentage and a number of people agree.

    56 women of 146 people are 38.4%. The percentage may rest on those enrolled, randomised, completed or analysed, and
    on up to 3 in 100 fewer where it is not known of everybody. One of the checks of percentages against counts that
    INSPECT-SR asks for (Wilkinson and others 2024, doi:10.1101/2024.03.18.24304479).
    """
    women, n = study.population.women, study.population.n
    if women is None or women.n is None or women.percent is None:
        return
    sizes = [size for size in (n.randomised, n.enrolled, n.analysed, n.completed, n.eligible) if size]
    if max((women.n, *sizes)) > MOST:
        return
    allowed = band(women.percent)
    for size in sizes:
        shares = (100 * women.n / size, 100 * women.n / math.ceil(size * (1 - MISSING)))
        if shares[0] <= allowed.high + 1e-9 and shares[1] >= allowed.low - 1e-9:
            return
    if sizes:
        share = 100 * women.n / sizes[0]
        message = (
            f"{women.n} women of {sizes[0]} people is {share:.{women.percent.decimals + 1}f}%, not {women.percent}%"
        )
        yield Finding(("population", "women", "percent"), message, "which of the three does the source give?")
