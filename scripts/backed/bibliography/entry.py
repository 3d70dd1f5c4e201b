"""The fields of one BibTeX or BibLaTeX entry -> a reference, and what is unclear or missing in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model import Reference
from .dates import Published, published
from .latex import decode
from .names import NameList, read_names

DATE_HINT = "write month = dec, year = {2004}, or date = {2004-12-01}; leave out what is not known"

_DASHES = re.compile(r"\s*(?:-+|[‐‑‒–—−])\s*")
_VERBATIM = frozenset({"urldate", "eprint", "eprinttype", "file", "crossref"})

WEB_TYPES = frozenset({"misc", "online", "electronic", "www", "webpage"})


@dataclass(frozen=True)
class Remark:
    """Something unclear in an entry: which rule says so, in which field (empty: the entry as a whole), what to do."""

    rule: str
    field: str
    message: str
    hint: str


class _Fields:
    """The fields of an entry, taken one by one; what nobody takes is extra."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._left = dict(values)
        self.remarks: list[Remark] = []

    def verbatim(self, *names: str) -> str:
        """Return the first of these fields that is there as it is written, without space around it, or ''."""
        name = next((name for name in names if self._left.get(name, "").strip()), "")
        return self._left.pop(name, "").strip()

    def text(self, *names: str) -> str:
        """Return the first of these fields that is there as plain text, or ''."""
        name = next((name for name in names if self._left.get(name, "").strip()), "")
        text, unknown = decode(self._left.pop(name, ""))
        self._strange(name, unknown)
        return text

    def names(self, name: str) -> NameList:
        """Return the persons and groups of a field."""
        found = read_names(self._left.pop(name, ""))
        self._strange(name, found.unknown)
        for unclear in found.unclear:
            hint = f"names are joined by the word and: {name} = {{Long, Audrey and Donelson, Ron}}"
            self.remarks.append(Remark("bib-syntax", name, f"the name `{unclear}` has too many commas", hint))
        return found

    def pubmed(self) -> str:
        """Return the PMID, which BibLaTeX keeps as an eprint."""
        if self._left.get("eprinttype", "").strip().lower() == "pubmed" and "pmid" not in self._left:
            del self._left["eprinttype"]
            return self.verbatim("eprint")
        return self.verbatim("pmid")

    def rest(self) -> dict[str, str]:
        """Return every field not taken, as plain text."""
        names = [name for name, value in self._left.items() if value.strip()]
        return {name: self.verbatim(name) if name in _VERBATIM else self.text(name) for name in names}

    def _strange(self, name: str, commands: tuple[str, ...]) -> None:
        for command in dict.fromkeys(commands):
            hint = "write the character itself (the file is UTF-8), or leave the command out"
            self.remarks.append(Remark("bib-latex", name, f"the LaTeX command {command} is not known", hint))


def as_reference(kind: str, key: str, values: Mapping[str, str]) -> tuple[Reference, list[Remark]]:
    """Return the reference that an entry's fields make, without its place, and what is unclear or missing in it.

    ``values`` maps field names in lower case to what stands between the outer braces or quotes.
    """
    fields = _Fields(values)
    authors, editors = fields.names("author"), fields.names("editor")
    langid = fields.text("langid")
    date = published(fields.text("date"), fields.text("year"), fields.text("month"), fields.text("day"))
    reference = Reference(
        key=key,
        type=kind,
        title=": ".join(part for part in (fields.text("title"), fields.text("subtitle")) if part),
        authors=authors.names,
        editors=editors.names,
        more_authors=authors.more,
        journal=fields.text("journal", "journaltitle"),
        booktitle=fields.text("booktitle"),
        publisher=fields.text("publisher", "institution", "school", "organization"),
        address=fields.text("address", "location"),
        year=date.year,
        month=date.month,
        day=date.day,
        volume=_DASHES.sub("-", fields.text("volume")),
        number=_DASHES.sub("-", fields.text("number", "issue")),
        pages=_DASHES.sub("-", fields.text("pages", "eid", "articleno")),
        doi=fields.verbatim("doi"),
        pmid=fields.pubmed(),
        pmcid=fields.verbatim("pmcid"),
        issn=fields.verbatim("issn"),
        isbn=fields.verbatim("isbn"),
        url=fields.verbatim("url"),
        kind=fields.verbatim("kind"),
        language=fields.text("language") or langid,
        abstract=fields.text("abstract"),
        keywords=tuple(word.strip() for word in re.split(r"[,;]", fields.text("keywords")) if word.strip()),
        aliases=tuple(filter(None, map(str.strip, fields.verbatim("ids").split(",")))),
        extra=fields.rest(),
    )
    return reference, [*fields.remarks, *_unclear(date, values), *_missing(reference)]


def _unclear(date: Published, values: Mapping[str, str]) -> Iterator[Remark]:
    for name in date.unclear:
        yield Remark("bib-date", name, f"the {name} `{values[name].strip()}` is not understood", DATE_HINT)


def _missing(reference: Reference) -> Iterator[Remark]:
    """Yield one remark that names everything without which no citation can be made.

    A web page may have no date: it is cited as undated.
    """
    people = reference.authors or reference.editors
    year = reference.year or (reference.type in WEB_TYPES and reference.url)
    needed = {"title": reference.title, "year": year, "author or editor": people}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        hint = "add it; a group author stands in double braces: author = {{World Health Organization}}"
        yield Remark("bib-incomplete", "", f"the entry has no {' and no '.join(missing)}", hint)
