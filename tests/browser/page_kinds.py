"""The kinds of pages of a built site: one page of each, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from backed.export import FORMATTED

TOY_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "home": "",
        "claims": "claims/",
        "claim-computed": "claims/exercise-helps/",
        "claim-judged": "claims/stress-causes-pain/",
        "claim-missing": "claims/magnets-heal/",
        "claim-pooled": "claims/walking-helps/",
        "articles": "articles/",
        "article": "articles/rugtips/",
        "comparisons": "comparisons/",
        "comparison-intervention": "comparisons/exercise-v-nothing/",
        "comparison-pooled": "comparisons/movement-v-inactive/",
        "comparison-exposure": "comparisons/distress-onset/",
        "studies": "studies/",
        "study-trial": "studies/toy-2001-walking/",
        "study-arm-level": "studies/toy-2011-jogging/",
        "study-three-arms": "studies/toy-2014-three-arms/",
        "study-clusters": "studies/toy-2016-clinics/",
        "study-retracted": "studies/sample-2005-retracted-exercise/",
        "study-cohort": "studies/placeholder-2010-distress/",
        "study-single-group": "studies/toy-2012-cycling/",
        "study-review": "studies/madeup-2020-exercise/",
        "review-study": "studies/toy-2001-walking/review/",
        "review-comparison": "comparisons/distress-onset/review/",
        "review-claim": "claims/exercise-helps/review/",
        "map": "map/",
        "map-treatment": "map/interventions/exercise/",
        "map-exposure": "map/exposures/psychological-distress/",
        "bibliography": "bibliography/",
        "selection": "selection/",
        "check-references": "check-references/",
        "rules": "rules/",
        "rule": "rules/n-adds-up/",
        "methods": "methods/",
        "sourcing": "methods/sourcing/",
        "data": "data/",
        "record-builder": "contribute/record/",
        "corrections": "corrections/",
        "cite": "cite/",
        "tutorial": "contribute/tutorial/",
        "decisions": "contribute/decisions/",
        "anatomies": "anatomy/",
        "anatomy-study": "anatomy/study/",
        "anatomy-comparison": "anatomy/comparison/",
        "anatomy-article": "anatomy/article/",
        "anatomy-claim": "anatomy/claim/",
        "vocabularies": "vocabularies/",
        "vocabulary": "vocabularies/interventions/",
        "glossary": "glossary/",
        "new": "new/",
        "untranslated": "untranslated/",
        "health": "health/",
        "speed": "speed/",
        "about": "about/",
        "not-found": "404.html",
    }
)
"""Every page of the toy site; some rules, vocabularies, reviews, map rows stand for all. A test keeps this whole."""


def addresses(site: Path) -> list[str]:
    """Return the address of every page of a built site, relative to its root, in order.

    Lists of references as HTML are files to take along, no pages.
    """
    lists = tuple(f".{form.extension}" for form in FORMATTED)
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html") if not path.name.endswith(lists))
    return sorted(page.removesuffix("index.html") for page in pages)


def kinds(site: Path) -> dict[str, str]:
    """Return one page of each kind of any built site: each list by its folder, and the first record below it."""
    found: dict[str, str] = {}
    for address in addresses(site):
        folder, _, below = address.partition("/")
        found.setdefault(f"one-of-{folder}" if below else folder or "home", address)
    return found
