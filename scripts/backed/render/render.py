"""Evidence and syntheses to pages: records, lists, rules, vocabularies, the anatomy of records, old addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from ..model import Evidence, Page
from .anatomy import anatomy_pages
from .article import article_page
from .claim import claim_page
from .comparison import comparison_page
from .evidence_map import map_page, row_page
from .lists import LISTS, rule_page
from .mapped import SIDES
from .moved import moved_pages
from .review import study_review
from .review_judged import claim_review, comparison_review
from .site import Site
from .study import study_page
from .vocabularies import vocabulary_pages

Make = Callable[[Site], Iterable[Page]]


def render(site: Site) -> Iterator[Page]:
    """Yield every generated page."""
    for _, make in page_units(site.evidence):
        yield from make(site)


def page_units(evidence: Evidence) -> Iterator[tuple[str, Make]]:
    """Yield every page of a base in units, each with its name and what makes its pages.

    A record is a unit, with its page and the one to review it; its name is that page's address. So is each list.
    """
    for name, page in LISTS.items():
        yield name, partial(_single, page)
    for folder, make in _OF_RECORDS.items():
        for id in getattr(evidence, folder):
            yield f"{folder}/{id}/", partial(make, id)
    yield "map/", partial(_single, map_page)
    for side in SIDES:
        for term in getattr(evidence.vocabularies, side):
            yield f"map-{side}-{term}", partial(row_page, side, term)
    yield "moved", moved_pages
    yield "rules", _rules
    yield "anatomy", anatomy_pages
    yield "vocabularies", vocabulary_pages


def _single(make: Callable[[Site], Page], site: Site) -> Iterator[Page]:
    yield make(site)


def _claim(id: str, site: Site) -> Iterator[Page]:
    claim = site.evidence.claims[id]
    yield claim_page(claim, site)
    yield claim_review(claim, site)


def _article(id: str, site: Site) -> Iterator[Page]:
    yield article_page(site.evidence.articles[id], site)


def _comparison(id: str, site: Site) -> Iterator[Page]:
    comparison = site.evidence.comparisons[id]
    yield comparison_page(comparison, site)
    yield comparison_review(comparison, site)


def _study(id: str, site: Site) -> Iterator[Page]:
    study = site.evidence.studies[id]
    yield study_page(study, site)
    yield study_review(study, site)


_OF_RECORDS: Mapping[str, Callable[[str, Site], Iterable[Page]]] = {
    "claims": _claim,
    "articles": _article,
    "comparisons": _comparison,
    "studies": _study,
}


def _rules(site: Site) -> Iterator[Page]:
    return (rule_page(rule, site) for rule in site.rules)
