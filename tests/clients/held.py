"""What a reference holds, field by field, in one form for every program that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backed.bibliography import article_number, iso_date, language_of, page_range, standing_note
from backed.model import Name, Reference

KINDS = {
    "article": "article",
    **dict.fromkeys(("book", "mvbook", "manual", "booklet"), "book"),
    **dict.fromkeys(("collection", "proceedings"), "edited book"),
    **dict.fromkeys(("inbook", "incollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "web page"),
    "dataset": "dataset",
    "software": "software",
    "unpublished": "manuscript",
}
"""Entry types -> kinds of work; ``misc`` is a web page where it has an address and no type of its own."""


@dataclass(frozen=True)
class Read:
    """What a program found in one record: names, and texts by the names of ``TEXTS``; ``notes`` are all remarks."""

    key: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""
    more: bool = False


def _kind(reference: Reference) -> str:
    if reference.extra.get("type") == "Preprint":
        return "preprint"
    if reference.type == "book" and reference.editors and not reference.authors:
        return "edited book"
    return KINDS.get(reference.type) or ("web page" if reference.url else "other")


def _extra(name: str) -> Callable[[Reference], str]:
    return lambda reference: reference.extra.get(name, "")


def _own(name: str) -> Callable[[Reference], str]:
    return lambda reference: str(getattr(reference, name))


TEXTS: Mapping[str, tuple[str, Callable[[Reference], str]]] = {
    "kind of work": ("kind", _kind),
    "title": ("title", _own("title")),
    "journal": ("journal", _own("journal")),
    "book or congress": ("booktitle", _own("booktitle")),
    "series": ("series", _extra("series")),
    "publisher": ("publisher", _own("publisher")),
    "place": ("address", _own("address")),
    "year": ("year", _own("year")),
    "month and day": ("date", lambda r: iso_date(r) if r.month else ""),
    "volume": ("volume", _own("volume")),
    "issue or number": ("number", _own("number")),
    "pages": ("pages", lambda r: "-".join(filter(None, page_range(r))) if not article_number(r) else ""),
    "article number": ("pages", article_number),
    "edition": ("edition", _extra("edition")),
    "chapter": ("chapter", _extra("chapter")),
    "version": ("version", _extra("version")),
    "type of work": ("type", _extra("type")),
    "state of publication": ("pubstate", _extra("pubstate")),
    "DOI": ("doi", _own("doi")),
    "PMID": ("pmid", _own("pmid")),
    "PMCID": ("pmcid", _own("pmcid")),
    "ISSN": ("issn", _own("issn")),
    "ISBN": ("isbn", _own("isbn")),
    "web address": ("url", _own("url")),
    "day of access": ("urldate", _extra("urldate")),
    "kind of source": ("source", _own("kind")),
    "language": ("language", _own("language")),
    "keywords": ("keywords", lambda r: ", ".join(r.keywords)),
    "abstract": ("abstract", _own("abstract")),
}
"""Field as it is called on the page -> the name under which programs' readings have it, and its value."""


def held(reference: Reference) -> dict[str, str]:
    """Return what a reference holds: fields as they are called on the page, and their values."""
    found = {label: value(reference) for label, (_, value) in TEXTS.items()}
    found |= _names(reference.authors, reference.editors)
    found["citation key"] = reference.key
    found["that authors are missing"] = "yes" if reference.more_authors else ""
    found["note"] = reference.extra.get("note", "")
    found["what became of the work"] = standing_note(reference)
    return {label: plain(value) for label, value in found.items() if value}


def found(read: Read, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return what a program found of the fields that are wanted."""
    texts = {label: read.texts.get(name, "") for label, (name, _) in TEXTS.items()}
    if texts["kind of work"] == "book" and read.editors and not read.authors:
        texts["kind of work"] = "edited book"
    if "ahead of print" in read.notes:
        texts["state of publication"] = "prepublished"
    texts |= _names(read.authors, read.editors)
    texts["citation key"] = read.key
    texts["that authors are missing"] = "yes" if read.more or "list of authors is incomplete" in read.notes else ""
    for label in {"note", "what became of the work"} & wanted.keys():
        texts[label] = wanted[label] if wanted[label] in plain(read.notes) else read.notes
    return {label: plain(texts.get(label, "")) for label in wanted}


def same(label: str, wanted: str, got: str) -> bool:
    """Say whether two values mean the same: languages by any of their names, a title with its capitals."""
    if label == "language":
        return language_of(wanted) == language_of(got) is not None
    return wanted == got


def plain(text: str) -> str:
    """Return a text with single spaces and one kind of dash between pages."""
    return re.sub(r"(?<=\w)(?:--|–)(?=\w)", "-", " ".join(text.split()))


def _names(authors: tuple[Name, ...], editors: tuple[Name, ...]) -> dict[str, str]:
    everybody = (*authors, *editors)
    return {
        "authors": "; ".join(map(_written, authors)),
        "editors": "; ".join(map(_written, editors)),
        "groups told from persons": "; ".join(name.literal for name in everybody if name.literal),
        "particles told from family names": "; ".join(name.particle for name in everybody if name.particle),
        "suffixes": "; ".join(name.suffix for name in everybody if name.suffix),
    }


def _written(name: Name) -> str:
    """Return a name as it is written out: a group, or family name with particle, and given names."""
    return ", ".join(part for part in (name.short, name.given) if part)
