"""Mistakes of terms and units: the figure is right, and what it is said to be is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from backed.model import Instrument

from .document import Change, Document, Edits
from .kind import kind
from .sites import effects, figures


@kind("studies")
def another_unit_of_time(doc: Document, rng: Random) -> Iterator[Change]:
    """12 weeks become 12 months: the number is remembered, the unit typed from habit."""
    for at, effect in effects(doc):
        if effect.time is not None:
            _, unit = effect.time.amount
            others = {
                "days": ("weeks",),
                "weeks": ("months", "days"),
                "months": ("weeks", "years"),
                "years": ("months",),
            }
            yield doc.changed(doc.rename((*at, "time", unit), rng.choice(others[unit])))


@kind("studies")
def time_of_another_row(doc: Document, rng: Random) -> Iterator[Change]:
    """A block is copied from the row before and the time is not changed."""
    listed = [(at, effect) for at, effect in effects(doc) if effect.time is not None]
    for at, effect in listed:
        for _, other in listed:
            if other.time and effect.time and other.time.in_weeks != effect.time.in_weeks:
                unit, other_unit = effect.time.amount[1], other.time.amount[1]
                edit = doc.put((*at, "time", unit), other.time.amount[0])
                yield doc.changed(edit, doc.rename((*at, "time", unit), other_unit))


@kind("studies")
def term_of_another_outcome(doc: Document, rng: Random) -> Iterator[Change]:
    """A block is copied from one on another outcome, and the outcome is not changed."""
    outcomes = sorted({one.outcome for study in doc.evidence.studies.values() for one in study.effects})
    for at, effect in effects(doc):
        yield doc.changed(doc.put((*at, "outcome"), rng.choice([one for one in outcomes if one != effect.outcome])))


def _instrument(doc: Document, name: str | None) -> Instrument | None:
    return doc.evidence.vocabularies.instruments.get(name or "")


def _width(instrument: Instrument) -> float | None:
    return instrument.range[1].value - instrument.range[0].value if instrument.range else None


def _other_instruments(doc: Document, name: str | None, *, same_outcome: bool) -> list[str]:
    own = _instrument(doc, name)
    known = doc.evidence.vocabularies.instruments
    if own is None:
        return []
    return [key for key, one in known.items() if key != name and (one.outcome == own.outcome) == same_outcome]


@kind("studies")
def instrument_of_another_outcome(doc: Document, rng: Random) -> Iterator[Change]:
    """The disability questionnaire is left standing in a block on pain."""
    for at, effect in effects(doc):
        if others := _other_instruments(doc, effect.instrument, same_outcome=False):
            yield doc.changed(doc.put((*at, "instrument"), rng.choice(others)))


@kind("studies")
def another_instrument_of_the_same_outcome(doc: Document, rng: Random) -> Iterator[Change]:
    """Roland-Morris is recorded for Oswestry: both are said to measure disability."""
    for at, effect in effects(doc):
        if others := _other_instruments(doc, effect.instrument, same_outcome=True):
            yield doc.changed(doc.put((*at, "instrument"), rng.choice(others)))


@kind("studies")
def another_unit_of_the_scale(doc: Document, rng: Random) -> Iterator[Change]:
    """Figures on 0-10 are recorded under the instrument of 0-100, or the other way round."""
    for at, effect in effects(doc):
        own = _instrument(doc, effect.instrument)
        for name in _other_instruments(doc, effect.instrument, same_outcome=True):
            other = _instrument(doc, name)
            if own and other and {_width(own), _width(other)} == {10, 100}:
                yield doc.changed(doc.put((*at, "instrument"), name))


@kind("studies")
def all_figures_of_a_row_in_another_unit(doc: Document, rng: Random) -> Iterator[Change]:
    """The paper gives centimetres of a 100 mm scale; all figures of the row are a tenth, as the paper prints them."""
    for at, effect in effects(doc):
        own = _instrument(doc, effect.instrument)
        if own is None or _width(own) != 100 or not (effect.measure == "mean-difference" or effect.groups):
            continue
        edits: list[Edits] = []
        for path, value, source in figures(doc):
            if path[:2] == at and path[-1] not in ("n", "events", "percent", "studies", "participants", "t"):
                tenth = str(Decimal(value).scaleb(-1))
                there = doc.printed(source, value, tenth)
                edits += [doc.put(path, tenth), *([there] if there else [])]
        if edits:
            yield doc.changed(*edits)
