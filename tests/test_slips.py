"""A slip of typing is undone where one leads to a possible figure, and nobody is sent to a doubtful one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.check.rounding import Band
from backed.check.slips import mended
from backed.model import Figure


@pytest.mark.parametrize(
    ("typed", "low", "high", "meant"),
    [
        ("4.9", 0.4, 0.5, "0.49"),
        ("0.49", 4, 5, "4.9"),
        ("15", 1.4, 1.6, "1.5"),
        ("1.5", 14, 16, "15"),
        ("-7", -71, -69, "-70"),
        ("3.02", 3.19, 3.21, "3.20"),
        ("1.2", -1.3, -1.1, "-1.2"),
        ("-0.05", 0.04, 0.06, "0.05"),
        ("0.38", 0.037, 0.039, "0.038"),
        ("2.65", 1.6, 1.7, "1.65"),
        ("0.00", 5, 6, None),
        ("0", 5, 5.5, "5"),
        ("1.85", 7, 7.3, None),
        ("12", 21, 25, "21"),
        ("15", 12.5, 19.5, None),
    ],
)
def test_the_figure_that_was_meant(typed: str, low: float, high: float, meant: str | None) -> None:
    assert mended(Figure(typed), Band(low, high)) == meant


FIGURES = st.from_regex(r"-?\d{1,5}(\.\d{1,4})?", fullmatch=True).map(Figure)


@given(FIGURES, FIGURES)
def test_what_comes_back_is_a_figure_that_is_possible_and_another(typed: Figure, low: Figure) -> None:
    room = Band(low.value, low.value + 1)
    meant = mended(typed, room)
    assert meant is None or (room.holds(meant.value) and meant != typed and Figure._parse(meant) == meant)
