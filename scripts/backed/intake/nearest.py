"""Terms of a vocabulary that are near to what somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ..bibliography.slug import slug_of
from ..model import Term, Vocabularies

MOST = 5
"""Terms that are named as a hint."""


def usable(vocabularies: Vocabularies, names: Sequence[str]) -> dict[str, Term]:
    """Return the terms of some vocabularies by id, retired ones left out."""
    named = dict(vocabularies.named())
    return {key: term for name in names for key, term in named[name].items() if term.retired is None}


def nearest(text: str, vocabularies: Vocabularies, names: Sequence[str]) -> tuple[str, ...]:
    """Return up to MOST ids of terms near to a text, nearest first: by words in common, else by their letters.

    () where none is near; a word counts from four letters on, and by its first five (``exercise``, ``exercising``).
    """
    terms = usable(vocabularies, names)
    asked = set(_stems(text))
    shared = {key: _share(asked, key, term) for key, term in terms.items()}
    near = sorted((key for key in terms if shared[key]), key=lambda key: -shared[key])
    return tuple(near[:MOST]) or tuple(get_close_matches(slug_of(text[:200]), list(terms), MOST, 0.7))


def _share(asked: set[str], key: str, term: Term) -> float:
    """Return which part of a term's best label stands in the text, 0 to 1."""
    labels = [set(_stems(label)) for label in (key, *term.words)]
    return max((len(asked & label) / len(label) for label in labels if label), default=0.0)


def _stems(text: str) -> Iterator[str]:
    yield from (word[:5] for word in re.findall(r"[a-z0-9]{4,}", slug_of(text)))
