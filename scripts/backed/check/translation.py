"""Which texts of a record nobody has translated yet. That is no fault: nothing is reported for it."""

from __future__ import annotations

from ..model import Record, Text
from .walk import each


def translated(record: Record) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Return how many texts a record holds, and of those without a Dutch one where they stand and the English."""
    texts = list(each(Text, record))
    return len(texts), tuple((".".join(map(str, at)), text.en) for at, text in texts if text.nl is None)
