"""From one scale to another: linear rescaling, the sign of instruments that run the other way, intervals as read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...model import Effect, EffectSize, Instrument, Interval, Measure, Question, Vocabularies
from ..pool import Z
from .working import Working, shown

ON_RANGE = frozenset({Measure.MEAN_DIFFERENCE, Measure.MEAN_CHANGE})
"""Measures in the units of an instrument, rescaled by its range."""
SIGNED = frozenset({Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.CORRELATION})
"""Measures without units whose sign still depends on which way the instrument runs."""
NO_SCALE = "no common scale"


@dataclass(frozen=True)
class Scaling:
    """By what an effect is multiplied to stand on the question's scale, and what that is called ('' for nothing)."""

    factor: float = 1.0
    how: str = ""


def scaling(effect: Effect, question: Question, vocabularies: Vocabularies) -> Scaling | str:
    """Return how figures of the effect come to the scale of the question, or why they cannot.

    A mean difference on another instrument is multiplied by the ratio of the two ranges (Thorlund 2011), its sign
    turned where the instruments point in opposite directions. A standardised difference and a correlation only take the
    sign: that of the scale, or of the outcome where the question has no scale.
    """
    source = vocabularies.instruments.get(effect.instrument or "")
    target = vocabularies.instruments.get(question.scale or "")
    if question.measure in ON_RANGE and effect.instrument != question.scale:
        return _by_range(source, target) if effect.instrument else f"no instrument is named, so there is {NO_SCALE}"
    if question.measure is Measure.REGRESSION_COEFFICIENT and effect.instrument != question.scale:
        return NO_SCALE
    outcome = vocabularies.outcomes.get(question.outcome)
    wanted = target.better if target else outcome.better if outcome else "neither"
    opposite = source is not None and _opposite(source.better, wanted)
    if question.measure in SIGNED and opposite:
        return Scaling(-1.0, "sign turned")
    if question.measure is Measure.RATIO_OF_MEANS:
        if opposite:
            return "the instrument runs the other way, and a ratio of means cannot be turned round"
        if source is not None and source.range is not None and source.range[0].value != 0:
            return "the instrument does not begin at zero, so its means have no ratio"
    return Scaling()


def _by_range(source: Instrument | None, target: Instrument | None) -> Scaling | str:
    if source is None or target is None or source.range is None or target.range is None:
        return NO_SCALE
    (low, high), (lowest, highest) = source.range, target.range
    if high.value <= low.value or highest.value <= lowest.value:
        return NO_SCALE
    factor = (highest.value - lowest.value) / (high.value - low.value)
    opposite = _opposite(source.better, target.better)
    words = [f"rescaled from {low}-{high} to {lowest}-{highest}"] if factor != 1 else []
    return Scaling(-factor if opposite else factor, ", ".join([*words, *(["sign turned"] if opposite else [])]))


def _opposite(one: str, other: str) -> bool:
    return {one, other} == {"lower", "higher"}


def brought(yi: float, vi: float, scale: Scaling, working: Working) -> tuple[float, float]:
    """Return an effect and its variance on the question's scale; the steps say what was done."""
    factor = abs(scale.factor)
    if factor != 1:
        working.note("rescaled", f"{shown(yi)} × {shown(factor)} = {shown(yi * factor)} ({scale.how.split(', ')[0]})")
    if scale.factor < 0:
        working.note("sign-turned", f"{shown(yi * factor)} becomes {shown(-yi * factor)}")
    return yi * scale.factor, vi * factor**2


def printed_interval(effect: Effect, question: Question, vocabularies: Vocabularies) -> tuple[Interval | None, str]:
    """Return the effect's printed estimate and 95% interval in the question's units, and how they were converted.

    The interval is the printed one, rescaled, never one worked out again from a variance. None where there is no
    interval, it is not a 95% interval, it is of another measure than the one asked for, it has no common scale, or it
    cannot be one of this measure (a ratio of zero or less).
    """
    if effect.estimate is None or effect.ci is None or effect.level.value != 95:
        return None, ""
    if effect.measure != question.measure:
        return None, "another effect measure"
    if effect.measure.is_ratio and min(figure.value for figure in (effect.estimate, *effect.ci)) <= 0:
        return None, "a ratio is above zero"
    scale = scaling(effect, question, vocabularies)
    if isinstance(scale, str):
        return None, scale
    values = [effect.estimate.value, effect.ci[0].value, effect.ci[1].value]
    decimals = max(figure.decimals for figure in (effect.estimate, *effect.ci))
    # ten decimals: the noise of a multiplication must not move a bound off the threshold
    estimate, low, high = (round(value * scale.factor, 10) for value in values)
    same = abs(scale.factor) == 1
    return Interval(estimate, min(low, high), max(low, high), decimals if same else 1), scale.how


def interval_of(size: EffectSize, measure: Measure, decimals: int) -> Interval:
    """Return an effect size with its 95% interval (normal) on the scale read: ratios as ratios, z as a correlation."""
    half = Z * math.sqrt(size.vi)
    bounds = (size.yi, size.yi - half, size.yi + half)
    if measure.is_ratio:
        bounds = (math.exp(bounds[0]), math.exp(bounds[1]), math.exp(bounds[2]))
    elif measure is Measure.CORRELATION:
        bounds = (math.tanh(bounds[0]), math.tanh(bounds[1]), math.tanh(bounds[2]))
    return Interval(*bounds, decimals)
