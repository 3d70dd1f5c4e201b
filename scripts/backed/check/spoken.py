"""What the words beside a figure say: lengths of time, directions, terms of the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..model import Term
from .printed import spoken_number

_UNIT = r"(days?|weeks?|wks?|months?|years?|yrs?)"
_NUMBER = r"(\d+(?:\.\d+)?|[a-z]+)"
_LENGTH = re.compile(rf"\b{_NUMBER}(?:\s|-|\u00a0)+{_UNIT}\b", re.IGNORECASE)
_NOT_A_TIME = re.compile(r"\s*(?:-|\s)?(?:of age|old|olds)\b", re.IGNORECASE)
_IN_WEEKS = {"d": 1 / 7, "w": 1.0, "m": 365.25 / 84, "y": 365.25 / 7}


def lengths(text: str) -> Iterator[tuple[float, str]]:
    """Yield every length of time that a text names, as number and first letter of its unit (ages are left out)."""
    for match in _LENGTH.finditer(text):
        number = spoken_number(match.group(1))
        if number is not None and not _NOT_A_TIME.match(text, match.end()):
            yield number, match.group(2)[0].lower()


def in_weeks(number: float, unit: str) -> float:
    """Return a length in weeks; the unit is d, w, m or y, a month a twelfth of 365.25 days."""
    return number * _IN_WEEKS[unit]


def phrases_in(text: str, phrases: Iterable[str]) -> list[str]:
    """Return the phrases that stand in a text as whole words, longest first; what a longer one covers is not found."""
    found = []
    rest = plain(text)
    for phrase in sorted({plain(one) for one in phrases}, key=len, reverse=True):
        pattern = _whole(phrase)
        if pattern.search(rest):
            found.append(phrase)
            rest = pattern.sub(" | ", rest)
    return found


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])")


@cache
def plain(text: str) -> str:
    """Return a text in lower case with single spaces, hyphens as spaces and without what stands in brackets."""
    without = re.sub(r"\([^()]*\d[^()]*\)", " ", text.lower())
    return " ".join(re.sub(r"[-\u2010-\u2015_/,;:()]", " ", without).split())


def names_of(term: Term) -> tuple[str, ...]:
    """Return the label and the English synonyms of a term as they may stand in a source."""
    return tuple(plain(word) for word in (term.label.en, *term.synonyms.en))
