"""A table of effects and what pooling makes of it; the field names are metafor's, as in the JSON people get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Floats = tuple[float, ...]
Bounds = tuple[float, float]


Spot = tuple[int, int]

_COUNTS = ("ai", "bi", "ci", "di")
_MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
_RATES = ("x1i", "t1i", "x2i", "t2i")
TABLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "RR": _COUNTS,
    "OR": _COUNTS,
    "RD": _COUNTS,
    "PETO": _COUNTS,
    "MD": _MEANS,
    "SMD": _MEANS,
    "SMDH": _MEANS,
    "ROM": _MEANS,
    "IRR": _RATES,
    "IRD": _RATES,
    "COR": ("ri", "ni"),
    "ZCOR": ("ri", "ni"),
    "GEN": ("yi", "vi"),
}
"""Every effect measure that a table can be pooled as, with the columns it needs, named as metafor's escalc does."""


@dataclass(frozen=True)
class EffectTable:
    """The number columns of a table of effects, one row a study; NaN where a figure is missing.

    ``spots`` says for each figure where it stands in the file: line and column, both from 1. ``moderators`` are the
    number columns that a meta-regression is asked on, ``groups`` the column that the studies are grouped by ('' where a
    cell is empty) under the name ``grouped_by``; both are empty where nobody asks.
    """

    file: str
    columns: Mapping[str, Floats]
    labels: tuple[str, ...]
    spots: Mapping[str, tuple[Spot, ...]]
    moderators: Mapping[str, Floats] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    grouped_by: str = ""

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
    """The pooled effect of many sets of the studies, one entry a set (leave one out, or one study after another).

    ``zval`` is the test statistic (a t where the test is not ``z``), ``Q`` Cochran's Q of the set with its p.
    """

    estimate: Floats
    se: Floats
    zval: Floats
    pval: Floats
    ci_lb: Floats
    ci_ub: Floats
    Q: Floats
    Qp: Floats
    tau2: Floats
    I2: Floats
    H2: Floats


@dataclass(frozen=True)
class Influence:
    """How each study moves the result; `synthesise/sensitivity.py` says what each number is."""

    rstudent: Floats
    dffits: Floats
    cook: Floats
    cov_r: Floats
    tau2: Floats
    QE: Floats
    hat: Floats
    dfbs: Floats
    influential: tuple[bool, ...]


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
    """Trim and fill: how many studies were filled in, on which side, and the pooled effect with them.

    ``filled`` are the effects and variances of those filled in.
    """

    k0: int
    side: str
    beta: float
    se: float
    filled: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Pooled2x2:
    """The pooled effect from the counts themselves (Mantel-Haenszel, or Peto); NaN where there is none."""

    beta: float
    se: float
    ci_lb: float
    ci_ub: float


@dataclass(frozen=True)
class PooledGroup:
    """The studies that share one value of an attribute: their rows, counted from 0, and their pooled effect."""

    value: str
    rows: tuple[int, ...]
    pooled: Pooled


@dataclass(frozen=True)
class PooledGroups:
    """A table taken apart by one column, with the test of difference between the groups.

    ``QM`` is the Q between the groups' effects with its degrees of freedom and p; QM and p are None where fewer than
    two groups have an effect with a standard error. ``unknown`` is how many studies have no value.
    """

    attribute: str
    groups: tuple[PooledGroup, ...]
    QM: float | None
    QMdf: int
    QMp: float | None
    unknown: int


@dataclass(frozen=True)
class MetaRegression:
    """A meta-regression of the pool on one or more numbers: coefficients on the analysis scale, intercept first.

    ``R2`` is the percentage of tau² accounted for (None where there is none without moderators); ``QM`` tests all
    moderators together, with ``QMdf`` degrees of freedom: a chi² where the second is 0, an F otherwise. ``QE`` tests
    what is left. ``values`` are the moderators' figures, one list for each, of the ``k`` studies ``rows`` used;
    ``vb`` the variances and covariances of the coefficients, one list a coefficient.
    """

    moderators: tuple[str, ...]
    k: int
    beta: Floats
    se: Floats
    zval: Floats
    pval: Floats
    ci_lb: Floats
    ci_ub: Floats
    tau2: float
    I2: float
    R2: float | None
    QM: float
    QMdf: tuple[int, int]
    QMp: float
    QE: float
    QEp: float
    values: tuple[Floats, ...] = ()
    H2: float | None = None
    vb: tuple[Floats, ...] = ()
    rows: tuple[int, ...] = ()
    method: str = ""
    test: str = ""


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
    cumulative: Refits
    influence: Influence | None
    egger: Egger | None
    trimfill: TrimFill | None
    ranktest: RankTest | None
    pooled2x2: Pooled2x2 | None
    subgroups: PooledGroups | None = None
    metaregression: MetaRegression | None = None
