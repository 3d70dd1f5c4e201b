"""The figures of all studies by what they measure, so that a rule can hold one against its like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import median, quantiles

from ..model import Effect, Evidence, Figure, Measure, Study
from ..problem import Where

FEW = 60
"""Up to so many figures of one kind are compared one by one; of more, the middle nine tenths stand for all."""


@dataclass(frozen=True)
class Seen:
    """One mean or spread as recorded: whose, where, of which arm and when, and what it is."""

    study: str
    at: Where
    name: str
    figure: Figure
    n: int | None
    changed: bool
    value: float


Kind = tuple[str, str | None]
"""An outcome and the instrument it was measured with: figures of one kind can be compared."""


def seen_in(study: Study) -> Iterator[tuple[Kind, Seen]]:
    """Yield every mean, standard deviation and standard error of the groups of a study, with its kind."""
    for index, effect in enumerate(study.effects):
        kind = (effect.outcome, effect.instrument)
        for position, group in enumerate(effect.groups):
            at: Where = ("effects", index, "groups", position)
            changed = effect.values == "change"
            for name in ("mean", "sd", "se"):
                if (figure := getattr(group, name)) is not None:
                    yield kind, Seen(study.id, (*at, name), name, figure, group.n, changed, figure.value)
                if group.start is not None and (figure := getattr(group.start, name, None)) is not None:
                    yield kind, Seen(study.id, (*at, "start", name), name, figure, group.start.n, False, figure.value)


@dataclass(frozen=True)
class Like:
    """What a figure is held against: the lowest, the middle and the highest of its like, and how many they are."""

    low: float
    typical: float
    high: float
    count: int


class Figures:
    """Every figure of every study, by kind; what is asked again and again is worked out once."""

    def __init__(self, evidence: Evidence) -> None:
        """Read all studies once."""
        found: dict[tuple[Kind, str, bool], list[Seen]] = {}
        for study in evidence.studies.values():
            for kind, one in seen_in(study):
                found.setdefault((kind, one.name, one.changed), []).append(one)
        many = {key for key, alike in found.items() if len(alike) > FEW and key[0][1] is not None}
        self._of_many = {key: _of_many([other.value for other in found[key]]) for key in many}
        self._by_kind = {key: alike for key, alike in found.items() if key not in many}

    def like(self, one: Seen, kind: Kind, name: str) -> Like | None:
        """Return what a figure can be held against: one more of its own study, or three of others, or None."""
        key = (kind, name, one.changed)
        if (of_many := self._of_many.get(key)) is not None:
            return of_many
        alike = self._by_kind.get(key, [])
        own = [other.value for other in alike if other.study == one.study and other.at != one.at]
        if kind[1] is None:
            return _of_few(own)  # nobody knows whether two instruments that were not seen are the same
        others = [other.value for other in alike if other.study != one.study]
        return _of_few(own + others if own or len(others) >= 3 else [])


def _of_few(values: Sequence[float]) -> Like | None:
    return Like(min(values), median(values), max(values), len(values)) if values else None


def _of_many(values: Sequence[float]) -> Like:
    cuts = quantiles(values, n=20)
    return Like(cuts[0], median(values), cuts[-1], len(values))


Row = tuple[str, ...]
What = tuple[str, ...]


def rows_in(study: Study) -> Iterator[tuple[Where, Row, What]]:
    """Yield every row of figures of a study: place, figures, and whose and of what it is."""
    for index, effect in enumerate(study.effects):
        told = (effect.outcome, effect.instrument or "", " ".join(effect.time.amount) if effect.time else "")
        for position, group in enumerate(effect.groups):
            spread = group.sd or group.se
            if group.mean is not None and spread is not None and group.n:
                at: Where = ("effects", index, "groups", position, "mean")
                yield at, (group.mean, spread, str(group.n)), (group.group, *told)
        if effect.estimate is not None and effect.ci is not None:
            row = (str(effect.measure), effect.estimate, *effect.ci)
            yield ("effects", index, "estimate"), row, (effect.id, *told)


def digits(row: Row) -> int:
    """Return how many digits of a row speak against chance: those of the figures, without leading noughts."""
    figures = row[1:] if len(row) > 3 else row[:2]  # a contrast begins with its measure, a group ends with its n
    return sum(len(figure.lstrip("-+0.").replace(".", "")) for figure in figures)


def rows_of_all(evidence: Evidence) -> dict[Row, list[tuple[str, Where, What]]]:
    """Return every row of every study by its figures: the study, the place, and what it is of."""
    found: dict[Row, list[tuple[str, Where, What]]] = {}
    for study in evidence.studies.values():
        for at, row, what in rows_in(study):
            found.setdefault(row, []).append((study.id, at, what))
    return found


_TWO_VALUES = frozenset(
    {
        Measure.RISK_RATIO,
        Measure.ODDS_RATIO,
        Measure.PETO_ODDS_RATIO,
        Measure.RATE_RATIO,
        Measure.HAZARD_RATIO,
        Measure.RISK_DIFFERENCE,
        Measure.PROPORTION,
    }
)
_POINTS = frozenset({Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.MEAN_CHANGE, Measure.MEAN})


def way_of(effect: Effect) -> str:
    """Return whether a result counts or measures in points; empty where it does neither."""
    if effect.measure in _TWO_VALUES:
        return "counted"
    if effect.measure in _POINTS:
        return "points"
    if effect.measure is Measure.ARM_LEVEL:
        means = any(group.mean or group.median for group in effect.groups)
        events = any(group.events is not None or group.percent for group in effect.groups)
        return "points" if means and not events else "counted" if events and not means else ""
    return ""


def ways_of_all(evidence: Evidence) -> Mapping[str, Mapping[str, AbstractSet[str]]]:
    """Return for every outcome the ways in which it is measured (counted, points), each with the studies that do so."""
    found: dict[str, dict[str, set[str]]] = {}
    for study in evidence.studies.values():
        for effect in study.effects:
            if way := way_of(effect):
                found.setdefault(effect.outcome, {}).setdefault(way, set()).add(study.id)
    return found
