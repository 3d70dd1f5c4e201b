"""Pages as structured data after schema.org, for whoever reads the web by machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..bibliography import doi_url, iso_date, pmc_url, pubmed_url, standing_note
from ..model import Claim, Name, Reference, Study, Verdict
from .cited import uncited
from .site import Site

ORGANISATION = {"@type": "Organization", "name": "The Backed project"}
_RATINGS: Mapping[str, int] = {
    Verdict.SUPPORTED: 5,
    Verdict.SIZE_UNCERTAIN: 4,
    Verdict.TOO_SMALL: 3,
    Verdict.NO_IMPORTANT_EFFECT: 2,
    Verdict.CONTRADICTED: 1,
}
"""Verdicts that lie between "contradicted" and "supported"; the others say that it is not known, and get no number."""
_OBSERVED = "MedicalObservationalStudy"
_STUDIES = {"trial": "MedicalTrial", "cohort": _OBSERVED, "cross-sectional": _OBSERVED}


def script(data: Mapping[str, Any]) -> str:
    """Return data as a script element of JSON-LD: no text in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **_told(data)}, ensure_ascii=False, sort_keys=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data without what has no value, at any depth; a thing of which only its type is known is none."""
    kept = {name: _value(value) for name, value in data.items()}
    told = {name: value for name, value in kept.items() if value not in ("", None, [], {})}
    return {} if told.keys() == {"@type"} else told


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _told(value)
    if isinstance(value, list):
        return [told for one in value if (told := _value(one)) not in ("", None, [], {})]
    return value


def study_data(study: Study, reference: Reference, kind: str, url: str, site: Site) -> dict[str, Any]:
    """Return a study's main report as a ScholarlyArticle, about the trial or the observational study it tells of."""
    about = {
        "@type": _STUDIES.get(kind, ""),
        "name": study.title,
        "description": uncited(study.summary.en),
        "healthCondition": {"@type": "MedicalCondition", "name": site.label("conditions", study.population.condition)},
        "trialDesign": "https://schema.org/RandomizedTrial" if study.design.type == "randomised-trial" else "",
        "identifier": [f"{one.registry} {one.id}" for one in study.registration],
        "url": url,
    }
    return {**work_data(reference), **({"about": about} if about["@type"] else {}), "mainEntityOfPage": url}


def work_data(reference: Reference) -> dict[str, Any]:
    """Return a work as a ScholarlyArticle (a book or a report as a CreativeWork)."""
    article = reference.type == "article"
    return {
        "@type": "ScholarlyArticle" if article else "CreativeWork",
        "headline": reference.title,
        "author": _people(reference.authors),
        "editor": _people(reference.editors),
        "datePublished": iso_date(reference),
        "isPartOf": _issue(reference) if article else {"@type": "Book", "name": reference.booktitle},
        "pagination": reference.pages,
        "publisher": {"@type": "Organization", "name": reference.publisher},
        "identifier": [f"doi:{reference.doi}" if reference.doi else "", *_numbered(reference)],
        "creativeWorkStatus": standing_note(reference),
        "sameAs": [link for link in (doi_url(reference), pubmed_url(reference), pmc_url(reference)) if link],
    }


def _issue(reference: Reference) -> dict[str, Any]:
    """Return the issue of a volume of a journal; where a number is not known, what holds it stands in its place."""
    held: dict[str, Any] = {"@type": "Periodical", "name": reference.journal, "issn": reference.issn}
    if reference.volume:
        held = {"@type": "PublicationVolume", "volumeNumber": reference.volume, "isPartOf": held}
    if reference.number:
        held = {"@type": "PublicationIssue", "issueNumber": reference.number, "isPartOf": held}
    return held


def _numbered(reference: Reference) -> Iterable[str]:
    return [text for text in (reference.pmid and f"PMID:{reference.pmid}", reference.pmcid) if text]


def _people(names: Iterable[Name]) -> list[dict[str, str]]:
    return [
        {"@type": "Organization", "name": name.literal}
        if name.literal
        else {"@type": "Person", "name": " ".join(part for part in (name.given, name.short, name.suffix) if part)}
        for name in names
    ]


def claim_data(claim: Claim, verdict: Mapping[str, str], url: str, site: Site) -> dict[str, Any]:
    """Return a claim as a ClaimReview; a computed verdict gets a number only where it lies between two ends.

    ``verdict`` is what ``verdict_view`` returns.
    """
    article = site.evidence.articles.get(claim.article)
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict["label"]}
    if number := _RATINGS.get(verdict["mark"]):
        rating |= {"ratingValue": number, "bestRating": 5, "worstRating": 1}
    appearance = (
        {
            "@type": "Article",
            "headline": article.title,
            "inLanguage": article.language,
            "url": article.url if (article.url or "").startswith(("https://", "http://")) else "",
            "publisher": {"@type": "Organization", "name": article.publisher},
        }
        if article
        else {}
    )
    return {
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim.claim.en,
        "datePublished": claim.reviewed.on.isoformat(),
        "author": ORGANISATION,
        "itemReviewed": {"@type": "Claim", "appearance": appearance},
        "reviewRating": rating,
        "reviewBody": uncited(claim.explanation.en),
    }


def dataset_data(url: str, version: str, on: str, files: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """Return the whole evidence as a Dataset; ``files`` are name, address and media type of what can be downloaded."""
    return {
        "@type": "Dataset",
        "name": "Backed: popular back-pain advice checked against the research",
        "description": "Studies of back pain with their designs, samples and effects, comparisons that pool them, and "
        "popular claims judged by a published rule.",
        "url": url,
        "version": version,
        "dateModified": on,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": ORGANISATION,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "name": name, "contentUrl": address, "encodingFormat": media}
            for name, address, media in files
        ],
    }
