"""Addresses asked by linkchecker, and its XML read as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from ..crawl import linkchecker

PATIENCE = 30
"""Seconds until an address counts as not answering."""

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HOP = re.compile(r"Redirected to `(.*)' status: (\d{3})", re.DOTALL)
_STATUS = re.compile(r"\d{3}\b", re.ASCII)
_FAULTS = {
    "NameResolutionError": "its host is not known",
    "ReadTimeout": "no answer in time",
    "ConnectTimeout": "no answer in time",
    "SSLError": "its certificate is not accepted",
    "TooManyRedirects": "it sends on for ever",
    "ConnectionError": "no connection",
}
"""What linkchecker says where there is no status, and our words: its own name objects in memory, new each time."""


class NotAskedError(Exception):
    """linkchecker came to no end; the text is what it said."""


@dataclass(frozen=True)
class Answer:
    """What an address answered: the HTTP status, 0 without one, and in words; where it sent on to, with which status.

    ``at`` is the address that gave the answer at last.
    """

    status: int
    said: str
    hops: tuple[tuple[int, str], ...] = ()
    at: str = ""


def ask(addresses: Sequence[str], seconds: int = PATIENCE) -> dict[str, Answer]:
    """Return the answer of each address. Needs the network. NotAskedError where linkchecker itself fails.

    Addresses that linkchecker takes for one and the same are asked one after the other. Those of which it never says
    anything have the status 0.
    """
    answers: dict[str, Answer] = {}
    left = list(addresses)
    while left:
        found = dict(_asked_at_once(left, seconds))
        if not found:
            break
        answers |= found
        left = [address for address in left if address not in answers]
    return answers | {address: Answer(0, "linkchecker said nothing of it") for address in left}


def _asked_at_once(addresses: Sequence[str], seconds: int) -> Iterator[tuple[str, Answer]]:
    """Yield addresses with their answers: one page links to all of them, by numbers."""
    links = "".join(f'<p><a href="{escape(one)}">{number}</a></p>' for number, one in enumerate(addresses))
    with TemporaryDirectory(prefix="backed-") as folder:
        page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Links</title></head>{links}</html>'
        (Path(folder) / "index.html").write_text(page, encoding="utf-8")
        options = ["--check-extern", "--recursion-level=1", f"--timeout={seconds}", "--verbose", "--output=xml/utf-8"]
        done = linkchecker(Path(folder), options)
    for number, answer in read_answers(done.stdout, done.stderr):
        if number < len(addresses):
            yield addresses[number], answer


def read_answers(xml: str, otherwise: str = "") -> Iterator[tuple[int, Answer]]:
    """Yield the text of each link, which is a number, and its answer, from linkchecker's XML.

    NotAskedError where it is not whole, with ``otherwise``, what else was said.
    """
    try:
        root = ElementTree.fromstring(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", xml).encode())
    except ElementTree.ParseError as fault:
        raise NotAskedError(f"linkchecker did not finish ({fault}):\n{otherwise.strip()}") from fault
    for link in root.iter("urldata"):
        name = link.findtext("name", "").strip()
        if re.fullmatch(r"\d{1,9}", name, re.ASCII):
            yield int(name), _answer(link)


def _answer(link: ElementTree.Element) -> Answer:
    result = link.find("valid")
    text = result.get("result", "") if result is not None else ""
    hops = tuple(
        (int(hop[2]), hop[1])
        for warning in link.iter("warning")
        if warning.get("tag") == "http-redirected" and (hop := _HOP.match(warning.text or ""))
    )
    at = link.findtext("realurl", "")
    found = _STATUS.match(text)
    if found:
        return Answer(int(found[0]), _status(int(found[0])), hops, at)
    words = next((words for fault, words in _FAULTS.items() if fault in text), text.partition(":")[0][:80])
    return Answer(0, words or "no answer", hops, at)


def _status(status: int) -> str:
    """Return a status with its usual words: those of the server may be anything."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
