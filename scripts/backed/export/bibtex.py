"""References -> BibTeX, as BibTeX, Zotero, pandoc and their like read it back."""

from __future__ import annotations

from collections.abc import Iterator

from ..bibliography import escape, language_of, note, page_range
from ..model import Reference
from .bib_fields import MONTHS, authors_text, bib_entry, names_text, title_text, verbatim
from .format import Format

_TYPES = {
    **dict.fromkeys(("online", "electronic", "www", "webpage", "dataset", "software"), "misc"),
    "report": "techreport",
    "thesis": "phdthesis",
    "collection": "book",
    "mvbook": "book",
}
"""What classic BibTeX calls a type of BibLaTeX."""
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_EXTRA = ("type", "edition", "chapter", "howpublished", "version", "pubstate")
_EXTRA_VERBATIM = ("eprint", "eprinttype", "urldate")


def _entry(reference: Reference) -> str:
    kind = _TYPES.get(reference.type, reference.type)
    return bib_entry(kind, reference.key, _fields(reference, kind))


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the written value of each field that has one."""
    for name, text in _texts(reference, kind):
        if text:
            yield name, f"{{{text}}}"
        if name == "year" and reference.month:
            yield "month", MONTHS[reference.month - 1]


def _texts(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the escaped text of each field, which may be empty; the month is a macro and not here."""
    yield "title", title_text(reference.title)
    yield "author", authors_text(reference)
    yield "editor", names_text(reference.editors)
    yield "journal", escape(reference.journal)
    yield "booktitle", title_text(reference.booktitle)
    yield _PUBLISHERS.get(kind, "publisher"), escape(reference.publisher)
    yield "address", escape(reference.address)
    yield "year", escape(reference.year)
    yield "day", str(reference.day or "")
    yield "volume", escape(reference.volume)
    yield "number", escape(reference.number)
    yield "pages", "--".join(escape(page) for page in page_range(reference) if page)
    for name in ("doi", "pmid", "pmcid", "issn", "isbn", "url", "kind"):
        yield name, verbatim(getattr(reference, name))
    for name in _EXTRA_VERBATIM:
        yield name, verbatim(reference.extra.get(name, ""))
    language = language_of(reference.language)
    yield "langid", language.babel if language else ""
    yield "language", escape(reference.language)
    yield "keywords", escape(", ".join(reference.keywords))
    yield "abstract", escape(reference.abstract)
    yield "series", title_text(reference.extra.get("series", ""))
    for name in _EXTRA:
        yield name, escape(reference.extra.get(name, ""))
    yield "note", escape(note(reference))


BIBTEX = Format("bibtex", "BibTeX", "bib", "application/x-bibtex", _entry, between="\n")
"""One entry each, a blank line between them."""
