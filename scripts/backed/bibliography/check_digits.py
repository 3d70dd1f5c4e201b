"""Check digits: the last digit of a number, worked out from the others, so that a slip of typing shows."""

from __future__ import annotations

from collections.abc import Iterable


def issn_digit(digits: str) -> str:
    """Return the eighth character of an ISSN, 0-9 or X, from its first seven digits (ISO 3297).

    The digits are weighted 8 down to 2; with the check digit, weighted 1, the sum is a multiple of 11.
    """
    return _modulo_11(digits, range(8, 1, -1))


def isbn10_digit(digits: str) -> str:
    """Return the tenth character of an ISBN-10, 0-9 or X, from its first nine digits (ISO 2108, before 2007).

    The digits are weighted 10 down to 2; with the check digit, weighted 1, the sum is a multiple of 11.
    """
    return _modulo_11(digits, range(10, 1, -1))


def isbn13_digit(digits: str) -> str:
    """Return the thirteenth digit of an ISBN-13 from its first twelve (ISO 2108; the check digit of an EAN).

    The digits are weighted 1 and 3 in turn; with the check digit, weighted 1, the sum is a multiple of 10.
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, (1, 3) * 6, strict=True))
    return str(-total % 10)


def _modulo_11(digits: str, weights: Iterable[int]) -> str:
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return "X" if rest == 10 else str(rest)
