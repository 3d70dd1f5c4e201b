"""The two sides of a contrast: arms of one trial taken together, groups of clusters, a control group shared out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from ...model import ArmData, Clusters, Effect, Study
from .arm import Count, Means, Rate
from .working import Working, shown

Seen = TypeVar("Seen", Means, Count, Rate)
Arm = tuple[ArmData, str]
"""What was seen in an arm, and what the arm is called."""

SAME = ("outcome", "instrument", "time", "values", "subgroup", "analysed", "clusters")
"""What has to be the same in effects whose arms are taken together."""
NO_ARMS = "the source gives no figures per arm"


@dataclass(frozen=True)
class Sides:
    """The arms on the two sides; the second side is empty for a change within one arm."""

    first: tuple[Arm, ...]
    second: tuple[Arm, ...]


def sides_of(study: Study, effects: Sequence[Effect]) -> Sides | str:
    """Return the arms of one or more effects of a trial, each arm once, or why they cannot be compared."""
    if fault := unlike(effects):
        return fault
    if not any(effect.groups for effect in effects):
        return NO_ARMS
    contrasts = [effect.arms for effect in effects]
    if None in contrasts:
        return "which arms were compared is not named"
    first = dict.fromkeys(arm for one in contrasts if one for arm in one.intervention)
    second = dict.fromkeys(arm for one in contrasts if one for arm in one.comparator)
    if both := [arm for arm in first if arm in second]:
        return f"the arm `{both[0]}` is on both sides"
    seen: dict[str, ArmData] = {}
    for data in (data for effect in effects for data in effect.groups):
        if seen.setdefault(data.group, data) != data:
            return f"there are two sets of figures for the arm `{data.group}`"
    if missing := [arm for arm in (*first, *second) if arm not in seen]:
        return f"no figures for the arm `{missing[0]}`"
    name = {arm.id: arm.label.text() for arm in study.arms}
    arms = [tuple((seen[arm], name.get(arm, arm)) for arm in side) for side in (first, second)]
    return Sides(arms[0], arms[1])


def unlike(effects: Sequence[Effect]) -> str:
    """Return in what effects differ that cannot be taken together, or ''."""
    for field in SAME:
        if any(getattr(effect, field) != getattr(effects[0], field) for effect in effects[1:]):
            return f"the effects differ in their {field}, so their arms cannot be taken together"
    return ""


def people_in_arm(study: Study, arm_id: str, data: ArmData | None, name: str, working: Working) -> int | None:
    """Return how many people the figures of an arm rest on, from the trial's flow of people where they do not say."""
    if data is not None and data.n is not None:
        return data.n
    arm = study.arm(arm_id)
    if arm is None:
        return None
    if arm.n.analysed is not None:
        working.note("n-of-arm", f"{name}: n = {arm.n.analysed}, the number analysed in the trial")
        return arm.n.analysed
    if arm.n.randomised is not None:
        said = f"{name}: n = {arm.n.randomised}, the number randomised, as the number measured was not seen"
        working.note("n-randomised", said)
    return arm.n.randomised


def together_means(arms: Sequence[Means], working: Working) -> Means:
    """Return several arms as one group (Cochrane Handbook 6.5.2.10: table 6.5.a, for any number)."""
    if len(arms) == 1:
        return arms[0]
    n = sum(arm.n for arm in arms)
    mean = sum(arm.n * arm.mean for arm in arms) / n
    squares = sum((arm.n - 1) * arm.sd**2 + arm.n * (arm.mean - mean) ** 2 for arm in arms)
    one = Means(n, mean, sqrt(squares / (n - 1)))
    parts = " and ".join(f"{shown(arm.mean)} (SD {shown(arm.sd)}, n {shown(arm.n)})" for arm in arms)
    said = f"{parts} together: {shown(one.mean)} (SD {shown(one.sd)}, n {shown(n)})"
    working.note("arms-combined-means", said)
    return one


def together_counts(arms: Sequence[Count], working: Working) -> Count:
    """Return several arms as one group: people and events added up."""
    one = Count(sum(arm.n for arm in arms), sum(arm.events for arm in arms))
    if len(arms) > 1:
        parts = " and ".join(f"{shown(arm.events)} of {shown(arm.n)}" for arm in arms)
        working.note("arms-combined-counts", f"{parts} together: {shown(one.events)} of {shown(one.n)}")
    return one


def together_rates(arms: Sequence[Rate], working: Working) -> Rate:
    """Return several arms as one group: events and times at risk added up."""
    one = Rate(sum(arm.events for arm in arms), sum(arm.time for arm in arms))
    if len(arms) > 1:
        parts = " and ".join(f"{shown(arm.events)} in {shown(arm.time)}" for arm in arms)
        working.note("arms-combined-counts", f"{parts} together: {shown(one.events)} in {shown(one.time)}")
    return one


def design_effect(clusters: Clusters) -> float | str:
    """Return 1 + (size − 1) × ICC (Cochrane Handbook 23.1.4), or why there is none."""
    if clusters.size.value < 1 or not 0 <= clusters.icc.value <= 1:
        return f"{clusters.size} people in a cluster with an intracluster correlation of {clusters.icc} cannot be"
    return 1 + (clusters.size.value - 1) * clusters.icc.value


def said_design(clusters: Clusters, design: float) -> str:
    """Return the arithmetic of a design effect for reading."""
    return f"design effect = 1 + ({shown(clusters.size)} − 1) × {shown(clusters.icc)} = {shown(design)}"
