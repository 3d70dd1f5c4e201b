"""Names as readers of tags in a page and of COinS take them apart again: at the first comma, in lists at semicolons."""

from __future__ import annotations

import re

from ..model import Name

_UNBROKEN_SPACE = "\xa0"


def tag_name(name: Name) -> str:
    """Return ``Family, Given``; a suffix stays with the given names, for what follows a second comma is dropped.

    A group ends in a comma, else its last word is taken for a family name; commas inside it go, else it is split there.
    """
    if name.literal:
        return f"{_undivided(name.literal)},"
    given = " ".join(_undivided(part) for part in (name.given, name.suffix) if part)
    return ", ".join(part for part in (_undivided(name.short), given) if part)


def lone_tag_name(name: Name) -> str:
    """Return the name of a work's only author, of which Zotero else makes two people.

    It takes ``van Tulder, Maurits W.`` for a list, for there are spaces on both sides of the comma; spaces that do not
    break keep it from that, and are gone when it has taken the given names apart.
    """
    family, comma, given = tag_name(name).partition(", ")
    return family + comma + (given.replace(" ", _UNBROKEN_SPACE) if " " in family else given)


def _undivided(text: str) -> str:
    return re.sub(r"\s*[,;]+\s*", " ", text).strip()
