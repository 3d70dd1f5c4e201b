"""The sitemap: the address of every page, and nothing that differs from one build to the next."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def write_sitemap(site: Path, addresses: Iterable[str]) -> None:
    """Write ``sitemap.xml`` with the full addresses, sorted and each once, in place of MkDocs' own.

    MkDocs writes the day of the build into its sitemap and the second into the packed copy, so that copy goes.
    """
    rows = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in sorted(set(addresses)))
    (site / "sitemap.xml").write_text(f"{_HEAD}{rows}</urlset>\n", encoding="utf-8")
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
