"""References -> BibTeX, as BibTeX, Zotero, pandoc and their like read it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bibliography import escape, note, page_range
from ..model import Name, Reference
from .format import Format

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TYPES = {
    **dict.fromkeys(("online", "electronic", "www", "webpage", "dataset", "software"), "misc"),
    "report": "techreport",
    "thesis": "phdthesis",
    "collection": "book",
    "mvbook": "book",
}
"""What classic BibTeX calls a type of BibLaTeX."""
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_EXTRA = ("type", "edition", "series", "chapter", "howpublished")
_INNER_CAPITAL = re.compile(r"\w[A-Z]")
_TAKEN_APART = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)


def _entry(reference: Reference) -> str:
    kind = _TYPES.get(reference.type, reference.type)
    lines = [f"  {name} = {value}," for name, value in _fields(reference, kind)]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the written value of each field that has one."""
    for name, text in _texts(reference, kind):
        if text:
            yield name, f"{{{text}}}"
        if name == "year" and reference.month:
            yield "month", _MONTHS[reference.month - 1]


def _texts(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the escaped text of each field, which may be empty; the month is a macro and not here."""
    yield "title", _title(reference.title)
    yield "author", " and ".join([*map(_name, reference.authors), *(["others"] if reference.more_authors else [])])
    yield "editor", " and ".join(map(_name, reference.editors))
    yield "journal", escape(reference.journal)
    yield "booktitle", escape(reference.booktitle)
    yield _PUBLISHERS.get(kind, "publisher"), escape(reference.publisher)
    yield "address", escape(reference.address)
    yield "year", escape(reference.year)
    yield "day", str(reference.day or "")
    yield "volume", escape(reference.volume)
    yield "number", escape(reference.number)
    yield "pages", "--".join(escape(page) for page in page_range(reference) if page)
    for name in ("doi", "pmid", "pmcid", "issn", "isbn", "url", "kind"):
        yield name, _verbatim(getattr(reference, name))
    yield "language", escape(reference.language)
    yield "keywords", escape(", ".join(reference.keywords))
    yield "abstract", escape(reference.abstract)
    for name in _EXTRA:
        yield name, escape(reference.extra.get(name, ""))
    yield "note", escape(note(reference))


def _title(title: str) -> str:
    """Return a title in which acronyms and the like keep their capitals: a style may set the rest in lower case."""
    words = re.split(r"([\s-]+)", title)
    return "".join(f"{{{escape(word)}}}" if _INNER_CAPITAL.search(word) else escape(word) for word in words)


def _verbatim(value: str) -> str:
    """Return an identifier as it is: readers take it letter by letter. Only what would end the field is encoded."""
    return value.replace("{", "%7B").replace("}", "%7D")


def _name(name: Name) -> str:
    """Return a name as ``particle Family, Suffix, Given``; a group in braces of its own."""
    if name.literal or (not name.given and " " in name.short):
        return f"{{{escape(name.literal or name.short)}}}"
    family = " ".join(part for part in (escape(name.particle), _family(name.family)) if part)
    return ", ".join(part for part in (family, _part(name.suffix), _part(name.given)) if part)


def _family(family: str) -> str:
    """Return a family name, in braces where a reader would take its small words for a particle."""
    small = any(next((letter for letter in word if letter.isalpha()), "A").islower() for word in family.split())
    return f"{{{escape(family)}}}" if small else _part(family)


def _part(text: str) -> str:
    """Return a part of a name, in braces where a reader would take it apart."""
    return f"{{{escape(text)}}}" if _TAKEN_APART.search(text) else escape(text)


BIBTEX = Format("bibtex", "BibTeX", "bib", "application/x-bibtex", _entry, between="\n")
"""One entry each, a blank line between them."""
