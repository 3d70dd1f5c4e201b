"""A reference as a ContextObject in Span (COinS), by which reference managers find the works of a list."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup, escape

from ..bibliography import iso_date, page_range
from ..model import Name, Reference

_ARTICLE, _BOOK, _OTHER = (f"info:ofi/fmt:kev:mtx:{kind}" for kind in ("journal", "book", "dc"))
_BOOKS = {
    **dict.fromkeys(("book", "mvbook", "collection", "manual", "proceedings"), "book"),
    **dict.fromkeys(("incollection", "inbook"), "bookitem"),
    **dict.fromkeys(("inproceedings", "conference"), "proceeding"),
    **dict.fromkeys(("techreport", "report"), "report"),
}


def coins(reference: Reference) -> Markup:
    """Return the empty span that carries a reference as an OpenURL (Z39.88-2004); nothing of it is seen.

    Never on a page with Highwire tags: readers would take the span and lose what the tags say more.
    """
    pairs = [("ctx_ver", "Z39.88-2004"), *((name, value) for name, value in _pairs(reference) if value)]
    return Markup('<span class="Z3988" title="{}"></span>').format(escape(urlencode(pairs)))


def _pairs(reference: Reference) -> Iterator[tuple[str, str]]:
    genre = _BOOKS.get(reference.type)
    journal = reference.type == "article"
    yield "rft_val_fmt", _ARTICLE if journal else _BOOK if genre else _OTHER
    if journal or genre:
        yield from _parts(reference, genre or "article")
    else:
        yield "rft.type", "webpage" if reference.url else "document"
        yield "rft.title", reference.title
        yield "rft.publisher", reference.publisher
        yield "rft.identifier", reference.url
        yield from (("rft.creator", _name(name)) for name in reference.authors)
    yield "rft.date", iso_date(reference) if reference.year.isdigit() else ""
    yield "rft_id", f"info:doi/{reference.doi}" if reference.doi else ""
    yield "rft_id", f"info:pmid/{reference.pmid}" if reference.pmid else ""


def _parts(reference: Reference, genre: str) -> Iterator[tuple[str, str]]:
    first, last = page_range(reference)
    part = genre in {"article", "bookitem", "proceeding"}
    yield "rft.genre", genre
    yield "rft.atitle" if part else "rft.btitle", reference.title
    yield (
        "rft.jtitle" if genre == "article" else "rft.btitle",
        (reference.journal or reference.booktitle) if part else "",
    )
    yield "rft.volume", reference.volume
    yield "rft.issue", reference.number if genre == "article" else ""
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.edition", reference.extra.get("edition", "")
    yield "rft.pub", reference.publisher
    yield "rft.place", reference.address
    yield "rft.issn", reference.issn
    yield "rft.isbn", reference.isbn
    yield from (("rft.au", _name(name)) for name in reference.authors)


def _name(name: Name) -> str:
    """Return ``Family, Given``; a group ends in a comma, else its name is split."""
    if name.literal:
        return f"{name.literal},"
    given = " ".join(part for part in (name.given, name.suffix) if part)
    return ", ".join(part for part in (name.short, given) if part)
