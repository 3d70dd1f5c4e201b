"""How a record was made: who took the figures, who compared them, and what a second person took independently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from .base import Day, Figure, Record, Slug, Text
from .effect import PValue


class Confirmation(Record):
    """Another person's comparison of a record with what it rests on."""

    name: str = Field(min_length=1, description="The contributor's own public name.")
    on: Day = Field(description="When.")
    compared: str = Field(min_length=1, description="What was compared with what.")


class SecondCounts(Record):
    """How many people, as the second person read it."""

    eligible: int | None = Field(None, ge=0, description="Assessed or examined.")
    enrolled: int | None = Field(None, ge=0, description="Enrolled or started.")
    randomised: int | None = Field(None, ge=0, description="Randomised.")
    completed: int | None = Field(None, ge=0, description="Completed the study.")
    analysed: int | None = Field(None, ge=0, description="In the analysis.")


class SecondGroup(Record):
    """The figures of one arm or group, as the second person read them."""

    n: int | None = Field(None, ge=0, description="People this rests on.")
    mean: Figure | None = Field(None, description="Mean.")
    sd: Figure | None = Field(None, description="Standard deviation.")
    se: Figure | None = Field(None, description="Standard error of the mean.")
    median: Figure | None = Field(None, description="Median.")
    iqr: tuple[Figure, Figure] | None = Field(None, description="First and third quartile.")
    range: tuple[Figure, Figure] | None = Field(None, description="Lowest and highest value seen.")
    ci: tuple[Figure, Figure] | None = Field(None, description="95% confidence interval of the mean.")
    events: int | None = Field(None, ge=0, description="People with the event, or events where there is a time.")
    percent: Figure | None = Field(None, description="Percent with the event.")
    person_time: Figure | None = Field(None, description="Time at risk of all people.")


class SecondEffect(Record):
    """The figures of one effect, as the second person read them."""

    estimate: Figure | None = Field(None, description="The point estimate.")
    ci: tuple[Figure, Figure] | None = Field(None, description="Confidence interval, lower bound first.")
    se: Figure | None = Field(None, description="Standard error; for ratios that of the natural logarithm.")
    p: PValue | None = Field(None, description="P-value as printed.")
    t: Figure | None = Field(None, description="t statistic.")
    groups: Mapping[Slug, SecondGroup] = Field(
        default_factory=dict, description="Id of the arm or group to its figures."
    )


class Resolution(Record):
    """How a difference between the two extractions was settled; the record's own figure is then the agreed one."""

    reason: Text = Field(description="Who was right, and what it rests on.")
    first: str | None = Field(
        None, min_length=1, description="What the record said before, where its figure was the wrong one."
    )


class SecondExtraction(Record):
    """Figures that a second person took from the source without looking at the record; only those taken again."""

    by: str = Field(min_length=1, description="The second person's own public name; never that of `extraction.by`.")
    on: Day = Field(description="When.")
    read: Literal["abstract", "full-text", "secondary"] = Field(description="How much of the paper was read.")
    n: SecondCounts | None = Field(None, description="Numbers of people, by stage.")
    arms: Mapping[Slug, SecondCounts] = Field(
        default_factory=dict, description="Id of the arm to its numbers of people, by stage."
    )
    effects: Mapping[Slug, SecondEffect] = Field(default_factory=dict, description="Id of the effect to its figures.")
    resolved: Mapping[str, Resolution] = Field(
        default_factory=dict,
        description="Place of a figure that differed (`effects.pain.estimate`) to how it was settled.",
    )


class Extraction(Record):
    """How the record was made: how much was read, by whom, when, what was not seen."""

    read: Literal["abstract", "full-text", "secondary"] = Field(description="How much of the paper was read.")
    by: str = Field(min_length=1, description="The project, or a contributor's own public name.")
    on: Day = Field(description="When.")
    checked_by: Confirmation | None = Field(None, description="Who checked it; null while nobody has.")
    second: SecondExtraction | None = Field(
        None, description="What a second person took from the source independently."
    )
    unseen: tuple[Text, ...] = Field((), description="What a reader would want and was not seen.")
