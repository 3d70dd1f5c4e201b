"""Mistakes in comparisons and claims: what is concluded no longer follows from what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from backed.model import Claim, Comparison, Verdict
from backed.problem import Where

from .document import Change, Document
from .kind import kind

LEVELS = ("very-low", "low", "moderate", "high")


def _certainties(doc: Document) -> Iterator[Where]:
    comparison = doc.record
    assert isinstance(comparison, Comparison)
    for index, question in enumerate(comparison.outcomes):
        if question.certainty is not None:
            yield ("outcomes", index, "certainty")


@kind("comparisons")
def certainty_raised(doc: Document, rng: Random) -> Iterator[Change]:
    """The level is raised by one; nobody touches the steps or the reasons."""
    for at in _certainties(doc):
        place = LEVELS.index(doc.value(*at, "level") or "low")
        if place < 3:
            yield doc.changed(doc.put((*at, "level"), LEVELS[place + 1]))


@kind("comparisons")
def threshold_ten_times(doc: Document, rng: Random) -> Iterator[Change]:
    """The smallest important effect is typed with its point one place to the right."""
    comparison = doc.record
    assert isinstance(comparison, Comparison)
    for index, question in enumerate(comparison.outcomes):
        if question.important is not None:
            value = f"{10 * float(question.important.value):g}"
            at: Where = ("outcomes", index, "important")
            yield doc.changed(doc.put((*at, "value"), value))
            if there := doc.printed((*at, "source"), question.important.value, value):
                yield doc.changed(doc.put((*at, "value"), value), there)


@kind("comparisons")
def sides_of_the_question_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """The terms of the two sides are typed the wrong way round."""
    comparison = doc.record
    assert isinstance(comparison, Comparison)
    if comparison.intervention and comparison.comparator:
        yield doc.changed(doc.exchange(("intervention", "terms"), ("comparator", "terms")))


@kind("comparisons")
def anchor_of_another_outcome(doc: Document, rng: Random) -> Iterator[Change]:
    """The answer is taken from another effect of the review."""
    comparison = doc.record
    assert isinstance(comparison, Comparison)
    for index, question in enumerate(comparison.outcomes):
        study = doc.evidence.studies.get(question.anchor.study) if question.anchor else None
        others = (
            [one.id for one in study.effects if question.anchor and one.id != question.anchor.effect] if study else []
        )
        if others:
            yield doc.changed(doc.put(("outcomes", index, "anchor", "effect"), rng.choice(others)))


def _asked(doc: Document) -> Iterator[tuple[Where, str]]:
    claim = doc.record
    assert isinstance(claim, Claim)
    for at in (("evidence",), *(("also", index) for index in range(len(claim.also)))):
        if value := doc.value(*at, "claimed"):
            yield at, value


@kind("claims")
def claimed_direction_flipped(doc: Document, rng: Random) -> Iterator[Change]:
    """ "Less pain" is taken for a higher score."""
    for at, value in _asked(doc):
        yield doc.changed(doc.put((*at, "claimed"), "higher" if value == "lower" else "lower"))


@kind("claims")
def verdict_of_the_claim_changed(doc: Document, rng: Random) -> Iterator[Change]:
    """The verdict is edited by hand to what somebody believes."""
    if value := doc.value("as_of", "verdict"):
        yield doc.changed(doc.put(("as_of", "verdict"), rng.choice([one for one in Verdict if one != value])))


@kind("claims")
def outcome_of_the_claim_changed(doc: Document, rng: Random) -> Iterator[Change]:
    """The claim is pointed to another outcome of the same comparison."""
    claim = doc.record
    assert isinstance(claim, Claim)
    asked = claim.evidence
    comparison = doc.evidence.comparisons.get(asked.comparison) if asked else None
    others = [one.id for one in comparison.outcomes if asked and one.id != asked.outcome] if comparison else []
    if others:
        yield doc.changed(doc.put(("evidence", "outcome"), rng.choice(others)))


def _without_english(doc: Document, *paths: Where) -> Iterator[Change]:
    for at in paths:
        if doc.value(*at, "en") and doc.value(*at, "nl") and (edit := doc.drop((*at, "en"))):
            yield doc.changed(edit)


@kind("claims")
def english_text_missing(doc: Document, rng: Random) -> Iterator[Change]:
    """A Dutch contributor writes the Dutch text and leaves the English one for later."""
    yield from _without_english(doc, ("claim",), ("explanation",), ("rests_on", "text"), ("faithfulness", "text"))
