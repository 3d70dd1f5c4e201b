"""Vancouver, as the US National Library of Medicine has it: Citing Medicine, 2nd edition, in the order of citation."""

from __future__ import annotations

from ...model import Reference
from ..kinds import csl_type, genre_of
from .marks import clean, joined, stopped
from .pieces import MONTHS, address, container, day_of, doi, edition, listed, notice, pages

_IN_BOOKS = frozenset({"chapter", "paper-conference"})
_SERIAL = "article-journal"


def vancouver(reference: Reference) -> str:
    """Return a reference: up to six authors, the year before the volume, pages cut short, identifiers at the end."""
    kind = csl_type(reference)
    known = kind == _SERIAL and bool(reference.doi or reference.pmid or reference.pmcid)
    internet = "[Internet]" if reference.url and not known else ""
    where = container(reference)
    medium = internet if kind == "webpage" or (not where and kind not in _IN_BOOKS) else ""
    genre = clean(genre_of(reference))
    title = clean(reference.title)
    page = kind == "webpage" and bool(where)
    sentences = [
        _people(reference),
        joined((where if page else title, f"[{genre}]" if genre else "", medium), " "),
        "" if where else edition(reference),
        "" if page else _within(reference, kind, where, internet),
        _published(reference, kind, known),
        _own_pages(reference, kind),
        title if page else "",
        _series(reference, kind),
        _report_number(reference, kind, genre),
    ]
    found = "" if known or not reference.url else f"Available from: {address(reference)}"
    ids = [f"PubMed PMID: {clean(reference.pmid)}" if reference.pmid else ""]
    ids.append(f"PubMed Central PMCID: {clean(reference.pmcid)}" if reference.pmcid else "")
    return joined(
        (stopped(joined(sentences, ". ")), found, doi(reference), stopped(joined(ids, "; ")), _standing(reference)), " "
    )


def _people(reference: Reference) -> str:
    if reference.authors:
        return listed(reference.authors, 6, 6, reference.more_authors)
    return _editors(reference)


def _editors(reference: Reference) -> str:
    names = listed(reference.editors, 6, 6)
    stop = "." if names.endswith("et al") else ""
    return f"{names}{stop}, {'editors' if len(reference.editors) > 1 else 'editor'}" if names else ""


def _within(reference: Reference, kind: str, where: str, internet: str) -> str:
    """Return the book or journal it stands in, with its editors; a book's own editors where it has authors."""
    editors = _editors(reference) if reference.authors else ""
    if kind == _SERIAL:
        where = where.replace(".", "")
    if where:
        place = joined((joined((where, internet), " "), edition(reference)), ". ")
    else:
        place = "" if kind == "webpage" else _volume(reference)
    whole = joined((editors, place), ". ")
    return f"In: {whole}" if whole and kind in _IN_BOOKS else whole


def _volume(reference: Reference) -> str:
    volume = clean(reference.volume)
    return f"Vol. {volume}" if volume.isdigit() else volume


def _published(reference: Reference, kind: str, known: bool) -> str:
    """Return place and publisher, the date, and of an article volume, issue and pages."""
    if kind == _SERIAL:
        issue = f"({clean(reference.number)})" if reference.number else ""
        place = joined((clean(reference.volume) + issue, pages(reference, "–", short=True)), ":")
        cited = "" if known else _cited(reference)
        return joined((joined((_date(reference, 3), cited), " "), place), ";")
    town = clean(reference.address)
    publisher = joined((f"[{town}]" if town and kind == "thesis" else town, clean(reference.publisher)), ": ")
    date = joined((_date(reference, 2 if kind == "report" else 1), _cited(reference)), " ")
    return joined((publisher, date), "; ")


def _date(reference: Reference, parts: int) -> str:
    """Return year, month and day, as many of them as asked for and known: ``2004 Dec 1``."""
    year = clean(reference.year)
    if not reference.month or not year.isdigit():
        return year
    day = str(reference.day) if reference.day else ""
    return " ".join(part for part in (year, MONTHS[reference.month - 1][:3], day)[:parts] if part)


def _cited(reference: Reference) -> str:
    seen = day_of(reference.extra.get("urldate", ""))
    return f"[cited {seen[0]} {MONTHS[seen[1] - 1][:3]} {seen[2]}]" if seen and reference.url else ""


def _own_pages(reference: Reference, kind: str) -> str:
    if not reference.pages or kind in {_SERIAL, "book"}:
        return ""
    return f"p. {pages(reference, '–', short=True)}"


def _series(reference: Reference, kind: str) -> str:
    series = clean(reference.extra.get("series", ""))
    return f"({series})" if series and kind != _SERIAL else ""


def _report_number(reference: Reference, kind: str, genre: str) -> str:
    if kind != "report" or not reference.number:
        return ""
    number = clean(reference.number)
    what = genre[:1].upper() + genre[1:] or "Report"
    return f"{what} no.: {number}" if any(map(str.isdigit, number)) else f"{what} {number}"


def _standing(reference: Reference) -> str:
    """Return what became of the work, as PubMed says it of an article: ``Retraction in: …``."""
    standing = reference.standing
    if standing is None:
        return ""
    said = {"retracted": "Retraction", "expression-of-concern": "Expression of concern"}.get(standing.state)
    day = day_of(standing.on)
    when = f"{day[0]} {MONTHS[day[1] - 1][:3]} {day[2]}" if day else ""
    if said is None:
        return stopped(joined(("Superseded", f"Update in: {clean(standing.by)}" if standing.by else ""), ". "))
    place = joined((when, notice(standing)), ". ")
    return stopped(f"{said} in: {place}" if place else f"{'Retracted' if said == 'Retraction' else said}")
