"""APA: Publication Manual of the American Psychological Association, 7th edition."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ...model import Name, Reference
from ..identifiers import doi_url
from ..kinds import csl_type, is_ahead_of_print
from .capitals import in_title_case
from .marks import clean, italic, joined, link, stopped
from .pieces import MONTHS, address, container, day_of, edition, initials, notice, pages

_DESCRIPTIONS = {"dataset": "Dataset", "software": "Computer software", "manuscript": "Unpublished manuscript"}


def apa(reference: Reference) -> str:
    """Return a reference: up to twenty authors, the year after them, journals, books and volumes in italics."""
    kind = csl_type(reference)
    people = _people(reference)
    title = _title(reference, kind)
    date = f"({_date(reference, kind)})"
    head = (people, date, title) if people else (title, date)
    main = stopped(joined((*head, *_source(reference, kind)), ". "))
    return joined((main, _location(reference), _standing(reference)), " ")


def apa_order(reference: Reference) -> str:
    """Return the text by which a reference list is sorted: names, year, title, in plain small letters."""
    names = " ".join(f"{name.short} {name.given}" for name in reference.authors or reference.editors)
    return " | ".join(
        _plain(part) for part in (names or reference.title, reference.year, reference.title, reference.key)
    )


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _people(reference: Reference) -> str:
    if reference.authors:
        names = _inverted(reference.authors)
        return f"{names}, et al." if reference.more_authors else names
    if not reference.editors:
        return ""
    return f"{_inverted(reference.editors)} {_label(reference.editors)}"


def _label(editors: Sequence[Name]) -> str:
    return "(Eds.)" if len(editors) > 1 else "(Ed.)"


def _inverted(names: Sequence[Name]) -> str:
    """Return ``Long, A., Donelson, R., & Fung, T.``; of more than twenty the first nineteen, … and the last."""
    texts = [
        joined((clean(name.short), initials(name.given, ".", " ", "-"), clean(name.suffix)), ", ") for name in names
    ]
    if len(texts) > 20:
        return f"{', '.join(texts[:19])}, … {texts[-1]}"
    return f"{', '.join(texts[:-1])}, & {texts[-1]}" if len(texts) > 1 else texts[0]


def _upright(names: Sequence[Name]) -> str:
    """Return ``B. Doe & C. Poe``."""
    texts = [
        joined(
            (" ".join(filter(None, (initials(name.given, ".", " ", "-"), clean(name.short)))), clean(name.suffix)), ", "
        )
        for name in names
    ]
    if len(texts) > 20:
        return f"{', '.join(texts[:19])}, … {texts[-1]}"
    comma = "," if len(texts) > 2 else ""
    return f"{', '.join(texts[:-1])}{comma} & {texts[-1]}" if len(texts) > 1 else texts[0]


def _date(reference: Reference, kind: str) -> str:
    year = clean(reference.year) or "n.d."
    if kind != "webpage" or not reference.month:
        return year
    day = f" {reference.day}" if reference.day else ""
    return f"{year}, {MONTHS[reference.month - 1]}{day}"


def _title(reference: Reference, kind: str) -> str:
    """Return the title with what stands behind it: number, edition and editors, and what kind of work it is."""
    title = clean(reference.title)
    if kind in {"article-journal", "chapter", "paper-conference"}:
        return title
    genre = clean(reference.extra.get("type", ""))
    number = clean(reference.number)
    version = clean(reference.extra.get("version", ""))
    editors = f"{_upright(reference.editors)}, {_label(reference.editors)[1:-1]}" if _beside(reference) else ""
    inside = (
        editors,
        joined((in_title_case(genre, reference.language), f"No. {number}"), " ") if number and kind == "report" else "",
        f"Version {version}" if version else "",
        joined((edition(reference), _volume(reference)), ", "),
    )
    identified = joined(inside, "; ")
    description = _DESCRIPTIONS.get(kind, genre if kind != "thesis" and not (number and kind == "report") else "")
    if kind == "thesis":
        description = joined((genre, clean(reference.publisher) if _online(reference) else ""), ", ")
    parts = (italic(title), f"({identified})" if identified else "", f"[{description}]" if description else "")
    return joined(parts, " ")


def _beside(reference: Reference) -> bool:
    """Say whether editors stand beside authors."""
    return bool(reference.authors and reference.editors)


def _online(reference: Reference) -> bool:
    return bool(reference.doi or reference.url)


def _volume(reference: Reference) -> str:
    volume = clean(reference.volume)
    return f"Vol. {volume}" if volume.isdigit() else volume


def _source(reference: Reference, kind: str) -> tuple[str, ...]:
    """Return what stands between title and address: journal, book, publisher."""
    where = container(reference)
    if kind == "article-journal" or (kind == "paper-conference" and not reference.editors):
        return (_serial(reference, where), "Advance online publication" if is_ahead_of_print(reference) else "")
    if kind in {"chapter", "paper-conference"}:
        return (_in_book(reference, where), clean(reference.publisher))
    publisher = "" if kind == "thesis" and _online(reference) else clean(reference.publisher)
    return (where, publisher)


def _serial(reference: Reference, where: str) -> str:
    issue = f"({clean(reference.number)})" if reference.number else ""
    place = joined((f"{italic(clean(reference.volume))}{issue}", pages(reference, "–")), ", ")
    return joined((italic(in_title_case(where, reference.language)), place), ", ")


def _in_book(reference: Reference, where: str) -> str:
    editors = f"{_upright(reference.editors)} {_label(reference.editors)}" if _beside(reference) else ""
    several = "–" in pages(reference, "–") or "," in reference.pages
    chapter = clean(reference.extra.get("chapter", ""))
    place = f"Chapter {chapter}" if chapter.isdigit() else chapter
    if reference.pages:
        place = f"{'pp' if several else 'p'}. {pages(reference, '–')}"
    inside = joined((edition(reference), _volume(reference), place), ", ")
    book = joined((italic(where), f"({inside})" if inside else ""), " ")
    whole = joined((editors, book), ", ")
    return f"In {whole}" if whole else ""


def _location(reference: Reference) -> str:
    """Return the DOI as an address, else the web address, with the day it was seen where the work has no date."""
    if reference.doi:
        return link(doi_url(reference), f"https://doi.org/{clean(reference.doi)}")
    seen = day_of(reference.extra.get("urldate", ""))
    if reference.url and seen and not reference.year:
        return f"Retrieved {MONTHS[seen[1] - 1]} {seen[2]}, {seen[0]}, from {address(reference)}"
    return address(reference) if reference.url else ""


def _standing(reference: Reference) -> str:
    """Return what became of the work: ``(Retraction published 2026, January 31, …)``."""
    standing = reference.standing
    if standing is None:
        return ""
    words = {"retracted": "Retraction published", "expression-of-concern": "Expression of concern published"}
    day = day_of(standing.on)
    when = f"{day[0]}, {MONTHS[day[1] - 1]} {day[2]}" if day else ""
    said = words.get(standing.state, "Superseded")
    if standing.state == "superseded":
        return f"(Superseded by {clean(standing.by)})" if standing.by else "(Superseded)"
    if not when and not standing.notice:
        return f"({said.removesuffix(' published').replace('Retraction', 'Retracted')})"
    return f"({joined((joined((said, when), ' '), notice(standing)), ', ')})"
