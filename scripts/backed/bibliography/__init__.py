"""BibTeX files -> references, and references -> citations that people read."""

from .citation import cite, short_cite
from .dates import UNDATED, iso_date
from .identifiers import doi_url, page_range, pmc_url, pubmed_url
from .kinds import article_number, csl_type, genre_of, is_ahead_of_print, is_preprint, publication_status
from .languages import Language, language_name, language_of
from .latex import escape
from .place import place_of
from .plain import plain, restored
from .read import read_bib
from .standing import note, standing_note
from .styles import STYLES, Style

__all__ = [
    "STYLES",
    "UNDATED",
    "Language",
    "Style",
    "article_number",
    "cite",
    "csl_type",
    "doi_url",
    "escape",
    "genre_of",
    "is_ahead_of_print",
    "is_preprint",
    "iso_date",
    "language_name",
    "language_of",
    "note",
    "page_range",
    "place_of",
    "plain",
    "pmc_url",
    "publication_status",
    "pubmed_url",
    "read_bib",
    "restored",
    "short_cite",
    "standing_note",
]
