"""References -> CSL-JSON, as pandoc, Zotero, citeproc and their like read it."""

from __future__ import annotations

import json
import re
from textwrap import indent
from typing import Any

from ..bibliography import csl_type, genre_of, language_of, note, publication_status
from ..model import Name, Reference
from .format import Format


def _entry(reference: Reference) -> str:
    return indent(json.dumps(_item(reference), ensure_ascii=False, indent=2), "  ")


def _item(reference: Reference) -> dict[str, Any]:
    """Return one reference; what has no value has no key."""
    extra = reference.extra
    kind = csl_type(reference)
    language = language_of(reference.language)
    custom = {"kind": reference.kind, "more-authors": reference.more_authors}
    item = {
        "id": reference.key,
        "type": kind,
        "title": reference.title,
        "author": [_name(name) for name in reference.authors],
        "editor": [_name(name) for name in reference.editors],
        "container-title": reference.journal or reference.booktitle,
        "issued": _date(reference),
        "volume": reference.volume,
        "number" if kind == "report" else "issue": reference.number,
        "page": reference.pages,
        "edition": extra.get("edition", ""),
        "collection-title": extra.get("series", ""),
        "chapter-number": extra.get("chapter", ""),
        "version": extra.get("version", ""),
        "genre": genre_of(reference),
        "status": _status(reference),
        "publisher": reference.publisher,
        "publisher-place": reference.address,
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "PMCID": reference.pmcid,
        "ISSN": reference.issn,
        "ISBN": reference.isbn,
        "URL": reference.url,
        "accessed": _day(extra.get("urldate", "")),
        "language": language.two if language else reference.language,
        "keyword": ", ".join(reference.keywords),
        "abstract": reference.abstract,
        "note": note(reference),
        "custom": {name: value for name, value in custom.items() if value},
    }
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    """Return a person with the parts that are known, or a group."""
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _date(reference: Reference) -> dict[str, Any]:
    """Return the date as far as it is known; a year that is no number as text."""
    if not reference.year.isdigit():
        return {"literal": reference.year} if reference.year else {}
    day = [reference.day] if reference.month and reference.day else []
    return {"date-parts": [[int(reference.year), *([reference.month] if reference.month else []), *day]]}


def _day(text: str) -> dict[str, Any]:
    """Return a day (``2024-07-13``) as date parts, anything else as text."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return {"literal": text} if text else {}
    return {"date-parts": [[int(part) for part in text.split("-")]]}


def _status(reference: Reference) -> str:
    """Return what became of the work, else how far its publication is."""
    if reference.standing:
        return reference.standing.state.replace("-", " ")
    return publication_status(reference)


CSL_JSON = Format(
    "csl-json",
    "CSL-JSON",
    "json",
    "application/vnd.citationstyles.csl+json",
    _entry,
    head="[\n",
    between=",\n",
    tail="\n]\n",
)
"""A list that is valid against csl-data.json; our own data stand under ``custom``."""
