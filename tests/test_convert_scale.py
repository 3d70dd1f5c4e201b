"""Printed intervals on the scale of a question, and effect sizes rescaled, turned and read."""

from __future__ import annotations

import pytest
from tests.made_up_trial import VOCABULARIES, effect, question

from backed.model import Interval
from backed.synthesise.convert import printed_interval


def test_figures_on_the_same_scale_are_left_alone() -> None:
    assert printed_interval(effect(), question(), VOCABULARIES) == (Interval(-1.2, -2.0, -0.4, 2), "")


def test_a_narrow_scale_is_rescaled() -> None:
    assert printed_interval(effect(instrument="narrow"), question(), VOCABULARIES) == (
        Interval(-12.0, -20.0, -4.0, 1),
        "rescaled from 0-10 to 0-100",
    )


def test_only_the_width_of_a_scale_counts() -> None:
    interval, how = printed_interval(effect(instrument="from-one"), question(), VOCABULARIES)
    assert (interval, how) == (Interval(-30.0, -50.0, -10.0, 1), "rescaled from 1-5 to 0-100")


def test_a_scale_that_points_the_other_way_turns_the_sign() -> None:
    interval, how = printed_interval(
        effect(instrument="turned", estimate="1.2", ci=["0.40", "2.0"]), question(), VOCABULARIES
    )
    assert interval == Interval(-12.0, -20.0, -4.0, 1)
    assert how == "rescaled from 0-10 to 0-100, sign turned"


def test_a_turned_scale_of_the_same_width_keeps_its_decimals() -> None:
    interval, how = printed_interval(effect(instrument="turned-wide"), question(), VOCABULARIES)
    assert interval == Interval(1.2, 0.4, 2.0, 2)
    assert "sign turned" in how


def test_a_scale_without_a_better_end_is_not_turned() -> None:
    interval, _ = printed_interval(effect(instrument="neither"), question(), VOCABULARIES)
    assert interval == Interval(-12.0, -20.0, -4.0, 1)


def test_rescaling_leaves_no_noise_at_the_threshold() -> None:
    interval, _ = printed_interval(
        effect(instrument="narrow", estimate="0.8", ci=["0.57", "1.1"]), question(), VOCABULARIES
    )
    assert interval == Interval(8.0, 5.7, 11.0, 1)


@pytest.mark.parametrize("name", ["open", "empty", "unknown"])
def test_without_a_common_scale_there_is_no_interval(name: str) -> None:
    assert printed_interval(effect(instrument=name), question(), VOCABULARIES) == (None, "no common scale")


def test_without_an_instrument_there_is_no_interval() -> None:
    nothing, why = printed_interval(effect(instrument=None), question(), VOCABULARIES)
    assert (nothing, why) == (None, "no instrument is named, so there is no common scale")


@pytest.mark.parametrize("changes", [{"ci": None}, {"level": "90"}, {"estimate": None, "groups": [{"group": "g"}]}])
def test_without_a_95_percent_interval_there_is_none(changes: dict[str, object]) -> None:
    assert printed_interval(effect(**changes), question(), VOCABULARIES) == (None, "")


def test_another_measure_than_the_one_asked_for_is_not_used() -> None:
    interval, how = printed_interval(effect(), question(None, "odds-ratio"), VOCABULARIES)
    assert (interval, how) == (None, "another effect measure")


@pytest.mark.parametrize("ci", [["0", "2"], ["-0.5", "2"]])
def test_a_ratio_of_zero_or_less_is_no_interval(ci: list[str]) -> None:
    ratio = effect(measure="odds-ratio", instrument=None, estimate="1.0", ci=ci)
    assert printed_interval(ratio, question(None, "odds-ratio"), VOCABULARIES) == (None, "a ratio is above zero")


def test_a_ratio_is_not_rescaled() -> None:
    ratio = effect(measure="odds-ratio", instrument="narrow", estimate="1.8", ci=["1.10", "2.95"])
    assert printed_interval(ratio, question("wide", "odds-ratio"), VOCABULARIES) == (Interval(1.8, 1.1, 2.95, 2), "")
