"""A reference as the Highwire Press tags that Zotero and Google Scholar read in a page's head."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..bibliography import language_of, page_range, standing_note
from ..model import Reference
from .tag_names import lone_tag_name, tag_name

_REPORTS = frozenset({"techreport", "report"})
_THESES = frozenset({"phdthesis", "mastersthesis", "thesis"})
_CONGRESSES = frozenset({"inproceedings", "conference"})


def highwire(reference: Reference, public_url: str) -> str:
    """Return the ``<meta name="citation_…">`` lines of a study page; ``public_url`` is the page's full address.

    There is never a ``citation_pdf_url``: readers would take the page for the paper itself.
    """
    return "\n".join(
        f'<meta name="citation_{name}" content="{escape(content)}">'
        for name, content in _tags(reference, public_url)
        if content
    )


def _tags(reference: Reference, public_url: str) -> Iterator[tuple[str, str]]:
    """Yield the name (without its prefix) and the content of each tag, which may be empty."""
    first, last = _pages(reference)
    yield "title", reference.title
    named = lone_tag_name if len(reference.authors) == 1 else tag_name
    yield from (("author", named(name)) for name in reference.authors)
    named = lone_tag_name if len(reference.editors) == 1 else tag_name
    yield from (("editor", named(name)) for name in reference.editors)
    yield "publication_date", _date(reference)
    yield "cover_date", _month(reference)
    yield "journal_title", reference.journal
    yield "inbook_title", reference.booktitle
    yield from _issued(reference)
    yield "volume", reference.volume
    yield "firstpage", first
    yield "lastpage", last
    yield "doi", reference.doi
    yield "pmid", reference.pmid
    yield "issn", reference.issn
    yield "isbn", reference.isbn
    yield "language", language.two if (language := language_of(reference.language)) else reference.language
    yield "abstract", standing_note(reference)  # the one text that is saved and shown: what became of the work
    yield "public_url", public_url


def _issued(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield who published the work: the tag tells readers of what type it is."""
    if reference.type in _REPORTS:
        yield "technical_report_institution", reference.publisher
        yield "technical_report_number", reference.number
    elif reference.type in _THESES:
        yield "dissertation_institution", reference.publisher
    else:
        if reference.type in _CONGRESSES:
            yield "conference_title", reference.booktitle
        yield "publisher", reference.publisher
        yield "issue", reference.number


def _pages(reference: Reference) -> tuple[str, str]:
    """Return the first and the last page; a list of ranges is cut at its last dash, where readers join it again."""
    first, last = page_range(reference)
    if last or "-" not in first:
        return first, last
    first, _, last = first.rpartition("-")
    return first, last


def _month(reference: Reference) -> str:
    """Return YYYY/MM where the day is not known, for readers that take more than Google Scholar; else ''."""
    if not reference.year.isdigit() or not reference.month or reference.day:
        return ""
    return f"{reference.year}/{reference.month:02}"


def _date(reference: Reference) -> str:
    """Return YYYY/MM/DD where the day is known, else the year; '' where that is no number."""
    if not reference.year.isdigit():
        return ""
    if reference.month and reference.day:
        return f"{reference.year}/{reference.month:02}/{reference.day:02}"
    return reference.year
