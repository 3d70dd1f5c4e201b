"""Citations from Crossref and PubMed. Only this, `crawl` and `health` ask the network, never a build or a check."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from urllib.parse import quote, urlencode

from .. import __version__
from .decode import LARGEST

CROSSREF = "https://api.crossref.org"
PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
AGENT = f"backed/{__version__} (an editor imports one citation)"
TIMEOUT = 20.0
"""Seconds without an answer."""


class FetchError(Exception):
    """No answer that can be read; says why, and what to do instead."""


def crossref_answer(doi: str, base: str = CROSSREF, timeout: float = TIMEOUT) -> bytes:
    """Return what Crossref answers about a DOI (JSON). Raises FetchError, also for a DOI it does not know."""
    address = f"{base.rstrip('/')}/works/{quote(doi, safe='')}"
    unknown = f"Crossref does not know the DOI {doi}: is it whole? Some (of data sets, of theses) are kept elsewhere"
    return _answer(address, "Crossref", unknown, timeout)


def pubmed_answer(pmid: str, base: str = PUBMED, timeout: float = TIMEOUT) -> bytes:
    """Return what PubMed answers about a PMID (XML). Raises FetchError."""
    query = urlencode({"db": "pubmed", "id": pmid, "retmode": "xml", "tool": "backed"})
    unknown = f"PubMed has no citation with the PMID {pmid}"
    return _answer(f"{base.rstrip('/')}/efetch.fcgi?{query}", "PubMed", unknown, timeout)


def _answer(address: str, who: str, unknown: str, timeout: float) -> bytes:
    instead = (
        "save the citation from PubMed as .nbib and give it: `backed import FILE`, or `from-issue … --citation FILE`"
    )
    if not address.startswith(("https://", "http://")):
        raise FetchError(f"no network: {who} cannot be reached at {address}, which is no address of the web; {instead}")
    try:
        request = urllib.request.Request(address, headers={"User-Agent": AGENT})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as fault:
        fault.close()
        if fault.code in {400, 404}:
            raise FetchError(unknown) from fault
        if fault.code == 429:
            raise FetchError(f"{who} has had too many questions from here: wait a minute, or {instead}") from fault
        raise FetchError(f"{who} answers with the error {fault.code}: try again later, or {instead}") from fault
    except (OSError, http.client.HTTPException, ValueError, OverflowError) as fault:
        reason = getattr(fault, "reason", None) or fault
        raise FetchError(f"no network: {who} cannot be reached ({reason}); {instead}") from fault
    if len(content) > LARGEST:
        raise FetchError(f"{who} answers with more than {LARGEST // 1_000_000} MB: {instead}")
    return content
