"""A reference as a ContextObject in Span (COinS), by which reference managers find the works of a list."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup, escape

from ..bibliography import csl_type, is_preprint, iso_date, language_of, page_range, standing_note
from ..model import Reference
from .tag_names import tag_name

_GENRES = {
    **dict.fromkeys(("book", "mvbook", "collection", "manual", "proceedings"), "book"),
    **dict.fromkeys(("incollection", "inbook"), "bookitem"),
    **dict.fromkeys(("inproceedings", "conference"), "proceeding"),
    **dict.fromkeys(("techreport", "report"), "report"),
}
"""What OpenURL's format for books calls our types."""
_ELSE = {"dataset": "dataset", "software": "computerProgram", "unpublished": "manuscript"}
"""Zotero's names for types that OpenURL has no format for; it writes and reads them so."""


def coins(reference: Reference) -> Markup:
    """Return the empty span that carries a reference as an OpenURL (Z39.88-2004); nothing of it is seen.

    Never on a page with Highwire tags: readers would take the span and lose what the tags say more.
    """
    pairs = [("ctx_ver", "Z39.88-2004"), *((name, value) for name, value in _pairs(reference) if value)]
    return Markup('<span class="Z3988" title="{}"></span>').format(escape(urlencode(pairs)))


def _pairs(reference: Reference) -> Iterator[tuple[str, str]]:
    genre = _GENRES.get(reference.type, "")
    if reference.type == "article":
        yield from _article(reference)
    elif genre:
        yield from _book(reference, genre)
    elif csl_type(reference) == "thesis":
        yield from _thesis(reference)
    else:
        yield from _other(reference)
    yield from (("rft.au", tag_name(name)) for name in reference.authors)
    yield "rft.date", iso_date(reference)
    yield "rft.language", language.two if (language := language_of(reference.language)) else reference.language
    yield "rft.description", standing_note(reference)
    yield "rft_id", f"info:doi/{reference.doi}" if reference.doi else ""
    yield "rft_id", f"info:pmid/{reference.pmid}" if reference.pmid else ""
    yield "rft_id", reference.url if reference.url.startswith(("https://", "http://")) else ""


def _article(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield "rft.genre", "article"
    yield "rft.atitle", reference.title
    yield "rft.jtitle", reference.journal
    yield "rft.issue", reference.number
    yield "rft.issn", reference.issn
    yield from _place_in_it(reference)


def _book(reference: Reference, genre: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
    yield "rft.genre", genre
    if genre in {"bookitem", "proceeding"}:
        yield "rft.atitle", reference.title
        yield "rft.btitle", reference.booktitle
    else:
        yield "rft.btitle", reference.title
    yield "rft.edition", reference.extra.get("edition", "")
    yield "rft.series", reference.extra.get("series", "")
    yield "rft.place", reference.address
    yield "rft.pub", reference.publisher
    yield "rft.isbn", reference.isbn
    yield from _place_in_it(reference)


def _place_in_it(reference: Reference) -> Iterator[tuple[str, str]]:
    first, last = page_range(reference)
    yield "rft.volume", reference.volume
    yield "rft.spage", first
    yield "rft.epage", last


def _thesis(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"
    yield "rft.title", reference.title
    yield "rft.inst", reference.publisher
    yield "rft.degree", reference.extra.get("type", "")


def _other(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    page = "webpage" if reference.url else "document"
    yield "rft.type", "preprint" if is_preprint(reference) else _ELSE.get(reference.type, page)
    yield "rft.title", reference.title
    yield "rft.publisher", reference.publisher
