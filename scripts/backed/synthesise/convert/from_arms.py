"""An effect size from the figures of the arms, in the units of the instrument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Generic

from ...model import ArmData, ArmSize, Effect, Figure, Measure, Question, Study
from .arm import Count, Means, Rate, change_of, count_of, means_of, rate_of
from .contrast import fault_of
from .sides import (
    Arm,
    Seen,
    Sides,
    design_effect,
    people_in_arm,
    said_design,
    sides_of,
    together_counts,
    together_means,
    together_rates,
)
from .sizes import COUNTED, Size, counted, difference, rates, ratio, standardised
from .working import Working, less, shown

DIFFERENCES = {Measure.MEAN_DIFFERENCE: difference, Measure.STANDARDISED_MEAN_DIFFERENCE: standardised}
"""Measures made of how far two means are apart."""


@dataclass(frozen=True)
class Made:
    """An effect on the scale of analysis with its variance, how many people it rests on, and the two sides."""

    yi: float
    vi: float
    n: int | None = None
    first: ArmSize | None = None
    second: ArmSize | None = None


def from_arms(study: Study, effects: Sequence[Effect], question: Question, share: int, working: Working) -> Made | str:
    """Return the question's measure worked out from the arms of one or more effects, or why it cannot be."""
    measure, effect = question.measure, effects[0]
    sides = sides_of(study, effects)
    if isinstance(sides, str):
        return sides
    if measure is Measure.MEAN_CHANGE:
        return _change(study, effect, sides, working)
    if not sides.second:
        return "a change within one group compares it with nobody"
    if measure in DIFFERENCES or measure is Measure.RATIO_OF_MEANS:
        if measure is Measure.RATIO_OF_MEANS and effect.values == "change":
            return "changes have no ratio of means"
        read = partial(_means, study, effect, question, working)
        pair = _pair(effect, sides, share, read, partial(together_means, working=working), working)
        if isinstance(pair, str):
            return pair
        if measure is Measure.RATIO_OF_MEANS:
            return _made(pair, ratio(*pair.divided, working))
        printed = _as_printed(effects, pair.divided, working)
        return _made(pair, DIFFERENCES[measure](*pair.divided, working, printed))
    if measure in COUNTED:
        count = partial(_count, study, working)
        counts = _pair(effect, sides, share, count, partial(together_counts, working=working), working)
        if isinstance(counts, str):
            return counts
        return _made(counts, counted(measure, *counts.divided, working))
    if measure is Measure.RATE_RATIO:
        times = _pair(effect, sides, share, rate_of, partial(together_rates, working=working), working)
        return times if isinstance(times, str) else _made(times, rates(*times.divided, working))
    return f"figures per arm give no {measure.value.replace('-', ' ')}"


def by_change(effect: Effect, question: Question) -> bool:
    """Say whether changes are to be worked out from values at the start and at the end.

    Only where the plan of the question prefers changes to end values; else the end values are used as they are.
    """
    order = question.pool.values
    prefers = "change" in order and ("end" not in order or order.index("change") < order.index("end"))
    return prefers and effect.values in {None, "end"}


def _as_printed(effects: Sequence[Effect], pair: tuple[Means, Means], working: Working) -> Figure | None:
    """Return the mean difference that the source prints, where it is not just what the two means give, or None.

    It is rounded less than the difference of two rounded means, and is what the source's own analysis found; a step
    says so. One that is adjusted comes here only if nothing is printed of how exact it is: the arms' spread is then
    wider than its own.
    """
    one = effects[0]
    if len(effects) > 1 or one.measure is not Measure.MEAN_DIFFERENCE or one.estimate is None or fault_of(one):
        return None
    if any(step.formula == "change-from-ends" for step in working.steps):
        return None  # the source prints the difference of the ends, the question asks for that of the changes
    adjusted = one.values == "adjusted" or one.adjusted_for is not None
    apart = round(pair[0].mean - pair[1].mean, 9)
    if apart == one.estimate.value and not adjusted:
        return None
    said = f"MD = {shown(one.estimate)} as printed; the means give {less(pair[0].mean, pair[1].mean)} = {shown(apart)}"
    working.note("adjusted-without-spread" if adjusted else "difference-as-printed", said)
    return one.estimate


def _means(study: Study, effect: Effect, question: Question, working: Working, data: ArmData, name: str) -> Means | str:
    adjusted = effect.values == "adjusted" and question.measure is Measure.STANDARDISED_MEAN_DIFFERENCE
    if adjusted and data.sd is None:
        return "an adjusted mean's standard error does not give the standard deviation of people's values"
    n = people_in_arm(study, data.group, data, name, working)
    if by_change(effect, question) and data.start is not None and data.correlation is not None:
        return change_of(data, n, name, working)
    return means_of(data, n, name, working)


def _count(study: Study, working: Working, data: ArmData, name: str) -> Count | str:
    return count_of(data, people_in_arm(study, data.group, data, name, working), name, working)


@dataclass(frozen=True)
class Pair(Generic[Seen]):
    """The two sides as they enter, divided where that is asked for, and how many people they are in truth."""

    divided: tuple[Seen, Seen]
    people: int | None


def _pair(
    effect: Effect,
    sides: Sides,
    share: int,
    read: Callable[[ArmData, str], Seen | str],
    together: Callable[[Sequence[Seen]], Seen],
    working: Working,
) -> Pair[Seen] | str:
    """Return the two sides: arms read and taken together, then divided by the design effect and the shared control."""
    one, two = _side(sides.first, read, together), _side(sides.second, read, together)
    if isinstance(one, str):
        return one
    if isinstance(two, str):
        return two
    first, second = _people(one, sides.first), _people(two, sides.second)
    people = None if first is None or second is None else round(first + second / share)
    if effect.clusters is not None:
        design = design_effect(effect.clusters)
        if isinstance(design, str):
            return design
        working.note("effective-size", f"{said_design(effect.clusters, design)}: n and events are divided by it")
        one, two = one.divided(design), two.divided(design)
    if share > 1:
        two = two.divided(share)
        working.note("control-split", f"the control group is divided between {share} comparisons")
    return Pair((one, two), people)


def _side(
    arms: Sequence[Arm], read: Callable[[ArmData, str], Seen | str], together: Callable[[Sequence[Seen]], Seen]
) -> Seen | str:
    seen: list[Seen] = []
    for data, name in arms:
        one = read(data, name)
        if isinstance(one, str):
            return one
        seen.append(one)
    return together(seen)


def _change(study: Study, effect: Effect, sides: Sides, working: Working) -> Made | str:
    """Return the change within one group; its arms are those of the first side."""
    if sides.second:
        return "a change within one group has no comparator"
    seen: list[Means] = []
    for data, name in sides.first:
        n = people_in_arm(study, data.group, data, name, working)
        one = means_of(data, n, name, working) if effect.values == "change" else change_of(data, n, name, working)
        if isinstance(one, str):
            return one
        seen.append(one)
    group = together_means(seen, working)
    people = round(group.n)
    if effect.clusters is not None:
        design = design_effect(effect.clusters)
        if isinstance(design, str):
            return design
        working.note("effective-size", f"{said_design(effect.clusters, design)}: n is divided by it")
        group = group.divided(design)
    se = group.sd / sqrt(group.n)
    said = f"change {shown(group.mean)}, SE = {shown(group.sd)} / √{shown(group.n)} = {shown(se)}"
    working.note("change-in-group", said)
    return Made(group.mean, se**2, people, _entered(group))


def _made(pair: Pair[Seen], size: Size | str) -> Made | str:
    if isinstance(size, str):
        return size
    return Made(*size, pair.people, _entered(pair.divided[0]), _entered(pair.divided[1]))


def _people(side: Means | Count | Rate, arms: Sequence[Arm]) -> float | None:
    if not isinstance(side, Rate):
        return side.n
    counts = [data.n for data, _ in arms]
    return None if None in counts else sum(count or 0 for count in counts)


def _entered(side: Means | Count | Rate) -> ArmSize:
    if isinstance(side, Means):
        return ArmSize(n=side.n, mean=side.mean, sd=side.sd)
    if isinstance(side, Count):
        return ArmSize(n=side.n, events=side.events)
    return ArmSize(events=side.events, person_time=side.time)
