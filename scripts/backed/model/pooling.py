"""A table of effects and what pooling makes of it; the field names are metafor's, as in the JSON people get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Floats = tuple[float, ...]
Bounds = tuple[float, float]


Spot = tuple[int, int]

_COUNTS = ("ai", "bi", "ci", "di")
_MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
TABLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "RR": _COUNTS,
    "OR": _COUNTS,
    "RD": _COUNTS,
    "PETO": _COUNTS,
    "MD": _MEANS,
    "SMD": _MEANS,
    "ROM": _MEANS,
    "ZCOR": ("ri", "ni"),
    "GEN": ("yi", "vi"),
}
"""Every effect measure that a table can be pooled as, with the columns it needs, named as metafor's escalc does."""


@dataclass(frozen=True)
class EffectTable:
    """The number columns of a table of effects, one row a study; NaN where a figure is missing.

    ``spots`` says for each figure where it stands in the file: line and column, both from 1.
    """

    file: str
    columns: Mapping[str, Floats]
    labels: tuple[str, ...]
    spots: Mapping[str, tuple[Spot, ...]]

    def row_spot(self, row: int) -> Spot:
        """Return the line of a row (counted from 0), with column 1."""
        return next(iter(self.spots.values()))[row][0], 1


@dataclass(frozen=True)
class Pooled:
    """One pooled effect: the estimate, its test and interval, and how much the studies differ.

    ``beta`` and all that goes with it is on the scale of the effects (logarithms for ratios), ``I2`` and ``weights``
    are percentages. None where a number does not exist (a prediction interval under equal effects).
    """

    method: str
    test: str
    k: int
    beta: float
    se: float
    ci_lb: float
    ci_ub: float
    pval: float
    tau2: float
    I2: float
    H2: float
    QE: float
    QEp: float
    pi_lb: float | None
    pi_ub: float | None
    weights: Floats


@dataclass(frozen=True)
class Confint:
    """95% Q-profile intervals of tau², I² (percent) and H²."""

    tau2: Bounds
    I2: Bounds
    H2: Bounds


@dataclass(frozen=True)
class Refits:
    """The pooled effect of many sets of the studies, one entry a set (leave one out, or one study after another)."""

    estimate: Floats
    se: Floats
    tau2: Floats


@dataclass(frozen=True)
class Influence:
    """How each study moves the result; `synthesise/sensitivity.py` says what each number is."""

    rstudent: Floats
    dffits: Floats
    cook: Floats
    hat: Floats
    tau2: Floats


@dataclass(frozen=True)
class Egger:
    """Egger's regression test: the t statistic of the slope (metafor calls it zval) and its two-sided p."""

    zval: float
    pval: float


@dataclass(frozen=True)
class RankTest:
    """Begg and Mazumdar's rank correlation: Kendall's tau and its two-sided p."""

    tau: float
    pval: float


@dataclass(frozen=True)
class TrimFill:
    """Trim and fill: how many studies were filled in, on which side, and the pooled effect with them."""

    k0: int
    side: str
    beta: float
    se: float


@dataclass(frozen=True)
class Pooled2x2:
    """The pooled effect from the counts themselves (Mantel-Haenszel, or Peto); NaN where there is none."""

    beta: float
    se: float
    ci_lb: float
    ci_ub: float


@dataclass(frozen=True)
class Pooling:
    """Everything that pooling a table gives; None for what does not exist for so few studies or this method."""

    measure: str
    labels: tuple[str, ...]
    yi: Floats
    vi: Floats
    pooled: Pooled
    confint: Confint | None
    leave1out: Refits | None
    egger: Egger | None
    trimfill: TrimFill | None
    ranktest: RankTest | None
    pooled2x2: Pooled2x2 | None
