"""An effect size from the contrast that the source worked out itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...model import Effect, Measure, Question, Study
from .arm import Means, means_of, spread_of
from .contrast import fault_of, standard_error, transformed
from .from_arms import Made
from .sides import Arm, design_effect, people_in_arm, said_design, sides_of, together_means
from .sizes import FEWEST, TOO_FEW, Size, hedges, within
from .working import Working, shown

SMD, MD = Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.MEAN_DIFFERENCE


def from_contrast(study: Study, effect: Effect, question: Question, working: Working) -> Made | str:
    """Return the question's measure from the effect's own contrast, or why it cannot be had from it."""
    if fault := fault_of(effect):
        return fault
    size = _size(study, effect, question.measure, working)
    if isinstance(size, str):
        return size
    yi, vi = size
    if effect.clusters is not None:
        design = design_effect(effect.clusters)
        if isinstance(design, str):
            return design
        vi *= design
        said = f"{said_design(effect.clusters, design)}, SE = {shown(math.sqrt(vi))}"
        working.note("inflated-variance", said)
    counts = counts_of(study, effect, Working())
    return Made(yi, vi, int(sum(counts)) if counts else study.people_in(effect))


def is_adjusted(effect: Effect) -> bool:
    """Say whether the paper adjusted the contrast itself."""
    return effect.values == "adjusted" or effect.adjusted_for is not None


def counts_of(study: Study, effect: Effect, working: Working) -> tuple[int, ...]:
    """Return how many people are on each side, or () where one side is not known."""
    if effect.arms is None:
        return ()
    seen = {data.group: data for data in effect.groups}
    counts: list[int] = []
    for side in (effect.arms.intervention, effect.arms.comparator):
        ns = []
        for arm_id in side:
            arm = study.arm(arm_id)
            n = people_in_arm(study, arm_id, seen.get(arm_id), arm.label.text() if arm else arm_id, working)
            ns.append(n)
        if None in ns:
            return ()
        if ns:
            counts.append(sum(n or 0 for n in ns))
    return tuple(counts)


def _size(study: Study, effect: Effect, measure: Measure, working: Working) -> Size | str:
    if measure is SMD and effect.measure in {SMD, MD, Measure.ARM_LEVEL}:
        return _standardised(study, effect, working)
    if effect.measure is not measure:
        return f"{_a(effect.measure)} cannot be turned into {_a(measure)}"
    if effect.estimate is None:
        return "the source gives no estimate of the difference"
    value = transformed(measure, effect.estimate.value)
    if measure is Measure.CORRELATION and effect.ci is None and effect.one_sided is None:
        return _correlation(study, effect, value, working)
    se = standard_error(effect, counts_of(study, effect, Working()), working)
    return se if isinstance(se, str) else (value, se**2)


def _a(measure: Measure) -> str:
    words = measure.value.replace("-", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _correlation(study: Study, effect: Effect, z: float, working: Working) -> Size | str:
    pooled = effect.amount is not None and effect.amount.studies not in {None, 1}
    n = None if pooled else study.people_in(effect)
    if n is None or n <= 3:
        return "a correlation needs its interval or the number of people, above three"
    said = f"z = artanh {shown(effect.estimate or 0)} = {shown(z)}, variance = 1 / ({n} − 3) = {shown(1 / (n - 3))}"
    working.note("fisher-z", said)
    return z, 1 / (n - 3)


def _standardised(study: Study, effect: Effect, working: Working) -> Size | str:
    counts = counts_of(study, effect, working)
    if effect.measure is SMD and effect.estimate is not None:
        return _as_printed(effect, effect.estimate.value, counts, working)
    if len(counts) != 2 or min(counts) < 1:
        return "a standardised mean difference needs the number of people in each group"
    n1, n2 = counts
    if effect.measure is MD and effect.estimate is not None:
        return _from_difference(study, effect, effect.estimate.value, (n1, n2), working)
    if effect.t is None:
        return "the source gives no estimate of the difference"
    d = effect.t.value * math.sqrt(1 / n1 + 1 / n2)
    working.note("d-from-t", f"d = {shown(effect.t)} × √(1/{n1} + 1/{n2}) = {shown(d)}")
    return hedges(d, 1.0, 1 / n1 + 1 / n2, n1, n2, working)


def _as_printed(effect: Effect, g: float, counts: Sequence[int], working: Working) -> Size | str:
    se = standard_error(effect, (), working)
    if not isinstance(se, str):
        return g, se**2
    if len(counts) != 2 or min(counts) < 1:
        return se
    n1, n2 = counts
    vi = 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2))
    said = f"variance = 1/{n1} + 1/{n2} + {shown(g)}² / (2 × {n1 + n2}) = {shown(vi)}"
    working.note("variance-of-g", said)
    return g, vi


def _from_difference(study: Study, effect: Effect, md: float, counts: tuple[int, int], working: Working) -> Size | str:
    """Return Hedges' g of a printed mean difference.

    The SD within the groups is that of the arms; only where the difference is not adjusted can it be worked out from
    the standard error instead, as an adjusted one leaves out what the covariates explain.
    """
    n1, n2 = counts
    se = standard_error(effect, counts, working)
    sd = _sd_within(study, effect, working)
    if isinstance(sd, str):
        if is_adjusted(effect):
            return "an adjusted difference is standardised by the groups' standard deviations, which are not given"
        if isinstance(se, str):
            return se
        sd = se / math.sqrt(1 / n1 + 1 / n2)
        said = f"SD = SE / √(1/n1 + 1/n2) = {shown(se)} / √(1/{n1} + 1/{n2}) = {shown(sd)}"
        working.note("sd-within-from-se", said)
    if not isinstance(se, str):
        return hedges(md, sd, (se / sd) ** 2, n1, n2, working)
    return se if is_adjusted(effect) else hedges(md, sd, 1 / n1 + 1 / n2, n1, n2, working)


def _sd_within(study: Study, effect: Effect, working: Working) -> float | str:
    sides = sides_of(study, (effect,))
    if isinstance(sides, str):
        return sides
    one, two = (_spread(study, effect, side, working) for side in (sides.first, sides.second))
    if isinstance(one, str):
        return one
    if isinstance(two, str):
        return two
    return within(one, two, working) if one.n + two.n > FEWEST else TOO_FEW


def _spread(study: Study, effect: Effect, arms: Sequence[Arm], working: Working) -> Means | str:
    seen: list[Means] = []
    for data, name in arms:
        if is_adjusted(effect) and data.sd is None:
            return f"no standard deviation is given ({name})"
        n = people_in_arm(study, data.group, data, name, working)
        if len(arms) > 1 or n is None or n < 2:
            one = means_of(data, n, name, working)
        else:
            sd = spread_of(data, n, name, working)
            one = sd if isinstance(sd, str) else Means(n, 0.0, sd)  # one arm's mean has no part in its spread
        if isinstance(one, str):
            return one
        seen.append(one)
    return together_means(seen, working)
