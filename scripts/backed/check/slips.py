"""Slips of typing undone: what a person probably meant to type, where a figure cannot be right as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Figure
from .rounding import Band


def mended(figure: Figure, possible: Band) -> Figure | None:
    """Return the figure that was probably meant: one slip away from the one typed, and inside what is possible.

    Slips are tried from the commonest: the sign, the decimal point, two digits exchanged, one digit wrong. None comes
    back where no slip leads there, or where several of the same kind do, so that nobody is sent to a wrong number.
    """
    for kind in (_sign, _point, _exchanged, _digit):
        found = {slip for slip in kind(figure) if slip != figure and possible.holds(slip.value)}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _sign(figure: Figure) -> Iterator[Figure]:
    yield Figure(figure[1:] if figure.startswith("-") else f"-{figure.lstrip('+')}")


def _point(figure: Figure) -> Iterator[Figure]:
    sign, digits, decimals = _parts(figure)
    for shift in (1, -1, 2, -2):
        yield _written(sign, digits, decimals + shift)


def _exchanged(figure: Figure) -> Iterator[Figure]:
    sign, digits, decimals = _parts(figure)
    for place in range(len(digits) - 1):
        turned = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        yield _written(sign, turned, decimals)


def _digit(figure: Figure) -> Iterator[Figure]:
    sign, digits, decimals = _parts(figure)
    for place in range(len(digits)):
        for other in "0123456789":
            yield _written(sign, digits[:place] + other + digits[place + 1 :], decimals)


def _parts(figure: Figure) -> tuple[str, str, int]:
    sign = "-" if figure.startswith("-") else ""
    return sign, figure.lstrip("+-").replace(".", ""), figure.decimals


def _written(sign: str, digits: str, decimals: int) -> Figure:
    if decimals <= 0:
        return Figure(sign + ((digits + "0" * -decimals).lstrip("0") or "0"))
    padded = digits.rjust(decimals + 1, "0")
    whole = padded[:-decimals].lstrip("0") or "0"
    return Figure(f"{sign}{whole}.{padded[-decimals:]}")
