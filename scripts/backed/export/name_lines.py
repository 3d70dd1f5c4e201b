"""Authors as formats of one line a name have them, and sentences for what such formats have no field for."""

from __future__ import annotations

from collections.abc import Iterator

from ..bibliography import is_ahead_of_print
from ..model import Name, Reference


def inverted(name: Name) -> str:
    """Return ``Family, Given, Suffix``; a group ends in a comma, else readers split its name."""
    if name.literal:
        return f"{name.literal},"
    return ", ".join(part for part in (name.short, name.given, name.suffix) if part)


def remarks(reference: Reference) -> Iterator[str]:
    """Yield a sentence where not all authors are listed, and one where the work is not yet published for good."""
    if reference.more_authors:
        yield "The list of authors is incomplete."
    if is_ahead_of_print(reference):
        yield "Published online ahead of print."
    elif state := reference.extra.get("pubstate", ""):
        yield f"State of publication: {state}."
