"""Slips of the hand in one figure. Each returns another figure, or None where the slip cannot be made in it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Slip = Callable[[str, Random], str | None]

_BESIDE = {"0": "9", "1": "2", "2": "13", "3": "24", "4": "35", "5": "46", "6": "57", "7": "68", "8": "79", "9": "80"}
"""The digits beside each on the row of keys."""


def point_moved(figure: str, rng: Random) -> str | None:
    """0.49 becomes 4.9 or 0.049, and 15 becomes 1.5."""
    sign, whole, part = _parts(figure)
    digits = whole + part
    if not digits.strip("0") or len(digits) < 2:
        return None
    place = len(whole) + rng.choice((-1, 1))
    digits = digits.rjust(len(digits) + 1, "0") if place <= 0 else digits.ljust(place, "0")
    place = max(place, 1)
    left, right = digits[:place].lstrip("0") or "0", digits[place:]
    return sign + left + (f".{right}" if right else "")


def digits_exchanged(figure: str, rng: Random) -> str | None:
    """2.14 becomes 2.41."""
    sign, whole, part = _parts(figure)
    digits = whole + part
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0" or part)]
    if not places:
        return None
    i = rng.choice(places)
    turned = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    return _joined(sign, turned, len(whole))


def digit_doubled(figure: str, rng: Random) -> str | None:
    """34 becomes 334, and 4.9 becomes 4.99."""
    sign, whole, part = _parts(figure)
    digits = whole + part
    i = rng.choice([i for i in range(len(digits)) if digits[i] != "0" or i > 0] or [0])
    return _joined(sign, digits[: i + 1] + digits[i:], len(whole) + (i < len(whole)))


def digit_beside(figure: str, rng: Random) -> str | None:
    """34 becomes 35: the key beside the right one."""
    sign, whole, part = _parts(figure)
    digits = whole + part
    i = rng.randrange(len(digits))
    return _joined(sign, digits[:i] + rng.choice(_BESIDE[digits[i]]) + digits[i + 1 :], len(whole))


def digit_dropped(figure: str, rng: Random) -> str | None:
    """134 becomes 34."""
    sign, whole, part = _parts(figure)
    digits = whole + part
    if len(digits) < 2:
        return None
    i = rng.randrange(len(digits))
    left = len(whole) - (i < len(whole))
    return _joined(sign, digits[:i] + digits[i + 1 :], left)


def _parts(figure: str) -> tuple[str, str, str]:
    sign = "-" if figure.startswith("-") else ""
    whole, _, part = figure.lstrip("+-").partition(".")
    return sign, whole, part


def _joined(sign: str, digits: str, whole: int) -> str:
    left, right = digits[:whole], digits[whole:]
    return sign + (left or "0") + (f".{right}" if right else "")
