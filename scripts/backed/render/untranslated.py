"""The page that tells editors which texts have no Dutch yet, those that most people read first."""

from __future__ import annotations

from typing import Any

from ..model import VOCABULARIES, Page
from .changes import Dated, title_of
from .site import Site

SHOWN = 100
"""How many records of a kind the page lists; the others are counted."""

KINDS = {
    "claims": "Claims",
    "articles": "Articles",
    "comparisons": "Comparisons",
    "vocabularies": "Vocabularies",
    "studies": "Studies",
}


def untranslated_page(site: Site) -> Page:
    """Return the list of texts without a Dutch one: how many of how many, and record by record which."""
    kinds = [_kind(folder, label, site) for folder, label in KINDS.items()]
    return site.page(
        "untranslated.html",
        "untranslated/",
        "Texts without Dutch",
        "Which texts of which record have no Dutch translation yet.",
        headings=[(kind["folder"], kind["label"]) for kind in kinds if kind["rows"]],
        kinds=kinds,
        texts=sum(kind["texts"] for kind in kinds),
        lacking=sum(kind["lacking"] for kind in kinds),
    )


def _kind(folder: str, label: str, site: Site) -> dict[str, Any]:
    ids = VOCABULARIES if folder == "vocabularies" else getattr(site.evidence, folder)
    found = [(id, *site.translated(folder, id)) for id in ids]
    lacking = [(id, many, places) for id, many, places in found if places]
    return {
        "folder": folder,
        "label": label,
        "texts": sum(many for _, many, _ in found),
        "lacking": sum(len(places) for _, _, places in lacking),
        "rows": [_row(folder, id, many, places, site) for id, many, places in lacking[:SHOWN]],
        "more": max(0, len(lacking) - SHOWN),
    }


def _row(folder: str, id: str, many: int, places: tuple[tuple[str, str], ...], site: Site) -> dict[str, Any]:
    record: Dated | None = None if folder == "vocabularies" else getattr(site.evidence, folder)[id]
    return {
        "id": id,
        "url": f"{folder}/{id}/",
        "title": title_of(record, site) if record else id.capitalize(),
        "many": many,
        "lacking": len(places),
        "places": [{"at": at, "text": text} for at, text in places],
    }
