"""What rules need to know of a comparison: its two groups, how many people, the standard error their figures make."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..model import ArmData, Effect, Measure, Study
from ..problem import Where
from .rounding import Band, band

MOST = 10**10
"""More people than there are; a larger number is nothing to reckon with."""


def groups(study: Study) -> Iterator[tuple[Where, Effect, ArmData]]:
    """Yield every group of every effect, with the path to it."""
    for index, effect in enumerate(study.effects):
        for position, group in enumerate(effect.groups):
            yield ("effects", index, "groups", position), effect, group


def two_sides(effect: Effect) -> tuple[ArmData, ArmData] | None:
    """Return the figures of the two groups compared, intervention first, where each side is one group."""
    if effect.arms is None:
        return (effect.groups[0], effect.groups[1]) if len(effect.groups) == 2 else None
    if len(effect.arms.intervention) != 1 or len(effect.arms.comparator) != 1:
        return None
    seen = {group.group: group for group in effect.groups}
    first, second = seen.get(effect.arms.intervention[0]), seen.get(effect.arms.comparator[0])
    return (first, second) if first and second else None


def is_adjusted(effect: Effect) -> bool:
    """Say whether the estimate comes from a model, so that the figures of the arms need not make it."""
    return effect.values == "adjusted" or effect.adjusted_for is not None or effect.clusters is not None


def people(study: Study, effect: Effect) -> int | None:
    """Return how many people the comparison of two groups rests on, or None where that is not recorded."""
    sides = two_sides(effect)
    if sides and sides[0].n and sides[1].n:
        return sides[0].n + sides[1].n
    if effect.arms is None or effect.amount is not None or study.review is not None:
        return None
    arms = [study.arm(name) for name in (*effect.arms.intervention, *effect.arms.comparator)]
    counts = [arm.n.headline if arm else None for arm in arms]
    total = sum(count or 0 for count in counts) if counts and None not in counts else 0
    return total if 0 < total <= MOST else None


def deviation(group: ArmData) -> Band | None:
    """Return the standard deviation of a group, as recorded or from its standard error and number of people."""
    if group.sd is not None and group.sd.value > 0:
        return band(group.sd)
    if group.se is not None and group.n and group.se.value > 0:
        return band(group.se).times(math.sqrt(group.n))
    return None


def standard_error(effect: Effect) -> Band | None:
    """Return the standard error of the difference in means that the figures of the two groups make.

    SE = √(SD₁²/n₁ + SD₂²/n₂) (Cochrane Handbook 6.5, section 6.5.1); None for other measures or where a figure is
    missing.
    """
    sides = two_sides(effect)
    if sides is None or effect.measure is not Measure.MEAN_DIFFERENCE:
        return None
    spreads = [(deviation(side), side.n) for side in sides]
    known = [(spread, n) for spread, n in spreads if spread is not None and n]
    if len(known) < 2:
        return None
    low = math.sqrt(sum(max(spread.low, 0.0) ** 2 / n for spread, n in known))
    high = math.sqrt(sum(spread.high**2 / n for spread, n in known))
    return Band(low, high)
