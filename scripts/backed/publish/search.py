"""The search index: what the search box knows of the pages that MkDocs never saw."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from ..model import SearchEntry


def add_to_search(site: Path, entries: Iterable[SearchEntry]) -> int:
    """Append the entries to the index in ``site`` and return how many it holds; 0 where the site has no search."""
    path = site / "search" / "search_index.json"
    if not path.is_file():
        return 0
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] += map(_document, entries)
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return len(index["docs"])


def _document(entry: SearchEntry) -> dict[str, Any]:
    """Return an entry as the theme's search reads it: its texts are put on the page as HTML.

    The first paragraph is what a hit shows; the style sheet hides the second.
    """
    text = escape(entry.text, quote=False)
    document: dict[str, Any] = {
        "location": entry.location,
        "title": escape(entry.title, quote=False),
        "text": f"<p>{text}</p><p class=bk-words>{escape(entry.words, quote=False)}</p>" if entry.words else text,
    }
    if entry.tags:
        document["tags"] = [escape(tag, quote=False) for tag in entry.tags]
    if entry.boost != 1.0:
        document["boost"] = entry.boost
    return document
