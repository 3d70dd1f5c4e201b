"""Web addresses and page numbers that follow from a reference's identifiers."""

from __future__ import annotations

import re
from urllib.parse import quote

from ..model import Reference

_SAFE = "/:;()._-,!*'$&+=@~"
_RANGE = re.compile(r"([A-Za-z]*\d+[A-Za-z]*)-([A-Za-z]*\d+[A-Za-z]*)")


def doi_url(reference: Reference) -> str:
    """Return the https address that resolves the reference's DOI, percent-encoded, or ''."""
    return doi_address(reference.doi)


def doi_address(doi: str) -> str:
    """Return the https address that resolves a DOI, percent-encoded, or '' where it is none."""
    return f"https://doi.org/{quote(doi, safe=_SAFE)}" if doi.startswith("10.") else ""


def pubmed_url(reference: Reference) -> str:
    """Return the https address of the reference's page at PubMed, or ''."""
    return (
        f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/" if re.fullmatch(r"\d+", reference.pmid, re.ASCII) else ""
    )


def pmc_url(reference: Reference) -> str:
    """Return the https address of the reference's free full text at PubMed Central, or ''."""
    found = re.fullmatch(r"(?:PMC)?(\d+)", reference.pmcid, re.ASCII | re.IGNORECASE)
    return f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{found[1]}/" if found else ""


def page_range(reference: Reference) -> tuple[str, str]:
    """Return the first and the last page, or the only page (or e-locator) and ''."""
    found = _RANGE.fullmatch(reference.pages)
    return (found[1], found[2]) if found else (reference.pages, "")
