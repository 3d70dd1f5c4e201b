"""The working of a conversion: its steps as they are made, with the numbers rounded for reading."""

from __future__ import annotations

from ...model import FORMULAS, Figure, Step

DIGITS = 3
"""Significant digits of a number worked out by us; a recorded one is shown as printed."""


class Working:
    """The steps of one conversion, in the order made."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def note(self, formula: str, said: str) -> None:
        """Add a step: a formula of ``FORMULAS`` with the numbers put in."""
        self._steps.append(Step(FORMULAS[formula].id, said))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps so far."""
        return tuple(self._steps)

    @property
    def approximated(self) -> bool:
        """Say whether one of the steps is an approximation."""
        return any(FORMULAS[step.formula].approximates for step in self._steps)


def shown(number: float | Figure) -> str:
    """Return a number for reading: a recorded one as printed, any other to three significant digits; minus as −."""
    if isinstance(number, Figure):
        text = str(number)
    elif number == int(number) and abs(number) < 1e9:
        text = str(int(number))
    else:
        exponent = int(f"{number:.{DIGITS - 1}e}".partition("e")[2])
        text = f"{number:.{max(0, DIGITS - 1 - exponent)}f}"
    return text.replace("-", "−")


def less(first: float | Figure, second: float | Figure) -> str:
    """Return a subtraction for reading, in which no two minus signs meet."""
    right = shown(second)
    return f"{shown(first)} + {right[1:]}" if right.startswith("−") else f"{shown(first)} − {right}"
