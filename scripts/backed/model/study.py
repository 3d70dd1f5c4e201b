"""A study: everything known of one trial, cohort, survey or review, whatever the number of its reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import MONTH, Aliases, Country, Duration, Figure, Filed, Record, Slug, Source, Status, Text, Waiver
from .effect import Effect, Finding
from .extraction import Extraction

NOT_SEEN = "not seen"

Month = Annotated[str, StringConstraints(pattern=MONTH)]
"""A date as exact as it is known: 2018, 2018-04 or 2018-04-27."""


class Registration(Record):
    """An entry in a trial or review register."""

    registry: str = Field(
        min_length=1, description="Name of the register: ClinicalTrials.gov, ACTRN, ISRCTN, PROSPERO."
    )
    id: str = Field(min_length=1, description="Number of the entry.")
    on: Month | None = Field(None, description="When it was first registered: 2018, 2018-04 or 2018-04-27.")


class StudyDesign(Record):
    """How the study was made."""

    type: Slug = Field(description="Term of the vocabulary `designs`.")
    setting: Slug | None = Field(None, description="Term of the vocabulary `settings`.")
    countries: tuple[Country, ...] = Field((), description="ISO codes of the countries where people took part.")
    sites: int | None = Field(None, ge=1, description="Number of sites.")
    follow_up: Duration | None = Field(None, description="Longest follow-up.")
    note: Text | None = Field(None, description="What else matters about the design.")


class Funding(Record):
    """Who paid, as stated by the report."""

    statement: str = Field(min_length=1, description="The funders named, or 'not seen'.")
    industry: Literal["none", "some", "unclear", "not-seen"] = Field(
        "not-seen", description="Whether a company with an interest in the result paid."
    )
    source: Source | None = Field(None, description="Where it is stated.")


class Counts(Record):
    """How many people, at which stage. Leave out what was not seen."""

    eligible: int | None = Field(None, ge=0, description="Assessed or examined.")
    enrolled: int | None = Field(None, ge=0, description="Enrolled or started.")
    randomised: int | None = Field(None, ge=0, description="Randomised.")
    completed: int | None = Field(None, ge=0, description="Completed the study.")
    analysed: int | None = Field(None, ge=0, description="In the analysis.")

    @property
    def headline(self) -> int | None:
        """Return the count that best says how large the study is: randomised, else enrolled, else analysed."""
        for count in (self.randomised, self.enrolled, self.analysed, self.completed, self.eligible):
            if count is not None:
                return count
        return None


class Age(Record):
    """Age in years."""

    mean: Figure | None = Field(None, description="Mean.")
    sd: Figure | None = Field(None, description="Standard deviation.")
    median: Figure | None = Field(None, description="Median.")
    min: Figure | None = Field(None, description="Youngest, or lowest age admitted.")
    max: Figure | None = Field(None, description="Oldest, or highest age admitted.")


class Women(Record):
    """Share of women."""

    percent: Figure | None = Field(None, description="Percent, 0-100.")
    n: int | None = Field(None, ge=0, description="Number.")


class Recruitment(Record):
    """When people were recruited."""

    first: Month | None = Field(None, description="When the first was: 2018, 2018-04 or 2018-04-27.")
    last: Month | None = Field(None, description="When the last was.")


class Group(Record):
    """A group that was observed, not assigned."""

    id: Slug = Field(description="Name within this record.")
    label: Text = Field(description="Who they are.")
    n: int | None = Field(None, ge=0, description="How many.")


class Population(Record):
    """Who took part."""

    condition: Slug = Field(description="Term of the vocabulary `conditions`.")
    description: Text | None = Field(None, description="Who they were, in a few words.")
    n: Counts = Field(Counts(), description="How many, by stage.")
    age: Age | None = Field(None, description="Age in years.")
    women: Women | None = Field(None, description="Share of women.")
    recruited: Recruitment | None = Field(None, description="When they were recruited.")
    groups: tuple[Group, ...] = Field((), description="Observed groups (cohorts, surveys).")
    sources: tuple[Source, ...] = Field((), description="Where the figures of this section stand.")


class ArmCounts(Record):
    """How many people in an arm, by stage."""

    randomised: int | None = Field(None, ge=0, description="Randomised to it.")
    completed: int | None = Field(None, ge=0, description="Completed it.")
    analysed: int | None = Field(None, ge=0, description="In the analysis.")

    @property
    def headline(self) -> int | None:
        """Return the first of randomised, analysed, completed that is known."""
        return next((n for n in (self.randomised, self.analysed, self.completed) if n is not None), None)


class Arm(Record):
    """A treatment group of a trial (or the only group of an uncontrolled one)."""

    id: Slug = Field(description="Name within this record.")
    label: Text = Field(description="What they got, in a few words.")
    interventions: tuple[Slug, ...] = Field(min_length=1, description="Terms of the vocabulary `interventions`.")
    n: ArmCounts = Field(ArmCounts(), description="How many.")
    dose: Text | None = Field(None, description="How much, how often, how long, by whom.")


class Review(Record):
    """What a review or pooled analysis covers."""

    studies: int | None = Field(None, ge=0, description="Number of studies included.")
    participants: int | None = Field(None, ge=0, description="Number of people in them.")
    searched_to: Month | None = Field(None, description="Date of the last search: 2018, 2018-04 or 2018-04-27.")
    interventions: tuple[Slug, ...] = Field((), description="What was reviewed: terms of `interventions`.")
    exposures: tuple[Slug, ...] = Field((), description="What was reviewed: terms of `exposures`.")
    includes: tuple[Slug, ...] = Field((), description="Ids of study records that are among its studies.")


class Judgement(Record):
    """One domain of an appraisal."""

    judgement: str = Field(min_length=1, description="A judgement of the tool.")
    support: str | None = Field(None, description="Why, in a few words.")


class Appraisal(Record):
    """A risk-of-bias or quality appraisal, by whom, and where it stands."""

    tool: Slug = Field(description="Term of the vocabulary `appraisal`.")
    by: str = Field(min_length=1, description="Who judged: the citation key of a review, or 'Backed project'.")
    domains: Mapping[Slug, Judgement] = Field(default_factory=dict, description="Domain id to judgement.")
    overall: str | None = Field(None, description="Overall judgement or score.")
    source: Source | None = Field(None, description="Where it stands.")


class Related(Record):
    """Another record that bears on this one."""

    study: Slug = Field(description="Id of the other study.")
    how: Literal[
        "newer-review",
        "older-version",
        "follow-up",
        "same-sample",
        "same-authors",
        "replication",
        "contradicts",
    ] = Field(description="How it bears on this one.")
    note: Text | None = Field(None, description="In a few words.")


class Study(Filed):
    """One study, with all its reports: who was studied, what was compared, what came out, and how well we know."""

    title: str = Field(min_length=1, description="What the study is, in plain English (not the title of the paper).")
    summary: Text = Field(description="One plain sentence: who, what, against what, how long, what came out.")
    reports: tuple[str, ...] = Field(
        min_length=1, description="BibTeX keys of its publications; the first is the main report."
    )
    registration: tuple[Registration, ...] = Field((), description="Register entries.")
    design: StudyDesign = Field(description="How the study was made.")
    funding: Funding = Field(description="Who paid.")
    population: Population = Field(description="Who took part.")
    arms: tuple[Arm, ...] = Field((), description="Treatment groups.")
    review: Review | None = Field(None, description="For reviews: what it covers.")
    effects: tuple[Effect, ...] = Field((), description="Results with figures.")
    findings: tuple[Finding, ...] = Field((), description="Results that are told without usable figures.")
    limits: tuple[Text, ...] = Field((), description="What limits what it can show.")
    appraisal: tuple[Appraisal, ...] = Field((), description="Risk-of-bias appraisals.")
    related: tuple[Related, ...] = Field((), description="Other records that bear on it.")
    extraction: Extraction = Field(description="How this record was made.")
    aliases: Aliases = ()
    status: Status = Field(Status(), description="Whether it still stands.")
    exceptions: tuple[Waiver, ...] = Field((), description="Rules it may break, with the reason.")

    @property
    def main_report(self) -> str:
        """Return the citation key of the main report."""
        return self.reports[0]

    def arm(self, arm_id: str) -> Arm | None:
        """Return the arm with that id, or None."""
        return next((arm for arm in self.arms if arm.id == arm_id), None)

    def effect(self, effect_id: str) -> Effect | None:
        """Return the effect with that id, or None."""
        return next((effect for effect in self.effects if effect.id == effect_id), None)

    def sides(self, effect: Effect) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the intervention terms on each side of an effect: from the arms, or as a review states them."""
        if effect.versus is not None:
            return effect.versus.intervention, effect.versus.comparator
        if effect.arms is None:
            return (), ()
        first, second = (
            tuple(term for arm_id in ids if (arm := self.arm(arm_id)) for term in arm.interventions)
            for ids in (effect.arms.intervention, effect.arms.comparator)
        )
        return first, second

    def people_in(self, effect: Effect) -> int | None:
        """Return how many people an effect of this study rests on, or None where that was not seen.

        For a trial those in the arms compared; a review's whole sample says nothing of one of its effects.
        """
        if effect.amount is not None:
            return effect.amount.participants
        if self.review is not None:
            return None
        if effect.arms is not None:
            ids = (*effect.arms.intervention, *effect.arms.comparator)
            counts = [arm.n.headline for arm_id in ids if (arm := self.arm(arm_id))]
            known = [count for count in counts if count is not None]
            if len(known) == len(ids):
                return sum(known)
        return self.population.n.headline
