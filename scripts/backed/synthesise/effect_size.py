"""Effect sizes: a recorded effect brought to the scale on which a question is answered."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Effect, Instrument, Interval, Question
from ..model.effect import Measure


def on_scale(effect: Effect, question: Question, instruments: Mapping[str, Instrument]) -> tuple[Interval | None, str]:
    """Return the effect's estimate and 95% interval in the question's units, and how they were converted ('' if not).

    A mean difference on another instrument is multiplied by the ratio of the two ranges (linear rescaling; Cochrane
    Handbook 6.5 and Thorlund 2011), its sign turned where the instruments point in opposite directions. None where
    there is no interval, it is not a 95% interval, it is of another measure than the one asked for, or it cannot be
    one of this measure (a ratio of zero or less).
    """
    if effect.estimate is None or effect.ci is None or effect.level.value != 95:
        return None, ""
    if effect.measure != question.measure:
        return None, "another effect measure"
    if effect.measure.is_ratio and min(figure.value for figure in (effect.estimate, *effect.ci)) <= 0:
        return None, "a ratio is above zero"
    values = [effect.estimate.value, effect.ci[0].value, effect.ci[1].value]
    decimals = max(figure.decimals for figure in (effect.estimate, *effect.ci))
    factor, how = _factor(effect, question, instruments)
    if factor is None:
        return None, how
    # ten decimals: the noise of a multiplication must not move a bound off the threshold
    estimate, low, high = (round(value * factor, 10) for value in values)
    return Interval(estimate, min(low, high), max(low, high), decimals if factor in {1.0, -1.0} else 1), how


def _factor(effect: Effect, question: Question, instruments: Mapping[str, Instrument]) -> tuple[float | None, str]:
    if effect.instrument == question.scale:
        return 1.0, ""
    if effect.measure is Measure.REGRESSION_COEFFICIENT:
        return None, "no common scale"
    if effect.measure is not Measure.MEAN_DIFFERENCE:
        return 1.0, ""
    source, target = instruments.get(effect.instrument or ""), instruments.get(question.scale or "")
    if source is None or target is None or source.range is None or target.range is None:
        return None, "no common scale"
    (low, high), (lowest, highest) = source.range, target.range
    if high.value <= low.value or highest.value <= lowest.value:
        return None, "no common scale"
    factor = (highest.value - lowest.value) / (high.value - low.value)
    opposite = {source.better, target.better} == {"lower", "higher"}
    if factor == 1 and not opposite:
        return 1.0, ""
    how = f"rescaled from {low}-{high} to {lowest}-{highest}" + (", sign turned" if opposite else "")
    return -factor if opposite else factor, how
