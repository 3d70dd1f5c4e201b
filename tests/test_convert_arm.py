"""From what a paper reports of one arm to mean, SD, events, rates; numbers of the Cochrane Handbook and of R."""

from __future__ import annotations

import pytest

from backed.model import ArmData
from backed.synthesise.convert.arm import Count, Means, Rate, change_of, count_of, means_of, rate_of
from backed.synthesise.convert.working import Working, less, shown


def arm(**figures: object) -> ArmData:
    return ArmData.model_validate({"group": "walking", **figures})


def means(n: int | None, **figures: object) -> tuple[Means | str, list[str]]:
    working = Working()
    return means_of(arm(**figures), n, "Walking", working), [step.formula for step in working.steps]


def test_a_printed_sd_is_left_alone() -> None:
    assert means(25, mean="3.1", sd="1.9") == (Means(25, 3.1, 1.9), [])


def test_the_sd_from_a_standard_error_says_its_arithmetic() -> None:
    working = Working()
    assert means_of(arm(mean="3", se="1.2"), 25, "Walking", working) == Means(25, 3.0, 6.0)
    assert [step.said for step in working.steps] == ["Walking: SD = SE × √n = 1.2 × √25 = 6"]


def test_the_sd_from_an_interval_uses_t_as_in_the_handbook() -> None:
    """Handbook 6.5.2.2: with 25 people the divisor is 2 × 2.0639 = 4.128."""
    made, used = means(25, mean="3.0", ci=["2.0", "4.0"])
    assert isinstance(made, Means)
    assert made.sd == pytest.approx(5 * 2.0 / 4.128, rel=1e-4)
    assert used == ["sd-from-interval"]


@pytest.mark.parametrize(
    ("figures", "mean", "sd", "used"),
    [
        ({"range": ["1", "9"]}, 4.20095034870337, 1.85498152756953, "range"),
        ({"iqr": ["2.5", "6"]}, 4.1774375, 2.69125465517797, "quartiles"),
        ({"iqr": ["2.5", "6"], "range": ["1", "9"]}, 4.27284381337384, 2.27311809137375, "both"),
    ],
)
def test_medians_by_luo_and_wan(figures: dict[str, object], mean: float, sd: float, used: str) -> None:
    """Median 4 of 40 people; the formulas of Luo 2018 and Wan 2014 worked out in R."""
    working = Working()
    made = means_of(arm(median="4", **figures), 40, "Walking", working)
    assert isinstance(made, Means)
    assert [made.mean, made.sd] == pytest.approx([mean, sd], rel=1e-12)
    assert [step.formula for step in working.steps] == [f"mean-from-{used}", f"sd-from-{used}"]
    assert working.approximated


@pytest.mark.parametrize(
    ("n", "figures", "reason"),
    [
        (None, {"mean": "3", "sd": "1"}, "how many people were measured is not given (Walking)"),
        (1, {"mean": "3", "sd": "1"}, "1 measured (Walking): one person shows no spread"),
        (9, {"mean": "3", "sd": "0"}, "a standard deviation of 0 cannot be (Walking)"),
        (9, {"mean": "3", "se": "0.0"}, "a standard error of 0.0 cannot be (Walking)"),
        (9, {"mean": "3"}, "the source gives no standard deviation and nothing to work it out from"),
        (9, {"sd": "3"}, "no mean is given (Walking)"),
        (9, {"median": "3", "sd": "3"}, "a median without quartiles or range (Walking)"),
        (9, {"mean": "3", "ci": ["4", "5"]}, "the interval 4 to 5 cannot be that of the mean (Walking)"),
        (9, {"mean": "-3", "ci": ["-2", "-5"]}, "the interval −2 to −5 cannot be that of the mean (Walking)"),
        (9, {"median": "3", "iqr": ["4", "5"]}, "median, quartiles and range are out of order (Walking)"),
        (9, {"mean": "3", "iqr": ["5", "4"]}, "median, quartiles and range are out of order (Walking)"),
        (9, {"median": "4", "iqr": ["4", "4"]}, "a spread of 0 cannot be (Walking)"),
    ],
)
def test_what_gives_no_mean_with_sd_gives_the_reason(n: int | None, figures: dict[str, object], reason: str) -> None:
    assert means(n, **figures)[0] == reason


def test_a_change_from_start_and_end_is_that_of_the_handbook() -> None:
    """Handbook 6.5.2.8: SDs of 6.4 and 7.1 with a correlation of 0.80 give an SD of the change of 4.3."""
    start = {"mean": "15.2", "sd": "6.4"}
    working = Working()
    made = change_of(arm(mean="16.2", sd="7.1", start=start, correlation="0.80"), 129, "Walking", working)
    assert isinstance(made, Means)
    assert made.n == 129
    assert [made.mean, made.sd] == pytest.approx([1.0, 4.3], abs=0.05)
    assert [step.formula for step in working.steps] == ["change-from-ends"]


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({}, "no values at the start with their correlation to the end (A)"),
        ({"start": {"mean": "5", "sd": "1"}}, "no values at the start with their correlation to the end (A)"),
        ({"start": {"mean": "5", "sd": "1"}, "correlation": "1.2"}, "the correlation or the standard deviation"),
        ({"start": {"mean": "5", "sd": "0"}, "correlation": "0.2"}, "the correlation or the standard deviation"),
        ({"start": {"mean": "5", "sd": "1"}, "correlation": "0.2", "sd": "0"}, "a standard deviation of 0 cannot be"),
    ],
)
def test_what_gives_no_change_gives_the_reason(figures: dict[str, object], reason: str) -> None:
    made = change_of(arm(**{"mean": "4", "sd": "1", **figures}), 20, "A", Working())
    assert isinstance(made, str)
    assert made.startswith(reason)


def test_percentages_become_whole_people() -> None:
    working = Working()
    assert count_of(arm(percent="33.3"), 50, "Walking", working) == Count(50, 17)
    assert [step.said for step in working.steps] == ["Walking: 33.3% of 50 = 17 people"]
    assert count_of(arm(events=12, percent="99"), 50, "Walking", Working()) == Count(50, 12)


@pytest.mark.parametrize(
    ("n", "figures", "reason"),
    [
        (None, {"events": 3}, "how many people were counted is not given (A)"),
        (0, {"events": 0}, "how many people were counted is not given (A)"),
        (5, {"events": 6}, "6 people with the event of only 5 (A)"),
        (5, {}, "the number of people with the event is not given (A)"),
        (5, {"percent": "120"}, "120% of people cannot be (A)"),
    ],
)
def test_what_gives_no_count_gives_the_reason(n: int | None, figures: dict[str, object], reason: str) -> None:
    assert count_of(arm(**figures), n, "A", Working()) == reason


def test_rates_need_events_and_time() -> None:
    assert rate_of(arm(events=12, person_time="100.5"), "A") == Rate(12, 100.5)
    assert rate_of(arm(events=12), "A") == "events or time at risk are not given (A)"
    assert rate_of(arm(events=12, person_time="0"), "A") == "a time at risk of 0 cannot be (A)"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (6.0, "6"),
        (0.1, "0.100"),
        (12.345, "12.3"),
        (-0.0444, "−0.0444"),
        (1234.5, "1234"),
        (0.9999, "1.00"),
        (0.0, "0"),
    ],
)
def test_numbers_are_rounded_for_reading(number: float, text: str) -> None:
    assert shown(number) == text


def test_no_two_minus_signs_meet() -> None:
    assert (less(3.5, 1.25), less(-3.5, -1.25)) == ("3.50 − 1.25", "−3.50 + 1.25")
