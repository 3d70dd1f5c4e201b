"""Titles with capitals: the words that get one in English."""

from __future__ import annotations

from ..languages import language_of

_SMALL = frozenset(
    (
        *("a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor", "of", "on"),
        *("onto", "or", "over", "so", "the", "till", "to", "up", "via", "with", "yet"),
    )
)
"""Words that stay small inside a title, as CSL has them."""


def in_title_case(title: str, language: str) -> str:
    """Return a title with capitals where English titles have them; one in another language as it is.

    Only words wholly in small letters are changed: ``iPhone`` and ``of`` stay. The first word, and one after a colon or
    a full stop, gets a capital whatever it is.
    """
    known = language_of(language) if language else None
    if (known and known.two != "en") or (language and not known):
        return title
    words: list[str] = []
    for word in title.split():
        begins = not words or words[-1][-1] in ":."
        words.append(word[0].upper() + word[1:] if word.islower() and (begins or word not in _SMALL) else word)
    return " ".join(words)
