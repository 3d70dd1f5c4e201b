"""What BibTeX and BibLaTeX have in common: an entry, titles, names, and values that are taken letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..bibliography import escape
from ..model import Name, Reference

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_AND = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_TAKEN_APART = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)


def bib_entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return an entry; ``fields`` are names and values as written, with their braces."""
    lines = [f"  {name} = {value}," for name, value in fields]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def title_text(title: str) -> str:
    """Return a title in which names, acronyms and the like keep their capitals: styles set the rest in lower case."""
    if not title:
        return ""
    words = re.split(r"([\s-]+)", title)
    return "".join(
        f"{{{escape(word)}}}" if _keeps_capitals(word, first=place == 0) else escape(word)
        for place, word in enumerate(words)
    )


def _keeps_capitals(word: str, *, first: bool) -> bool:
    """Say whether a word has a capital letter that is not the one with which the title begins."""
    if word.islower():
        return False
    letters = [letter for letter in word if letter.isalpha()]
    return any(letter.isupper() for letter in (letters[1:] if first else letters))


def names_text(names: Iterable[Name], *, more: bool = False) -> str:
    """Return a list of names; ``more`` says that others follow."""
    return " and ".join([*map(_name, names), *(["others"] if more else [])])


def authors_text(reference: Reference) -> str:
    """Return the authors, and that there are more where that is so."""
    return names_text(reference.authors, more=bool(reference.authors) and reference.more_authors)


def list_text(text: str) -> str:
    """Return the one value of a field that BibLaTeX takes apart at every ``and``: publishers, places, languages."""
    return f"{{{escape(text)}}}" if _AND.search(text) else escape(text)


def verbatim(value: str) -> str:
    """Return an identifier as it is: readers take it letter by letter. Only what would end the field is encoded."""
    return value.replace("{", "%7B").replace("}", "%7D")


@lru_cache(maxsize=1 << 14)  # the same people come again, in either format
def _name(name: Name) -> str:
    """Return a name as ``particle Family, Suffix, Given``; a group in braces of its own."""
    if name.literal or (not name.given and " " in name.short):
        return f"{{{escape(name.literal or name.short)}}}"
    family = " ".join(part for part in (escape(name.particle), _family(name.family)) if part)
    return ", ".join(part for part in (family, _part(name.suffix), _part(name.given)) if part)


def _family(family: str) -> str:
    """Return a family name, in braces where a reader would take its small words for a particle."""
    small = any(next((letter for letter in word if letter.isalpha()), "A").islower() for word in family.split())
    return f"{{{escape(family)}}}" if small else _part(family)


def _part(text: str) -> str:
    """Return a part of a name, in braces where a reader would take it apart."""
    return f"{{{escape(text)}}}" if _TAKEN_APART.search(text) else escape(text)
