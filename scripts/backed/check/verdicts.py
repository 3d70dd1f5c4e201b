"""Rules about what a verdict rests on: the rating it takes over, the threshold, the way in which a claim points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..model import Asked, Claim, Comparison, Measure, Question
from ..problem import Severity, Where
from .printed import numbers_in
from .rule import Base, Finding, rule


@rule("comparison")
def certainty_as_rated(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """A certainty taken over from the anchor review is the one that its authors gave that effect.

    `by: anchor` says that the review's authors judged; their level stands at the effect in the record of the review. A
    level of one's own is `by: backed`, with its steps (GRADE guidelines 3, Balshem and others 2011,
    doi:10.1016/j.jclinepi.2010.07.015: a rating is explained by its domains).
    """
    for index, question in enumerate(comparison.outcomes):
        rated = _rated(question, base)
        if question.certainty and question.certainty.by == "anchor" and rated and rated != question.certainty.level:
            message = f"the review rates this effect {rated}, here it is {question.certainty.level}"
            hint = "take over the level of the review, or write `by: backed` with your own steps"
            yield Finding(("outcomes", index, "certainty", "level"), message, hint)


def _rated(question: Question, base: Base) -> str | None:
    """Return the level that the record of the anchor review has for the effect, where it has one."""
    study = base.evidence.studies.get(question.anchor.study) if question.anchor else None
    effect = study.effect(question.anchor.effect) if study and question.anchor else None
    return effect.certainty.level if effect and effect.certainty else None


_LARGE: Mapping[Measure, float] = {
    Measure.STANDARDISED_MEAN_DIFFERENCE: 0.8,
    Measure.CORRELATION: 0.5,
    Measure.RISK_DIFFERENCE: 0.5,
    **{measure: 2.0 for measure in Measure if measure.is_ratio},
}
"""What is called a large effect; the smallest one that matters is not larger."""


@rule("comparison", Severity.WARNING)
def threshold_small_enough(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """The smallest important effect is no large effect, and is the figure that its source prints.

    A standardised difference of 0.8 is called large (Cohen 1988, as in the Cochrane Handbook 5.1, section 12.6.2), a
    correlation of 0.5 too; a twofold ratio is what GRADE calls a large effect (GRADE guidelines 9, Guyatt and others
    2011, doi:10.1016/j.jclinepi.2011.06.004). A threshold beyond that has most likely lost its decimal point, and every
    effect would look too small to matter. A source that prints a correlation squared counts as printing it.

    Wrong: `value: "2"`, printed "0.2 represents a small effect". Right: `value: "0.2"`.
    """
    for index, question in enumerate(comparison.outcomes):
        important, at = question.important, ("outcomes", index, "important", "value")
        if important is None:
            continue
        value, large = Decimal(important.value), _LARGE.get(question.measure)
        printed = numbers_in(important.source.printed or "")
        if large is not None and abs(float(value)) > large:
            message = f"a {question.measure} of {value} is more than what is called large ({large:g})"
            yield Finding(at, message, "has the decimal point slipped?")
        elif printed and not important.source.computed and not {abs(value), value * value} & printed:
            known = ", ".join(str(one) for one in sorted(printed)[:4])
            yield Finding(at, f"{value} does not stand in the printed form of its source", f"it has {known}")


_HARM = re.compile(
    r"\b(worse\w*|harm\w*|hurts?|raises?|raised|increas\w+|more pain|causes?|danger\w*|bad|risk|slow\w*|delay\w*|"
    r"stiff\w*|useless|prolongs?|keeps?)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(r"\b(better|protect\w*|less\w*|lowers?|prevents?|helps?|reliev\w+|eases?|good)\b", re.IGNORECASE)


@rule("claim", Severity.WARNING)
def claimed_way_likely(claim: Claim, base: Base) -> Iterator[Finding]:
    """A claim points the way people expect, unless its words say otherwise.

    A treatment is said to make things better and an exposure to make them worse. "Lessens pain" is `claimed: lower`;
    recorded as `higher`, the verdict says the opposite of what the evidence shows. Nothing is said where the claim
    itself speaks of harm from a treatment, or of protection by an exposure. The direction was among the errors found
    when trials were extracted again (Gøtzsche and others 2007, doi:10.1001/jama.298.4.430).
    """
    asked: list[tuple[Where, Asked]] = [(("evidence",), claim.evidence)] if claim.evidence else []
    asked += [(("also", index), one) for index, one in enumerate(claim.also)]
    expected = {one.comparison for _, one in asked if not _unexpected(one, base)}
    for at, one in asked:
        if not _unexpected(one, base):
            continue
        words = _GOOD if base.evidence.comparisons[one.comparison].kind == "exposure" else _HARM
        if one.comparison in expected or not words.search(claim.claim.en):
            other = "higher" if one.claimed == "lower" else "lower"
            message = f"the claim is recorded as saying that `{one.outcome}` gets {one.claimed}"
            yield Finding((*at, "claimed"), message, f"does it not say {other}? then write `claimed: {other}`")


def _unexpected(asked: Asked, base: Base) -> bool:
    ruling = base.syntheses.expected.get((asked.comparison, asked.outcome))
    return ruling is not None and ruling.asked.claimed != asked.claimed
