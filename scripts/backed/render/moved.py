"""The old addresses of records that were renamed: they lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..model import KINDS, Page
from .site import Site, base_of


def moved_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each former id of a record: it says where the record is now and leads there by itself."""
    for kind in KINDS:
        for record in getattr(site.evidence, kind).values():
            for alias in record.aliases:
                yield _moved(f"{kind}/{alias}/", f"{kind}/{record.id}/", site)


def _moved(old: str, new: str, site: Site) -> Page:
    way = escape(base_of(old) + new)
    head = f'<meta http-equiv="refresh" content="0; url={way}">\n<meta name="robots" content="noindex">'
    return site.page(
        "moved.html", old, "Moved", "This record has another address now.", head=head, new=new, listed=False
    )
