"""Bands hold every number that rounding allows, and every result of arithmetic on such numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.check.rounding import Band, band, hull
from backed.model import Figure

NUMBERS = st.floats(-1000, 1000, allow_nan=False)
DECIMALS = st.integers(0, 3)


@given(NUMBERS, DECIMALS)
def test_a_band_holds_the_number_that_was_rounded(number: float, decimals: int) -> None:
    assert band(Figure(f"{number:.{decimals}f}")).holds(number)


@given(NUMBERS, NUMBERS, DECIMALS, st.floats(-10, 10))
def test_arithmetic_on_bands_holds_arithmetic_on_numbers(a: float, b: float, decimals: int, factor: float) -> None:
    one, two = band(Figure(f"{a:.{decimals}f}")), band(Figure(f"{b:.{decimals}f}"))
    room = Band(-1e-9, 1e-9)
    assert (one + two + room).holds(a + b)
    assert (one - two + room).holds(a - b)
    assert (one.times(factor) + room).holds(a * factor)
    assert (one.size + room).holds(abs(a))


@given(NUMBERS, st.floats(1, 1000))
def test_a_quotient_of_bands_holds_the_quotient(a: float, b: float) -> None:
    quotient = band(Figure(f"{a:.1f}")).over(band(Figure(f"{b:.1f}")))
    assert quotient.low - 1e-6 <= a / b <= quotient.high + 1e-6


def test_nothing_is_divided_by_a_band_that_may_be_nought() -> None:
    with pytest.raises(ZeroDivisionError):
        Band(1, 2).over(band(Figure("0.0")))


def test_bands_apart_and_together() -> None:
    assert Band(1, 2).gap(Band(4, 5)) == Band(4, 5).gap(Band(1, 2)) == 2
    assert Band(1, 3).gap(Band(2, 5)) == 0
    assert hull([Band(1, 3), Band(2, 5)]) == Band(1, 5)
    assert band(Figure("0.50")).through(math.log).high == pytest.approx(math.log(0.505))
    assert Band(1, 4).middle == 2.5
