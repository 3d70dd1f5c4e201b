"""Rules that hold what a result is said to be against the rest of the base: its sides, its measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Evidence, Study, falls_under
from ..problem import Severity, Where
from .rule import Base, Finding, rule
from .seen import way_of, ways_of_all


@rule("study", Severity.WARNING)
def sides_as_elsewhere(study: Study, base: Base) -> Iterator[Finding]:
    """The treatment is the intervention and the control the comparator, in every result of a study alike.

    Exchanged sides turn a benefit into a harm. Reported are two results of one study with just the opposite sides, and
    a result whose intervention is what the questions of this base only ever compare with (usual care, placebo) while
    its comparator is not. A wrong direction of the effect was among the errors found when trials were extracted again
    (Gøtzsche and others 2007, doi:10.1001/jama.298.4.430).
    """
    seen: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    for index, effect in enumerate(study.effects):
        contrast = effect.arms or effect.versus
        if contrast is None or not contrast.comparator:
            continue
        at: Where = ("effects", index, "arms" if effect.arms else "versus", "intervention")
        sides = frozenset(contrast.intervention), frozenset(contrast.comparator)
        other = seen.get(sides[::-1]) if sides[0] != sides[1] else None
        seen.setdefault(sides, effect.id)
        terms = study.sides(effect)
        if other is not None:
            message = f"the two sides are those of `{other}`, the other way round"
            yield Finding(at, message, "are intervention and comparator exchanged in one of them?")
        elif _is_control(base, terms[0]) and not _has_control(base, terms[1]):
            message = f"`{terms[0][0]}` is what others are compared with, here it is the intervention"
            yield Finding(at, message, "are intervention and comparator exchanged?")


def _controls(evidence: Evidence) -> tuple[str, ...]:
    """Return the terms with which the questions of the base compare, and which none of them asks about."""
    questions = evidence.comparisons.values()
    asked = {term for one in questions if one.intervention for term in one.intervention.terms}
    against = {term for one in questions if one.comparator for term in one.comparator.terms}
    known = evidence.vocabularies.interventions
    return tuple(term for term in sorted(against) if not any(falls_under(known, one, (term,)) for one in asked))


def _is_control(base: Base, terms: Sequence[str]) -> bool:
    known, controls = base.evidence.vocabularies.interventions, base.once(_controls)
    return bool(terms) and all(falls_under(known, term, controls) for term in terms)


def _has_control(base: Base, terms: Sequence[str]) -> bool:
    known, controls = base.evidence.vocabularies.interventions, base.once(_controls)
    return not terms or any(falls_under(known, term, controls) for term in terms)


@rule("study", Severity.WARNING)
def measure_like_others(study: Study, base: Base) -> Iterator[Finding]:
    """The outcome of a result is measured in the way in which all others measure it: in points, or as yes or no.

    Relapses, dropouts and sick leave are counted, pain and disability are measured in points. Where two or more other
    studies all have the one and this result is of the other kind, the term is most likely that of another outcome; if
    not, a `label` says what was counted.
    Measures for two values and for points are those of the Cochrane Handbook 6.5, chapter 6. Repeated extraction finds
    errors in up to half of what was extracted (Mathes, Klaßen and Pieper 2017, doi:10.1186/s12874-017-0431-4).
    """
    for index, effect in enumerate(study.effects):
        own = way_of(effect)
        ways = base.once(ways_of_all).get(effect.outcome, {})
        elsewhere = {way: many for way, who in ways.items() if (many := len(who) - (study.id in who))}
        if (
            own
            and effect.label is None
            and len(elsewhere) == 1
            and own not in elsewhere
            and max(elsewhere.values()) > 1
        ):
            said = {"counted": "counted as yes or no", "points": "measured in points"}
            message = f"`{effect.outcome}` is {said[next(iter(elsewhere))]} everywhere else, here it is {said[own]}"
            yield Finding(("effects", index, "outcome"), message, "is it the term of another outcome?")
