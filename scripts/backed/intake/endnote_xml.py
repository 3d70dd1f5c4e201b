"""EndNote's XML -> citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bibliography import language_name
from ..model import Reference
from .citation import INCOMPLETE, Citation, Findings
from .nbib import RETRACTED
from .ris import edition_of, people
from .values import dashes, dated, doi_of, once, pages_of, pmcid_of, serials
from .xml_records import Element, each, inner, records

_RECORDS = ("record",)
_AROUND = frozenset({"xml", "records", "EndNote", "Cite", "database"})

_TYPES = {
    **dict.fromkeys(("Journal Article", "Electronic Article", "Magazine Article", "Newspaper Article"), "article"),
    **dict.fromkeys(("Book", "Edited Book", "Electronic Book", "Classical Work"), "book"),
    **dict.fromkeys(("Book Section", "Electronic Book Section"), "incollection"),
    **dict.fromkeys(("Conference Paper", "Conference Proceedings"), "inproceedings"),
    **dict.fromkeys(("Report", "Government Document", "Standard"), "techreport"),
    "Thesis": "phdthesis",
    **dict.fromkeys(("Web Page", "Blog", "Online Multimedia"), "online"),
    "Dataset": "dataset",
    "Computer Program": "software",
    **dict.fromkeys(("Unpublished Work", "Manuscript"), "unpublished"),
    "Pamphlet": "booklet",
}
_NUMBERS = {
    **dict.fromkeys(("17", "43", "19", "23"), "article"),
    **dict.fromkeys(("6", "28", "44", "49"), "book"),
    **dict.fromkeys(("5", "60"), "incollection"),
    **dict.fromkeys(("47", "10"), "inproceedings"),
    **dict.fromkeys(("27", "46", "58"), "techreport"),
    "32": "phdthesis",
    **dict.fromkeys(("12", "56", "48"), "online"),
    "59": "dataset",
    "9": "software",
    **dict.fromkeys(("34", "36"), "unpublished"),
    "24": "booklet",
}
"""Programs write the name, the number, or both."""
_CHAPTERS = frozenset({"incollection", "inproceedings"})
_SERIES = frozenset({"book", "techreport", "phdthesis"})
_BOOKS = _CHAPTERS | _SERIES
_TAKEN_TEXT = """
ref-type contributors titles periodical pages volume number edition keywords dates pub-location publisher isbn
accession-num electronic-resource-num abstract label notes language urls custom2 custom7 work-type
"""
_TAKEN = frozenset(_TAKEN_TEXT.split())
_SAY_NOTHING_TEXT = """
database source-app rec-number foreign-keys alt-periodical auth-address remote-database-name access-date
remote-database-provider modified-date
"""
_SAY_NOTHING = frozenset(_SAY_NOTHING_TEXT.split())
_IN_VOLUME = re.compile(r"([^()]+)\(([^()]+)\)")


def read_endnote_xml(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the citations of a library in EndNote's XML."""
    for record, line in records(text, _RECORDS, _AROUND, findings):
        yield _citation(record, findings, line)


def _citation(record: Element, findings: Findings, line: int) -> Citation:
    kind = _kind(record)
    title = inner(record, "titles/title")
    within = inner(record, "titles/secondary-title") or inner(record, "periodical/full-title")
    volume, issue = _volume(record)
    date = dated(inner(record, "dates/year"), inner(record, "dates/pub-dates/date"))
    issn, isbn = serials((text for text in each(record, "isbn") if text != issue), book=kind in _BOOKS)
    authors, editors = each(record, "contributors/authors/author"), _editors(record)
    if _name(record) == "Edited Book" and not editors:  # there EndNote keeps the editors as authors
        authors, editors = [], authors
    reference = Reference(
        key=inner(record, "label") or inner(record, "rec-number"),
        type=kind,
        title=title,
        authors=people(authors, findings, line),
        editors=people(editors, findings, line),
        more_authors=INCOMPLETE in inner(record, "notes"),
        journal=within if kind not in _CHAPTERS | _SERIES else "",
        booktitle=within if kind in _CHAPTERS else "",
        publisher=inner(record, "publisher"),
        address=inner(record, "pub-location"),
        year=date.year,
        month=date.month,
        day=date.day,
        volume=dashes(volume),
        number=dashes(issue),
        pages=pages_of(inner(record, "pages")) or inner(record, "custom7"),
        doi=doi_of(inner(record, "electronic-resource-num")),
        pmid=_pmid(record),
        pmcid=pmcid_of(inner(record, "custom2")),
        issn=issn,
        isbn=isbn,
        url=next(iter(each(record, "urls/related-urls/url") + each(record, "urls/web-urls/url")), ""),
        language=language_name(inner(record, "language")),
        abstract=inner(record, "abstract"),
        keywords=once(each(record, "keywords/keyword")),
        extra=_extra(record, kind, within),
        file=findings.file,
        line=line,
    )
    left = once(part.tag for part in record if part.tag not in _TAKEN | _SAY_NOTHING and inner(part))
    retracted = "EndNote" if RETRACTED in inner(record, "work-type") else ""
    return Citation(reference, retracted=retracted, left=(*left, *date.unclear))


def _editors(record: Element) -> list[str]:
    """Return who edited the book: of a chapter the secondary authors; where those edit a series, the tertiary ones."""
    below = "contributors/{}-authors/author"
    return each(record, below.format("secondary")) or each(record, below.format("tertiary"))


def _extra(record: Element, kind: str, within: str) -> dict[str, str]:
    found = {
        edition_of(kind): inner(record, "edition"),
        "type": inner(record, "work-type").replace(RETRACTED, "").rstrip("; "),
        "series": within if kind in _SERIES else inner(record, "titles/tertiary-title"),
        "note": inner(record, "notes").replace(INCOMPLETE, "").strip(),
    }
    return {name: value for name, value in found.items() if value}


def _name(record: Element) -> str:
    found = record.find("ref-type")
    return found.get("name", "") if found is not None else ""


def _kind(record: Element) -> str:
    return _TYPES.get(_name(record)) or _NUMBERS.get(inner(record, "ref-type")) or "misc"


def _volume(record: Element) -> tuple[str, str]:
    """Return volume and issue; some databases write both into the volume, as 6(2)."""
    volume, issue = inner(record, "volume"), inner(record, "number") or inner(record, "issue")
    both = _IN_VOLUME.fullmatch(volume)
    return (both[1].strip(), both[2].strip()) if both and not issue else (volume, issue)


def _pmid(record: Element) -> str:
    """Return the accession number where it is one of PubMed."""
    number = inner(record, "accession-num")
    base = f"{inner(record, 'remote-database-name')} {inner(record, 'remote-database-provider')}".lower()
    known = any(name in base for name in ("pubmed", "medline", "nlm"))
    return number if known and re.fullmatch(r"[1-9]\d{0,7}", number) else ""
