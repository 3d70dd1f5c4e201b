"""The terms that a record uses, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Where
from .base import Filed
from .claim import Claim
from .comparison import Comparison
from .study import Study


def terms_of(record: Filed) -> Iterator[tuple[Where, str, str]]:
    """Yield each term that a record uses: the path to it, the name of its vocabulary, its id."""
    if isinstance(record, Study):
        yield from _study_terms(record)
    if isinstance(record, Comparison):
        yield from _comparison_terms(record)
    if isinstance(record, Claim):
        for index, departure in enumerate(record.faithfulness.departures):
            yield ("faithfulness", "departures", index, "kind"), "departures", departure.kind


def _study_terms(study: Study) -> Iterator[tuple[Where, str, str]]:
    yield ("design", "type"), "designs", study.design.type
    if study.design.setting:
        yield ("design", "setting"), "settings", study.design.setting
    yield ("population", "condition"), "conditions", study.population.condition
    for index, arm in enumerate(study.arms):
        yield from _listed(("arms", index, "interventions"), "interventions", arm.interventions)
    if study.review:
        yield from _listed(("review", "interventions"), "interventions", study.review.interventions)
        yield from _listed(("review", "exposures"), "exposures", study.review.exposures)
    for index, effect in enumerate(study.effects):
        at: Where = ("effects", index)
        yield (*at, "outcome"), "outcomes", effect.outcome
        if effect.instrument:
            yield (*at, "instrument"), "instruments", effect.instrument
        if effect.exposure:
            yield (*at, "exposure"), "exposures", effect.exposure
        if effect.versus:
            yield from _listed((*at, "versus", "intervention"), "interventions", effect.versus.intervention)
            yield from _listed((*at, "versus", "comparator"), "interventions", effect.versus.comparator)
    for index, finding in enumerate(study.findings):
        if finding.outcome:
            yield ("findings", index, "outcome"), "outcomes", finding.outcome
    for index, appraisal in enumerate(study.appraisal):
        yield ("appraisal", index, "tool"), "appraisal", appraisal.tool


def _comparison_terms(comparison: Comparison) -> Iterator[tuple[Where, str, str]]:
    yield from _listed(("population", "conditions"), "conditions", comparison.population.conditions)
    for name, vocabulary in (
        ("intervention", "interventions"),
        ("comparator", "interventions"),
        ("exposure", "exposures"),
    ):
        if side := getattr(comparison, name):
            yield from _listed((name, "terms"), vocabulary, side.terms)
    for index, question in enumerate(comparison.outcomes):
        yield ("outcomes", index, "outcome"), "outcomes", question.outcome
        if question.scale:
            yield ("outcomes", index, "scale"), "instruments", question.scale


def _listed(at: Where, vocabulary: str, terms: tuple[str, ...]) -> Iterator[tuple[Where, str, str]]:
    for index, term in enumerate(terms):
        yield (*at, index), vocabulary, term
