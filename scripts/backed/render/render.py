"""Evidence and syntheses to pages: records, lists, rules, vocabularies, the anatomy of records, old addresses."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Page
from .anatomy import anatomy_pages
from .article import article_page
from .claim import claim_page
from .comparison import comparison_page
from .lists import list_pages, rule_page
from .moved import moved_pages
from .review import study_review
from .review_judged import claim_review, comparison_review
from .site import Site
from .study import study_page
from .vocabularies import vocabulary_pages


def render(site: Site) -> Iterator[Page]:
    """Yield every generated page: lists, a page a record and one to review it, a page a rule, those for editors."""
    yield from list_pages(site)
    for claim in site.evidence.claims.values():
        yield claim_page(claim, site)
        yield claim_review(claim, site)
    for article in site.evidence.articles.values():
        yield article_page(article, site)
    for comparison in site.evidence.comparisons.values():
        yield comparison_page(comparison, site)
        yield comparison_review(comparison, site)
    for study in site.evidence.studies.values():
        yield study_page(study, site)
        yield study_review(study, site)
    yield from moved_pages(site)
    for rule in site.rules:
        yield rule_page(rule, site)
    yield from anatomy_pages(site)
    yield from vocabulary_pages(site)
