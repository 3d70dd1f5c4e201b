"""What kind of work a reference is, where formats ask for more than its type."""

from __future__ import annotations

import re

from ..model import Reference
from .identifiers import page_range

_ARTICLE_NUMBER = re.compile(r"(?![Ss]\d)[A-Za-z]+[A-Za-z\d-]*\d[A-Za-z\d]*|\d{5,}")


_CSL_TYPES = {
    "article": "article-journal",
    **dict.fromkeys(("book", "mvbook", "manual", "collection", "proceedings"), "book"),
    **dict.fromkeys(("inbook", "incollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "webpage"),
    "booklet": "pamphlet",
    "dataset": "dataset",
    "software": "software",
    "unpublished": "manuscript",
}


_STATUSES = {
    "prepublished": "advance online publication",
    "inpress": "in press",
    "inpreparation": "in preparation",
}
"""BibLaTeX's words for how far a publication is, where people write them otherwise (``submitted`` is one)."""
_THESES = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}


def csl_type(reference: Reference) -> str:
    """Return what CSL calls the type of work: ``article-journal``, ``webpage``, ``report``."""
    kind = "article" if is_preprint(reference) else _CSL_TYPES.get(reference.type)
    return kind or ("webpage" if reference.url else "document")


def is_preprint(reference: Reference) -> bool:
    """Say whether the entry calls the work a preprint (``type = {Preprint}``)."""
    return reference.extra.get("type", "").casefold() == "preprint"


def is_ahead_of_print(reference: Reference) -> bool:
    """Say whether an article is out and has no place in an issue yet (``pubstate = {prepublished}``)."""
    return reference.extra.get("pubstate", "").casefold() == "prepublished"


def publication_status(reference: Reference) -> str:
    """Return how far the publication of a work is, in words: ``advance online publication``, ``in press``, or ''."""
    state = reference.extra.get("pubstate", "")
    return _STATUSES.get(state.casefold(), state)


def genre_of(reference: Reference) -> str:
    """Return what the entry calls the work (``type``), else what kind of thesis its entry type says, or ''."""
    return reference.extra.get("type", "") or _THESES.get(reference.type, "")


def article_number(reference: Reference) -> str:
    """Return the number that an article has instead of pages (``e12``, ``CD009790``, ``1687883``), or ''.

    It is told by its form: letters before digits, or more digits than a page has. ``S12`` is a page of a supplement.
    """
    first, last = page_range(reference)
    return first if reference.type == "article" and not last and _ARTICLE_NUMBER.fullmatch(first) else ""
