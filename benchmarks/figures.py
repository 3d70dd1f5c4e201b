"""Made-up figures that agree with one another, and the passage in which they are printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from .yaml_text import Plain


@dataclass(frozen=True)
class Figures:
    """The figures of one effect, as fields of a record, and the same ones as a source prints them."""

    fields: Mapping[str, Plain]
    printed: str

    @property
    def interval(self) -> tuple[str, str, str]:
        """Return the estimate and its bounds."""
        estimate, ci = self.fields["estimate"], self.fields["ci"]
        assert isinstance(estimate, str) and isinstance(ci, Sequence), "every made-up effect has an interval"
        return estimate, str(ci[0]), str(ci[1])


def difference(low: float, high: float, groups: Mapping[str, int], random: Random) -> Figures:
    """Return a mean difference on a scale from ``low`` to ``high``, with mean and SD of two groups of that many."""
    width = high - low
    estimate, half = random.uniform(-0.25, 0.1) * width, random.uniform(0.03, 0.12) * width
    arms: list[Plain] = []
    told = []
    first = low + random.uniform(0.3, 0.7) * width
    for place, (name, n) in enumerate(groups.items()):
        mean, sd = f"{first - place * estimate:.1f}", f"{random.uniform(0.1, 0.25) * width:.1f}"
        arms.append({"group": name, "n": n, "mean": mean, "sd": sd})
        told.append(f"{mean} (SD {sd}; n={n})")
    stated = [f"{value:.1f}" for value in (estimate, estimate - half, estimate + half)]
    fields: dict[str, Plain] = {"measure": "mean-difference", **_stated(stated, estimate / half)}
    fields |= {"groups": arms} if arms else {}
    printed = f"between-group difference {_print(fields)}"
    return Figures(fields, " v. ".join(told) + (", " if told else "") + printed)


def ratio(measure: str, groups: Mapping[str, int], random: Random) -> Figures:
    """Return a ratio with its interval, and how many people of each group had the event."""
    log, half = random.uniform(-0.6, 0.6), random.uniform(0.1, 0.5)
    stated = [f"{math.exp(value):.2f}" for value in (log, log - half, log + half)]
    fields: dict[str, Plain] = {"measure": measure, **_stated(stated, log / half)}
    arms: list[Plain] = []
    told = []
    for name, n in groups.items():
        events = int(n * random.uniform(0.1, 0.5))
        arms.append({"group": name, "n": n, "events": events})
        told.append(f"{events} of {n}")
    fields |= {"groups": arms} if arms else {}
    return Figures(fields, " v. ".join(told) + (", " if told else "") + f"{measure} {_print(fields)}")


def _stated(stated: Sequence[str], halves: float) -> dict[str, Plain]:
    """Return the fields of an estimate that lies so many half-widths of its 95% interval from no effect."""
    p = math.erfc(abs(halves) * 1.96 / math.sqrt(2))
    printed = f"{p:.3f}" if p >= 0.001 else "<0.001"
    return {"estimate": stated[0], "ci": [stated[1], stated[2]], "p": printed}


def _print(fields: Mapping[str, Plain]) -> str:
    ci, p = fields["ci"], str(fields["p"])
    assert isinstance(ci, Sequence), "an interval has two bounds"
    return f"{fields['estimate']} (95% CI {ci[0]} to {ci[1]}), p{p if p.startswith('<') else f'={p}'}"
