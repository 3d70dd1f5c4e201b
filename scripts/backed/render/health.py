"""The last look at addresses and works, as the page about it shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..bibliography import short_cite
from ..bibliography.identifiers import doi_address
from ..model import KINDS, Bearing, Link, Notice, WorkNotices
from .site import Site

STATES = {
    "gone": "gone",
    "not-reached": "not reached",
    "moved": "moved for good",
    "refused": "answers no program",
}
BEARINGS: Mapping[Bearing, str] = {
    "not-recorded": "not recorded here yet",
    "identifiers-differ": "one of its identifiers is another work's: is it this work?",
    "unknown-kind": "of a kind that is not known here",
    "corrected-since": "corrected after we read it, or on a day that is not given",
    "reinstated": "recorded here, and taken back since",
    "not-in-export": "recorded here without a notice, and not in the database",
    "recorded": "recorded here",
    "recorded-from-elsewhere": "recorded here with its notice, and not in the database",
    "corrected": "corrected before we read it, or no figure of ours rests on it",
    "stands": "taken back: the work stands",
    "is-notice": "is itself a notice about another work",
}
RECORDED = {
    "current": "as published",
    "retracted": "retracted",
    "expression-of-concern": "expression of concern",
}
KIND_NAMES = {"studies": "Study", "claims": "Claim", "articles": "Article", "comparisons": "Question"}


def links_view(site: Site, base: str) -> dict[str, Any] | None:
    """Return the addresses that do not simply work, those for a person first; None where nobody has looked yet."""
    links = site.health.links
    if links is None:
        return None
    urgent = set(links.for_a_person)
    others = [link for link in links.addresses if link not in urgent]
    return {
        "look": links,
        "urgent": [_link(link, site, base) for link in links.addresses if link in urgent],
        "waiting": [_link(link, site, base) for link in others if link.state in ("moved", "not-reached")],
        "refused": _by_host(link for link in others if link.state == "refused"),
    }


def _link(link: Link, site: Site, base: str) -> dict[str, Any]:
    places = [_place(place, site, base) for place in link.stands_in]
    return {"link": link, "state": STATES[link.state], "places": places, "more": link.places - len(places)}


def _by_host(links: Iterable[Link]) -> list[tuple[str, int]]:
    """Return the hosts that answered no program, and for how many addresses, the most first."""
    hosts = Counter(link.answered.rpartition(" by ")[2] if " by " in link.answered else _host(link) for link in links)
    return sorted(hosts.items(), key=lambda found: (-found[1], found[0]))


def _host(link: Link) -> str:
    try:
        return urlsplit(link.address).netloc or link.address
    except ValueError:  # what was asked may be no address at all
        return link.address


def _place(place: str, site: Site, base: str) -> tuple[str, str]:
    """Return the name of a place and the address of its page, '' where this version has no such page."""
    kind, _, id = place.partition("/")
    if kind == "pages":
        return f"page {id.strip('/') or 'Home'}", ""  # it may have gone since: only records keep their addresses
    today = site.evidence.keys.get(place, "")
    if not today:
        return id, ""
    kind, _, id = today.partition("/")
    if kind == "references":
        return short_cite(site.evidence.references[id]), f"{base}bibliography/#{id}"
    name = site.name(site.evidence.studies[id]) if kind == "studies" else id
    return f"{KIND_NAMES[kind]}: {name}" if kind in KINDS else id, f"{base}{today}/"


def works_view(site: Site, base: str) -> dict[str, Any] | None:
    """Return the works with notices, those for a person first; None where nobody has compared them yet."""
    found = site.health.retractions
    if found is None:
        return None
    urgent = set(found.for_a_person)
    rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for one in found.found:
        rows[one in urgent].append(_work(one, site, base))
    return {"look": found, "urgent": rows[True], "others": rows[False]}


def _work(one: WorkNotices, site: Site, base: str) -> dict[str, Any]:
    reference = site.evidence.references.get(one.work)
    place = _place(f"studies/{one.study}" if one.study else f"references/{one.work}", site, base)
    return {
        "name": short_cite(reference) if reference else one.work,
        "page": place[1],
        "recorded": RECORDED[one.recorded],
        "on": one.recorded_on,
        "bearing": BEARINGS[one.bearing],
        "notices": [_notice(notice) for notice in one.notices],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    doi = notice.doi or ""
    return {"notice": notice, "doi": doi, "url": doi_address(doi), "reasons": "; ".join(notice.reasons)}
