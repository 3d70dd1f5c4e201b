"""BibTeX and BibLaTeX -> citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..bibliography import read_bib
from ..model import Reference
from ..problem import Severity
from .citation import Citation, Findings
from .values import identifiers_in

_LATER = "bib-incomplete"
"""What is missing is told of every format alike, after reading."""


def read_bibtex(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the entries that were read whole; one with an unknown macro or command would lose text and is a fault."""
    references, problems = read_bib(text, findings.file)
    told = [problem for problem in problems if problem.rule != _LATER]
    findings.take(told)
    faulty = {problem.at[0] for problem in told if problem.at and problem.severity is Severity.ERROR}
    yield from (Citation(_noted(reference)) for reference in references if reference.key not in faulty)


def _noted(reference: Reference) -> Reference:
    """Return a reference with the identifiers that stand in its note in their fields."""
    note, found = identifiers_in(reference.extra.get("note", ""))
    if any(getattr(reference, name) for name in found):
        return reference
    extra = {name: value for name, value in reference.extra.items() if name != "note"} | (
        {"note": note} if note else {}
    )
    return replace(
        reference,
        pmid=found.get("pmid", reference.pmid),
        pmcid=found.get("pmcid", reference.pmcid),
        issn=found.get("issn", reference.issn),
        isbn=found.get("isbn", reference.isbn),
        extra=extra,
    )
