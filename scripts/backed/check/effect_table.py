"""A table of effects that is to be pooled: can its figures be what their columns say?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from ..model import EffectTable
from ..problem import Problem, Severity

_Fault = Callable[[float], str]


def _count(value: float) -> str:
    return "a count cannot be negative" if value < 0 else ""


def _people(value: float) -> str:
    return "a mean with a standard deviation needs at least 2 people" if value < 2 else ""


def _pairs(value: float) -> str:
    return "a correlation needs at least 4 people to have a variance" if value < 4 else ""


def _deviation(value: float) -> str:
    return "a standard deviation is above zero" if value <= 0 else ""


def _variance(value: float) -> str:
    return "a sampling variance is above zero" if value <= 0 else ""


def _time(value: float) -> str:
    return "" if 0 < value < math.inf else "the time that people were followed is above zero"


def _correlation(value: float) -> str:
    return "" if -1 < value < 1 else "a correlation lies between -1 and 1, and not on either of them"


_FAULTS: Mapping[str, _Fault] = {
    **dict.fromkeys(("ai", "bi", "ci", "di", "x1i", "x2i"), _count),
    **dict.fromkeys(("t1i", "t2i"), _time),
    **dict.fromkeys(("n1i", "n2i"), _people),
    **dict.fromkeys(("sd1i", "sd2i"), _deviation),
    "ni": _pairs,
    "vi": _variance,
    "ri": _correlation,
}
_HINTS: Mapping[_Fault, str] = {
    _deviation: "look at the source again; a standard error is not a standard deviation",
    _variance: "the variance is the square of the standard error",
}


def check_table(table: EffectTable) -> Iterator[Problem]:
    """Yield a problem for every figure that cannot be what its column says, at its line and column.

    A missing figure is none: the row is left out of the pool, and that is told elsewhere.
    """
    for name, values in table.columns.items():
        fault = _FAULTS.get(name)
        for spot, value in zip(table.spots[name], values, strict=True):
            message = fault(value) if fault and not math.isnan(value) else ""
            if message and fault:
                hint = _HINTS.get(fault, "look at the source again")
                yield _problem(table, spot, f"{name} is {value:g}: {message}", hint)
    yield from _empty_arms(table)


def _empty_arms(table: EffectTable) -> Iterator[Problem]:
    for one, two in (("ai", "bi"), ("ci", "di")):
        if one not in table.columns:
            continue
        for spot, *pair in zip(table.spots[one], table.columns[one], table.columns[two], strict=True):
            if pair == [0, 0]:
                yield _problem(table, spot, f"{one} and {two} are both 0: nobody is in this arm", "leave the row out")


def _problem(table: EffectTable, spot: tuple[int, int], message: str, hint: str) -> Problem:
    return Problem("effect-table", Severity.ERROR, table.file, message, hint, (), *spot)
