"""Rules about certainty: does the rating add up, and does it agree with what the figures suggest?"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Comparison
from ..problem import Severity, Where
from .rule import Base, Finding, rule

LEVELS = ("very-low", "low", "moderate", "high")


@rule("comparison")
def certainty_adds_up(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """The level of certainty is where the rating starts, less the steps down, plus the steps up.

    GRADE starts at high for randomised trials and at low for observed associations; each step has a domain and a
    reason. A level that does not follow from its steps was changed in one place and forgotten in the other. Ratings
    copied from a review's authors without their steps are left alone.
    """
    for index, question in enumerate(comparison.outcomes):
        certainty = question.certainty
        if certainty is None or (certainty.by == "anchor" and not certainty.changes):
            continue
        at: Where = ("outcomes", index, "certainty", "level")
        place = LEVELS.index(certainty.start) + sum(change.steps for change in certainty.changes)
        follows = LEVELS[min(max(place, 0), len(LEVELS) - 1)]
        if follows != certainty.level:
            message = f"the steps lead from {certainty.start} to {follows}, not to {certainty.level}"
            yield Finding(at, message, "correct the level, or add the step that is missing with its reason")


@rule("comparison", Severity.WARNING)
def certainty_agrees_with_figures(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """A rating by this project agrees with what the pool's own figures suggest, domain by domain.

    For risk of bias (share of the weight at high risk), inconsistency (I² and the test of heterogeneity), imprecision
    (which limits the interval crosses, how many people) and publication bias (Egger's test from ten studies on) the
    programme proposes steps. The record decides: it may differ, with the reason in an exception or in the step itself.
    Only answers that rest on our own pool are looked at, and only ratings by this project.
    """
    if base.evidence.unreadable:
        return  # what could not be read may be what the pool lacks
    for index, question in enumerate(comparison.outcomes):
        answer = base.syntheses.answers.get((comparison.id, question.id))
        certainty = question.certainty
        if answer is None or answer.basis != "pool" or certainty is None or certainty.by != "backed":
            continue
        for proposal in answer.proposals:
            decided = sum(change.steps for change in certainty.changes if change.domain == proposal.domain)
            if decided != proposal.steps:
                message = f"{proposal.domain}: the figures suggest {proposal.steps:+d}, the record says {decided:+d}"
                hint = f"{proposal.reason}; change the step, or add an exception with the reason"
                yield Finding(("outcomes", index, "certainty"), message.replace("+0", "0"), hint)
