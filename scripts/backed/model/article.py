"""A popular article that is being checked: what it is and where its claims stand, without copying it."""

from __future__ import annotations

from pydantic import Field

from .base import Aliases, Day, Filed, Language, Record, Slug, Source, Status, Text, Waiver, WebAddress
from .comparison import Reviewed


class Place(Record):
    """A position in an article."""

    heading: str | None = Field(None, description="The heading it stands under, if any.")
    paragraph: int = Field(ge=1, description="Which paragraph under that heading, from 1.")


class Passage(Record):
    """A part of an article that says something checkable, by its position; its words are not copied."""

    id: Slug = Field(description="Name within this record; claims use it.")
    at: Place = Field(description="Where it stands.")
    about: Text = Field(description="What it is about, in our words.")


class Omission(Record):
    """Something a reader needed and the article does not say."""

    title: Text = Field(description="What is missing.")
    text: Text = Field(description="What it should have said.")
    signs: tuple[Text, ...] = Field((), description="For warning signs: what to look for.")
    sources: tuple[Source, ...] = Field(min_length=1, description="Who says so.")


class Article(Filed):
    """A popular article that is being checked."""

    title: str = Field(min_length=1, description="Its title, as printed.")
    title_en: str | None = Field(None, description="Its title in English, translated by us.")
    language: Language = Field(description="Its language.")
    publisher: str = Field(min_length=1, description="Who published it.")
    url: WebAddress | None = Field(None, description="Where it stands, if the address was seen.")
    reviewed_on: Day | None = Field(None, description="The date it gives for its last review.")
    says_of_itself: Text | None = Field(None, description="What it states about its own checking, in our words.")
    read: Text = Field(description="Which copy was read.")
    summary: Text = Field(description="What the check found, in one or two sentences.")
    passages: tuple[Passage, ...] = Field(min_length=1, description="Its checkable parts, in order.")
    omits: tuple[Omission, ...] = Field((), description="What a reader needed and it does not say.")
    reviewed: Reviewed = Field(description="When this check was last looked at.")
    aliases: Aliases = ()
    status: Status = Field(Status(), description="Whether it still stands.")
    exceptions: tuple[Waiver, ...] = Field((), description="Rules it may break, with the reason.")

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage with that id, or None."""
        return next((passage for passage in self.passages if passage.id == passage_id), None)
