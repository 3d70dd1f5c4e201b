"""Countries as people write them -> their codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ..bibliography.slug import slug_of
from ..render.words import country_names
from .begin import AnswerError

_BETWEEN = re.compile(r"[,;/\n]")
_AND = re.compile(r"\b(?:and|en)\b|&")
_OTHERWISE = {
    **dict.fromkeys(("uk", "great-britain", "england", "scotland", "wales", "northern-ireland"), "GB"),
    **dict.fromkeys(("usa", "us", "united-states-of-america", "america"), "US"),
    **dict.fromkeys(("the-netherlands", "holland"), "NL"),
    "korea": "KR",
    "turkey": "TR",
}
"""What people call countries beside the names that the library has, in the form of ids."""


def codes(text: str) -> Iterator[str]:
    """Yield the code of each country in a text: codes in any letters, names in English or Dutch, in their order, once.

    Raises AnswerError for what is neither, naming the nearest.
    """
    known = _by_name()
    parts = (part for word in _BETWEEN.split(text) for part in _apart(word, known))
    yield from dict.fromkeys(_code(part, known) for part in parts if part)


def _apart(text: str, known: dict[str, str]) -> list[str]:
    """Return the countries of a text without commas: one, several with "and" between, or codes with blanks between."""
    if slug_of(text) in known:
        return [text.strip()]
    parts = [part.strip(" .") for part in _AND.split(text)]
    return [one for part in parts for one in (part.split() if all(len(w) == 2 for w in part.split()) else [part])]


def _by_name() -> dict[str, str]:
    """Return code by name in both languages, in the form of ids; and by the code itself."""
    names = {slug_of(name): code for language in ("nl", "en") for code, name in country_names(language).items()}
    return {**names, **_OTHERWISE, **{code.lower(): code for code in country_names("en")}}


def _code(part: str, known: dict[str, str]) -> str:
    slug = slug_of(part[:200])
    if slug in known:
        return known[slug]
    near = get_close_matches(slug, known, 1, 0.75)
    meant = f"; did you mean {known[near[0]]} ({country_names('en')[known[near[0]]]})?" if near else ""
    raise AnswerError(f"{part[:60]!r} is no country known here, nor the two letters of one, as IE{meant}")
