"""Rules about words: does the source speak of the instrument and the outcome that are recorded?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Effect, Filed, Instrument, Study, Text
from ..problem import Severity, Where
from .rule import Base, Finding, rule
from .spoken import names_of, phrases_in, plain
from .walk import each

_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,]|\.\d)")


@rule("record", Severity.WARNING)
def decimal_point_in_english(record: Filed, base: Base) -> Iterator[Finding]:
    """An English text has a dot before decimals, not a comma.

    8,65 is how Dutch writes 8.65; in English a comma marks thousands, and a reader takes 8,65 for a slip or for two
    numbers. A list of numbers has a blank after each comma. Our own pages write figures as each language does.
    """
    for at, text in each(Text, record):
        for figure in dict.fromkeys(_COMMA.findall(text.en)):
            hint = f"write {figure.replace(',', '.')}; of two numbers, put a blank after the comma"
            yield Finding((*at, "en"), f"{figure} has a decimal comma in an English text", hint)


def _words(effect: Effect) -> str:
    label = effect.label.en if effect.label else ""
    return f"{label}; {effect.source.locator}; {effect.source.printed or ''}"


@rule("study", Severity.WARNING)
def instrument_as_told(study: Study, base: Base) -> Iterator[Finding]:
    """The instrument of a result is the one that its label or its source names.

    Names and abbreviations are those of the vocabulary: RMDQ is the Roland-Morris questionnaire, ODI the Oswestry
    index. Where a source names one and the record has another, the figures are read on the wrong scale. An instrument
    that is rescaled (pain brought to 0-100) may rest on any of the same range. Repeated extraction finds errors in up
    to half of what was extracted (Mathes, Klaßen and Pieper 2017, doi:10.1186/s12874-017-0431-4).
    """
    instruments = base.evidence.vocabularies.instruments
    names = {name: key for key, term in instruments.items() for name in names_of(term)}
    for index, effect in enumerate(study.effects):
        told = {names[phrase] for phrase in phrases_in(_words(effect), tuple(names))}
        if not told or effect.instrument in told:
            continue
        own = instruments.get(effect.instrument or "")
        other = sorted(key for key in told if not _may_stand_for(own, instruments[key], effect))
        if len(other) == len(told):
            place = "instrument" if effect.instrument else "outcome"
            at: Where = ("effects", index, place)
            recorded = effect.instrument or effect.outcome
            message = f"the source names {instruments[other[0]].label.en}, the record has `{recorded}`"
            yield Finding(at, message, f"is it `{other[0] if effect.instrument else instruments[other[0]].outcome}`?")


def _may_stand_for(own: Instrument | None, named: Instrument, effect: Effect) -> bool:
    if own is None:
        return named.outcome == effect.outcome
    return own.outcome == named.outcome and own.range == named.range and not own.synonyms.en


@rule("study", Severity.WARNING)
def outcome_as_told(study: Study, base: Base) -> Iterator[Finding]:
    """The outcome of a result is the one that its id, its label or its source speaks of.

    An effect called `disability-6-months` is not one on pain. Compared are outcomes that are measured on scales, by
    their labels and synonyms in the vocabulary; nothing is said where any word of the recorded outcome stands there
    too. A result under the wrong outcome is pooled with the wrong studies, and nothing else would show it.
    """
    vocabularies = base.evidence.vocabularies
    measured = {term.outcome for term in vocabularies.instruments.values()}
    known = {key: vocabularies.outcomes[key] for key in measured if key in vocabularies.outcomes}
    names = {name: key for key, term in known.items() for name in (*names_of(term), plain(key))}
    for index, effect in enumerate(study.effects):
        if effect.outcome not in known:
            continue
        text = plain(f"{effect.id}; {_words(effect)}")
        told = {names[phrase] for phrase in phrases_in(text, tuple(names))}
        own = (*names_of(known[effect.outcome]), plain(effect.outcome))
        stems = {word[:6] for name in own for word in name.split() if len(word) > 3}
        if told and effect.outcome not in told and not any(word.startswith(tuple(stems)) for word in text.split()):
            other = ", ".join(sorted(known[key].label.en for key in told))
            message = f"id and source speak of {other.lower()}, the outcome recorded is `{effect.outcome}`"
            yield Finding(("effects", index, "outcome"), message, f"is it `{sorted(told)[0]}`?")
