"""Changes as Atom feeds (RFC 4287), for whoever wants to be told.

Ids are UUIDs made of what an entry is about, so that they stay when the site moves. Days come from the records; an
entry is dated to the beginning of its day, for no record tells the hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import escape
from uuid import UUID, uuid5

from ..model import Claim, Export
from . import words
from .changes import KINDS, Change, conclusion_of, first_id, numbers, of, told
from .cited import uncited
from .site import Site

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = UUID("5706982e-cbb2-53f8-baaa-70953d497d62")
"""What the ids of our entries are made in; never to be changed, or every reader is shown everything again."""

NEWEST = 100
"""How many entries the feed of everything holds."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an XML document cannot hold."""


def feed_of_all(changes: Iterable[Change], site: Site) -> Export:
    """Return the feed of everything that happened, of changes with the newest first."""
    subtitle = "New records, conclusions that changed, and what became of studies."
    return _feed("feed.xml", "all", "Backed: what is new", subtitle, "new/", changes, site)


def feed_of_claim(claim: Claim, site: Site) -> Export:
    """Return the feed of a claim's conclusion: how it was reached first, each change, and what became of the claim."""
    changed = [told(event, site) for event in of(claim) if event.kind in {"verdict", "standing"}]
    changes = sorted([_first(claim, site), *changed], key=lambda change: change.on, reverse=True)
    subtitle = "Tells when the conclusion about this claim changes."
    url = f"claims/{claim.id}/"
    return _feed(f"{url}feed.xml", f"claims/{first_id(claim)}", claim.claim.en, subtitle, url, changes, site)


def _first(claim: Claim, site: Site) -> Change:
    """Return the first conclusion that is known of a claim."""
    on, text = claim.as_of.on if claim.as_of else claim.reviewed.on, conclusion_of(claim, site)
    if claim.earlier:
        was = claim.earlier[0]
        on, text = was.on, f"{words.sentence_case(words.conclusion(was.verdict))}{numbers(was)}."
    return Change(on, "first", f"claims/{first_id(claim)}/first", f"claims/{claim.id}/", claim.claim.en, text)


def _feed(path: str, key: str, title: str, subtitle: str, url: str, changes: Iterable[Change], site: Site) -> Export:
    listed = list(changes)
    newest = max((change.on for change in listed), default=date.min)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{_id(f'feed/{key}')}</id>",
        f"<title>{_text(title)}</title>",
        f"<subtitle>{_text(subtitle)}</subtitle>",
        f"<updated>{_moment(newest)}</updated>",
        "<author><name>The Backed project</name></author>",
        "<rights>CC BY 4.0</rights>",
        f'<link rel="self" type="{MEDIA_TYPE}" href="{_text(site.url + path)}"/>',
        f'<link rel="alternate" type="text/html" href="{_text(site.url + url)}"/>',
        *(_entry(change, site) for change in listed),
        "</feed>",
    ]
    return Export(path, "".join(f"{line}\n" for line in lines).encode())


def _entry(change: Change, site: Site) -> str:
    label = KINDS.get(change.kind, "First conclusion")
    title = f"The conclusion changed: {change.title}" if change.kind == "verdict" else change.title
    return (
        f"<entry>\n<id>{_id(change.key)}</id>\n<title>{_text(title)}</title>\n<updated>{_moment(change.on)}</updated>\n"
        f'<category term="{change.kind}" label="{_text(label)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_text(site.url + change.url)}"/>\n'
        f"<summary>{_text(change.text)}</summary>\n</entry>"
    )


def _id(key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE, key)}"


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", uncited(text)))


def feed_link(href: str, title: str) -> str:
    """Return the tag by which programs find a feed on a page.

    It is ``alternate feed``: what is ``alternate`` and nothing else the theme takes for the page in another language.
    """
    return f'<link rel="alternate feed" type="{MEDIA_TYPE}" href="{escape(href)}" title="{escape(title)}">'
