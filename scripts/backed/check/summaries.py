"""The figures in a summary: are they those of the record?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Effect, Figure, Source, Study
from ..problem import Severity
from .printed import computed, numbers_in
from .rounding import Band, band
from .rule import Base, Finding, rule
from .slips import mended
from .walk import walk

_ENGLISH = re.compile(r"(?<![\d.,\u00b7])(?:\d{1,3}(?:,\d{3})+|\d+(?:[.\u00b7]\d+)?)(?![\d])")
_DUTCH = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)(?![\d])")
SMALL = 30
"""Whole numbers up to here are too often counts of weeks, items or points to be looked for in the record."""


def _told(text: str, language: str) -> Iterator[Figure]:
    """Yield the numbers of a summary that are figures of the study: with decimals, or too large to count weeks."""
    for match in (_DUTCH if language == "nl" else _ENGLISH).finditer(text):
        number = match.group(0)
        if language == "nl":
            number = number.replace(".", "").replace(",", ".")
        else:
            number = number.replace(",", "").replace("\u00b7", ".")
        year = re.fullmatch(r"1[89]\d\d|20\d\d", match.group(0)) is not None
        if len(number.partition(".")[0]) <= 15 and (("." in number) or int(number) > SMALL) and not year:
            yield Figure(number)


def _recorded(study: Study, base: Base) -> set[float]:
    """Return every number a summary may tell: figures, counts, what is printed or worked out, what they make."""
    known = {100.0}
    for at, value in walk(study.model_copy(update={"summary": None, "extraction": None, "exceptions": ()})):
        if isinstance(value, Figure):
            known.add(abs(value.value))
        elif isinstance(value, int) and not isinstance(value, bool):
            known.add(float(value))
        elif isinstance(value, Source):
            known |= {float(parts[0]) for line in value.computed if (parts := computed(line))}
        elif isinstance(value, str) and at[-1:] in {("printed",), ("en",)}:
            known |= {float(number) for number in numbers_in(value)}
    for effect in study.effects:
        known |= set(_made(effect))
        instrument = base.evidence.vocabularies.instruments.get(effect.instrument or "")
        known |= {bound.value for bound in instrument.range or ()} if instrument else set()
    return known


def _made(effect: Effect) -> Iterator[float]:
    """Yield what a summary may make of an effect: everybody in its groups, the percentage by which a ratio is lower."""
    yield float(sum(group.n or 0 for group in effect.groups))
    if effect.measure.is_ratio and effect.estimate is not None:
        yield abs(100 * (effect.estimate.value - 1))


def _alike(figure: Figure, number: float) -> bool:
    """Say whether a number is one slip away, and no more than ten times as large or small: else it helps nobody."""
    size = abs(figure.value)
    return size / 10 - 1e-9 <= number <= size * 10 + 1e-9 and mended(figure, Band(number, number)) is not None


@rule("study", Severity.WARNING)
def summary_as_recorded(study: Study, base: Base) -> Iterator[Finding]:
    """The figures that the summary tells are figures of the record.

    The summary is what most people read, and it was typed apart from the figures. A number in it that stands nowhere in
    the record, not even rounded, is a slip in one of the two, or belongs to another study. Looked for are numbers with
    decimals and whole numbers above 30, but no years. Repeated extraction finds errors in up to half of what was
    extracted (Mathes, Klaßen and Pieper 2017, doi:10.1186/s12874-017-0431-4); a summary is a second entry for nothing.
    """
    texts = (("en", study.summary.en), ("nl", study.summary.nl or ""))
    told = [(language, figure) for language, text in texts for figure in _told(text, language)]
    known = _recorded(study, base) if told else set()
    for language, figure in told:
        room = band(figure)
        if any(room.holds(number) for number in known):
            continue
        near = sorted({f"{number:g}" for number in known if _alike(figure, number)})
        hint = f"the record has {', '.join(near[:3])}" if near else "is it in the record, and does the source print it?"
        yield Finding(("summary", language), f"{figure} stands nowhere in the record", hint)
