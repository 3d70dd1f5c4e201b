"""References as people read them: one formatted in full (NLM style), and the short form used in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..model import Name, Reference
from .identifiers import page_range

_NAMED = 6
_WEB_TYPES = frozenset({"online", "electronic", "www", "webpage"})
_REPORT_TYPES = frozenset({"techreport", "report"})


def cite(reference: Reference) -> str:
    """Return one reference as plain text in the style of the US National Library of Medicine (Vancouver).

    Up to six authors, then et al.; a DOI or an address stands last and without a full stop, so that it can be copied.
    """
    where = _in_journal(reference) if reference.journal else _published(reference)
    sentences = [_people(reference), _title(reference), *where]
    return " ".join([*(_sentence(text) for text in sentences if text), *_found_at(reference)])


def short_cite(reference: Reference) -> str:
    """Return who and when: ``Long, Donelson & Fung 2004``, ``Hayden et al. 2021``; without names the title stands."""
    names = [name.short for name in reference.authors or reference.editors]
    year = reference.year or "n.d."
    if not names:
        return f"{reference.title} {year}".strip()
    if len(names) > 3 or (reference.authors and reference.more_authors):
        return f"{names[0]} et al. {year}"
    return f"{' & '.join(part for part in (', '.join(names[:-1]), names[-1]) if part)} {year}"


def _people(reference: Reference) -> str:
    if reference.authors:
        return _listed(reference.authors, reference.more_authors)
    if not reference.editors:
        return ""
    return f"{_listed(reference.editors)}, {_editors(reference.editors)}"


def _listed(names: Sequence[Name], more: bool = False) -> str:
    """Return the names in a row, at most six."""
    shown = [_inverted(name) for name in names[:_NAMED]]
    return ", ".join([*shown, "et al."] if more or len(names) > _NAMED else shown)


def _inverted(name: Name) -> str:
    return name.literal or " ".join(part for part in (name.short, name.initials, name.suffix.rstrip(".")) if part)


def _editors(names: Sequence[Name]) -> str:
    return "editors" if len(names) > 1 else "editor"


def _title(reference: Reference) -> str:
    return f"{reference.title} [Internet]" if reference.type in _WEB_TYPES else reference.title


def _in_journal(reference: Reference) -> Iterable[str]:
    """Return journal, and year;volume(issue):pages."""
    issue = f"({reference.number})" if reference.number else ""
    place = f"{reference.volume}{issue}"
    numbers = _year(reference) + (f";{place}" if place else "") + (f":{_pages(reference)}" if reference.pages else "")
    return reference.journal, numbers


def _published(reference: Reference) -> Iterable[str]:
    """Yield the book it stands in, edition, place: publisher; year, pages or number of the report."""
    if reference.booktitle:
        editors = f"{_listed(reference.editors)}, {_editors(reference.editors)}. " if reference.editors else ""
        yield f"In: {editors if reference.authors else ''}{reference.booktitle}"
    elif reference.authors and reference.editors:
        yield f"{_listed(reference.editors)}, {_editors(reference.editors)}"
    edition = reference.extra.get("edition", "")
    if edition:
        yield edition if "ed" in edition.lower() else f"{edition} ed."
    publisher = ": ".join(part for part in (reference.address, reference.publisher) if part)
    yield f"{publisher}; {_year(reference)}" if publisher else _year(reference)
    if reference.type in _REPORT_TYPES and reference.number:
        yield f"Report No.: {reference.number}"
    if reference.booktitle and reference.pages:
        yield f"p. {_pages(reference)}"


def _year(reference: Reference) -> str:
    return reference.year or "[date unknown]"


def _pages(reference: Reference) -> str:
    """Return the pages with an en dash; the last page without the digits it repeats (2593–602), as NLM does."""
    first, last = page_range(reference)
    if first.isdigit() and last.isdigit() and len(first) == len(last) and first < last:
        same = next(place for place, digit in enumerate(last) if digit != first[place])
        last = last[same:]
    return f"{first}–{last}" if last else re.sub(r"(?<=\d)-(?=\d)", "–", first)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _found_at(reference: Reference) -> Iterable[str]:
    if reference.doi:
        yield f"doi:{reference.doi}"
    elif reference.url:
        yield f"Available from: {reference.url}"
