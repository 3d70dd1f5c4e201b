"""What a look at the world outside found: which addresses answer, and what became of the works that are cited."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Count, Day, Record

HEALTH_FILE = "health.json"
"""The last look, in the evidence folder: it speaks of the works of that base and of no other."""

LinkState = Literal["moved", "gone", "refused", "not-reached"]
Nature = Literal["retraction", "expression-of-concern", "correction", "reinstatement", "other"]
Bearing = Literal[
    "not-recorded",
    "identifiers-differ",
    "unknown-kind",
    "corrected-since",
    "reinstated",
    "not-in-export",
    "recorded",
    "recorded-from-elsewhere",
    "corrected",
    "stands",
    "is-notice",
]
FOR_A_PERSON: frozenset[Bearing] = frozenset(
    {"not-recorded", "identifiers-differ", "unknown-kind", "corrected-since", "reinstated", "not-in-export"}
)
"""Bearings that somebody has to look into; the others are told, and nothing is to be done."""


class Link(Record):
    """An address that does not simply work."""

    address: str = Field(description="The address, without what follows a #.")
    state: LinkState = Field(
        description="moved: answers at another address for good; gone: the server says there is nothing; refused: the"
        " server does not answer programs; not-reached: no usable answer this time."
    )
    answered: str = Field(description="What was answered, and by which host where it is another one.")
    to: str | None = Field(None, description="Where it has moved to.")
    since: Day = Field(description="The first look of those without a break at which it was in this state.")
    stands_in: tuple[str, ...] = Field(
        description="Where it stands: studies/ID, references/KEY and so on, or pages/ADDRESS; at most five."
    )
    places: Count = Field(description="In how many places it stands.")


class Links(Record):
    """A look at every address that a page of the site links to."""

    on: Day = Field(description="The day of the look.")
    asked: Count = Field(description="How many addresses were asked.")
    works: Count = Field(description="How many simply work.")
    moved: Count = Field(description="How many have moved.")
    gone: Count = Field(description="How many are gone.")
    refused: Count = Field(description="How many refused to answer a program.")
    not_reached: Count = Field(description="How many gave no usable answer.")
    addresses: tuple[Link, ...] = Field((), description="Those that do not simply work, by address.")

    @property
    def for_a_person(self) -> tuple[Link, ...]:
        """Return the addresses somebody has to look into: gone, or not reached at two looks in a row."""
        return tuple(
            link
            for link in self.addresses
            if link.state == "gone" or (link.state == "not-reached" and link.since < self.on)
        )


class Notice(Record):
    """A notice about a work, as the Retraction Watch database has it."""

    record: str = Field(description="Record ID in the database.")
    nature: Nature = Field(description="What kind of notice it is.")
    said: str = Field(description="The kind in the database's own words.")
    on: Day | None = Field(None, description="The day of the notice, where one is given.")
    doi: str | None = Field(None, description="DOI of the notice.")
    pmid: str | None = Field(None, description="PMID of the notice.")
    reasons: tuple[str, ...] = Field((), description="Reasons, in the database's words.")
    matched_by: Literal["doi", "pmid", "both"] = Field(description="By which identifiers it is about this work.")


class WorkNotices(Record):
    """A work with a notice, or one that the base calls retracted or doubted and the export does not."""

    work: str = Field(description="Citation key.")
    study: str | None = Field(None, description="Id of the study it is a report of.")
    bearing: Bearing = Field(description="How the notices compare with what the base records.")
    recorded: Literal["current", "retracted", "expression-of-concern"] = Field(
        description="What the base records of it."
    )
    recorded_on: Day | None = Field(None, description="Since when, by the base.")
    notices: tuple[Notice, ...] = Field((), description="The notices, oldest first.")


class Retractions(Record):
    """A comparison of every work with an export of the Retraction Watch database."""

    on: Day = Field(description="The day of the comparison.")
    rows: Count = Field(description="How many notices the export holds.")
    empty: Count = Field(description="How many of its rows are empty.")
    unreadable: Count = Field(description="How many of its rows could not be read.")
    doubtful: Count = Field(description="How many of its values could not be made out (a date, a DOI).")
    unidentified: Count = Field(description="How many notices give neither DOI nor PMID of the work they are about.")
    works: Count = Field(description="How many works of the base were compared.")
    works_unidentified: Count = Field(description="How many works have neither DOI nor PMID: nothing is found of them.")
    found: tuple[WorkNotices, ...] = Field((), description="Works with notices, by key.")

    @property
    def for_a_person(self) -> tuple[WorkNotices, ...]:
        """Return the works somebody has to look into."""
        return tuple(one for one in self.found if one.bearing in FOR_A_PERSON)


class Health(Record):
    """The last look at the addresses and at the works; each may have a day of its own, or not have been yet."""

    links: Links | None = Field(None, description="The addresses.")
    retractions: Retractions | None = Field(None, description="The works.")
