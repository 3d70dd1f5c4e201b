"""Numbers as papers print them, and arithmetic on them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.check.printed import agrees, computed, numbers_in


def numbers(*texts: str) -> set[Decimal]:
    return {Decimal(text) for text in texts}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2.52 (1.65, 3.86)", numbers("2.52", "1.65", "3.86")),
        ("0·49 (0·31–0·77)", numbers("0.49", "0.31", "0.77")),
        ("−1.2 (−2.0 to −0.40)", numbers("1.2", "2.0", "0.40")),
        ("p<.001, n=12", numbers("0.001", "12")),
        ("nothing", set()),
        ("", set()),
        ("twelve", numbers("12")),
        ("Twenty-one women and forty men", numbers("21", "40")),
        ("two hundred and thirty", numbers("230")),
        ("one hundred", numbers("100")),
        ("Three hundred twelve people", numbers("312")),
        ("bone, tone and weight", set()),
        ("67%", numbers("67")),
        ("T12 and L5", numbers("12", "5")),
        ("10-19", numbers("10", "19")),
    ],
)
def test_numbers_in(printed: str, expected: set[Decimal]) -> None:
    assert numbers_in(printed) == expected


@pytest.mark.parametrize("printed", ["24,486", "24 486", "24\u2009486", "24\u202f486", "24\u00a0486"])
def test_thousands_are_one_number(printed: str) -> None:
    assert Decimal(24486) in numbers_in(f"of {printed} people")


@pytest.mark.parametrize("printed", ["1,234,567", "1 234 567"])
def test_millions_are_one_number(printed: str) -> None:
    assert Decimal(1234567) in numbers_in(printed)


def test_thousands_with_decimals_are_one_number() -> None:
    assert Decimal("1234.5") in numbers_in("1,234.5 dollars")


def test_a_list_of_numbers_is_not_a_thousand() -> None:
    assert numbers_in("12, 345") == numbers("12", "345")
    assert Decimal(12345) not in numbers_in("0.12 345")


@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_numbers_are_found(number: int) -> None:
    assert Decimal(number) in numbers_in(f"n = {number:,} people")
    assert Decimal(number) in numbers_in(f"n = {number} people")


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))


@pytest.mark.parametrize(
    ("line", "stated", "used", "result"),
    [
        ("571 + 5210 = 5781", "5781", numbers("571", "5210"), "5781"),
        ("100 * 7 / (7 + 5) = 58.3", "58.3", numbers("100", "7", "5"), None),
        ("0.1 + 0.2 = 0.3", "0.3", numbers("0.1", "0.2"), "0.3"),
        ("-3 + 5 = 2", "2", numbers("3", "5"), "2"),
        ("10 - 12 = -2", "-2", numbers("10", "12"), "-2"),
        ("7=7", "7", numbers("7"), "7"),
    ],
)
def test_computed_gives_stated_used_and_true_result(
    line: str, stated: str, used: set[Decimal], result: str | None
) -> None:
    parts = computed(line)
    assert parts is not None
    assert parts[:2] == (Decimal(stated), used)
    assert agrees(parts[0], parts[2])
    assert result is None or parts[2] == Decimal(result)


@pytest.mark.parametrize(
    "line",
    [
        "571 + 5210",
        "= 5",
        "5 =",
        "1 / 0 = 0",
        "2 ** 3 = 8",
        "7 // 2 = 3",
        "n + 1 = 2",
        "__import__('os') = 1",
        "1 = 1 = 1",
        "1,000 + 1 = 1001",
        "1 = NaN",
        "1 = sNaN",
        "1 = Infinity",
        "1e999 = 1",
        "(" * 300 + "1" + ")" * 300 + " = 1",
        "-" * 20000 + "1 = 1",
        "1" * 5000 + " = 1",
        "True = 1",
        "'1' = 1",
        "1\x00 = 1",
        "[1] = 1",
        "",
    ],
)
def test_what_is_no_arithmetic_is_refused(line: str) -> None:
    assert computed(line) is None


@given(st.text(alphabet="0123456789.+-*/() =eEN_j,x", max_size=30))
def test_any_line_is_arithmetic_or_not(line: str) -> None:
    parts = computed(line)
    assert parts is None or isinstance(agrees(parts[0], parts[2]), bool)


@pytest.mark.parametrize(
    ("stated", "result", "same"),
    [
        ("58.3", "58.333333", True),
        ("58.3", "58.35", True),
        ("58.3", "58.3501", False),
        ("58", "57.5", True),
        ("58", "57.4", False),
        ("58.30", "58.33", False),
        ("-1.2", "1.2", False),
        ("1E+2", "149", True),
    ],
)
def test_agrees_to_the_digits_stated(stated: str, result: str, same: bool) -> None:
    assert agrees(Decimal(stated), Decimal(result)) is same
