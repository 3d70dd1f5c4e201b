"""What the words beside a figure say: lengths of time, directions, terms of the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..model import Term
from .printed import spoken_number

_UNIT = r"(days?|weeks?|wks?|months?|years?|yrs?)"
_NUMBER = r"(\d+(?:\.\d+)?|[a-z]+)"
_LENGTH = re.compile(rf"\b{_NUMBER}(?:\s|-|\u00a0)+{_UNIT}\b", re.IGNORECASE)
_NOT_A_TIME = re.compile(r"\s*(?:-|\s)?(?:of age|old|olds)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\d[^()]*\)")
_JOINTS = re.compile(r"[-\u2010-\u2015_/,;:()]")
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


def phrases_in(text: str, phrases: tuple[str, ...]) -> set[str]:
    """Return the phrases (in plain form) that stand in a text as whole words; the longest wins where two overlap."""
    return set(_whole_words(phrases).findall(plain(text))) if phrases else set()


@cache
def _whole_words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z0-9])")


def plain(text: str) -> str:
    """Return a text in lower case with single spaces, hyphens as spaces and without what stands in brackets."""
    without = _BRACKETS.sub(" ", text.lower())
    return " ".join(_JOINTS.sub(" ", without).split())


@cache
def _plain_names(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(word) for word in words)


def names_of(term: Term) -> tuple[str, ...]:
    """Return the label and the English synonyms of a term as they may stand in a source."""
    return _plain_names((term.label.en, *term.synonyms.en))
