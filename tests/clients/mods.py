"""MODS, the XML into which bibutils turns every format it reads."""

from __future__ import annotations

from xml.etree import ElementTree

from backed.model import Name

from .held import Read

_NS = {"m": "http://www.loc.gov/mods/v3"}
_KINDS = {
    "journal article": "article", "book": "book", "book chapter": "chapter", "conference publication": "paper",
    "report": "report", "technical report": "report", "thesis": "thesis", "Ph.D. thesis": "thesis",
    "Masters thesis": "thesis", "web page": "web page", "web site": "web page", "dataset": "dataset",
    "unpublished": "manuscript", "manuscript": "manuscript", "software": "software", "computer program": "software",
    "theses": "thesis", "electronic": "web page", "collection": "edited book",
}  # fmt: skip


def read_mods(text: str) -> list[Read]:
    root = ElementTree.fromstring(text.lstrip("\ufeff").encode())
    return [_read(record) for record in root.iterfind("m:mods", _NS)]


def _read(record: ElementTree.Element) -> Read:
    host = record.find("m:relatedItem[@type='host']", _NS)
    inside = host if host is not None else ElementTree.Element("none")
    series = inside.find("m:relatedItem[@type='series']", _NS)
    series = series if series is not None else record.find("m:relatedItem[@type='series']", _NS)
    genres = [_text(genre) for place in (record, inside) for genre in place.iterfind("m:genre", _NS)]
    kind = next((_KINDS[genre] for genre in genres if genre in _KINDS), "other")
    texts = {
        "kind": kind,
        "title": _title(record),
        "journal" if kind == "article" else "booktitle": _title(inside),
        "series": _title(series) if series is not None else "",
        "publisher": _first([record, inside], "m:originInfo/m:publisher"),
        "address": _first([record, inside], "m:originInfo/m:place/m:placeTerm"),
        "edition": _first([record, inside], "m:originInfo/m:edition"),
        "language": _first([record], "m:language/m:languageTerm"),
        "abstract": _first([record], "m:abstract"),
        "url": _first([record], "m:location/m:url"),
        "keywords": ", ".join(_text(topic) for topic in record.iterfind("m:subject/m:topic", _NS)),
        "urldate": _attribute(record, "m:location/m:url", "dateLastAccessed"),
        **{name: _identifier([record, inside], types) for name, types in _IDENTIFIERS.items()},
        **_part(record, inside),
    }
    names = [_name(one) for place in (record, inside) for one in place.iterfind("m:name", _NS)]
    more = any(name.short in {"others", "et al."} for name, _ in names)
    authors = tuple(name for name, role in names if role == "author" and name.short not in {"others", "et al."})
    editors = tuple(name for name, role in names if role == "editor")
    publishers = (name.short for name, role in names if role not in {"author", "editor"})
    texts["publisher"] = texts["publisher"] or next(publishers, "")
    notes = " ".join(_text(note) for note in record.iterfind("m:note", _NS))
    return Read(record.get("ID", ""), authors, editors, texts, notes, more)


_IDENTIFIERS = {
    "doi": ("doi",),
    "pmid": ("pubmed", "accessnum"),
    "pmcid": ("pmc",),
    "issn": ("issn",),
    "isbn": ("isbn", "isbn13"),
}


def _part(record: ElementTree.Element, inside: ElementTree.Element) -> dict[str, str]:
    parts = [part for place in (record, inside) for part in place.iterfind("m:part", _NS)]
    found = {
        name: next(
            (_text(n) for p in parts for t in types for n in p.iterfind(f"m:detail[@type='{t}']/m:number", _NS)), ""
        )
        for name, types in {
            "volume": ("volume",),
            "number": ("issue", "number", "report number", "report"),
            "chapter": ("chapter",),
            "eid": ("page", "artnum", "article number"),
        }.items()
    }
    start = next((_text(n) for p in parts for n in p.iterfind("m:extent/m:start", _NS)), "")
    end = next((_text(n) for p in parts for n in p.iterfind("m:extent/m:end", _NS)), "")
    found["pages"] = "-".join(filter(None, (start, end))) or found.pop("eid")
    date = _first([record, inside], "m:originInfo/m:dateIssued") or next(
        (_text(d) for p in parts for d in p.iterfind("m:date", _NS)), ""
    )
    return {**found, "date": date, "year": date[:4] if date[:4].isdigit() else date}


def _title(element: ElementTree.Element) -> str:
    """Return a title with what stands before and after it."""
    info = element.find("m:titleInfo", _NS)
    if info is None:
        return ""
    start = " ".join(filter(None, (_first([info], "m:nonSort"), _first([info], "m:title"))))
    return ": ".join(filter(None, (start, _first([info], "m:subTitle"))))


def _name(name: ElementTree.Element) -> tuple[Name, str]:
    """Return a name and its role."""
    parts: dict[str, list[str]] = {}
    for part in name.iterfind("m:namePart", _NS):
        parts.setdefault(part.get("type", ""), []).append(_text(part))
    words = {kind: " ".join(texts) for kind, texts in parts.items()}
    role = _first([name], "m:role/m:roleTerm")
    if name.get("type") == "personal":
        return Name(words.get("family", ""), words.get("given", ""), "", words.get("suffix", "")), role
    return Name(literal=words.get("", "")), role


def _identifier(places: list[ElementTree.Element], types: tuple[str, ...]) -> str:
    return next((found for kind in types if (found := _first(places, f"m:identifier[@type='{kind}']"))), "")


def _first(places: list[ElementTree.Element], path: str) -> str:
    return next((_text(found) for place in places for found in place.iterfind(path, _NS)), "")


def _attribute(record: ElementTree.Element, path: str, name: str) -> str:
    found = record.find(path, _NS)
    return found.get(name, "") if found is not None else ""


def _text(element: ElementTree.Element) -> str:
    return (element.text or "").strip()
