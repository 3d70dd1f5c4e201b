"""Terms of a vocabulary that are near to what somebody wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from ..bibliography.slug import slug_of
from ..model import Term, Vocabularies

MOST = 5
"""Terms that are named as a hint."""

_NEAR = 0.4
"""Part of a term's label that has to stand in a text."""


def usable(vocabularies: Vocabularies, names: Sequence[str]) -> dict[str, Term]:
    """Return the terms of some vocabularies by id, retired ones left out."""
    named = dict(vocabularies.named())
    return {key: term for name in names for key, term in named[name].items() if term.retired is None}


def nearest(text: str, vocabularies: Vocabularies, names: Sequence[str]) -> tuple[str, ...]:
    """Return up to MOST ids of terms near to a text, nearest first: by words in common, else by their letters.

    () where none is near. A word counts from four letters on, by its first five (``exercise``, ``exercising``), and the
    less the more terms have it: ``pain`` tells few terms from others.
    """
    labels = {
        key: [set(_stems(label)) for label in (key, *term.words)] for key, term in usable(vocabularies, names).items()
    }
    having = Counter(stem for sets in labels.values() for stem in set().union(*sets))
    asked = set(_stems(text))
    shares = {key: max(_share(asked, label, having) for label in sets) for key, sets in labels.items()}
    near = sorted((key for key, share in shares.items() if share >= _NEAR), key=lambda key: -shares[key])
    return tuple(near[:MOST]) or tuple(get_close_matches(slug_of(text[:200]), list(labels), MOST, 0.7))


def _share(asked: set[str], label: set[str], having: Mapping[str, int]) -> float:
    """Return which part of a label stands in the text, 0 to 1; each word weighs one by the number of terms with it."""
    whole = sum(1 / having[stem] for stem in label)
    return sum(1 / having[stem] for stem in asked & label) / whole if whole else 0.0


def _stems(text: str) -> Iterator[str]:
    yield from (word[:5] for word in re.findall(r"[a-z0-9]{4,}", slug_of(text)))
