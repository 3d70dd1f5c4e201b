"""APA: Publication Manual of the American Psychological Association, 7th edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...model import Name, Reference
from ..identifiers import doi_url
from ..kinds import csl_type, genre_of, publication_status
from .alphabet import alphabetical
from .capitals import in_title_case
from .marks import clean, italic, joined, link, stopped
from .pieces import MONTHS, address, container, day_of, edition, in_one, initials, is_unspaced, notice, pages

_BY_DAY = frozenset({"webpage", "document", "pamphlet"})
_DESCRIBED_IN_BOOK = frozenset({"document", "report", "software"})
_DESCRIPTIONS = {"dataset": "Dataset", "software": "Computer software"}


def apa(reference: Reference) -> str:
    """Return a reference: up to twenty authors, the year after them, journals, books and volumes in italics."""
    kind = csl_type(reference)
    where = container(reference)
    people = _people(reference, kind)
    title = _title(reference, kind, where)
    described = _description(reference, kind)
    of_book = bool(where) and kind in _DESCRIBED_IN_BOOK
    beside = "" if of_book else described
    date = f"({_date(reference, kind)})"
    head = (people, date, joined((title, beside), " ")) if people else (title, date, beside)
    main = stopped(joined((*head, *_source(reference, kind, where, described if of_book else "")), ". "))
    history = _parenthesised((_status_of_placed(reference), _standing(reference)))
    return joined((main, _location(reference), history), " ")


def apa_order(reference: Reference) -> str:
    """Return the text by which a reference list is sorted, in ASCII, to be compared letter by letter."""
    kind = csl_type(reference)
    people = reference.authors or reference.editors
    if not people and _goes_by_publisher(reference, kind):
        people = (Name(literal=reference.publisher),)
    return alphabetical(reference, people, _date(reference, kind))


def _people(reference: Reference, kind: str) -> str:
    """Return the authors, else the editors, else the group that keeps a site or a program."""
    if reference.authors:
        return _inverted(reference.authors, more=reference.more_authors)
    if reference.editors:
        return f"{_inverted(reference.editors)} {_label(reference.editors)}"
    return clean(reference.publisher) if _goes_by_publisher(reference, kind) else ""


def _goes_by_publisher(reference: Reference, kind: str) -> bool:
    """Say whether the publisher stands where authors would, and so is not named again."""
    return kind in {"webpage", "software"} and not reference.authors and not reference.editors


def _label(editors: Sequence[Name]) -> str:
    return "(Eds.)" if len(editors) > 1 else "(Ed.)"


def _inverted(names: Sequence[Name], *, more: bool = False) -> str:
    """Return ``Long, A., Donelson, R., & Fung, T.``; of more than twenty the first nineteen, … and the last.

    Where ``more`` names are not known, all that are stand before ``et al.``
    """
    texts = [
        in_one(name)
        if name.literal or is_unspaced(name)
        else joined((clean(name.short), initials(name.given, ".", " ", "-"), clean(name.suffix)), ", ")
        for name in names
    ]
    if more:
        return f"{', '.join(texts[:20])}, et al."
    if len(texts) > 20:
        return f"{', '.join(texts[:19])}, … {texts[-1]}"
    return f"{', '.join(texts[:-1])}, & {texts[-1]}" if len(texts) > 1 else texts[0]


def _upright(names: Sequence[Name]) -> str:
    """Return ``B. Doe & C. Poe Jr.``."""
    texts = [
        in_one(name)
        if name.literal or is_unspaced(name)
        else " ".join(filter(None, (initials(name.given, ".", " ", "-"), clean(name.short), clean(name.suffix))))
        for name in names
    ]
    if len(texts) > 20:
        return f"{', '.join(texts[:19])}, … {texts[-1]}"
    comma = "," if len(texts) > 2 else ""
    return f"{', '.join(texts[:-1])}{comma} & {texts[-1]}" if len(texts) > 1 else texts[0]


def _date(reference: Reference, kind: str) -> str:
    """Return the year, with month and day where works of the kind come out by the day."""
    if not reference.year:
        return publication_status(reference) or "n.d."
    year = clean(reference.year)
    by_day = kind in _BY_DAY or (kind == "paper-conference" and not _in_print(reference))
    if not by_day or not reference.month or not year.isdigit():
        return year
    day = f" {reference.day}" if reference.day else ""
    return f"{year}, {MONTHS[reference.month - 1]}{day}"


def _in_print(reference: Reference) -> bool:
    return bool(reference.editors or reference.volume or reference.number or reference.pages)


def _is_serial(reference: Reference, kind: str) -> bool:
    """Say whether a work stands in a journal: proceedings without editors are cited as one."""
    return kind == "article-journal" or (kind == "paper-conference" and not reference.editors)


def _title(reference: Reference, kind: str, where: str) -> str:
    """Return the title with what stands in parentheses behind it, where that is not said of what it stands in."""
    title = clean(reference.title)
    if kind == "webpage":
        return joined((italic(title), _parenthesised((_editing(reference),))), " ")
    if where:
        return title
    if _is_serial(reference, kind):
        return italic(title)
    inside = (_editing(reference), _report_number(reference, kind), _identified(reference, kind))
    return joined((italic(_with_volume(title, reference)), _parenthesised(inside)), " ")


def _parenthesised(parts: Iterable[str]) -> str:
    inside = joined(parts, "; ")
    return f"({inside})" if inside else ""


def _editing(reference: Reference) -> str:
    """Return the editors who stand beside authors: ``B. Doe, Ed.``."""
    if not reference.authors or not reference.editors:
        return ""
    return f"{_upright(reference.editors)}, {_label(reference.editors)[1:-1]}"


def _report_number(reference: Reference, kind: str) -> str:
    if kind != "report" or not reference.number:
        return ""
    number = clean(reference.number)
    genre = in_title_case(clean(reference.extra.get("type", "")), reference.language)
    return joined((genre, f"No. {number}"), " ")


def _identified(reference: Reference, kind: str) -> str:
    """Return version, edition, series, volume, issue and pages of what is no journal."""
    extra = reference.extra
    version = clean(extra.get("version", ""))
    volume = clean(reference.volume)
    chapter = clean(extra.get("chapter", ""))
    place = _pages_told(reference) or (f"Chapter {chapter}" if chapter.isdigit() else chapter)
    series = clean(extra.get("series", "")) if kind in {"report", "document"} else ""
    parts = (
        f"Version {version}" if version else "",
        edition(reference),
        in_title_case(series, reference.language),
        f"Vol. {volume}" if volume.isdigit() else "",
        f"Issue {clean(reference.number)}" if reference.number and kind != "report" else "",
        place,
    )
    return joined(parts, ", ")


def _pages_told(reference: Reference) -> str:
    if not reference.pages:
        return ""
    told = pages(reference, "–")
    return f"{'pp' if '–' in told or ',' in told else 'p'}. {told}"


def _with_volume(title: str, reference: Reference) -> str:
    """Return the title of a book with a volume that is no number: ``Backs: Second Part``."""
    volume = clean(reference.volume)
    return title if not volume or volume.isdigit() else f"{title}: {_capital(volume)}"


def _description(reference: Reference, kind: str) -> str:
    """Return what kind of work it is, in brackets: ``[Dataset]``, ``[Doctoral dissertation, University of Delft]``."""
    genre = _capital(clean(genre_of(reference)))
    if kind == "thesis":
        said = joined((genre, clean(reference.publisher) if _is_online(reference) else ""), ", ")
    elif kind == "report" and reference.number:
        said = ""
    elif kind == "manuscript" and not genre:
        said = "" if _is_to_be_had(reference) else "Unpublished manuscript"
    else:
        said = genre or _DESCRIPTIONS.get(kind, "")
    return f"[{said}]" if said else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_online(reference: Reference) -> bool:
    return bool(reference.doi or reference.url)


def _is_to_be_had(reference: Reference) -> bool:
    return bool(_is_online(reference) or reference.publisher or container(reference))


def _source(reference: Reference, kind: str, where: str, described: str) -> tuple[str, ...]:
    """Return what stands between title and address: journal, book, publisher, site."""
    publisher = "" if _goes_by_publisher(reference, kind) else clean(reference.publisher)
    if kind == "webpage":
        return (publisher, in_title_case(where, reference.language))
    if _is_serial(reference, kind):
        told = _status_of_placed(reference) or not reference.year
        status = "" if told else publication_status(reference)
        return (_in_journal(reference, where), _capital(status))
    if kind == "thesis" and _is_online(reference):
        publisher = ""
    return (_in_book(reference, kind, where, described), publisher)


def _in_journal(reference: Reference, where: str) -> str:
    issue = f"({clean(reference.number)})" if reference.number else ""
    place = joined((f"{italic(clean(reference.volume))}{issue}", pages(reference, "–")), ", ")
    series = clean(reference.extra.get("series", ""))
    names = italic(in_title_case(joined((where, series), ", "), reference.language))
    return joined((names, place), ", ")


def _in_book(reference: Reference, kind: str, where: str, described: str) -> str:
    if not where:
        return ""
    beside = reference.authors and reference.editors
    editors = f"{_upright(reference.editors)} {_label(reference.editors)}" if beside else ""
    inside = _parenthesised((_report_number(reference, kind), _identified(reference, kind)))
    return f"In {joined((joined((editors, italic(_with_volume(where, reference))), ', '), inside, described), ' ')}"


def _location(reference: Reference) -> str:
    """Return the DOI as an address, else the web address, with the day it was seen where the work has no date."""
    if reference.doi:
        return link(doi_url(reference), f"https://doi.org/{clean(reference.doi)}")
    seen = day_of(reference.extra.get("urldate", ""))
    if reference.url and seen and not reference.year and not publication_status(reference):
        return f"Retrieved {MONTHS[seen[1] - 1]} {seen[2]}, {seen[0]}, from {address(reference)}"
    return address(reference) if reference.url else ""


def _status_of_placed(reference: Reference) -> str:
    """Return how far the publication is where the work has its place in an issue or a book already."""
    placed = reference.extra.get("series") or reference.volume or reference.number or reference.pages
    return _capital(publication_status(reference)) if placed and reference.year else ""


def _standing(reference: Reference) -> str:
    """Return what became of the work: ``Retraction published 2026, January 31, https://doi.org/…``."""
    standing = reference.standing
    if standing is None:
        return ""
    if standing.state == "superseded":
        return f"Superseded by {clean(standing.by)}" if standing.by else "Superseded"
    said = {"retracted": "Retraction", "expression-of-concern": "Expression of concern"}[standing.state]
    day = day_of(standing.on)
    when = f"{day[0]}, {MONTHS[day[1] - 1]} {day[2]}" if day else ""
    if not when and not standing.notice:
        return "Retracted" if said == "Retraction" else said
    return joined((joined((f"{said} published", when), " "), notice(standing, "https://doi.org/")), ", ")
