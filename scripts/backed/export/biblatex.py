"""References -> BibLaTeX, valid in biber's data model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bibliography import UNDATED, article_number, escape, iso_date, language_of, page_range, standing_note
from ..model import Reference
from .bib_fields import authors_text, bib_entry, list_text, names_text, title_text, verbatim
from .format import Format

_TYPES = {
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "online"),
    **dict.fromkeys(("inproceedings", "conference"), "inproceedings"),
    **{kind: kind for kind in ("article", "proceedings", "manual", "booklet", "unpublished", "dataset", "software")},
}
_WORK_TYPES = {"report": "techreport", "thesis": "phdthesis", "mastersthesis": "mathesis"}
"""The key for `type` where an entry states none; reports and theses need one."""
_PUBLISHERS = {
    **dict.fromkeys(("report", "thesis"), "institution"),
    **dict.fromkeys(("misc", "online", "software", "manual"), "organization"),
}
_PARTS = "volume issue number series edition chapter"
_ABSENT = {
    kind: frozenset(names.split())
    for kind, names in {
        "article": "booktitle publisher location chapter edition type howpublished isbn",
        "book": "issue booktitle type version howpublished issn",
        "booklet": "issue booktitle publisher volume number series edition version isbn issn",
        "collection": "issue booktitle type version howpublished issn",
        "inbook": "issue type version howpublished issn",
        "incollection": "issue type version howpublished issn",
        "inproceedings": "issue edition type version howpublished issn",
        "proceedings": "issue booktitle edition type version howpublished issn",
        "manual": "issue booktitle volume howpublished issn",
        "misc": f"booktitle pages eid isbn issn {_PARTS}",
        "online": f"booktitle location pages eid type howpublished isbn issn {_PARTS}",
        "report": "issue editor booktitle volume series edition howpublished isbn issn",
        "thesis": "issue editor booktitle volume number series edition version howpublished isbn issn",
        "unpublished": f"editor booktitle publisher pages eid version isbn issn {_PARTS}",
        "dataset": "issue booktitle volume pages eid chapter howpublished isbn issn",
        "software": f"booktitle publisher pages eid isbn issn {_PARTS}",
    }.items()
}
"""The fields that an entry type does not have in the data model of BibLaTeX: their values go into the note."""
_LIST = re.compile(r"\s*[,;]\s*|\s+")


def _entry(reference: Reference) -> str:
    kind = _kind(reference)
    return bib_entry(kind, reference.key, ((name, f"{{{text}}}") for name, text in _texts(reference, kind)))


def _kind(reference: Reference) -> str:
    """Return the entry type: books and their chapters have one for whoever made them."""
    if reference.type in {"incollection", "inbook"} and reference.booktitle:
        return "incollection" if reference.editors else "inbook"
    if reference.type in {"book", "mvbook", "collection", "incollection", "inbook"}:
        return "collection" if reference.editors and not reference.authors else "book"
    return _TYPES.get(reference.type, "misc")


def _texts(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield name and escaped text of each field that has one; the note holds what has no field of its own."""
    absent = _ABSENT[kind]
    homeless = []
    for name, text in _fields(reference, kind):
        if text and name in absent:
            homeless.append(f"{name.upper() if name in {'isbn', 'issn'} else name.capitalize()}: {text}")
        elif text:
            yield name, text
    remarks = ". ".join([*homeless, *map(escape, _remarks(reference))])
    own = escape(reference.extra.get("note", ""))
    joined = f"{own}{'' if own.endswith('.') else '.'} {remarks}" if own and remarks else own or remarks
    if joined:
        yield "note", joined
    if standing := standing_note(reference):
        yield "addendum", escape(standing)


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield name and escaped text of each field but the notes; the text may be empty."""
    extra = reference.extra
    yield "ids", verbatim(", ".join(reference.aliases))  # \cite finds it by its former keys too
    yield "title", title_text(reference.title)
    yield "author", authors_text(reference)
    yield "editor", names_text(reference.editors)
    yield "journaltitle" if kind == "article" else "booktitle", _container(reference)
    yield _PUBLISHERS.get(kind, "publisher"), list_text(reference.publisher)
    yield "location", list_text(reference.address)
    yield "date", iso_date(reference) or ("" if kind in {"dataset", "software"} else UNDATED)
    volume, part = _volume(reference)
    yield "volume", volume
    yield "issue", escape(part)
    yield "number", escape(reference.number)
    yield "eid" if article_number(reference) else "pages", "--".join(map(escape, filter(None, page_range(reference))))
    yield "type", escape(extra.get("type", "")) or _WORK_TYPES.get(reference.type, _WORK_TYPES.get(kind, ""))
    yield "series", title_text(extra.get("series", ""))
    for name in ("edition", "chapter", "version", "howpublished"):
        yield name, escape(extra.get(name, ""))
    yield "pubstate", escape(extra.get("pubstate", "")) or ("inpress" if _is_in_press(reference) else "")
    yield "issn", verbatim(_first(reference.issn))
    yield "isbn", verbatim(_first(reference.isbn))
    yield from _identifiers(reference)
    language = language_of(reference.language)
    yield "langid", language.babel if language else ""
    yield "language", list_text(reference.language)
    yield "keywords", escape(", ".join(reference.keywords))
    yield "abstract", escape(reference.abstract)


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "doi", verbatim(reference.doi)
    yield "eprint", verbatim(reference.pmid or reference.extra.get("eprint", ""))
    yield "eprinttype", "pubmed" if reference.pmid else verbatim(reference.extra.get("eprinttype", ""))
    yield "url", verbatim(reference.url)
    yield "urldate", verbatim(reference.extra.get("urldate", ""))


def _remarks(reference: Reference) -> Iterator[str]:
    """Yield what no entry type has a field for."""
    if reference.pmcid:
        yield f"PMCID: {reference.pmcid}"
    for name in ("issn", "isbn"):
        further = _LIST.split(getattr(reference, name).strip())[1:]
        yield from (f"{name.upper()}: {number}" for number in further)
    if reference.pmid and reference.extra.get("eprint"):
        yield f"{reference.extra.get('eprinttype', 'Eprint')}: {reference.extra['eprint']}"
    if reference.year and not iso_date(reference) and not _is_in_press(reference):
        yield f"Date: {reference.year}"


def _container(reference: Reference) -> str:
    """Return the journal, whose name no style changes, or the book, whose capitals are kept like those of a title."""
    return escape(reference.journal) or title_text(reference.booktitle)


def _volume(reference: Reference) -> tuple[str, str]:
    """Return the volume, a whole number in BibLaTeX, and what else it is called by (``12 Suppl 1``)."""
    found = re.fullmatch(r"(\d*)\s*(.*)", reference.volume, re.ASCII)
    return (found[1], found[2]) if found else ("", reference.volume)


def _is_in_press(reference: Reference) -> bool:
    return reference.year.casefold() == "in press"


def _first(numbers: str) -> str:
    return _LIST.split(numbers.strip())[0]


BIBLATEX = Format("biblatex", "BibLaTeX", "biblatex.bib", "application/x-biblatex", _entry, between="\n")
"""One entry each, a blank line between them."""
