"""References -> RIS, as Zotero, EndNote, Mendeley and their like read it."""

from __future__ import annotations

from collections.abc import Iterator

from ..bibliography import note, page_range
from ..model import Name, Reference
from .format import Format

_TYPES = {
    "article": "JOUR",
    **dict.fromkeys(("book", "mvbook", "manual", "booklet"), "BOOK"),
    **dict.fromkeys(("collection", "proceedings"), "EDBOOK"),
    **dict.fromkeys(("inbook", "incollection"), "CHAP"),
    **dict.fromkeys(("inproceedings", "conference"), "CPAPER"),
    **dict.fromkeys(("techreport", "report"), "RPRT"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "THES"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "ELEC"),
    "dataset": "DATA",
    "software": "COMP",
    "unpublished": "UNPB",
}


def _entry(reference: Reference) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(reference))


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield tag and value of each line of one record; what has no value has no line."""
    kind = _TYPES.get(reference.type) or ("ELEC" if reference.url else "GEN")
    yield "TY", kind
    for tag, value in _values(reference, kind):
        line = " ".join(value.split())
        if line:
            yield tag, line
    yield "ER", ""


def _values(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    first, last = page_range(reference)
    yield "ID", reference.key
    yield from (("AU", _name(name)) for name in reference.authors)
    # A2 is the editor of the book in which a chapter stands, and the editor of a series for everything else
    editors = "A2" if kind in {"CHAP", "CPAPER"} else "ED"
    yield from ((editors, _name(name)) for name in reference.editors)
    yield "TI", reference.title
    yield "T2", reference.journal or reference.booktitle
    yield "PY", reference.year
    yield "DA", _date(reference)
    yield "VL", reference.volume
    yield "IS", reference.number
    yield "SP", first
    yield "EP", last
    yield "ET", reference.extra.get("edition", "")
    yield "M3", reference.extra.get("type", "")
    yield "PB", reference.publisher
    yield "CY", reference.address
    yield "SN", reference.issn or reference.isbn
    yield "DO", reference.doi
    yield "AN", reference.pmid
    yield "DB", "PubMed" if reference.pmid else ""
    yield "C2", reference.pmcid
    yield "UR", reference.url
    yield "LA", reference.language
    yield from (("KW", word) for word in reference.keywords)
    yield "AB", reference.abstract
    yield from (("N1", text) for text in (note(reference), _incomplete(reference)))


def _name(name: Name) -> str:
    """Return ``Family, Given, Suffix``; a group ends in a comma, else readers split its name."""
    if name.literal:
        return f"{name.literal},"
    return ", ".join(part for part in (name.short, name.given, name.suffix) if part)


def _date(reference: Reference) -> str:
    """Return YYYY/MM/DD/ with what is known; the slashes stay."""
    if not reference.year.isdigit():
        return ""
    return f"{reference.year}/{_two(reference.month)}/{_two(reference.day)}/"


def _two(number: int | None) -> str:
    return f"{number:02}" if number else ""


def _incomplete(reference: Reference) -> str:
    return "The list of authors is incomplete." if reference.more_authors else ""


RIS = Format("ris", "RIS", "ris", "application/x-research-info-systems", _entry)
"""One line a value; lines end in CR LF."""
