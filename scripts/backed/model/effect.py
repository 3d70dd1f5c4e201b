"""An effect: one result with its figures, in one of the forms in which papers report it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .base import P_VALUE, Count, Duration, Figure, Record, Slug, Source, Text

PValue = Annotated[str, StringConstraints(pattern=P_VALUE)]
"""A p-value as printed: ``0.03``, ``<0.001``."""

Level = Literal["high", "moderate", "low", "very-low"]
"""GRADE's four levels of certainty."""


class Measure(StrEnum):
    """An effect measure, by its standard name (Cochrane Handbook, chapter 6)."""

    MEAN_DIFFERENCE = "mean-difference"
    STANDARDISED_MEAN_DIFFERENCE = "standardised-mean-difference"
    RISK_RATIO = "risk-ratio"
    ODDS_RATIO = "odds-ratio"
    PETO_ODDS_RATIO = "peto-odds-ratio"
    RATE_RATIO = "rate-ratio"
    HAZARD_RATIO = "hazard-ratio"
    RATIO_OF_MEANS = "ratio-of-means"
    RISK_DIFFERENCE = "risk-difference"
    CORRELATION = "correlation"
    REGRESSION_COEFFICIENT = "regression-coefficient"
    MEAN_CHANGE = "mean-change"
    PERCENT_CHANGE = "percent-change"
    PROPORTION = "proportion"
    MEAN = "mean"
    ARM_LEVEL = "arm-level"

    @property
    def is_ratio(self) -> bool:
        """Say whether no effect is 1 and intervals are symmetric on the log scale."""
        return self in _RATIOS

    @property
    def is_contrast(self) -> bool:
        """Say whether it compares groups (or relates two variables), so that there is a value of no effect."""
        return self not in _SINGLE

    @property
    def null(self) -> float:
        """Return the value that means no effect."""
        return 1.0 if self.is_ratio else 0.0


_RATIOS = frozenset(
    {
        Measure.RISK_RATIO,
        Measure.ODDS_RATIO,
        Measure.PETO_ODDS_RATIO,
        Measure.RATE_RATIO,
        Measure.HAZARD_RATIO,
        Measure.RATIO_OF_MEANS,
    }
)
_SINGLE = frozenset({Measure.MEAN_CHANGE, Measure.PERCENT_CHANGE, Measure.PROPORTION, Measure.MEAN, Measure.ARM_LEVEL})


class Contrast(Record):
    """Which arms of the study were compared with which."""

    intervention: tuple[Slug, ...] = Field(min_length=1, description="Ids of the arms on the one side.")
    comparator: tuple[Slug, ...] = Field(
        (), description="Ids of the arms on the other side; none for a change within one arm."
    )


class Versus(Record):
    """What a review compared with what, in terms of the vocabulary `interventions`."""

    intervention: tuple[Slug, ...] = Field(min_length=1, description="What was tested: terms of `interventions`.")
    comparator: tuple[Slug, ...] = Field(min_length=1, description="Compared with what: terms of `interventions`.")


class Contrasted(Record):
    """For an exposure: who is compared with whom, in words."""

    exposed: Text = Field(description="The people with the exposure.")
    reference: Text = Field(description="The people they are compared with.")


class AtStart(Record):
    """What was seen in one arm or group before treatment."""

    n: Count | None = Field(None, description="People this rests on.")
    mean: Figure | None = Field(None, description="Mean.")
    sd: Figure | None = Field(None, description="Standard deviation.")


class ArmData(Record):
    """What was seen in one arm or group; `values` of the effect says whether means are end values or changes."""

    group: Slug = Field(description="Id of the arm or group.")
    n: Count | None = Field(None, description="People this rests on.")
    mean: Figure | None = Field(None, description="Mean.")
    sd: Figure | None = Field(None, description="Standard deviation.")
    se: Figure | None = Field(None, description="Standard error of the mean.")
    median: Figure | None = Field(None, description="Median.")
    iqr: tuple[Figure, Figure] | None = Field(None, description="First and third quartile.")
    range: tuple[Figure, Figure] | None = Field(None, description="Lowest and highest value seen.")
    ci: tuple[Figure, Figure] | None = Field(None, description="95% confidence interval of the mean.")
    start: AtStart | None = Field(None, description="What was seen before treatment.")
    correlation: Figure | None = Field(
        None, description="Correlation between values at the start and at the end, where the source gives it."
    )
    events: Count | None = Field(None, description="People with the event, or events where there is a time.")
    percent: Figure | None = Field(None, description="Percent with the event.")
    person_time: Figure | None = Field(None, description="Time at risk of all people, in one unit for all arms.")


class Amount(Record):
    """How much evidence a pooled effect rests on."""

    studies: Count | None = Field(None, ge=1, description="Studies.")
    participants: Count | None = Field(None, ge=1, description="People.")


class Rated(Record):
    """A certainty rating made by the source itself."""

    level: Level = Field(description="GRADE level.")
    reason: Text | None = Field(None, description="Why it was rated down or up.")
    source: Source | None = Field(None, description="Where it stands.")


class Adjusted(Record):
    """What an estimate was adjusted for."""

    listed: bool = Field(description="Whether the covariates were seen.")
    covariates: tuple[str, ...] = Field((), description="The covariates seen.")


Values = Literal["end", "change", "adjusted"]
"""Whether means are those at the end, changes from the start, or adjusted for the start (ANCOVA)."""

AnalysisSet = Literal["intention-to-treat", "modified-intention-to-treat", "per-protocol", "completers"]
"""Whose data were analysed, and in which arm."""


class OneSided(Record):
    """The only bound of an interval open on one side, as trials of non-inferiority print: "−∞ to 0.83"."""

    lower: Figure | None = Field(None, description="The bound, where the interval has no upper one.")
    upper: Figure | None = Field(None, description="The bound, where the interval has no lower one.")
    level: Figure = Field(Figure("95"), description="Its level in percent, one-sided: 95, or 97.5.")

    @model_validator(mode="after")
    def _one_bound(self) -> OneSided:
        if (self.lower is None) == (self.upper is None):
            raise ValueError("give exactly one of lower and upper; an interval with both is `ci`")
        return self

    @property
    def bound(self) -> Figure:
        """Return the bound that there is."""
        bound = self.upper if self.lower is None else self.lower
        if bound is None:
            raise AssertionError("a one-sided interval has a bound")
        return bound

    def holds(self, value: float) -> bool:
        """Say whether a value lies in the interval."""
        return value <= self.bound.value if self.lower is None else value >= self.bound.value


class Clusters(Record):
    """That groups were randomised and the figures take no account of it: what a design effect is made of."""

    size: Figure = Field(description="Mean number of people in a cluster.")
    icc: Figure = Field(description="Intracluster correlation coefficient.")
    source: Source = Field(description="Where both stand, or where the coefficient was borrowed from.")


class Effect(Record):
    """One result with its figures; signs as on the instrument: a lower pain score is a negative difference."""

    id: Slug = Field(description="Name within this record; comparisons and links use it.")
    outcome: Slug = Field(description="Term of the vocabulary `outcomes`.")
    instrument: Slug | None = Field(None, description="Term of the vocabulary `instruments`.")
    label: Text | None = Field(None, description="What the paper measured, where the term is wider.")
    time: Duration | None = Field(None, description="When, counted from the start.")
    arms: Contrast | None = Field(None, description="For trials: which arms were compared.")
    versus: Versus | None = Field(None, description="For reviews: what was compared with what.")
    exposure: Slug | None = Field(None, description="For cohorts and surveys: term of `exposures`.")
    contrast: Contrasted | None = Field(None, description="For exposures: who is compared with whom.")
    subgroup: Text | None = Field(None, description="Set when it holds for a part of the people only.")
    measure: Measure = Field(description="The effect measure.")
    estimate: Figure | None = Field(None, description="The point estimate.")
    ci: tuple[Figure, Figure] | None = Field(None, description="Confidence interval, lower bound first.")
    level: Figure = Field(Figure("95"), description="Level of the interval in percent.")
    one_sided: OneSided | None = Field(
        None, description="In place of `ci`: an interval with one bound, as trials of non-inferiority print it."
    )
    se: Figure | None = Field(None, description="Standard error; for ratios that of the natural logarithm.")
    p: PValue | None = Field(None, description="P-value as printed.")
    t: Figure | None = Field(
        None,
        description="t statistic of the comparison of two groups (or of a change), with the sign of the difference.",
    )
    values: Values | None = Field(
        None, description="Whether means are those at the end, changes, or adjusted for the start."
    )
    analysed: AnalysisSet | None = Field(None, description="Whose data were analysed.")
    clusters: Clusters | None = Field(None, description="For trials of groups analysed as if of people.")
    groups: tuple[ArmData, ...] = Field((), description="What was seen in each arm or group.")
    adjusted_for: Adjusted | None = Field(None, description="What an adjusted estimate was adjusted for.")
    amount: Amount | None = Field(None, description="For pooled effects: studies and people.")
    certainty: Rated | None = Field(None, description="The source's own rating of certainty.")
    source: Source = Field(description="Where the figures stand.")
    note: Text | None = Field(None, description="What else has to be known to read it rightly.")

    @model_validator(mode="after")
    def _has_figures(self) -> Effect:
        if self.estimate is None and not self.groups:
            raise ValueError(
                "an effect needs an estimate or figures per group; put results without figures under findings"
            )
        return self


class Finding(Record):
    """A result told without usable figures."""

    id: Slug = Field(description="Name within this record.")
    outcome: Slug | None = Field(None, description="Term of the vocabulary `outcomes`.")
    time: Duration | None = Field(None, description="When.")
    text: Text = Field(description="What came out, in our words.")
    source: Source = Field(description="Where it stands.")
