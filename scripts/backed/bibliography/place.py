"""Where in a BibTeX text a field of an entry stands."""

from __future__ import annotations

from .blocks import blocks


def place_of(text: str, key: str = "", field: str = "") -> tuple[int, int]:
    """Return line and column (from 1) of a field of the entry with that key, else of the entry, else of the file."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    named = next((block for block in blocks(plain) if block.name == f"`{key}`"), None)
    return named.place(field) if named else (1, 1)
