"""The vocabularies: every term in its tree, with labels, synonyms, definition and the records that use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..model import (
    KINDS,
    Claim,
    Comparison,
    Design,
    Filed,
    Instrument,
    Outcome,
    Page,
    SearchEntry,
    SourceKind,
    Study,
    Term,
    Tool,
    terms_of,
)
from .site import Site

ABOUT = {
    "conditions": "Who took part: which back pain, how long it lasted.",
    "settings": "Where the study took place.",
    "designs": "How the study was made.",
    "interventions": "What people did or were given, and what that was compared with.",
    "exposures": "What people were exposed to without being assigned to it.",
    "outcomes": "What was measured, and which direction is good for the patient.",
    "instruments": "Scales and questionnaires: range, direction, smallest important difference.",
    "appraisal": "Tools for judging risk of bias and quality.",
    "departures": "Ways in which an article departs from its source.",
    "sources": "Kinds of sources, and what each may carry. Works are of a kind by their BibTeX type.",
}
"""What each vocabulary is about, in a sentence."""

Uses = Mapping[tuple[str, str], Mapping[str, Filed]]


def vocabulary_pages(site: Site) -> Iterator[Page]:
    """Yield the list of vocabularies, then a page for each."""
    uses = _uses(site)
    named = list(site.evidence.vocabularies.named())
    rows = [{"name": name, "about": ABOUT[name], "terms": len(terms)} for name, terms in named]
    description = "The terms that records may use: each with its place in a tree, synonyms and the records that use it."
    yield site.page("vocabularies.html", "vocabularies/", "Vocabularies", description, rows=rows)
    for name, terms in named:
        yield vocabulary_page(name, terms, uses, site)


def vocabulary_page(name: str, terms: Mapping[str, Term], uses: Uses, site: Site) -> Page:
    """Return the page of one vocabulary; each term has its id as its anchor and an entry in the search."""
    url, title = f"vocabularies/{name}/", f"Vocabulary: {name}"
    page = site.page(
        "vocabulary.html",
        url,
        title,
        ABOUT[name],
        name=name,
        about=ABOUT[name],
        counted=name != "sources",
        many=len(terms),
        tree=_tree(None, name, terms, uses, site),
        source=f"{site.evidence.root}/vocabularies/{name}.yaml",
    )
    entries = (
        SearchEntry(
            f"{url}#{key}",
            term.label.en,
            term.definition.en if term.definition else ABOUT[name],
            ("Term", name),
            0.5,
            " ".join(term.words[1:]),
        )
        for key, term in terms.items()
    )
    return replace(page, search=(SearchEntry(url, title, ABOUT[name], ("For editors",), 0.5), *entries))


def _uses(site: Site) -> Uses:
    """Return the records that use each term of each vocabulary, by kind and id, in their order."""
    found: dict[tuple[str, str], dict[str, Filed]] = {}
    for folder in KINDS:
        records: Mapping[str, Filed] = getattr(site.evidence, folder)
        for record in records.values():
            for _, vocabulary, term in terms_of(record):
                found.setdefault((vocabulary, term), {})[f"{folder}/{record.id}/"] = record
    return found


def _tree(above: str | None, name: str, terms: Mapping[str, Term], uses: Uses, site: Site) -> list[dict[str, Any]]:
    """Return the terms whose wider term is ``above``, each with those below it and all records that fall under it."""
    nodes = []
    for key, term in terms.items():
        if term.broader != above:
            continue
        below = _tree(key, name, terms, uses, site)
        own = uses.get((name, key), {})
        under = {address for node in below for address in node["under"]} | set(own)
        nodes.append(
            {
                "key": key,
                "term": term,
                "facts": list(_facts(term)),
                "outcome": term.outcome if isinstance(term, Instrument) else "",
                "uses": [{"url": address, "name": _name(record, site)} for address, record in own.items()],
                "under": under,
                "below": below,
            }
        )
    return nodes


def _name(record: Filed, site: Site) -> str:
    if isinstance(record, Study):
        return site.name(record)
    if isinstance(record, Comparison):
        return f"Question: {record.title.en}"
    return f"Claim: {record.claim.en}" if isinstance(record, Claim) else record.id


def _facts(term: Term) -> Iterator[tuple[str, str]]:
    """Yield what a term of its kind says beside its name: label and value."""
    if isinstance(term, Outcome):
        yield "Better", term.better
        yield "Said as", f"{term.less.en}, {term.more.en}"
    if isinstance(term, Instrument):
        if term.range:
            yield "Range", f"{term.range[0]} to {term.range[1]}"
        yield "Unit", term.unit.en
        yield "Better", term.better
        if term.mid:
            yield "Smallest important difference", str(term.mid.value)
    if isinstance(term, Design):
        yield "Kind of study", term.kind
    if isinstance(term, Tool):
        yield "Version", term.version
        yield "Domains", "; ".join(f"{key}: {text.en}" for key, text in term.domains.items())
        yield "Judgements", "; ".join(f"{key}: {text.en}" for key, text in term.judgements.items())
    if isinstance(term, SourceKind):
        yield "May carry a figure", "yes" if term.counts else "no"
        yield "BibTeX types", ", ".join(term.bibtex)
        yield "Needs one of", ", ".join(term.needs)
