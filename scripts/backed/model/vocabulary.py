"""Vocabularies: the terms that records may use, each with labels, synonyms and a place in a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, field_validator

from .base import Day, Duration, Figure, Record, Slug, Source, Text


class Retirement(Record):
    """A term no longer to be used; ids that once existed are kept."""

    on: Day = Field(description="Since when.")
    reason: str = Field(min_length=1, description="Why.")
    use: Slug | None = Field(None, description="The term to use instead.")


class Synonyms(Record):
    """Other words people search for, per language."""

    en: tuple[str, ...] = Field((), description="English synonyms.")
    nl: tuple[str, ...] = Field((), description="Dutch synonyms.")


class Term(Record):
    """One entry of a vocabulary."""

    label: Text = Field(description="The name shown on the site.")
    definition: Text | None = Field(None, description="What it covers and what it does not.")
    synonyms: Synonyms = Field(Synonyms(), description="Other words for it, for the search.")
    broader: Slug | None = Field(None, description="The wider term it is a kind of.")
    retired: Retirement | None = Field(None, description="Set when the term is no longer to be used.")

    @property
    def words(self) -> tuple[str, ...]:
        """Return every label and synonym in every language, for the search."""
        labels = tuple(label for label in (self.label.en, self.label.nl) if label)
        return labels + self.synonyms.en + self.synonyms.nl


class Outcome(Term):
    """What is measured on people, and which way is better for them."""

    better: Literal["lower", "higher", "neither"] = Field(description="Which direction is good for the patient.")
    less: Text = Field(description="How a lower value is said: 'less pain'.")
    more: Text = Field(description="How a higher value is said: 'more pain'.")
    having: Text | None = Field(
        None, description="For events: what people with one do, as in 'of 100 people 30 …': 'have back pain again'."
    )


class Importance(Record):
    """A minimal important difference (MID), in the instrument's own points, with where it comes from."""

    value: Figure = Field(description="The difference, without a sign, in the instrument's units.")
    reason: Text = Field(description="What it is based on and how it was chosen.")
    source: Source = Field(description="Where it is published.")


class Grain(Record):
    """How far apart two neighbouring values of one person are, with where that is published."""

    value: Figure = Field(description="The distance: 1 where people answer in whole numbers.")
    source: Source = Field(description="Where it is published.")

    @field_validator("value")
    @classmethod
    def _above_zero(cls, value: Figure) -> Figure:
        if value.value <= 0:
            raise ValueError("the distance between two values is above 0")
        return value


class Instrument(Term):
    """A scale or questionnaire: its range, its direction, the smallest change that matters."""

    outcome: Slug = Field(description="The outcome it measures: term of `outcomes`.")
    range: tuple[Figure, Figure] | None = Field(None, description="Lowest and highest possible value.")
    unit: Text = Field(description="How its values are said: 'points on 0-100'.")
    better: Literal["lower", "higher", "neither"] = Field(description="Which end is good for the patient.")
    mid: Importance | None = Field(None, description="Minimal important difference.")
    step: Grain | None = Field(
        None, description="Distance between the values that one person can have; only where that is certain."
    )


class Design(Term):
    """A study design, with the kind of study it is."""

    kind: Literal["trial", "review", "cohort", "cross-sectional", "single-group"] = Field(
        description="The family that decides how a page reads and what a query selects."
    )
    look_again: Duration | None = Field(
        None, description="How long until a record of such a study is looked at again: a newer version, a retraction?"
    )
    search_holds: Duration | None = Field(
        None, description="For reviews: how old the last search may be before readers of an answer are told."
    )


class Tool(Term):
    """A risk-of-bias or quality tool: version and domains are data, so a new tool needs no code."""

    version: str = Field(description="Version or year of the tool.")
    domains: Mapping[Slug, Text] = Field(description="Domain id to its name, in the tool's order.")
    judgements: Mapping[Slug, Text] = Field(description="Judgement id to its name, best first.")
    reference: str | None = Field(None, description="Citation key of the publication of the tool.")


class SourceKind(Term):
    """A kind of source, and what the sourcing policy lets it do."""

    counts: bool = Field(description="Whether a figure may rest on it; otherwise it only points to something.")
    bibtex: tuple[str, ...] = Field(
        (), description="BibTeX entry types that are of this kind unless they say otherwise."
    )
    needs: tuple[Literal["doi", "pmid", "isbn", "url", "publisher"], ...] = Field(
        (), description="Identifiers of which a source of this kind needs at least one."
    )
    look_again: Duration | None = Field(
        None, description="How long until what cites such a source is looked at again: has it been replaced?"
    )


@dataclass(frozen=True)
class Vocabularies:
    """All vocabularies, each a mapping from term id to term in the order of its file."""

    conditions: Mapping[str, Term]
    settings: Mapping[str, Term]
    designs: Mapping[str, Design]
    interventions: Mapping[str, Term]
    exposures: Mapping[str, Term]
    outcomes: Mapping[str, Outcome]
    instruments: Mapping[str, Instrument]
    appraisal: Mapping[str, Tool]
    departures: Mapping[str, Term]
    sources: Mapping[str, SourceKind]

    def named(self) -> Iterator[tuple[str, Mapping[str, Term]]]:
        """Yield each vocabulary's name and terms."""
        for name in VOCABULARIES:
            yield name, getattr(self, name)


VOCABULARIES: Mapping[str, type[Term]] = {
    "conditions": Term,
    "settings": Term,
    "designs": Design,
    "interventions": Term,
    "exposures": Term,
    "outcomes": Outcome,
    "instruments": Instrument,
    "appraisal": Tool,
    "departures": Term,
    "sources": SourceKind,
}
"""File stem below ``vocabularies/`` to the type of its terms."""


def lineage(terms: Mapping[str, Term], term: str) -> Iterator[str]:
    """Yield a term's id, then every wider term's id; stops at an unknown id or a circle."""
    seen: set[str] = set()
    current: str | None = term
    while current is not None and current in terms and current not in seen:
        seen.add(current)
        yield current
        current = terms[current].broader


def falls_under(terms: Mapping[str, Term], term: str, wider: tuple[str, ...]) -> bool:
    """Say whether a term is one of the wider terms or a kind of one of them."""
    return any(ancestor in wider for ancestor in lineage(terms, term))
