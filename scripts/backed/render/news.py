"""The page of what is new: conclusions that changed, and everything that happened, month by month; and its feed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any

from ..model import Page
from . import words
from .changes import KINDS, Event, newest_first, told
from .feeds import NEWEST, feed_of_all
from .site import Site

MONTHS = 12
"""How many months the page tells of: the newest in which anything happened."""

EACH = 10
"""How many changes of a kind the page tells of in a month; the lists of records hold the others."""


def news_page(site: Site) -> Page:
    """Return the page of what is new, with the feed of everything."""
    events = newest_first(site.evidence)
    moved = [told(event, site) for event in events if event.kind == "verdict"]
    listed = [event for event in events if event.kind != "verdict"]
    by_month = groupby(listed, key=lambda event: (event.on.year, event.on.month))
    months = [_month(list(found), site) for _, found in islice(by_month, MONTHS)]
    feed = feed_of_all((told(event, site) for event in events[:NEWEST]), site)
    return site.page(
        "new.html",
        "new/",
        "What is new",
        "Conclusions that changed, studies recorded, claims and questions looked at, month by month.",
        headings=[("conclusions", KINDS["verdict"]), *((month["anchor"], month["name"]) for month in months)],
        files=[feed],
        moved=moved,
        months=months,
        older=len(listed) - sum(month["many"] for month in months),
    )


def _month(events: list[Event], site: Site) -> dict[str, Any]:
    groups = [(kind, [event for event in events if event.kind == kind]) for kind in KINDS]
    return {
        "name": words.month(events[0].on),
        "anchor": f"{events[0].on:%Y-%m}",
        "many": len(events),
        "groups": [_group(kind, found, site) for kind, found in groups if found],
    }


def _group(kind: str, events: Iterable[Event], site: Site) -> dict[str, Any]:
    found = list(events)
    return {
        "label": KINDS[kind],
        "rows": [told(event, site) for event in found[:EACH]],
        "more": max(0, len(found) - EACH),
        "list": f"{found[0].folder}/",
    }
