"""Answers of the Crossref REST API -> citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from ..bibliography.registers import register_named, register_of
from .citation import Citation, Findings
from .csl_json import citation
from .json_items import items
from .values import plain, without_markup

_TYPES = {
    "journal-article": "article-journal",
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
    **dict.fromkeys(("book-chapter", "book-section", "book-part", "reference-entry"), "chapter"),
    "proceedings-article": "paper-conference",
    **dict.fromkeys(("report", "report-component", "standard"), "report"),
    "dissertation": "thesis",
    "dataset": "dataset",
}
_FIRST = ("title", "container-title", "group-title")
_COPIED = ("DOI", "volume", "issue", "page", "publisher", "publisher-location", "language", "editor", "edition-number")
_NAMES = {"publisher-location": "publisher-place", "edition-number": "edition"}


def read_crossref(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the work of an answer to ``/works/DOI``, or the works of a search."""
    for line, column, answer in items(text, findings):
        message = answer.get("message") if isinstance(answer, dict) else None
        works = message.get("items", [message]) if isinstance(message, dict) else []
        if (
            not isinstance(works, list)
            or not all(isinstance(work, dict) and "DOI" in work for work in works)
            or not works
        ):
            findings.fault("this is no answer of Crossref about a work", "ask api.crossref.org/works/DOI", line, column)
            continue
        yield from (_citation(work, findings, line) for work in works)


def _citation(work: Mapping[str, Any], findings: Findings, line: int) -> Citation:
    item = {_NAMES.get(name, name): work[name] for name in _COPIED if isinstance(work.get(name), str | list)}
    item |= {name: unescape(_first(work.get(name))) for name in _FIRST if _first(work.get(name))}
    subtitle = unescape(_first(work.get("subtitle")))
    if subtitle and subtitle.casefold() not in str(item.get("title", "")).casefold():
        item["title"] = f"{item.get('title', '')}: {subtitle}"
    item["type"] = _TYPES.get(plain(str(work.get("type"))), "document")
    if item["type"] == "article-journal":
        item.pop("publisher", None)  # of an article in a journal no style names it
    item["author"] = work.get("author", [])
    item["issued"] = next((work[name] for name in ("published-print", "issued") if _has_year(work.get(name))), {})
    item["page"] = item.get("page") or plain(str(work.get("article-number") or ""))
    for name in ("ISSN", "ISBN"):
        item[name] = ", ".join(_texts(work.get(name)))
    item["abstract"] = without_markup(unescape(_first(work.get("abstract"))))
    item.pop("group-title", None)
    found = citation(item, findings, line)
    return Citation(found.reference, _registered(work), _retracted(work), found.left)


def _texts(value: Any) -> list[str]:
    return [plain(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _first(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _has_year(value: Any) -> bool:
    """Say whether a date has a year: ``{"date-parts": [[null]]}`` has none."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    return bool(isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] and parts[0][0])


def _retracted(work: Mapping[str, Any]) -> str:
    updates = work.get("updated-by")
    told = (one.get("type") for one in (updates if isinstance(updates, list) else ()) if isinstance(one, dict))
    return "Crossref" if "retraction" in told else ""


def _registered(work: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the registrations a publisher deposited; the register is known by the form of its numbers."""
    entries = work.get("clinical-trial-number")
    numbers = (
        plain(str(one.get("clinical-trial-number") or "")).upper()
        for one in (entries if isinstance(entries, list) else ())
        if isinstance(one, dict)
    )
    registers = ((register_of(number), number) for number in dict.fromkeys(numbers))
    return tuple(
        (register.name, number) for register, number in registers if register and register_named(register.name)
    )
