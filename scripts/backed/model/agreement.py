"""Whether two extractions of one study agree, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .base import Record
from .extraction import Resolution, SecondExtraction
from .study import Study

Value = str | int
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Compared:
    """One figure of the second extraction beside the record's own.

    ``at`` is its path inside the second extraction, with ids as keys (``("effects", "pain", "ci", 0)``); ``place`` the
    same as it is written under ``resolved``; ``first`` is what the record says, None where it has no such figure;
    ``known`` says whether the record has the effect, arm or group at all.
    """

    at: Path
    first: Value | None
    second: Value
    known: bool
    resolution: Resolution | None

    @property
    def place(self) -> str:
        """Return the path as people write it."""
        return dotted(self.at)

    @property
    def same(self) -> bool:
        """Say whether the two figures are the same number now (``0.3`` and ``0.30`` are)."""
        return self.first is not None and _plain(self.first) == _plain(self.second)

    @property
    def agreed(self) -> bool:
        """Say whether the two people read the same: a figure that had to be settled was read differently."""
        return self.same and self.resolution is None


@dataclass(frozen=True)
class Agreement:
    """Every figure of a second extraction compared with the record's, in the order of the second extraction."""

    figures: tuple[Compared, ...]

    @property
    def equal(self) -> int:
        """Return how many figures both people read alike."""
        return sum(one.agreed for one in self.figures)

    @property
    def percent(self) -> float:
        """Return the share of figures read alike, in percent (raw agreement; 100 of none)."""
        return 100 * self.equal / len(self.figures) if self.figures else 100.0

    @property
    def different(self) -> tuple[Compared, ...]:
        """Return the figures that were read differently, settled or not."""
        return tuple(one for one in self.figures if not one.agreed)

    @property
    def open(self) -> tuple[Compared, ...]:
        """Return the figures that were read differently and are not settled."""
        return tuple(one for one in self.different if one.resolution is None)


def agreement(study: Study) -> Agreement | None:
    """Return the comparison of a study's second extraction with its record; None where there is no second one."""
    second = study.extraction.second
    if second is None:
        return None
    return Agreement(tuple(_compared(study, second)))


def dotted(at: Path) -> str:
    """Return a path as people write it: ``effects.pain.ci.0``."""
    return ".".join(map(str, at))


def _compared(study: Study, second: SecondExtraction) -> Iterator[Compared]:
    for at, value in _figures(second):
        place = dotted(at)
        known, first = _first(study, at)
        yield Compared(at, first, value, known, second.resolved.get(place))


def _figures(second: SecondExtraction) -> Iterator[tuple[Path, Value]]:
    if second.n is not None:
        yield from _numbers(second.n, ("n",))
    for arm, counts in second.arms.items():
        yield from _numbers(counts, ("arms", arm))
    for effect, figures in second.effects.items():
        yield from _numbers(figures, ("effects", effect))
        for group, data in figures.groups.items():
            yield from _numbers(data, ("effects", effect, "groups", group))


def _numbers(record: Record, at: Path) -> Iterator[tuple[Path, Value]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, tuple):
            yield from (((*at, name, index), part) for index, part in enumerate(value))
        elif isinstance(value, (str, int)):
            yield (*at, name), value


def _first(study: Study, at: Path) -> tuple[bool, Value | None]:
    """Return whether the record has the part a path leads to, and its figure there."""
    part: object
    if at[0] == "n":
        part, rest = study.population.n, at[1:]
    elif at[0] == "arms":
        arm = study.arm(str(at[1]))
        part, rest = arm and arm.n, at[2:]
    else:
        effect = study.effect(str(at[1]))
        part, rest = effect, at[2:]
        if effect is not None and rest[0] == "groups":
            part = next((group for group in effect.groups if group.group == rest[1]), None)
            rest = rest[2:]
    if part is None:
        return False, None
    value: object = getattr(part, str(rest[0]))
    if len(rest) == 2 and isinstance(value, tuple):
        value = value[int(rest[1])]
    return True, value if isinstance(value, (str, int)) else None


def _plain(value: Value) -> str:
    """Return a figure so that equal ones are equal: its sign of comparison, then its number without needless zeros."""
    text = str(value).replace(" ", "")
    sign = text[:1] if text[:1] in "<>" else ""
    return f"{sign}{Decimal(text.lstrip('<>=')).normalize():f}"
