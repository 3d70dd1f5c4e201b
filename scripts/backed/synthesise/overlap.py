"""Overlap: the studies that several reviews have in common, so that nobody takes one trial for two proofs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..model import Answer, Claim, Comparison, Evidence, Overlap, Record, Study, Text

_CITED = re.compile(r"\[@([^\]\s]+)\s*\]")


def overlap(reviews: Sequence[Study]) -> Overlap | None:
    """Return what reviews have in common, by the studies recorded under ``review.includes``.

    None where fewer than two of them have any recorded. The corrected covered area is (N - r) / (r * c - r): N
    inclusions counted in every review, r distinct studies, c reviews (Pieper and others, J Clin Epidemiol 2014;67:368,
    doi:10.1016/j.jclinepi.2013.11.007). It is worked out only where every review's studies are all recorded.
    """
    listed = {study.id: study.review for study in reviews if study.review and study.review.includes}
    if len(listed) < 2:
        return None
    holders: dict[str, list[str]] = {}
    for review, covers in listed.items():
        for study in dict.fromkeys(covers.includes):
            holders.setdefault(study, []).append(review)
    partial = tuple(name for name, covers in listed.items() if len(set(covers.includes)) != covers.studies)
    distinct, inclusions = len(holders), sum(len(names) for names in holders.values())
    repeated = (inclusions - distinct) / (distinct * len(listed) - distinct)
    shared = {study: tuple(names) for study, names in holders.items() if len(names) > 1}
    return Overlap(tuple(listed), partial, shared, distinct, inclusions, None if partial else repeated)


def overlaps(evidence: Evidence, answers: Mapping[tuple[str, str], Answer]) -> dict[tuple[str, str], Overlap]:
    """Return the overlap of the reviews that each comparison and each claim cites, where two or more are.

    A comparison cites the reviews found for its outcomes and those named in its texts; a claim those it is judged by,
    those of its comparisons' anchors and those named in its texts.
    """
    found: dict[tuple[str, str], Overlap] = {}
    for comparison in evidence.comparisons.values():
        ids = [one.study for q in comparison.outcomes for one in answers[comparison.id, q.id].found]
        if made := overlap(_reviews([*_anchors(comparison), *ids, *_named(comparison)], evidence)):
            found["comparisons", comparison.id] = made
    for claim in evidence.claims.values():
        if made := overlap(_reviews(_behind(claim, evidence), evidence)):
            found["claims", claim.id] = made
    return found


def _behind(claim: Claim, evidence: Evidence) -> Iterator[str]:
    yield from claim.judgement.studies if claim.judgement else ()
    for asked in (claim.evidence, *claim.also):
        comparison = evidence.comparisons.get(asked.comparison) if asked else None
        if comparison:
            yield from _anchors(comparison)
    yield from _named(claim)


def _anchors(comparison: Comparison) -> Iterator[str]:
    for question in comparison.outcomes:
        if question.anchor:
            yield question.anchor.study


def _named(record: Record) -> Iterator[str]:
    """Yield every key cited in a record's texts; a study's id is the key of its main report."""
    for text in _texts(record):
        yield from _CITED.findall(text.en)


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)


def _reviews(ids: Sequence[str] | Iterator[str], evidence: Evidence) -> list[Study]:
    known = (evidence.studies.get(evidence.study_by_report.get(name, name)) for name in dict.fromkeys(ids))
    return list({study.id: study for study in known if study and study.review}.values())
