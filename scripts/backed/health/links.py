"""Answers to what they mean: works, moved, gone, refused, not reached; since when, and where the address stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from ..model import Link, Links, LinkState
from .asked import Answer

FOR_GOOD = frozenset({301, 308})
"""Statuses of a redirect that is meant to last (RFC 9110, 15.4)."""
NOT_THERE = frozenset({404, 410})
NAMED_PLACES = 5
RESOLVERS = ("https://doi.org/", "https://dx.doi.org/")
"""What these send on to is expected to change; that is what they are for."""


def state_of(address: str, answer: Answer) -> LinkState | None:
    """Return the state that an answer shows, or None for an address that simply works."""
    if answer.status in NOT_THERE:
        return "gone"
    if 400 <= answer.status < 500 or answer.status >= 600:  # 999 and the like turn programs away
        return "refused"
    if not 200 <= answer.status < 300:
        return "not-reached"
    return "moved" if moved_to(address, answer) else None


def moved_to(address: str, answer: Answer) -> str:
    """Return where an address has moved to for good: the end of the redirects up to the first that is not for good."""
    to = ""
    if address.startswith(RESOLVERS):
        return to
    for status, target in answer.hops:
        if status not in FOR_GOOD:
            break
        to = target
    return to


def compare(
    places: Mapping[str, Sequence[str]], answers: Mapping[str, Answer], earlier: Links | None, on: date
) -> Links:
    """Return what a look on a day found of addresses, given where each stands and what the look before it found."""
    before = {link.address: link for link in earlier.addresses} if earlier else {}
    found = []
    for address in sorted(places):
        answer = answers[address]
        state = state_of(address, answer)
        if state is None:
            continue
        last = before.get(address)
        found.append(
            Link(
                address=address,
                state=state,
                answered=_answered(address, answer),
                to=moved_to(address, answer) if state == "moved" else None,
                since=last.since if last and last.state == state else on,
                stands_in=tuple(places[address][:NAMED_PLACES]),
                places=len(places[address]),
            )
        )
    many = Counter(link.state for link in found)
    return Links(
        on=on,
        asked=len(places),
        works=len(places) - len(found),
        moved=many["moved"],
        gone=many["gone"],
        refused=many["refused"],
        not_reached=many["not-reached"],
        addresses=tuple(found),
    )


def _answered(address: str, answer: Answer) -> str:
    """Return what was answered, and by whom if another host than the one that was asked did."""
    asked, by = _host(address), _host(answer.at)
    return f"{answer.said} by {by}" if by and by != asked else answer.said


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # a server may send on to anything
        return ""
