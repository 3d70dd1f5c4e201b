"""What a page is made of: the records, and the scales with their smallest important differences.

They make the page's version: it is another one when any of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Answer, Article, Claim, Comparison, Filed
from .site import Site


@dataclass(frozen=True)
class Behind:
    """The records behind a page, its own first, each once; and the ids of the scales on which its answers are given."""

    records: tuple[Filed, ...]
    scales: frozenset[str] = frozenset()


def behind_claim(claim: Claim, site: Site) -> Behind:
    """Return what a claim's page is made of: the claim, the comparisons asked, all studies that either rests on."""
    answers = [ruling.answer for ruling in site.syntheses.rulings.get(claim.id, ())]
    named = {*claim.rests_on.studies, *(claim.judgement.studies if claim.judgement else ())}
    asked = [site.evidence.comparisons[id] for id in sorted({answer.comparison for answer in answers})]
    return _behind([claim, *asked], named, answers, site)


def behind_comparison(comparison: Comparison, site: Site) -> Behind:
    """Return what a comparison's page is made of: the comparison, and the studies in its answers and pools."""
    answers = [site.syntheses.answers[comparison.id, question.id] for question in comparison.outcomes]
    return _behind([comparison], (), answers, site)


def behind_article(article: Article, site: Site) -> Behind:
    """Return what an article's page is made of: the article, and all that is behind its claims."""
    claims = [behind_claim(claim, site) for claim in site.evidence.claims_of(article.id)]
    records: dict[str, Filed] = {article.file: article}
    records |= {record.file: record for behind in claims for record in behind.records}
    return Behind(tuple(records.values()), frozenset().union(*(behind.scales for behind in claims)))


def _behind(records: Sequence[Filed], named: Iterable[str], answers: Sequence[Answer], site: Site) -> Behind:
    studies = {*named, *(study for answer in answers for study in _studies(answer))}
    known = (site.evidence.studies[id] for id in sorted(studies) if id in site.evidence.studies)
    return Behind((*records, *known), frozenset(answer.scale for answer in answers if answer.scale))


def _studies(answer: Answer) -> Iterable[str]:
    """Yield the studies whose figures an answer shows: that it rests on, that are in our pool, or stand beside."""
    if answer.study:
        yield answer.study
    yield from (found.study for found in answer.found if found.role in {"answers", "pooled", "beside"})
