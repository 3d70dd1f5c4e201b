"""Ids of new studies: first author, year, words of the title."""

from __future__ import annotations

from collections.abc import Callable

from ..bibliography.slug import slug_of
from ..model import Reference

_FILLERS_TEXT = """
a an and are as at be by can do does for from has have how in into is it its of on or than that the their to versus
vs what when which with without
effect effects effectiveness efficacy impact comparison evaluation study trial randomised randomized controlled
clinical systematic review analysis meta protocol pilot
double single triple blind blinded masked placebo sham open label parallel multicenter multicentre phase
i ii iii iv cohort prospective retrospective longitudinal cross sectional observational crossover post hoc secondary
"""
_FILLERS = frozenset(_FILLERS_TEXT.split())
"""Words that tell one study from another in no list."""

_WORDS = 2
_LONGEST = 30


def id_of(reference: Reference, is_taken: Callable[[str], bool], topic: str = "") -> str:
    """Return ``long-2004-directional-preference`` for a reference with a year and a title.

    Of a group the first three words of its name, without any author ``anonymous``. While an id is taken another word of
    the title is added, and at the end a number. A ``topic`` stands in place of words of the title.
    """
    if slug_of(topic):
        return _free(f"{_author(reference)}-{reference.year}-{slug_of(topic)}", is_taken)
    words = [word for word in slug_of(reference.title).split("-") if word]
    telling = [word for word in words if word not in _FILLERS and len(word) > 1] or words or ["untitled"]
    stem = f"{_author(reference)}-{reference.year}"
    for number in range(min(_WORDS, len(telling)), len(telling) + 1):
        found = "-".join([stem, *telling[:number]])
        if not is_taken(found):
            return found
    return _free("-".join([stem, *telling[:_LONGEST]]), is_taken)


def _free(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return a name, with a number behind it where it is taken."""
    free, number = name, 2
    while is_taken(free):
        free, number = f"{name}-{number}", number + 1
    return free


def _author(reference: Reference) -> str:
    first = next(iter(reference.authors or reference.editors), None)
    if first is None:
        return "anonymous"
    if first.family:
        return slug_of(first.family) or "anonymous"
    words = [word for word in slug_of(first.literal).split("-") if word and word not in _FILLERS]
    return "-".join(words[:3]) or "anonymous"
