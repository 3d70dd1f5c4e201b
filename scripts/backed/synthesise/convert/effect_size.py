"""A recorded effect to an effect size on the measure and scale of a question, by published formulas, step by step.

What is used, in this order: a contrast that the paper adjusted itself (ANCOVA and the like, more exact than the figures
per arm and right where chance made the groups unlike at the start); the figures per arm (from which the measure asked
for can be worked out exactly, whatever the paper printed); a contrast that was not adjusted. A mean difference that the
paper prints is taken as printed also where its spread comes from the arms: two rounded means are less exact than it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Effect, EffectSize, Evidence, Measure, Question, Study
from .from_arms import Made, from_arms
from .from_contrast import from_contrast, is_adjusted
from .scale import brought, scaling
from .working import Working

UNPOOLED = frozenset({Measure.PERCENT_CHANGE, Measure.PROPORTION, Measure.MEAN, Measure.ARM_LEVEL})
"""Measures of which there is no effect size."""


def effect_size(
    study: Study, effects: Sequence[Effect], question: Question, evidence: Evidence, *, share: int = 1
) -> EffectSize | str:
    """Return the effect size on the question's measure and scale, or in plain words why there is none.

    ``effects`` is one effect; several only where arms of one trial are taken together, all arms of the intervention
    against all of the comparator. With ``share`` > 1 the control group is divided between that many comparisons. A
    positive ``yi`` is more of the outcome with the intervention. ValueError without effects or with a share below one.
    """
    if not effects or share < 1:
        raise ValueError("an effect size needs an effect, and a share of 1 or more")
    if question.measure in UNPOOLED:
        return f"a {question.measure.value.replace('-', ' ')} is not brought to an effect size"
    ways = (_by_contrast, from_arms) if is_adjusted(effects[0]) else (from_arms, _by_contrast)
    reasons: dict[object, str] = {}
    for way in ways:
        working = Working()
        made = way(study, effects, question, share, working)
        if isinstance(made, Made):
            scale = scaling(effects[0], question, evidence.vocabularies)
            if isinstance(scale, str):
                return scale
            yi, vi = brought(made.yi, made.vi, scale, working)
            return EffectSize(yi, vi, working.steps, working.approximated, made.n, made.first, made.second)
        reasons[way] = made
    return _telling(effects, reasons[from_arms], reasons[_by_contrast])


def _by_contrast(
    study: Study, effects: Sequence[Effect], question: Question, share: int, working: Working
) -> Made | str:
    if len(effects) > 1:
        return "arms can only be taken together with figures per arm"
    if share > 1:
        return "the control group is shared, and can only be divided with figures per arm"
    return from_contrast(study, effects[0], question, working)


def _telling(effects: Sequence[Effect], by_arms: str, by_contrast: str) -> str:
    """Return why neither way leads to an effect size; a way for which the source gives no figures is not named."""
    if not any(effect.groups for effect in effects):
        return by_contrast
    printed = any(effect.estimate is not None or effect.t is not None for effect in effects)
    return f"{by_arms}; {by_contrast}" if printed and by_contrast != by_arms else by_arms
