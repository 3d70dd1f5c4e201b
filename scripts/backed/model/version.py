"""What state of the evidence a page shows: a day and a hash that change when a record behind it does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .base import Filed, Record
from .looks import newest_look

LETTERS = 12
"""Length of a hash as it is shown; two states of one page differ in it but for one case in 10^14."""


@dataclass(frozen=True)
class Version:
    """A state of some records: the newest day on which one of them was looked at, and the hash of what they say."""

    on: date
    hash: str


def digest(record: Record) -> str:
    """Return the SHA-256 (hex) of a record or a term: of its written fields as JSON with sorted keys, after its kind.

    Layout and comments of the file do not matter, nor where it stands.
    """
    fields = record.model_dump(mode="json", exclude_unset=True, exclude={"file"})
    text = json.dumps([type(record).__name__, fields], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def version_of(records: Iterable[Filed], digests: Iterable[str]) -> Version:
    """Return the version of records with these digests: the SHA-256 of the digests, sorted, a line each."""
    whole = hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()
    return Version(newest_look(records), whole[:LETTERS])
