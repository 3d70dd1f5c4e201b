"""References -> RIS, as Zotero, EndNote, Mendeley and their like read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bibliography import article_number, is_preprint, note, page_range
from ..model import Reference
from .format import Format
from .name_lines import inverted, remarks

_TYPES = {
    "article": "JOUR",
    **dict.fromkeys(("book", "mvbook", "manual", "booklet"), "BOOK"),
    **dict.fromkeys(("collection", "proceedings"), "EDBOOK"),
    **dict.fromkeys(("inbook", "incollection"), "CHAP"),
    **dict.fromkeys(("inproceedings", "conference"), "CONF"),
    **dict.fromkeys(("techreport", "report"), "RPRT"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "THES"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "ELEC"),
    "dataset": "DATA",
    "software": "COMP",
    "unpublished": "UNPB",
}

_TYPED = frozenset({"RPRT", "THES", "UNPB", "ELEC"})
"""Works with a type of their own in M3; in any other Zotero takes M3 for the DOI, so that it is said in a note."""
_ALSO = {"JOUR": "JF", "CHAP": "BT", "CONF": "BT"}
"""A second tag for journal and book, which bibutils takes it from; Zotero and EndNote take it from T2."""


def _entry(reference: Reference) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(reference))


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield tag and value of each line of one record; what has no value has no line."""
    kind = "UNPB" if is_preprint(reference) else _TYPES.get(reference.type) or ("ELEC" if reference.url else "GEN")
    yield "TY", kind
    for tag, value in _values(reference, kind):
        line = " ".join(value.split())
        if line:
            yield tag, line
    yield "ER", ""


def _values(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    extra = reference.extra
    first, last = page_range(reference)
    container = reference.journal or reference.booktitle
    yield "ID", reference.key
    yield from (("AU", inverted(name)) for name in reference.authors)
    # A2 is the editor of the book in which a chapter stands, and the editor of a series for everything else
    editors = "A2" if kind in {"CHAP", "CONF"} else "ED"
    yield from ((editors, inverted(name)) for name in reference.editors)
    yield "TI", reference.title
    yield "T2", container or extra.get("series", "")
    if kind in _ALSO:
        yield _ALSO[kind], container
    yield "T3", extra.get("series", "") if container else ""
    yield "PY", reference.year
    yield "DA", _date(reference)
    yield "VL", reference.volume
    yield "IS", reference.number
    yield "SP", first
    yield "EP", last
    yield "C7", article_number(reference)
    yield "SE", extra.get("chapter", "")
    yield "ET", extra.get("edition", "") or extra.get("version", "")
    yield "M3", extra.get("type", "") if kind in _TYPED else ""
    yield "PB", reference.publisher
    yield "CY", reference.address
    # EndNote and Zotero keep the number of a report where others have their ISBN
    yield "SN", reference.issn or reference.isbn or (reference.number if kind == "RPRT" else "")
    yield "DO", reference.doi
    yield "AN", reference.pmid
    yield "DB", "PubMed" if reference.pmid else ""
    yield "C2", reference.pmcid
    yield "UR", reference.url
    yield "Y2", _access_date(reference)
    yield "LA", reference.language
    yield from (("KW", word) for word in reference.keywords)
    yield "AB", reference.abstract
    yield from (("N1", text) for text in (note(reference), *remarks(reference)))
    yield "N1", f"Type of work: {extra['type']}." if extra.get("type") and kind not in _TYPED else ""


def _date(reference: Reference) -> str:
    """Return YYYY/MM/DD/ with what is known; the slashes stay."""
    if not reference.year.isdigit():
        return ""
    return f"{reference.year}/{_two(reference.month)}/{_two(reference.day)}/"


def _access_date(reference: Reference) -> str:
    """Return the day on which a page was seen (``2024-07-13``) as YYYY/MM/DD/."""
    seen = reference.extra.get("urldate", "")
    return f"{seen.replace('-', '/')}/" if re.fullmatch(r"\d{4}-\d\d-\d\d", seen) else seen


def _two(number: int | None) -> str:
    return f"{number:02}" if number else ""


RIS = Format("ris", "RIS", "ris", "application/x-research-info-systems", _entry)
"""One line a value; lines end in CR LF."""
