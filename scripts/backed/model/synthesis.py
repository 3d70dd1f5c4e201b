"""What synthesis hands over: per comparison and outcome the effects found and the answer; per claim the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .claim import Asked, Verdict
from .effect import Level, Measure


@dataclass(frozen=True)
class Interval:
    """A point estimate with its 95% interval, on the scale it is read on (ratios as ratios)."""

    estimate: float
    lower: float
    upper: float
    decimals: int = 0


@dataclass(frozen=True)
class Found:
    """An effect that fits a question: where it stands, whether it answers it, why it is left out if so, and its size.

    One that is neither used nor left out stands beside the answer. ``interval`` is in the units of the question, or
    None where the effect cannot be brought to them.
    """

    study: str
    effect: str
    used: bool
    reason: str = ""
    interval: Interval | None = None


@dataclass(frozen=True)
class Answer:
    """The answer to one outcome of a comparison.

    ``basis`` says what it rests on: the anchor review, one study, or nothing. ``interval`` is in the units of ``scale``
    (for ratios: the ratio). ``threshold`` is the smallest important effect in them (for ratios: above 1), without
    a sign. ``conversion`` says how the figures were brought to that scale, or is empty.
    """

    comparison: str
    outcome: str
    measure: Measure
    scale: str | None
    basis: Literal["anchor", "single", "nothing"]
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


@dataclass(frozen=True)
class Ruling:
    """A verdict with its arithmetic: the interval turned to the claimed side, and the row of the rule that applied."""

    asked: Asked
    verdict: Verdict
    answer: Answer
    lower: float | None
    upper: float | None
    threshold: float | None
    row: str


@dataclass(frozen=True)
class Syntheses:
    """All answers by comparison and outcome id, and all computed verdicts by claim id (the headline first)."""

    answers: Mapping[tuple[str, str], Answer]
    rulings: Mapping[str, tuple[Ruling, ...]]


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
