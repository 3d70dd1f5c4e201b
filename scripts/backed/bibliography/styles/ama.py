"""AMA, as the American Medical Association has it: AMA Manual of Style, 11th edition."""

from __future__ import annotations

from ...model import Reference
from ..kinds import csl_type, genre_of, is_preprint
from .capitals import in_title_case
from .marks import clean, italic, joined, stopped
from .pieces import MONTHS, address, container, day_of, doi, edition, listed, notice, pages

_WHOLE = frozenset({"book", "report"})
_IN_BOOKS = frozenset({"chapter", "paper-conference"})


def ama(reference: Reference) -> str:
    """Return a reference: up to six authors, else three; journals and books in italics; page numbers in full."""
    kind = csl_type(reference)
    title = clean(reference.title)
    if kind in _WHOLE or kind == "thesis":
        title = italic(in_title_case(title, reference.language))
    main = stopped(joined((_people(reference), title, _source(reference, kind)), ". "))
    return joined((main, _access(reference), _standing(reference)), " ")


def _people(reference: Reference) -> str:
    if reference.authors:
        return listed(reference.authors, 6, 3, reference.more_authors)
    return _editors(reference)


def _editors(reference: Reference) -> str:
    names = listed(reference.editors, 6, 3)
    stop = "." if names.endswith("et al") else ""
    return f"{names}{stop}, {'eds' if len(reference.editors) > 1 else 'ed'}" if names else ""


def _source(reference: Reference, kind: str) -> str:
    """Return where a work was published, after its title."""
    if kind in _WHOLE:
        editors = _editors(reference) if reference.authors else ""
        parts = (_volume(reference), edition(reference), f"({editors}.)" if editors else "", _publisher(reference))
        return joined((joined(parts, ". "), pages(reference, "-")), ":")
    if kind in _IN_BOOKS:
        return _in_book(reference)
    if kind == "webpage":
        return joined((container(reference), _date(reference)), ". ")
    if kind == "thesis":
        return joined((clean(genre_of(reference)), _publisher(reference)), ". ")
    return _in_journal(reference)


def _in_book(reference: Reference) -> str:
    book = italic(in_title_case(container(reference), reference.language))
    editors = _editors(reference) if reference.authors else ""
    series = clean(reference.extra.get("series", ""))
    parts = (editors, book, _volume(reference), edition(reference), series, _publisher(reference))
    chapter = clean(reference.extra.get("chapter", ""))
    place = pages(reference, "-") or (f"chap {chapter}" if chapter.isdigit() else chapter)
    whole = joined((joined(parts, ". "), place), ":")
    return f"In: {whole}" if whole else ""


def _in_journal(reference: Reference) -> str:
    editors = _editors(reference) if reference.authors else ""
    journal = italic(container(reference).replace(".", ""))
    server = italic(clean(reference.publisher)) if is_preprint(reference) else ""
    issue = f"({clean(reference.number)})" if reference.number else ""
    if reference.volume or reference.number:
        when = joined((clean(reference.year), clean(reference.volume) + issue), ";")
    else:
        when = _published_online(reference)
    return joined((editors, journal, server, joined((when, pages(reference, "-")), ":")), ". ")


def _published_online(reference: Reference) -> str:
    """Return ``Published online March 4, 2025``; a date in words alone: ``In press``."""
    date = _date(reference)
    if date and not reference.year.isdigit():
        return date[:1].upper() + date[1:]
    return f"{'Preprint posted' if is_preprint(reference) else 'Published'} online {date}" if date else ""


def _volume(reference: Reference) -> str:
    volume = clean(reference.volume)
    return f"Vol {volume}" if volume.isdigit() else volume


def _publisher(reference: Reference) -> str:
    return joined((clean(reference.publisher), clean(reference.year)), "; ")


def _date(reference: Reference) -> str:
    """Return ``March 4, 2025``, or as much of it as is known."""
    if not reference.month or not reference.year.isdigit():
        return clean(reference.year)
    month = MONTHS[reference.month - 1]
    return f"{month} {reference.day}, {reference.year}" if reference.day else f"{month} {reference.year}"


def _spelled(iso: str) -> str:
    day = day_of(iso)
    return f"{MONTHS[day[1] - 1]} {day[2]}, {day[0]}" if day else ""


def _access(reference: Reference) -> str:
    if reference.doi or not reference.url:
        return doi(reference)
    seen = _spelled(reference.extra.get("urldate", ""))
    return joined((f"Accessed {seen}" if seen else "", address(reference)), ". ")


def _standing(reference: Reference) -> str:
    """Return what became of the work: ``Retracted in: …``."""
    standing = reference.standing
    if standing is None:
        return ""
    words = {"retracted": "Retracted", "expression-of-concern": "Expression of concern", "superseded": "Superseded"}
    said = words[standing.state]
    place = joined((_spelled(standing.on), notice(standing)), ". ")
    if standing.by:
        place = f"by: {clean(standing.by)}"
        return stopped(f"{said} {place}")
    return stopped(f"{said} in: {place}" if place else said)
