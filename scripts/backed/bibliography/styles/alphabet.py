"""The alphabetical order of a reference list, as a text that is compared letter by letter.

The rules are APA's (Publication Manual, 7th edition, pages 303 and 304): spaces, capitals, hyphens, apostrophes,
full stops and accents do not count, nothing comes before something, and ``A``, ``An``, ``The`` are passed over at the
beginning of a group's name or a title.
"""

from __future__ import annotations

import re
import unicodedata

from ...model import Name, Reference
from .pieces import initials

_UNSPLIT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n"}
)
"""Letters that Unicode does not take apart into a plain letter and a mark."""
_NO_LETTER = {code: None for code in range(128) if not chr(code).isalnum()}
_ARTICLE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)
_BIRTH = {"sr": "0", "jr": "1", "ii": "1", "iii": "2", "iv": "3"}
_END, _GIVEN, _NEXT = " ", "!", ","
"""What ends a part, stands before given names, before a further author: in this order, and all before any letter."""


def letters(text: str) -> str:
    """Return only the letters and digits of a text, small and in ASCII.

    Letters of other scripts follow ``z``, each as ``~`` and its number: so ASCII is enough, and every language compares
    two such texts alike, whatever its strings are made of.
    """
    plain = text.casefold()
    if plain.isascii():
        return plain.translate(_NO_LETTER)
    apart = unicodedata.normalize("NFKD", plain.translate(_UNSPLIT)).casefold().translate(_NO_LETTER)
    return "".join(c if c.isascii() else f"~{ord(c):06x}" for c in apart if c.isalnum())


def alphabetical(reference: Reference, people: tuple[Name, ...], date: str) -> str:
    """Return what a work is sorted by: its names (its title where there are none), date, title, key.

    ``date`` is as the style prints it: without one (``n.d.``) a work comes first, what is in press last.
    """
    title = letters(_ARTICLE.sub("", reference.title, count=1) if _ARTICLE.match(reference.title) else reference.title)
    first = _NEXT.join(map(_name, people)) or title
    return _END.join((first, _dated(reference, date), title, letters(reference.key)))


def _name(name: Name) -> str:
    if name.literal:
        return letters(_ARTICLE.sub("", name.literal, count=1) if _ARTICLE.match(name.literal) else name.literal)
    suffix = letters(name.suffix)
    return f"{letters(name.short)}{_GIVEN}{letters(initials(name.given))}{_BIRTH.get(suffix, suffix)}"


def _dated(reference: Reference, date: str) -> str:
    """Return the date with its month as a number, so that ``2019, March`` follows ``2019`` and precedes April."""
    if date == "n.d.":
        return "0"
    if not date[:4].isdigit():
        return f"2{letters(date)}"
    by_day = "," in date and reference.month
    return f"1{date[:4]}{f'{reference.month:02}{reference.day or 0:02}' if by_day else ''}"
