"""Made-up figures that agree with one another, and the passage in which they are printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from .yaml_text import Plain

Row = tuple[str, ...]

WIDE = 1.96
"""Standard errors that a 95% interval reaches each way."""

ALIKE_BY_CHANCE = {3: 5, 4: 7}
"""Most digits with which two studies may have the same row, by its length: mean and SD of a group, or a contrast."""


@dataclass(frozen=True)
class Figures:
    """The figures of one effect, as fields of a record, and the same ones as a source prints them."""

    fields: Mapping[str, Plain]
    printed: str
    rows: tuple[Row, ...]
    """Measure, estimate and interval, then mean, standard deviation and number of people of each group."""

    @property
    def interval(self) -> tuple[str, str, str]:
        """Return the estimate and its bounds."""
        _, estimate, low, high = self.rows[0]
        return estimate, low, high


class Draws:
    """Figures drawn at random that agree with one another; no row of them is long enough to stand out and comes twice.

    The estimate, interval and p-value of two groups follow from what is printed of the groups; they are drawn
    themselves where there are no groups, as in a review.
    """

    def __init__(self, random: Random) -> None:
        """Begin with no figures drawn."""
        self._random = random
        self._taken: set[Row] = set()

    def difference(self, low: float, high: float, groups: Mapping[str, int], beside: Figures | None = None) -> Figures:
        """Return a mean difference on a scale from ``low`` to ``high``, with mean and SD of two groups of that many.

        No row of it is one of the figures ``beside`` it in the same study.
        """
        return self._new(lambda: _difference(low, high, groups, self._random), set(beside.rows if beside else ()))

    def ratio(self, measure: str, groups: Mapping[str, int]) -> Figures:
        """Return a ``risk-ratio`` or ``odds-ratio``, and how many people of each group had the event."""
        return self._new(lambda: _ratio(measure, groups, self._random), set())

    def _new(self, draw: Callable[[], Figures], own: set[Row]) -> Figures:
        while True:
            figures = draw()
            rows = set(figures.rows)
            if len(rows) == len(figures.rows) and rows.isdisjoint(own) and rows.isdisjoint(self._taken):
                self._taken |= {row for row in rows if _digits(row) > ALIKE_BY_CHANCE[len(row)]}
                return figures


def _digits(row: Row) -> int:
    """Return how many digits the figures of a row have, without leading noughts."""
    figures = row[1:] if len(row) > 3 else row[:2]
    return sum(len(figure.lstrip("-0.").replace(".", "")) for figure in figures)


def _difference(low: float, high: float, groups: Mapping[str, int], random: Random) -> Figures:
    width = high - low
    estimate, error = random.uniform(-0.25, 0.1) * width, random.uniform(0.03, 0.12) * width / WIDE
    first = low + random.uniform(0.3, 0.65) * width
    arms = [
        (name, n, f"{first - place * estimate:.1f}", f"{random.uniform(0.1, 0.25) * width:.1f}")
        for place, (name, n) in enumerate(groups.items())
    ]
    if arms:
        means, spreads = [float(mean) for *_, mean, _ in arms], [(float(sd), n) for _, n, _, sd in arms]
        estimate, error = means[0] - means[1], math.sqrt(sum(sd**2 / n for sd, n in spreads))
    stated = [f"{value:z.1f}" for value in _interval(estimate, error)]
    fields: dict[str, Plain] = {"measure": "mean-difference", **_stated(stated, estimate / error)}
    fields |= (
        {"groups": [{"group": name, "n": n, "mean": mean, "sd": sd} for name, n, mean, sd in arms]} if arms else {}
    )
    told = [f"{mean} (SD {sd}; n={n})" for _, n, mean, sd in arms]
    rows = [("mean-difference", *stated), *((mean, sd, str(n)) for _, n, mean, sd in arms)]
    return Figures(fields, _printed(told, "between-group difference", fields), tuple(rows))


def _ratio(measure: str, groups: Mapping[str, int], random: Random) -> Figures:
    log, error = random.uniform(-0.6, 0.6), random.uniform(0.1, 0.5) / WIDE
    base = random.uniform(0.2, 0.4)
    shares = (base * math.exp(log), base)
    arms = [(name, n, round(n * share)) for (name, n), share in zip(groups.items(), shares, strict=False)]
    if arms:
        log, error = _log_ratio(measure, *((events, n) for _, n, events in arms))
    stated = [f"{math.exp(value):.2f}" for value in _interval(log, error)]
    fields: dict[str, Plain] = {"measure": measure, **_stated(stated, log / error)}
    fields |= {"groups": [{"group": name, "n": n, "events": events} for name, n, events in arms]} if arms else {}
    told = [f"{events} of {n}" for _, n, events in arms]
    return Figures(fields, _printed(told, measure, fields), ((measure, *stated),))


def _log_ratio(measure: str, first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """Return the logarithm of a ratio and its standard error, from events and people of two groups.

    Formulas as in the Cochrane Handbook 6.5, section 6.4.1, with the usual large-sample standard errors.
    """
    (a, n1), (c, n2) = first, second
    if measure == "risk-ratio":
        return math.log(a / n1 / (c / n2)), math.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n2)
    b, d = n1 - a, n2 - c
    return math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def _interval(estimate: float, error: float) -> tuple[float, float, float]:
    return estimate, estimate - WIDE * error, estimate + WIDE * error


def _stated(stated: Sequence[str], errors: float) -> dict[str, Plain]:
    """Return the fields of an estimate that lies so many standard errors from no effect."""
    p = math.erfc(abs(errors) / math.sqrt(2))
    printed = f"{p:.3f}" if p >= 0.001 else "<0.001"
    return {"estimate": stated[0], "ci": [stated[1], stated[2]], "p": printed}


def _printed(told: Sequence[str], name: str, fields: Mapping[str, Plain]) -> str:
    ci, p = fields["ci"], str(fields["p"])
    assert isinstance(ci, Sequence), "an interval has two bounds"
    contrast = f"{name} {fields['estimate']} (95% CI {ci[0]} to {ci[1]}), p{p if p.startswith('<') else f'={p}'}"
    return ", ".join([" v. ".join(told), contrast] if told else [contrast])
