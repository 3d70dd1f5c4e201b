"""A comparison: one question (population, intervention or exposure, comparator, outcomes) and how it is answered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Aliases, Day, Duration, Figure, Filed, Record, Slug, Source, Status, Text, Waiver
from .effect import AnalysisSet, Level, Measure, Values
from .extraction import Confirmation
from .vocabulary import Importance


class Side(Record):
    """One side of a comparison, selected by terms; a narrower term counts as its wider one."""

    terms: tuple[Slug, ...] = Field(min_length=1, description="Terms of `interventions` (or of `exposures`).")
    label: Text = Field(description="How this side is called on the page.")


class People(Record):
    """Whose evidence counts."""

    conditions: tuple[Slug, ...] = Field(min_length=1, description="Terms of `conditions`; narrower terms count too.")
    label: Text = Field(description="How these people are called on the page.")


class Window(Record):
    """The time after the start in which an effect counts."""

    start: Duration | None = Field(None, description="Earliest.")
    end: Duration | None = Field(None, description="Latest.")
    target: Duration | None = Field(None, description="The time preferred, shown on the page.")


class Anchor(Record):
    """The pooled effect of a systematic review that answers the question."""

    study: Slug = Field(description="Id of the review's record.")
    effect: Slug = Field(description="Id of the effect in it.")


class Change(Record):
    """A step of a GRADE rating."""

    domain: Literal[
        "risk-of-bias",
        "inconsistency",
        "indirectness",
        "imprecision",
        "publication-bias",
        "large-effect",
        "dose-response",
        "confounding",
    ] = Field(description="GRADE domain.")
    steps: int = Field(ge=-2, le=2, description="Levels down (negative) or up.")
    reason: Text = Field(description="Why.")


class Certainty(Record):
    """How certain the evidence is (GRADE), who judged it, and why."""

    level: Level = Field(description="The level.")
    by: Literal["anchor", "backed"] = Field(description="Judged by the anchor review's authors, or by this project.")
    start: Level = Field("high", description="Where the rating starts: high for trials, low for observational studies.")
    changes: tuple[Change, ...] = Field((), description="Steps down and up, with reasons.")
    note: Text | None = Field(None, description="What else has to be said.")


class AssumedRisk(Record):
    """How many of 100 people have the event without the intervention, for effects said per 100 people."""

    percent: Figure = Field(description="Percent with the event in the comparator.")
    reason: Text = Field(description="Whose risk it is and why it was chosen.")
    source: Source = Field(description="Where it stands.")


Attribute = Literal["risk-of-bias", "comparator", "intervention", "instrument", "country", "industry", "read"]
"""What studies can be grouped by: each has one value a study."""

Moderator = Literal["year", "participants", "age", "women", "follow-up", "control-mean"]
"""What a meta-regression can be made on: a number a study (weeks for the follow-up, percent for women)."""


class PoolPlan(Record):
    """How the studies found are pooled: fixed before the numbers are looked at, the same for all unless said here."""

    method: Literal["EE", "DL", "REML", "PM", "ML", "SJ", "HE", "EB"] = Field(
        "REML", description="Estimator of the variance between studies; EE: one common effect."
    )
    test: Literal["z", "hksj", "adhoc"] = Field(
        "adhoc",
        description="Interval: Wald, Hartung-Knapp-Sidik-Jonkman, or that and never narrower than without it.",
    )
    arms: Literal["combine", "split"] = Field(
        "combine", description="Several arms of one trial: combined, or the shared control split between them."
    )
    instruments: tuple[Slug, ...] = Field(
        (), description="Preferred within a study, best first: terms of `instruments`."
    )
    analysed: tuple[AnalysisSet, ...] = Field(
        ("intention-to-treat", "modified-intention-to-treat", "completers", "per-protocol"),
        description="Analysis sets preferred, best first.",
    )
    values: tuple[Values, ...] = Field(
        ("adjusted", "end", "change"), description="Kinds of values preferred, best first."
    )
    subgroups: tuple[Attribute, ...] = Field((), description="Attributes the studies are also pooled apart by.")
    moderators: tuple[Moderator, ...] = Field((), description="Attributes of a meta-regression, one at a time.")
    sides: tuple[Text, Text] | None = Field(
        None, description="What the figure says at its left and right end, where 'favours …' will not do."
    )


class Question(Record):
    """One outcome of a comparison: on which scale it is answered, when, from what, and how certain."""

    id: Slug = Field(description="Name within this comparison; claims use it.")
    outcome: Slug = Field(description="Term of the vocabulary `outcomes`.")
    scale: Slug | None = Field(None, description="In whose units the answer is given: term of `instruments`.")
    measure: Measure = Field(description="Effect measure of the answer.")
    window: Window = Field(Window(), description="When.")
    anchor: Anchor | None = Field(None, description="The review effect that answers it.")
    single: Anchor | None = Field(None, description="The one study effect that answers it, where there is no review.")
    pool: PoolPlan = Field(PoolPlan(), description="How the studies found are pooled.")
    assumed_risk: AssumedRisk | None = Field(None, description="Risk without it, for effects per 100 people.")
    certainty: Certainty | None = Field(
        None, description="Certainty of the evidence; without it the answer is 'not known'."
    )
    important: Importance | None = Field(
        None,
        description="Smallest important effect, where the scale has no MID or another is meant; for ratios above 1.",
    )
    note: Text | None = Field(None, description="What has to be known to read the answer rightly.")


class Exclusion(Record):
    """A study that fits the question and is left out."""

    study: Slug = Field(description="Id of the study.")
    effect: Slug | None = Field(None, description="Only this effect of it.")
    reason: Text = Field(description="Why.")


class Reviewed(Record):
    """When a judgement was last looked at, and by whom."""

    on: Day = Field(description="When.")
    by: str = Field(min_length=1, description="The project, or a contributor's own public name.")


class Comparison(Filed):
    """One question asked of the studies, answered per outcome."""

    title: Text = Field(description="The question in a few words.")
    question: Text = Field(description="The question as somebody would ask it.")
    answer: Text = Field(
        description="What the evidence says, in one or two plain sentences without figures of its own."
    )
    kind: Literal["intervention", "exposure"] = Field(description="Whether people were treated, or only observed.")
    population: People = Field(description="Whose evidence counts.")
    intervention: Side | None = Field(None, description="What is tested (kind: intervention).")
    comparator: Side | None = Field(None, description="What it is compared with (kind: intervention).")
    exposure: Side | None = Field(None, description="What people were exposed to (kind: exposure).")
    outcomes: tuple[Question, ...] = Field(min_length=1, description="The outcomes, the most important first.")
    exclude: tuple[Exclusion, ...] = Field((), description="Studies that fit and are left out, with the reason.")
    notes: tuple[Text, ...] = Field((), description="What a reader has to know about the evidence as a whole.")
    reviewed: Reviewed = Field(description="When this was last looked at.")
    checked_by: Confirmation | None = Field(None, description="Who else checked it; null while nobody has.")
    aliases: Aliases = ()
    status: Status = Field(Status(), description="Whether it still stands.")
    exceptions: tuple[Waiver, ...] = Field((), description="Rules it may break, with the reason.")

    def outcome(self, question_id: str) -> Question | None:
        """Return the outcome with that id, or None."""
        return next((question for question in self.outcomes if question.id == question_id), None)
