"""Arms of one trial taken together, a control group shared out, groups of clusters."""

from __future__ import annotations

import pytest
from tests.made_up_trial import per_arm, study

from backed.model import Clusters
from backed.synthesise.convert.arm import Count, Means, Rate
from backed.synthesise.convert.sides import (
    Sides,
    design_effect,
    people_in_arm,
    sides_of,
    together_counts,
    together_means,
    together_rates,
)
from backed.synthesise.convert.working import Working

WALKING, CYCLING, USUAL = (
    {"group": "walking", "n": 20, "mean": "3"},
    {"group": "cycling", "n": 30, "mean": "4"},
    {"group": "usual", "n": 25, "mean": "5"},
)
RODE = {"intervention": ["cycling"], "comparator": ["usual"]}


def test_three_groups_together_are_the_whole_of_their_people() -> None:
    """Raw values (1 2 4 8 3), (2 9 5), (7 7 1 2): mean and SD of each and of all, by R."""
    working = Working()
    one = together_means(
        [Means(5, 3.6, 2.70185121722126), Means(3, 16 / 3, 3.51188458428425), Means(4, 4.25, 3.20156211871642)], working
    )
    assert one.n == 12
    assert one.mean == pytest.approx(4.25)
    assert one.sd == pytest.approx(2.86435777348875, rel=1e-12)
    assert [step.formula for step in working.steps] == ["arms-combined-means"]


def test_events_and_times_are_added_up() -> None:
    working = Working()
    assert together_counts([Count(20, 3), Count(30, 6)], working) == Count(50, 9)
    assert together_rates([Rate(3, 20.5), Rate(6, 30.0)], working) == Rate(9, 50.5)
    assert [step.said for step in working.steps] == [
        "3 of 20 and 6 of 30 together: 9 of 50",
        "3 in 20.5 and 6 in 30 together: 9 in 50.5",
    ]


def test_one_arm_alone_takes_no_step() -> None:
    working = Working()
    assert together_means([Means(5, 3.6, 2.7)], working) == Means(5, 3.6, 2.7)
    assert together_counts([Count(20, 3)], working) == Count(20, 3)
    assert working.steps == ()


def test_a_shared_comparator_is_taken_once() -> None:
    sides = sides_of(study(), [per_arm(WALKING, USUAL), per_arm(CYCLING, USUAL, arms=RODE)])
    assert isinstance(sides, Sides)
    assert [name for _, name in sides.first] == ["Walking", "Cycling"]
    assert [name for _, name in sides.second] == ["Usual"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"arms": {"intervention": ["usual"], "comparator": ["cycling"]}}, "the arm `usual` is on both sides"),
        ({"arms": None}, "which arms were compared is not named"),
        ({"arms": {"intervention": ["running"], "comparator": ["usual"]}}, "no figures for the arm `running`"),
        ({"time": {"weeks": "6"}}, "the effects differ in their time, so their arms cannot be taken together"),
        ({"instrument": "narrow"}, "the effects differ in their instrument, so their arms cannot be taken together"),
        ({"values": "change"}, "the effects differ in their values, so their arms cannot be taken together"),
    ],
)
def test_arms_that_cannot_be_set_against_each_other(changes: dict[str, object], reason: str) -> None:
    second = per_arm(CYCLING, USUAL, **{"arms": RODE, **changes})
    assert sides_of(study(), [per_arm(WALKING, USUAL), second]) == reason


def test_two_sets_of_figures_for_one_arm_are_a_reason() -> None:
    effects = [per_arm(WALKING, USUAL), per_arm(CYCLING, {**USUAL, "n": 24}, arms=RODE)]
    assert sides_of(study(), effects) == "there are two sets of figures for the arm `usual`"


def test_people_come_from_the_result_then_from_the_flow_of_people() -> None:
    trial = study(walking={"randomised": 30, "analysed": 28}, usual={"randomised": 31})
    effect = per_arm({"group": "walking"}, {"group": "usual"}, {"group": "cycling", "n": 9})
    working = Working()
    counts = [people_in_arm(trial, data.group, data, data.group, working) for data in effect.groups]
    assert counts == [28, 31, 9]
    assert [step.formula for step in working.steps] == ["n-of-arm", "n-randomised"]
    assert working.approximated
    assert people_in_arm(study(), "walking", effect.groups[0], "x", working) is None
    assert people_in_arm(study(), "nobody", None, "x", working) is None


def clusters(size: str, icc: str) -> Clusters:
    return Clusters.model_validate({"size": size, "icc": icc, "source": {"report": "r", "locator": "l"}})


def test_the_design_effect() -> None:
    assert design_effect(clusters("11", "0.05")) == pytest.approx(1.5)
    assert (
        design_effect(clusters("11", "5")) == "11 people in a cluster with an intracluster correlation of 5 cannot be"
    )
    assert design_effect(clusters("0.5", "0.1")) == (
        "0.5 people in a cluster with an intracluster correlation of 0.1 cannot be"
    )
