"""CSL-JSON as it is, and as pandoc makes it of other formats."""

from __future__ import annotations

import json
import re
from typing import Any

from backed.model import Name

from .held import Read

_KINDS = {
    "article-journal": "article", "article": "preprint", "book": "book", "chapter": "chapter",
    "paper-conference": "paper", "report": "report", "thesis": "thesis", "webpage": "web page", "dataset": "dataset",
    "software": "software", "manuscript": "manuscript", "pamphlet": "book",
}  # fmt: skip
_TEXTS = {
    "title": "title", "collection-title": "series", "publisher": "publisher", "publisher-place": "address",
    "volume": "volume", "page": "pages", "edition": "edition", "chapter-number": "chapter", "version": "version",
    "genre": "type", "DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "ISSN": "issn", "ISBN": "isbn", "URL": "url",
    "language": "language", "keyword": "keywords", "abstract": "abstract",
}  # fmt: skip
_STATES = {"advance online publication": "prepublished", "pre-published": "prepublished"}
_MARKUP = re.compile(r"</?span[^>]*>")


def read_csl_json(text: str) -> list[Read]:
    return [_read(item) for item in json.loads(text)]


def _read(item: dict[str, Any]) -> Read:
    texts = {ours: _MARKUP.sub("", str(item.get(theirs, ""))) for theirs, ours in _TEXTS.items()}
    texts["kind"] = _KINDS.get(item["type"], "other")
    container = _MARKUP.sub("", item.get("container-title", ""))
    texts["journal" if texts["kind"] == "article" else "booktitle"] = container
    texts["number"] = str(item.get("issue") or item.get("number", ""))
    issued = item.get("issued", {})
    texts["date"] = _date(issued)
    texts["year"] = issued.get("literal", "") or texts["date"][:4]
    texts["urldate"] = _date(item.get("accessed", {}))
    texts["pubstate"] = _STATES.get(item.get("status", ""), "")
    custom = item.get("custom", {})
    texts["source"] = custom.get("kind", "")
    authors = tuple(map(_name, item.get("author", [])))
    more = bool(custom.get("more-authors")) or bool(authors and authors[-1].short == "others")
    named = authors[:-1] if authors and authors[-1].short == "others" else authors
    editors = tuple(map(_name, item.get("editor", [])))
    return Read(item["id"], named, editors, texts, item.get("note", ""), more)


def _date(value: dict[str, Any]) -> str:
    parts = [*value.get("date-parts", []), []][0]
    return "-".join(f"{int(part):02}" for part in parts)


def _name(name: dict[str, str]) -> Name:
    particle = " ".join(name[kind] for kind in ("dropping-particle", "non-dropping-particle") if kind in name)
    return Name(
        name.get("family", ""), name.get("given", ""), particle, name.get("suffix", ""), name.get("literal", "")
    )
