"""The difference between two versions of the evidence, as values that every form is written from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ..problem import Problem


@dataclass(frozen=True)
class FieldChange:
    """A value that differs: its path in the record (a part with an id under that id), and what it was and is.

    ``before`` is None where it came, ``after`` where it went; a part with many values is told in one line.
    """

    at: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RecordChange:
    """A record, term or cited work that came, changed, or is gone.

    ``kind`` is as people say it ("study"), ``place`` the folder it is filed in ("studies"); ``state`` says how its
    standing changed ("current", "retracted"), or is None. ``title`` and the texts in ``fields`` are as written.
    """

    kind: str
    place: str
    id: str
    title: str
    change: Literal["added", "changed", "gone"]
    state: tuple[str, str] | None = None
    fields: tuple[FieldChange, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Say whether it stood before and no longer does: retracted, superseded, withdrawn, under concern."""
        return self.state is not None and self.state[0] == "current"


@dataclass(frozen=True)
class Effect:
    """An effect: in words with unit and direction, and its figures on the scale it is read on (ratios as ratios)."""

    words: str
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class PoolState:
    """Our own pool of the studies: ``k`` studies, ``I2`` in percent, ``tau2`` on the scale of the analysis."""

    effect: Effect
    k: int
    people: int | None
    I2: float
    tau2: float


@dataclass(frozen=True)
class Unused:
    """An effect that fits a question and is not used: ``effect`` is its study and id, ``reason`` why, in words."""

    effect: str
    reason: str


OWN_POOL = "our own pool"
"""What an answer rests on that no review and no single study gives."""


@dataclass(frozen=True)
class AnswerState:
    """The answer to a question in one version.

    ``rests_on`` names what it rests on, ``extent`` how much that is ("5 studies, 600 people"); ``found`` counts the
    effects recorded that fit the question, ``unused`` names those that enter neither the answer nor our own pool, with
    the reason. ``verdict`` judges by what people expect of it, None where neither way is
    better. ``missing`` says why there is no effect.
    """

    effect: Effect | None
    rests_on: str
    extent: str
    certainty: str
    verdict: str | None
    missing: str
    pool: PoolState | None
    found: int
    unused: tuple[Unused, ...] = ()

    @property
    def pooled(self) -> bool:
        """Say whether the answer is that of our own pool."""
        return self.pool is not None and self.rests_on == OWN_POOL


@dataclass(frozen=True)
class AnswerChange:
    """An answer that differs; ``asked`` is the question in words: "Pain, exercise v. no treatment"."""

    comparison: str
    outcome: str
    asked: str
    before: AnswerState | None
    after: AnswerState | None

    @property
    def moved(self) -> bool:
        """Say whether the answer or our own pool differs, not only what was found and stays unused."""
        if self.before is None or self.after is None:
            return True
        return replace(self.before, found=0, unused=()) != replace(self.after, found=0, unused=())

    @property
    def newly_unused(self) -> tuple[Unused, ...]:
        """Return the effects that were found now and are not used."""
        known = {one.effect for one in self.before.unused} if self.before else set()
        return tuple(one for one in (self.after.unused if self.after else ()) if one.effect not in known)

    @property
    def flips(self) -> bool:
        """Say whether the verdict differs."""
        return self.before is not None and self.after is not None and self.before.verdict != self.after.verdict


@dataclass(frozen=True)
class VerdictChange:
    """The verdict on a claim that differs: ``about`` is the sentence, ``on`` what else is judged of it ('' for it)."""

    claim: str
    about: str
    on: str
    before: str
    after: str


@dataclass(frozen=True)
class Outdated:
    """A claim that was judged on other numbers than the synthesis gives now, with what it says of that."""

    claim: str
    about: str
    told: str


@dataclass(frozen=True)
class Difference:
    """All that differs between two versions of the evidence, called ``before`` and ``after``.

    ``pages_added`` and ``pages_removed`` are addresses below the site's root; ``standing`` are errors that are in both
    versions. ``looked_at`` counts the records of the later version in which every rule was applied, of ``records``;
    in the others only rules that hold a record against all the others were.
    """

    before: str
    after: str
    records: tuple[RecordChange, ...]
    answers: tuple[AnswerChange, ...]
    verdicts: tuple[VerdictChange, ...]
    outdated: tuple[Outdated, ...]
    pages_added: tuple[str, ...]
    pages_removed: tuple[str, ...]
    citations: tuple[RecordChange, ...]
    fixed: tuple[Problem, ...]
    new: tuple[Problem, ...]
    standing: tuple[Problem, ...]
    looked_at: int
    total: int

    @property
    def empty(self) -> bool:
        """Say whether nothing differs."""
        return not (self.records or self.citations or self.answers or self.verdicts or self.fixed or self.new)
