"""A reference as the Highwire Press tags that Zotero and Google Scholar read in a page's head."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..bibliography import page_range
from ..model import Name, Reference


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
    first, last = page_range(reference)
    yield "title", reference.title
    yield from (("author", _name(name)) for name in reference.authors)
    yield "publication_date", _date(reference)
    yield "journal_title", reference.journal
    yield "inbook_title", reference.booktitle
    if reference.type in {"techreport", "report"}:
        yield "technical_report_institution", reference.publisher
        yield "technical_report_number", reference.number
    else:
        yield "publisher", reference.publisher
        yield "issue", reference.number
    yield "volume", reference.volume
    yield "firstpage", first
    yield "lastpage", last
    yield "doi", reference.doi
    yield "pmid", reference.pmid
    yield "issn", reference.issn
    yield "isbn", reference.isbn
    yield "language", reference.language
    yield "public_url", public_url


def _name(name: Name) -> str:
    """Return ``Family, Given``; a suffix stays with the given names, for Zotero drops what follows a second comma.

    A group ends in a comma, else its name is split.
    """
    if name.literal:
        return f"{name.literal},"
    given = " ".join(part for part in (name.given, name.suffix) if part)
    return ", ".join(part for part in (name.short, given) if part)


def _date(reference: Reference) -> str:
    """Return YYYY/MM/DD where the day is known, else the year; '' where that is no number."""
    if not reference.year.isdigit():
        return ""
    if reference.month and reference.day:
        return f"{reference.year}/{reference.month:02}/{reference.day:02}"
    return reference.year
