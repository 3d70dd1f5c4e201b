"""CSL-JSON, and the answers of Crossref, which are much like it -> citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..bibliography import language_name
from ..model import Name, Reference
from .citation import Citation, Findings
from .json_items import items
from .values import apart, dashes, dated, doi_of, identifiers_in, once, pages_of, plain, pmcid_of, without_markup

Item = Mapping[str, Any]

_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review"), "article"),
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "dataset": "dataset",
    "software": "software",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
}
_CHAPTERS = frozenset({"incollection", "inproceedings"})
_TAKEN_TEXT = """
id type title author editor container-title issued volume issue number page edition genre publisher publisher-place
DOI PMID PMCID ISSN ISBN URL language keyword abstract note custom collection-title
chapter-number version citation-key
"""
_TAKEN = frozenset(_TAKEN_TEXT.split())
_SAY_NOTHING = frozenset(
    {"source", "accessed", "title-short", "container-title-short", "journalAbbreviation", "shortTitle"}
)


def read_csl_json(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the citations of a CSL-JSON text: a list of items, or one item."""
    for line, column, item in items(text, findings):
        if not isinstance(item, dict) or not (item.get("title") or item.get("type") or item.get("DOI")):
            hint = "an item has a type and a title: export CSL-JSON from your reference manager"
            findings.fault("this is no citation in CSL-JSON", hint, line, column)
        else:
            yield citation(item, findings, line)


def citation(item: Item, findings: Findings, line: int) -> Citation:
    """Return the citation of one CSL item; values of another form than CSL has are named as left."""
    kind = _TYPES.get(_text(item.get("type")), "misc")
    own = item.get("custom")
    custom: Item = own if isinstance(own, dict) else {}
    container, note = _text(item.get("container-title")), _text(item.get("note"))
    note, within = identifiers_in(note)
    date = _date(item.get("issued"))
    extra = {
        "edition": _text(item.get("edition")),
        "type": _text(item.get("genre")),
        "series": _text(item.get("collection-title")),
        "chapter": _text(item.get("chapter-number")),
        "version": _text(item.get("version")),
        "note": note,
    }
    reference = Reference(
        key=_text(item.get("id")),
        type=kind,
        title=without_markup(_text(item.get("title"))),
        authors=_names(item.get("author")),
        editors=_names(item.get("editor")),
        more_authors=bool(custom.get("more-authors")),
        journal="" if kind in _CHAPTERS else without_markup(container),
        booktitle=without_markup(container) if kind in _CHAPTERS else "",
        publisher=_text(item.get("publisher")),
        address=_text(item.get("publisher-place")),
        year=date.year,
        month=date.month,
        day=date.day,
        volume=dashes(_text(item.get("volume"))),
        number=dashes(_text(item.get("number" if kind == "techreport" else "issue")) or _text(item.get("number"))),
        pages=pages_of(_text(item.get("page"))),
        doi=doi_of(_text(item.get("DOI"))),
        pmid=_text(item.get("PMID")) or within.get("pmid", ""),
        pmcid=pmcid_of(_text(item.get("PMCID")) or within.get("pmcid", "")),
        issn=_text(item.get("ISSN")),
        isbn=_text(item.get("ISBN")),
        url=_text(item.get("URL")),
        kind=_text(custom.get("kind")),
        language=language_name(_text(item.get("language"))),
        abstract=without_markup(_text(item.get("abstract"))),
        keywords=once(_text(item.get("keyword")).split(",")),
        extra={name: value for name, value in extra.items() if value},
        file=findings.file,
        line=line,
    )
    return Citation(reference, left=(*_left(item), *date.unclear))


def _left(item: Item) -> tuple[str, ...]:
    unknown = (name for name, value in item.items() if name not in _TAKEN | _SAY_NOTHING and value)
    odd = (name for name in sorted(_TAKEN) if name in item and _is_odd(name, item[name]))
    return tuple(map(plain, (*unknown, *odd)))


def _is_odd(name: str, value: Any) -> bool:
    if name in {"author", "editor"}:
        return not isinstance(value, list) or any(not isinstance(one, dict) for one in value)
    return name not in {"issued", "custom"} and isinstance(value, dict | list)


def _text(value: Any) -> str:
    return plain(value) if isinstance(value, str) else ""


def _names(value: Any) -> tuple[Name, ...]:
    people = (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))
    return tuple(name for name in map(_name, people) if name.literal or name.short or name.given)


def _name(parts: Item) -> Name:
    literal = _text(parts.get("literal")) or _text(parts.get("name"))
    particle = plain(f"{_text(parts.get('dropping-particle'))} {_text(parts.get('non-dropping-particle'))}")
    family, given = _text(parts.get("family")), _text(parts.get("given"))
    if literal or not family:
        return Name(literal=literal or given)
    if not particle:
        particle, family = apart(family)
    return Name(family, given, particle, _text(parts.get("suffix")))


def _date(value: Any) -> Any:
    """Return the date of ``{"date-parts": [[2004, 12, 1]]}``, or of what stands in its place as text."""
    if not isinstance(value, dict):
        return dated(_text(value))
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [_text(part) for part in first]
    if any(numbers):
        return dated("/".join(numbers))
    return dated(_text(value.get("literal")) or _text(value.get("raw")))
