"""How a claim looks where a link to it is shared: its card, and the tags that lead to it (ogp.me, X's cards)."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from ..model import Claim, Export, last_look
from . import words
from .card import SIZE, Told, card
from .cited import uncited
from .site import Site
from .verdicts import answer_line, faithfulness_view, verdict_view


class Card(NamedTuple):
    """A card as a file, and what it shows in words."""

    file: Export
    alt: str


def card_of_claim(claim: Claim, site: Site) -> Card:
    """Return the card of a claim."""
    verdict, rulings = verdict_view(claim, site), site.syntheses.rulings.get(claim.id, ())
    line = answer_line(rulings[0].answer, site) if rulings and claim.evidence else ""
    if not line and claim.missing:
        line = uncited(claim.missing.en)
    on = last_look(claim)[1]
    judged = " (a judgement)" if verdict["kind"] == "judged" else ""
    told = Told(
        claim=claim.claim.en,
        mark=verdict["mark"],
        verdict=words.sentence_case(verdict["label"]) + judged,
        line=words.sentence_case(line),
        left=f"Its source: {faithfulness_view(claim)['label']}",
        right=f"Last looked at {words.day(on)}" if on else "",
    )
    alt = ". ".join(filter(None, (f"Claim: {told.claim.rstrip('.')}", f"Verdict: {told.verdict}", line)))
    return Card(Export(f"claims/{claim.id}/card.png", card(told, site.fonts)), alt)


def social_tags(url: str, title: str, description: str, shown: Card, site: Site) -> str:
    """Return the tags for a page with a card; none where the site has no address, for they need whole ones."""
    if not site.url:
        return ""
    graph = {
        "og:type": "article",
        "og:site_name": "Backed",
        "og:title": title,
        "og:description": description,
        "og:url": site.url + url,
        "og:image": site.url + shown.file.path,
        "og:image:type": "image/png",
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": shown.alt,
    }
    tags = [f'<meta property="{name}" content="{escape(value)}">' for name, value in graph.items()]
    return "\n".join([*tags, '<meta name="twitter:card" content="summary_large_image">'])
