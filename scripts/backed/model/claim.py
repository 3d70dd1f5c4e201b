"""A claim: one paraphrased sentence of an article, and the two answers to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from .base import Aliases, Day, Figure, Filed, Record, Slug, Status, Text, Waiver
from .comparison import Reviewed
from .extraction import Confirmation


class Verdict(StrEnum):
    """Whether the evidence supports a claim, by the published rule."""

    SUPPORTED = "supported"
    SIZE_UNCERTAIN = "supported-size-uncertain"
    TOO_SMALL = "supported-too-small-to-matter"
    NO_IMPORTANT_EFFECT = "no-important-effect"
    INCONCLUSIVE = "inconclusive"
    CONTRADICTED = "contradicted"
    NOT_KNOWN = "not-known"


class RestsOn(Record):
    """What the article says the claim rests on, and which study that is."""

    kind: Literal["named-study", "unnamed-research", "expert-opinion", "nothing"] = Field(
        description="What the article points to."
    )
    text: Text = Field(description="What it says, in our words.")
    studies: tuple[Slug, ...] = Field((), description="The records of the studies meant.")
    match: Literal["certain", "near-certain", "likely"] | None = Field(
        None, description="How sure we are that these are meant."
    )
    why: Text | None = Field(None, description="What the match rests on.")


class Departure(Record):
    """One way in which the article departs from its source."""

    kind: Slug = Field(description="Term of the vocabulary `departures`.")
    article: Text = Field(description="What the article says, in our words.")
    study: Text = Field(description="What the study really did or found.")


class Faithfulness(Record):
    """Whether the source is portrayed faithfully."""

    judgement: Literal["faithful", "bent", "wrong", "no-source"] = Field(description="The judgement.")
    departures: tuple[Departure, ...] = Field((), description="The departures, each of a named kind.")
    text: Text | None = Field(None, description="The judgement in a sentence.")


class Asked(Record):
    """The comparison and outcome that answer the claim, and which way the claim says it goes."""

    comparison: Slug = Field(description="Id of the comparison.")
    outcome: Slug = Field(description="Id of the outcome in it.")
    claimed: Literal["lower", "higher"] = Field(description="Which way the claim says the outcome goes.")


JudgementWord = Literal["holds", "holds-in-part", "does-not-hold", "open"]


class Judged(Record):
    """A reasoned judgement, for a claim that no effect can answer."""

    verdict: JudgementWord = Field(description="The judgement.")
    reason: Text = Field(description="Why.")
    studies: tuple[Slug, ...] = Field((), description="The records it rests on.")


class AsOf(Record):
    """The numbers the claim was last judged on; when the synthesis moves, the claim is outdated."""

    on: Day = Field(description="When.")
    verdict: Verdict = Field(description="The verdict then.")
    estimate: Figure | None = Field(None, description="The estimate then.")
    ci: tuple[Figure, Figure] | None = Field(None, description="The interval then.")


class Earlier(Record):
    """A conclusion that a claim had before, kept when it moved: readers who knew it have to see what became of it."""

    on: Day = Field(description="Since when.")
    until: Day = Field(description="The day on which the next one took its place.")
    verdict: Verdict | JudgementWord = Field(description="The verdict, or the judgement, then.")
    estimate: Figure | None = Field(None, description="The estimate then.")
    ci: tuple[Figure, Figure] | None = Field(None, description="The interval then.")
    why: Text = Field(description="What moved it: a new study, a corrected figure, another question.")


class Claim(Filed):
    """One sentence of advice, what it rests on, and what the evidence says."""

    article: Slug = Field(description="Id of the article.")
    passage: Slug = Field(description="Id of the passage in it.")
    position: int = Field(ge=1, description="Its place in the article's list of claims, from 1.")
    claim: Text = Field(description="The claim in our words.")
    rests_on: RestsOn = Field(description="What the article says it rests on.")
    faithfulness: Faithfulness = Field(description="Is the source portrayed faithfully?")
    evidence: Asked | None = Field(None, description="The comparison that answers it: the verdict is computed from it.")
    also: tuple[Asked, ...] = Field((), description="Further outcomes, shown below the first with a verdict each.")
    judged: Text | None = Field(
        None,
        description="What the verdict is about and what not, where the claim says more than can be judged.",
    )
    judgement: Judged | None = Field(None, description="A reasoned judgement, where no effect can answer the claim.")
    missing: Text | None = Field(None, description="Set instead of both when nothing is recorded: what was looked for.")
    explanation: Text = Field(description="What it means, in plain words; cites records as [@id].")
    as_of: AsOf | None = Field(None, description="The numbers it was last judged on.")
    earlier: tuple[Earlier, ...] = Field((), description="The conclusions it had before, the oldest first.")
    reviewed: Reviewed = Field(description="When this was last looked at.")
    checked_by: Confirmation | None = Field(None, description="Who else checked it; null while nobody has.")
    aliases: Aliases = ()
    status: Status = Field(Status(), description="Whether it still stands.")
    exceptions: tuple[Waiver, ...] = Field((), description="Rules it may break, with the reason.")

    @model_validator(mode="after")
    def _one_answer(self) -> Claim:
        if sum(answer is not None for answer in (self.evidence, self.judgement, self.missing)) != 1:
            raise ValueError("give exactly one of evidence, judgement, missing")
        return self
