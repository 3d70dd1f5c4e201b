"""BibTeX files -> references, and references -> citations that people read."""

from .citation import cite, short_cite
from .identifiers import doi_url, page_range, pmc_url, pubmed_url
from .latex import escape
from .place import place_of
from .read import read_bib
from .standing import note, standing_note

__all__ = [
    "cite",
    "doi_url",
    "escape",
    "note",
    "page_range",
    "place_of",
    "pmc_url",
    "pubmed_url",
    "read_bib",
    "short_cite",
    "standing_note",
]
