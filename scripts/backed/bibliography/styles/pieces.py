"""What styles share: names, dates, pages, where a work is found, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...model import Name, Reference, Standing
from ..identifiers import doi_address, doi_url
from .marks import clean, link

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EAST_ASIA = "\u2e80"
"""From here on, Unicode has the scripts of China, Japan and Korea."""
_RANGE = re.compile(r"\s*[-–]\s*")
_GIVEN = re.compile(r"[^\s.,\-]+\.?|-")


@lru_cache(maxsize=1 << 14)  # the same people come again, in every style
def initials(given: str, stop: str = "", between: str = "", hyphen: str = "") -> str:
    """Return given names as initials: ``Jean-Luc M.`` is ``JLM``, or ``J.-L. M.`` with the marks of another style.

    A name in letters that have no capitals stays as it is, and so does a small word (``de``).
    """
    if given and not any(letter.isupper() or letter.islower() for letter in given):
        return clean(given)
    found = ""
    for part in _GIVEN.findall(clean(given)):
        if part == "-":
            found = found.rstrip() + hyphen
            continue
        word = part.rstrip(".")
        letters = word if word.isupper() and len(word) <= 3 else word[:1].upper()
        if word.islower() and not part.endswith("."):
            found = f"{found.rstrip()} {word} "
        else:
            found += f"{between.join(letter + stop for letter in letters)}{between}"
    return found.strip()


def is_unspaced(name: Name) -> bool:
    """Say whether a name is in a script of East Asia, where family and given name are written as one: ``山田太郎``."""
    return bool(name.given) and not name.given.isascii() and all(c >= _EAST_ASIA for c in name.family + name.given)


def in_one(name: Name) -> str:
    """Return a group's name, or family and given name without anything between, as CSL has East Asian names."""
    return clean(name.literal or name.family + name.given)


def family_first(name: Name) -> str:
    """Return ``van Tulder M`` or ``King M Jr``, as medical styles do; a group as it is."""
    if name.literal or is_unspaced(name):
        return in_one(name)
    parts = (clean(name.short), initials(name.given), clean(name.suffix).rstrip("."))
    return " ".join(part for part in parts if part)


def listed(names: Sequence[Name], most: int, shown: int, more: bool = False) -> str:
    """Return names in a row; of more than ``most``, the first ``shown`` with et al., and so where not all are known."""
    cut = len(names) > most
    texts = [family_first(name) for name in (names[:shown] if cut else names)]
    return ", ".join([*texts, *(["et al"] if cut or more else [])])


def pages(reference: Reference, dash: str, *, short: bool = False) -> str:
    """Return the pages with the style's dash; with ``short``, the last page without the digits it repeats."""
    return ", ".join(_page_range(part, dash, short) for part in clean(reference.pages).split(","))


def _page_range(text: str, dash: str, short: bool) -> str:
    ends = _RANGE.split(text.strip())
    if len(ends) != 2:
        return text.strip()
    first, last = ends
    if short and len(first) == len(last) and re.fullmatch(r"([A-Za-z]*)\d+", first):
        same = next((at for at, (one, other) in enumerate(zip(first, last, strict=True)) if one != other), None)
        if same is not None and first[:same].rstrip("0123456789") == re.sub(r"\d+$", "", first):
            last = last[same:]
    return f"{first}{dash}{last}"


def edition(reference: Reference) -> str:
    """Return ``2nd ed.`` for a number (``2``, ``2nd``), and an edition in words as it is."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", clean(reference.extra.get("edition", "")))
    if not text.isdigit():
        return text
    ending = "th" if text[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
    return f"{text}{ending} ed."


def container(reference: Reference) -> str:
    """Return the journal or the book that a work stands in."""
    return clean(reference.journal or reference.booktitle)


def doi(reference: Reference) -> str:
    """Return ``doi:10.1000/1`` as a link, or ''."""
    return link(doi_url(reference), f"doi:{clean(reference.doi)}") if reference.doi else ""


def address(reference: Reference) -> str:
    """Return the web address as a link, or ''."""
    return link(clean(reference.url), clean(reference.url))


def notice(standing: Standing, before_doi: str = "doi:") -> str:
    """Return where the notice of a retraction (or concern) stands, as a link, or ''."""
    text = clean(standing.notice)
    return link(doi_address(text), f"{before_doi}{text}") if text.startswith("10.") else link(text, text)


def day_of(iso: str) -> tuple[str, int, int] | None:
    """Return year, month and day of ``2026-01-31``, or None."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso, re.ASCII)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return found[1], int(found[2]), int(found[3])
