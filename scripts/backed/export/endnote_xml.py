"""References -> EndNote XML, as EndNote, Zotero and bibutils read it; elements in the order of EndNote's definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from ..bibliography import article_number, is_preprint, iso_date, note
from ..model import Reference
from .format import Format
from .name_lines import inverted, remarks
from .work_type import work_type

_TYPES = {
    "article": ("Journal Article", 17),
    **dict.fromkeys(("book", "mvbook", "manual"), ("Book", 6)),
    **dict.fromkeys(("collection", "proceedings"), ("Edited Book", 28)),
    **dict.fromkeys(("inbook", "incollection"), ("Book Section", 5)),
    **dict.fromkeys(("inproceedings", "conference"), ("Conference Proceedings", 10)),
    **dict.fromkeys(("techreport", "report"), ("Report", 27)),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), ("Thesis", 32)),
    "unpublished": ("Unpublished Work", 34),
    "booklet": ("Pamphlet", 24),
    "dataset": ("Dataset", 59),
    "software": ("Computer Program", 9),
}
"""Name and number of EndNote's reference types."""
_WEB_PAGE, _GENERIC = ("Web Page", 12), ("Generic", 13)
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _entry(reference: Reference) -> str:
    return f"<record>{''.join(_elements(reference))}</record>"


def _elements(reference: Reference) -> Iterator[str]:
    """Yield the elements of a record; what has no value has none."""
    name, number = _kind(reference)
    extra = reference.extra
    yield f"<ref-type name={quoteattr(name)}>{number}</ref-type>"
    yield _within("contributors", _contributors(reference, name))
    yield _within("titles", _titles(reference))
    yield _within("periodical", [_element("full-title", reference.journal)])
    yield _element("pages", reference.pages)
    yield _element("volume", reference.volume)
    # EndNote takes the issue from number, Zotero from issue
    yield _element("number", reference.number)
    yield _element("issue", reference.number if reference.type == "article" else "")
    yield _element("edition", extra.get("edition", "") or extra.get("version", ""))
    yield _element("section", extra.get("chapter", ""))
    yield _within("keywords", (_element("keyword", word) for word in reference.keywords))
    yield _within("dates", _dates(reference))
    yield _element("pub-location", reference.address)
    yield _element("publisher", reference.publisher)
    # EndNote and Zotero keep the number of a report where others have their ISBN
    yield _element("isbn", reference.issn or reference.isbn or (reference.number if name == "Report" else ""))
    yield _element("accession-num", reference.pmid)
    yield _element("electronic-resource-num", reference.doi)
    yield _element("abstract", reference.abstract)
    yield _element("label", reference.key)
    yield _element("notes", " ".join(part for part in (note(reference), *remarks(reference)) if part))
    yield _element("work-type", work_type(reference))
    yield _element("remote-database-name", "PubMed" if reference.pmid else "")
    yield _element("language", reference.language)
    url = _element("url", reference.url)
    # EndNote shows related-urls, Zotero takes the address of a page from web-urls
    yield _within("urls", [_within("related-urls", [url]), _within("web-urls", [url])])
    yield _element("access-date", extra.get("urldate", ""))
    yield _element("custom2", reference.pmcid)
    yield _element("custom7", article_number(reference))


def _kind(reference: Reference) -> tuple[str, int]:
    if is_preprint(reference):
        return _TYPES["unpublished"]
    if reference.type == "book" and reference.editors and not reference.authors:
        return _TYPES["collection"]
    return _TYPES.get(reference.type) or (_WEB_PAGE if reference.url else _GENERIC)


def _contributors(reference: Reference, kind: str) -> Iterator[str]:
    editors = [_element("author", inverted(name)) for name in reference.editors]
    authors = [_element("author", inverted(name)) for name in reference.authors]
    # in an edited book EndNote keeps the editors where others have their authors
    edited = kind == "Edited Book" and not authors
    yield _within("authors", editors if edited else authors)
    # the secondary author of a book or a report is the editor of its series
    yield _within("tertiary-authors" if kind in {"Book", "Report"} else "secondary-authors", () if edited else editors)


def _titles(reference: Reference) -> Iterator[str]:
    container = reference.journal or reference.booktitle
    series = reference.extra.get("series", "")
    yield _element("title", reference.title)
    yield _element("secondary-title", container or series)
    yield _element("tertiary-title", series if container else "")


def _dates(reference: Reference) -> Iterator[str]:
    yield _element("year", reference.year)
    if reference.month:
        yield _within("pub-dates", [_element("date", iso_date(reference))])


def _element(name: str, text: str) -> str:
    """Return an element with a text, without the characters that XML cannot hold, or '' for no text."""
    if not text:
        return ""  # as most are
    plain = " ".join(_NOT_XML.sub("", text).split())
    return f"<{name}>{escape(plain)}</{name}>" if plain else ""


def _within(name: str, parts: Iterable[str]) -> str:
    inside = "".join(parts)
    return f"<{name}>{inside}</{name}>" if inside else ""


ENDNOTE_XML = Format(
    "endnote-xml",
    "EndNote XML",
    "endnote.xml",
    "application/xml",
    _entry,
    head='<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n',
    between="\n",
    tail="\n</records></xml>\n",
)
"""A record a line."""
