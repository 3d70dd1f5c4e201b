"""Effect sizes: a recorded effect brought to the scale on which a question is answered."""

from __future__ import annotations

from ..model import Effect, Instrument, Interval, Question
from ..model.effect import Measure


def on_scale(effect: Effect, question: Question, instruments: dict[str, Instrument]) -> tuple[Interval | None, str]:
    """Return the effect's estimate and 95% interval in the question's units, and how they were converted ('' if not).

    A mean difference on another instrument is multiplied by the ratio of the two ranges (linear rescaling; Cochrane
    Handbook 6.5 and Thorlund 2011), its sign turned where the instruments point in opposite directions. None where
    there is no interval, or it is not a 95% interval.
    """
    if effect.estimate is None or effect.ci is None or effect.level.value != 95:
        return None, ""
    values = [effect.estimate.value, effect.ci[0].value, effect.ci[1].value]
    decimals = max(figure.decimals for figure in (effect.estimate, *effect.ci))
    factor, how = _factor(effect, question, instruments)
    if factor is None:
        return None, how
    estimate, low, high = (value * factor for value in values)
    return Interval(estimate, min(low, high), max(low, high), decimals if factor in {1.0, -1.0} else 1), how


def _factor(effect: Effect, question: Question, instruments: dict[str, Instrument]) -> tuple[float | None, str]:
    if effect.measure != Measure.MEAN_DIFFERENCE or effect.instrument == question.scale:
        return 1.0, ""
    source, target = instruments.get(effect.instrument or ""), instruments.get(question.scale or "")
    if source is None or target is None or source.range is None or target.range is None:
        return None, "no common scale"
    width = [
        instrument.range[1].value - instrument.range[0].value for instrument in (source, target) if instrument.range
    ]
    sign = 1.0 if source.better == target.better else -1.0
    if width[0] == width[1] and sign > 0:
        return 1.0, ""
    low, high = source.range
    return sign * width[1] / width[0], f"rescaled from {low}-{high} to {target.range[0]}-{target.range[1]}"
