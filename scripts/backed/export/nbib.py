"""References -> NBIB, the format of PubMed, as Zotero, EndNote and their like read it.

The tags are those of NLM's description of MEDLINE's elements. A group is a full author (`FAU`) with a comma at its end:
NLM's own tag for it, `CN`, is not read by everyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bibliography import is_ahead_of_print, is_preprint, language_of, standing_note
from ..model import Reference
from .bib_fields import MONTHS
from .format import Format
from .name_lines import inverted, remarks
from .work_type import RETRACTED, is_retracted

_TYPES = {
    "article": "Journal Article",
    **dict.fromkeys(("book", "mvbook", "manual", "booklet", "collection", "proceedings"), "Book"),
    **dict.fromkeys(("inbook", "incollection"), "Book Chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "Conference Paper"),
    **dict.fromkeys(("techreport", "report"), "Technical Report"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "Academic Dissertation"),
    "dataset": "Dataset",
}
_NOTICES = {"retracted": "RIN", "expression-of-concern": "ECI", "superseded": "UIN"}
"""NLM's tags for a notice: retraction in, expression of concern in, update in."""
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")


def _entry(reference: Reference) -> str:
    lines = ((tag, " ".join(value.split())) for tag, value in _values(reference))
    return "".join(f"{tag:<4}- {value}\r\n" for tag, value in lines if value)


def _values(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield tag and value of each line in PubMed's order; the value may be empty."""
    extra = reference.extra
    whole_book = _TYPES.get(reference.type) == "Book"
    yield "PMID", reference.pmid
    # a reader in wide use refuses an ISSN without its medium; Linking is the one that stands for all media
    yield from (("IS", f"{number} (Linking)") for number in _ISSN.findall(reference.issn))
    yield "ISBN", reference.isbn
    yield "VI", reference.volume
    yield "IP", reference.number
    yield "DP", _date(reference)
    yield "PB", reference.publisher
    yield "TI", reference.title
    yield "BTI", reference.title if whole_book else reference.booktitle
    yield "CTI", extra.get("series", "")
    yield "EN", extra.get("edition", "")
    yield "CP", extra.get("chapter", "")
    yield "PG", reference.pages
    yield "LID", reference.url if not reference.doi else ""
    yield "AB", reference.abstract
    yield from (("FED", inverted(name)) for name in reference.editors)
    for name in reference.authors:
        yield "FAU", inverted(name)
        yield "AU", " ".join(part for part in (name.short, name.initials, name.suffix) if part and not name.literal)
    yield "LA", language.three if (language := language_of(reference.language)) else reference.language
    yield "PT", "Preprint" if is_preprint(reference) else _TYPES.get(reference.type, "")
    yield "PT", RETRACTED if is_retracted(reference) else ""
    yield "DEP", _epub(reference)
    yield "PL", reference.address
    yield "JT", reference.journal
    yield from (("OT", word) for word in reference.keywords)
    yield "GN", standing_note(reference)
    yield "GN", extra.get("note", "")
    yield from (("GN", text) for text in remarks(reference))
    yield "PMC", reference.pmcid
    yield "AID", f"{reference.doi} [doi]" if reference.doi else ""
    yield "PST", "aheadofprint" if is_ahead_of_print(reference) else ""
    yield from _notice(reference)


def _notice(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the tag that leads from a work to the notice that withdrew, questioned or replaced it."""
    if standing := reference.standing:
        yield _NOTICES[standing.state], " ".join(part for part in (standing.by, standing.on, standing.notice) if part)


def _date(reference: Reference) -> str:
    """Return ``2004 Dec 1`` as far as it is known."""
    month = MONTHS[reference.month - 1].capitalize() if reference.month else ""
    day = str(reference.day) if reference.month and reference.day else ""
    return " ".join(part for part in (reference.year, month, day) if part)


def _epub(reference: Reference) -> str:
    """Return the day on which an article came out ahead of print, as eight digits, where it is known."""
    if not (is_ahead_of_print(reference) and reference.year.isdigit() and reference.month and reference.day):
        return ""
    return f"{reference.year}{reference.month:02}{reference.day:02}"


def _pubmed_first(reference: Reference) -> str:
    return "" if reference.pmid else "without a PMID"


NBIB = Format("nbib", "NBIB (PubMed)", "nbib", "application/nbib", _entry, between="\r\n", order=_pubmed_first)
"""One line a value, a blank line between records; lines end in CR LF, as PubMed's do.

A work with a PMID comes first: by that line programs recognise the format.
"""
