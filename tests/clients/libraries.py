"""Python libraries that read citation files: pybtex, bibtexparser, rispy, nbib; and plain JSON."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from typing import Any

import nbib
import pybtex.database
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from backed.model import Name

from .held import KINDS, Read

_LATEX = LatexNodes2Text(keep_braced_groups=False)
_VERBATIM = frozenset({"doi", "url", "eprint", "pmid", "pmcid", "issn", "isbn", "urldate", "kind", "eprinttype"})
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


def decoded(latex: str) -> str:
    """Return LaTeX as a decoder that is not ours reads it."""
    text: str = _LATEX.latex_to_text(latex)
    return " ".join(text.replace("ˆ", "^").split())


def of_bibtex(fields: Mapping[str, str], kind: str) -> dict[str, str]:
    """Return the texts of an entry of BibTeX or BibLaTeX by the names of ``TEXTS``."""
    text = {name: value if name in _VERBATIM else decoded(value) for name, value in fields.items()}
    found = dict(text)
    found["kind"] = "preprint" if text.get("type") == "Preprint" else KINDS.get(kind, "other")
    if kind == "misc" and text.get("type") != "Preprint" and text.get("url"):
        found["kind"] = "web page"
    found["publisher"] = next((text[name] for name in _PUBLISHERS if name in text), "")
    found["journal"] = text.get("journal") or text.get("journaltitle", "")
    found["address"] = text.get("address") or text.get("location", "")
    found["pages"] = text.get("pages") or text.get("eid", "")
    found["volume"] = " ".join(filter(None, (text.get("volume"), text.get("issue"))))
    found["source"] = text.get("kind", "")
    found["pmid"] = text.get("pmid") or (text.get("eprint", "") if text.get("eprinttype") == "pubmed" else "")
    date = text.get("date", "")
    month = _MONTHS.get(text.get("month", "").lower(), 0)
    if month:
        day = text.get("day", "")
        date = f"{text.get('year', '')}-{month:02}" + (f"-{int(day):02}" if day else "")
    found["date"] = "" if date == "XXXX" else date
    found["year"] = text.get("year") or found["date"][:4]
    return found


_PUBLISHERS = ("publisher", "institution", "school", "organization")


def read_pybtex(text: str) -> list[Read]:
    def names(people: Iterable[Any]) -> tuple[Name, ...]:
        return tuple(_person(p.prelast_names, p.last_names, p.lineage_names, p.bibtex_first_names) for p in people)

    found = []
    for key, entry in pybtex.database.parse_string(text, "bibtex").entries.items():
        authors = names(entry.persons.get("author", []))
        more = bool(authors) and authors[-1].short == "others"
        texts = of_bibtex(dict(entry.fields), entry.type)
        notes = decoded(entry.fields.get("note", ""))
        editors = names(entry.persons.get("editor", []))
        found.append(Read(key, authors[:-1] if more else authors, editors, texts, notes, more))
    return found


def read_bibtexparser(text: str) -> list[Read]:
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    found = []
    for entry in library.entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        people = {
            role: tuple(_person(p.von, p.last, p.jr, p.first) for p in fields.pop(role, []))
            for role in ("author", "editor")
        }
        authors = people["author"]
        more = bool(authors) and authors[-1].short == "others"
        texts = of_bibtex(fields, entry.entry_type)
        notes = " ".join(decoded(fields.get(name, "")) for name in ("note", "addendum"))
        found.append(Read(entry.key, authors[:-1] if more else authors, people["editor"], texts, notes, more))
    return found


def _person(von: list[str], last: list[str], jr: list[str], first: list[str]) -> Name:
    """Return a name; one that stands in braces as a whole is a group's."""
    whole = " ".join(last)
    if not (von or jr or first) and whole.startswith("{") and whole.endswith("}"):
        return Name(literal=decoded(whole))
    return Name(*(decoded(" ".join(part)) for part in (last, first, von, jr)))


def inverted(text: str) -> Name:
    """Return the name that ``Family, Given, Suffix`` means; one that ends in a comma is a group's."""
    if text.endswith(","):
        return Name(literal=text[:-1])
    family, given, suffix = [*(part.strip() for part in text.split(",")), "", ""][:3]
    return Name(family, given, "", suffix)


_RIS_KINDS = {
    "JOUR": "article", "BOOK": "book", "EDBOOK": "edited book", "CHAP": "chapter", "CONF": "paper", "RPRT": "report",
    "THES": "thesis", "ELEC": "web page", "DATA": "dataset", "COMP": "software", "UNPB": "manuscript",
}  # fmt: skip
_RISPY = {
    "title": "title", "year": "year", "volume": "volume", "number": "number", "publisher": "publisher",
    "place_published": "address", "doi": "doi", "accession_number": "pmid", "custom2": "pmcid", "language": "language",
    "abstract": "abstract", "section": "chapter", "tertiary_title": "series",
}  # fmt: skip


def read_rispy(text: str) -> list[Read]:
    found = []
    for record in rispy.loads(text):
        texts = {ours: str(record.get(theirs, "")) for theirs, ours in _RISPY.items()}
        kind = _RIS_KINDS.get(record["type_of_reference"], "other")
        texts["kind"] = kind
        second = str(record.get("secondary_title", ""))
        texts["journal" if kind == "article" else "booktitle" if kind in {"chapter", "paper"} else "series"] = second
        texts["version" if kind in {"dataset", "software"} else "edition"] = record.get("edition", "")
        texts["pages"] = "-".join(filter(None, (record.get("start_page", ""), record.get("end_page", ""))))
        texts["date"] = re.sub(r"/+$", "", record.get("date", "")).replace("/", "-")
        texts["urldate"] = record.get("access_date", "").strip("/").replace("/", "-")
        texts["issn" if kind == "article" else "isbn"] = record.get("issn", "")
        texts["url"] = ";".join(record.get("urls", []))
        texts["keywords"] = ", ".join(record.get("keywords", []))
        texts["type"] = record.get("type_of_work", "")
        editors = [*record.get("secondary_authors", []), *record.get("unknown_tag", {}).get("ED", [])]
        notes = " ".join(record.get("notes", []))
        names = tuple(map(inverted, record.get("authors", [])))
        found.append(Read(record.get("id", ""), names, tuple(map(inverted, editors)), texts, notes))
    return found


_NBIB_KINDS = {
    "Journal Article": "article", "Book": "book", "Book Chapter": "chapter", "Conference Paper": "paper",
    "Technical Report": "report", "Academic Dissertation": "thesis", "Dataset": "dataset", "Preprint": "preprint",
}  # fmt: skip
_NBIB = {
    "title": "title", "journal": "journal", "journal_volume": "volume", "journal_issue": "number", "pages": "pages",
    "doi": "doi", "pubmed_id": "pmid", "linking_issn": "issn", "language": "language", "abstract": "abstract",
    "place_of_publication": "address",
}  # fmt: skip


def read_nbib(text: str) -> list[Read]:
    found = []
    for record in nbib.read(text):
        texts = {ours: str(record.get(theirs, "")) for theirs, ours in _NBIB.items()}
        kinds = record.get("publication_types", [])
        texts["kind"] = next((_NBIB_KINDS[kind] for kind in kinds if kind in _NBIB_KINDS), "other")
        texts["pmcid"] = f"PMC{record['pmcid']}" if "pmcid" in record else ""
        year, month, day = [*record.get("publication_date", "").split(), "", "", ""][:3]
        number = _MONTHS.get(month.lower())
        texts["year"] = year if year.isdigit() else record.get("publication_date", "")
        texts["date"] = f"{year}-{number:02}" + (f"-{int(day):02}" if day else "") if number else ""
        texts["pubstate"] = {"aheadofprint": "prepublished"}.get(record.get("publication_status", ""), "")
        texts["keywords"] = ", ".join(record.get("keywords", []))
        names = tuple(inverted(author["author"]) for author in record.get("authors", []))
        notes = "RETRACTED" if "Retracted Publication" in kinds else ""
        found.append(Read("", names, (), texts, notes))
    return found
