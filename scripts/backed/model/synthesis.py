"""What synthesis hands over: per question the effects found, our pool and the answer; per claim the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .claim import Asked, Verdict
from .effect import Level, Measure
from .pooling import Confint, Egger, Influence, MetaRegression, Pooled, RankTest, TrimFill


@dataclass(frozen=True)
class Interval:
    """A point estimate with its 95% interval, on the scale it is read on (ratios as ratios)."""

    estimate: float
    lower: float
    upper: float
    decimals: int = 0


@dataclass(frozen=True)
class Step:
    """One conversion of a recorded figure: the id of its formula, and the formula with the numbers put in."""

    formula: str
    said: str


@dataclass(frozen=True)
class ArmSize:
    """The figures of one side of a contrast as they entered the effect size; None where the source gives none.

    ``mean`` and ``sd`` are in the instrument's own units; ``n`` is the number of people as it entered, hence divided
    where a design effect or a split of the control group asks for it.
    """

    n: float | None = None
    mean: float | None = None
    sd: float | None = None
    events: float | None = None
    person_time: float | None = None


@dataclass(frozen=True)
class EffectSize:
    """An effect brought to the scale of a question: ``yi`` with its sampling variance ``vi``.

    Ratios are natural logarithms, correlations Fisher's z; means are in the units of the question's scale, standardised
    ones in standard deviations. A positive number is more of the outcome on the intervention's side. ``steps`` are the
    conversions made, in order; ``approximated`` says that one of them is an approximation. ``first`` and ``second`` are
    the two sides, where the source gives figures per arm.
    """

    yi: float
    vi: float
    steps: tuple[Step, ...] = ()
    approximated: bool = False
    n: int | None = None
    first: ArmSize | None = None
    second: ArmSize | None = None


Role = Literal["answers", "pooled", "beside", "left-out", "unusable"]
"""Why a found effect is on the page: it answers, it is in our pool, it stands beside, it is left out, it has no usable
figures."""


@dataclass(frozen=True)
class Found:
    """An effect that fits a question: where it stands, its role and, unless it is used, the reason; and its size.

    ``interval`` is in the units of the question as printed by the source where it can be, or None where the effect
    cannot be brought to them.
    """

    study: str
    effect: str
    role: Role
    reason: str = ""
    interval: Interval | None = None
    size: EffectSize | None = None

    @property
    def used(self) -> bool:
        """Say whether the answer rests on it."""
        return self.role == "answers"


@dataclass(frozen=True)
class PoolRow:
    """One study in a pool. ``effects`` are several where arms were combined; ``part`` tells rows of one study apart.

    ``interval`` is on the scale read, ``weight`` in percent. ``bias`` is the overall judgement of the study's first
    appraisal ('' without one), ``risk`` its place among its tool's judgements; ``industry`` is as its funding says;
    ``people`` are those the row rests on.
    """

    study: str
    effects: tuple[str, ...]
    size: EffectSize
    interval: Interval
    weight: float
    year: int | None = None
    bias: str = ""
    risk: Literal["low", "some", "high", "unknown"] = "unknown"
    industry: str = "not-seen"
    people: int | None = None
    part: str = ""


@dataclass(frozen=True)
class Subgroup:
    """The pool of the studies that share one value of an attribute; ``pooled`` is on the analysis scale."""

    value: str
    rows: tuple[int, ...]
    pooled: Pooled
    interval: Interval


@dataclass(frozen=True)
class Subgroups:
    """A pool taken apart by one attribute, with the test of difference between the groups (Q, its degrees, p)."""

    attribute: str
    groups: tuple[Subgroup, ...]
    q: float | None
    freedom: int
    p: float | None
    unknown: int = 0


PoolNote = Literal["", "one-study", "two-studies", "identical", "no-heterogeneity"]
POOL_NOTES: Mapping[PoolNote, str] = {
    "": "",
    "one-study": "One study: the pool is its own result.",
    "two-studies": (
        "Two studies: what they differ by tells little about how much such studies differ, so the interval is wide."
    ),
    "identical": "All studies report the same effect, so they cannot show how much such studies differ.",
    "no-heterogeneity": (
        "The studies differ no more than chance would have them (tau² = 0): the pool is that of one common effect."
    ),
}
"""What was chosen for a set that is hard to pool, in words."""


@dataclass(frozen=True)
class Pool:
    """Our own pool of the studies found, with all that tells how far to trust it.

    ``interval`` and ``prediction`` are on the scale read (ratios as ratios), ``pooled`` on the analysis scale.
    ``leave1out`` has one interval a row; ``cumulative`` one a row of ``order``, the rows by year of publication.
    ``note`` states the choice made for a hard set (one study, two studies, no heterogeneity). ``control_risk`` is the
    share of people with the event in the comparators, where all rows give events; ``control_mean`` their mean on the
    scale of the question, weighted like the pool, where all rows give end values.
    """

    measure: Measure
    method: str
    test: str
    rows: tuple[PoolRow, ...]
    pooled: Pooled
    interval: Interval
    prediction: Interval | None = None
    confint: Confint | None = None
    leave1out: tuple[Interval, ...] = ()
    order: tuple[int, ...] = ()
    cumulative: tuple[Interval, ...] = ()
    influence: Influence | None = None
    egger: Egger | None = None
    ranktest: RankTest | None = None
    trimfill: TrimFill | None = None
    subgroups: tuple[Subgroups, ...] = ()
    regressions: tuple[MetaRegression, ...] = ()
    note: PoolNote = ""
    control_risk: float | None = None
    control_mean: float | None = None

    @property
    def people(self) -> int | None:
        """Return how many people the pool rests on, or None where one row does not say."""
        counts = [row.people for row in self.rows]
        return sum(count or 0 for count in counts) if None not in counts else None

    @property
    def studies(self) -> int:
        """Return how many studies are in the pool (a study split over several rows counts once)."""
        return len({row.study for row in self.rows})


@dataclass(frozen=True)
class Absolute:
    """An effect said per 100 people: with the comparator, and with the intervention (with its interval).

    ``nnt`` is the number needed to treat for one more (or one fewer) event, None where the interval of the difference
    holds zero; ``basis`` says whose risk was assumed.
    """

    comparator: float
    intervention: Interval
    nnt: float | None
    basis: str


@dataclass(frozen=True)
class Proposal:
    """What the figures suggest for one GRADE domain: levels down (0 or negative), and why, with the numbers."""

    domain: Literal["risk-of-bias", "inconsistency", "imprecision", "publication-bias"]
    steps: int
    reason: str


Against = Literal["opposite", "leaning", "apart"]
"""How a study disagrees with an answer: its interval lies wholly on the other side of no effect; its estimate does, but
its interval holds no effect; or it lies on the same side, and its interval and the answer's do not overlap."""


@dataclass(frozen=True)
class Conflict:
    """A study whose effect disagrees with an answer: how, and its interval on the scale of the question."""

    study: str
    effects: tuple[str, ...]
    how: Against
    interval: Interval


@dataclass(frozen=True)
class Answer:
    """The answer to one outcome of a comparison.

    ``basis`` says what it rests on: the anchor review, one study, our own pool, or nothing. ``interval`` is in the
    units of ``scale`` (for ratios: the ratio). ``threshold`` is the smallest important effect in them (for ratios:
    above 1), without a sign. ``conversion`` says how the figures were brought to that scale, or is empty. ``pool`` is
    our own pool of the studies found, whether or not the answer rests on it; None where no study is usable.
    ``conflicts`` are the studies that disagree with it.
    """

    comparison: str
    outcome: str
    measure: Measure
    scale: str | None
    basis: Literal["anchor", "single", "pool", "nothing"]
    found: tuple[Found, ...]
    study: str | None = None
    effect: str | None = None
    interval: Interval | None = None
    studies: int | None = None
    participants: int | None = None
    certainty: Level | None = None
    threshold: float | None = None
    conversion: str = ""
    missing: str = ""
    pool: Pool | None = None
    absolute: Absolute | None = None
    proposals: tuple[Proposal, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Flip:
    """What the verdict would be if something were otherwise: ``change`` in words, the interval then, the verdict."""

    change: str
    interval: Interval | None
    verdict: Verdict
    study: str = ""


@dataclass(frozen=True)
class Moment:
    """Our pool at the end of a year in which studies came in, and the verdict it would have given.

    ``added`` are the places of those studies among the rows of the pool, ``studies`` all studies until then. ``year``
    is None for studies of which it is not known; they are taken for the oldest.
    """

    year: int | None
    added: tuple[int, ...]
    studies: int
    people: int | None
    interval: Interval
    verdict: Verdict


@dataclass(frozen=True)
class Ruling:
    """A verdict with its arithmetic: the interval turned to the claimed side, and the row of the rule that applied.

    ``flips`` are all the changes that were tried, those that keep the verdict too. ``timeline`` is what our own pool
    said year by year, whether or not the verdict rests on it; empty with fewer than two studies.
    """

    asked: Asked
    verdict: Verdict
    answer: Answer
    lower: float | None
    upper: float | None
    threshold: float | None
    row: str
    flips: tuple[Flip, ...] = ()
    timeline: tuple[Moment, ...] = ()


@dataclass(frozen=True)
class Overlap:
    """Studies that several of the reviews cited in one place have in common.

    ``reviews`` are those whose studies are recorded (all or some), in the order in which they are cited; ``partial``
    those of them of which only some studies are recorded. ``shared`` holds, per study that is in two or more, the
    reviews that have it. ``cca`` is the corrected covered area as a fraction, None where a list is partial: the studies
    not recorded could be shared or not.
    """

    reviews: tuple[str, ...]
    partial: tuple[str, ...]
    shared: Mapping[str, tuple[str, ...]]
    studies: int
    inclusions: int
    cca: float | None

    @property
    def degree(self) -> Literal["slight", "moderate", "high", "very high"] | None:
        """Return the degree of overlap: up to 5, 10 and 15 percent, and above (Pieper and others 2014)."""
        if self.cca is None:
            return None
        if self.cca <= 0.05:
            return "slight"
        return "moderate" if self.cca <= 0.10 else "high" if self.cca <= 0.15 else "very high"


@dataclass(frozen=True)
class Syntheses:
    """All answers by comparison and outcome id, and all computed verdicts by claim id (the headline first).

    ``expected`` judges each answer by what people expect of it, whether or not somebody claims it: a treatment makes
    the outcome better, an exposure makes it worse. Outcomes of which neither end is better have none. ``overlaps``
    holds, by kind (``comparisons``, ``claims``) and id, the overlap of the reviews cited there, where two or more are.
    """

    answers: Mapping[tuple[str, str], Answer]
    rulings: Mapping[str, tuple[Ruling, ...]]
    expected: Mapping[tuple[str, str], Ruling] = field(default_factory=dict)
    overlaps: Mapping[tuple[str, str], Overlap] = field(default_factory=dict)


VERDICT_RULE: tuple[tuple[str, Verdict], ...] = (
    ("nothing usable is recorded, or the certainty is very low", Verdict.NOT_KNOWN),
    ("lies wholly on the opposite side of zero effect", Verdict.CONTRADICTED),
    ("lies wholly at or beyond the smallest important effect, on the claimed side", Verdict.SUPPORTED),
    ("lies wholly on the claimed side, but short of the smallest important effect", Verdict.TOO_SMALL),
    (
        "lies wholly on the claimed side, and holds effects both too small and large enough to matter",
        Verdict.SIZE_UNCERTAIN,
    ),
    ("contains zero effect and stays short of an important effect on both sides", Verdict.NO_IMPORTANT_EFFECT),
    ("contains zero effect and reaches an important effect", Verdict.INCONCLUSIVE),
)
"""The published rule, row by row in the order in which it is applied."""
