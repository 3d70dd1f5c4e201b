"""What is recorded of every treatment or exposure on every outcome: the cells of the evidence map, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..model import Comparison, Effect, Evidence, Study, Syntheses, Term, lineage
from ..model.effect import Level

Side = Literal["interventions", "exposures"]
"""The vocabulary that the rows of a map are from."""

SIDES: tuple[Side, ...] = ("interventions", "exposures")
GONE = frozenset({"retracted", "withdrawn"})
"""What may have become of a study that is then no longer counted."""

LEVELS: tuple[Level, ...] = ("very-low", "low", "moderate", "high")
ALL = ""
"""Stands for every condition, and for every kind of study."""


@dataclass(frozen=True)
class Counted:
    """A study in a cell: its kind of design, whom it studied (an id of `conditions`), on how many people.

    ``figures`` says that its record has figures of the outcome; else the result is told in words only. For a review
    ``people`` are those of its largest effect here. ``same`` are studies of the same people.
    """

    study: str
    kind: str
    condition: str
    people: int | None
    figures: bool
    same: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question of ours that a cell is about: its comparison and outcome, whose evidence counts, how certain it is."""

    comparison: str
    outcome: str
    conditions: tuple[str, ...]
    level: Level | None


@dataclass(frozen=True)
class Cell:
    """What is recorded of one term on one outcome; narrower terms count as their wider ones."""

    counted: tuple[Counted, ...] = ()
    asked: tuple[Asked, ...] = ()

    @cached_property
    def amount(self) -> Amount:
        """Return how much that is."""
        return amount(self.counted)

    @cached_property
    def level(self) -> Level | None:
        """Return the certainty of the most certain answer, None where none was judged."""
        return most_certain(self.asked)


@dataclass(frozen=True)
class Amount:
    """How many studies and reviews, and the people: of the studies together, and of the largest review.

    ``told`` counts the studies and reviews among them whose results are told in words only.
    """

    studies: int = 0
    reviews: int = 0
    people: int | None = None
    reviewed: int | None = None
    told: int = 0

    @property
    def largest(self) -> int | None:
        """Return the people of the studies together or of the largest review, whichever is more."""
        known = [count for count in (self.people, self.reviewed) if count is not None]
        return max(known) if known else None


@dataclass(frozen=True)
class Row:
    """A term with its cells by outcome, its depth in the tree, and whether any recorded study tests it."""

    term: str
    depth: int
    cells: Mapping[str, Cell]

    @property
    def studied(self) -> bool:
        """Say whether any recorded study is about the term."""
        return any(cell.counted for cell in self.cells.values())


@dataclass(frozen=True)
class Mapped:
    """The rows of one side by term, in the order of the tree; ``only_compared`` are terms others are compared with."""

    rows: Mapping[str, Row]
    only_compared: tuple[str, ...]


def mapped(side: Side, evidence: Evidence, syntheses: Syntheses) -> Mapped:
    """Return the map of one side: all its terms but those that recorded studies use for comparison only."""
    terms: Mapping[str, Term] = getattr(evidence.vocabularies, side)
    counted, compared = _counted(side, evidence)
    asked = _asked(side, evidence, syntheses)
    cells: dict[str, dict[str, Cell]] = {}
    for term, outcome in dict.fromkeys((*counted, *asked)):
        held = tuple(counted.get((term, outcome), {}).values())
        cells.setdefault(term, {})[outcome] = Cell(held, tuple(asked.get((term, outcome), ())))
    ordered = list(_in_tree(terms))
    only = tuple(term for term, _ in ordered if term not in cells and term in compared)
    rows = {term: Row(term, depth, cells.get(term, {})) for term, depth in ordered if term not in only}
    return Mapped(rows, only)


def _counted(side: Side, evidence: Evidence) -> tuple[dict[tuple[str, str], dict[str, Counted]], frozenset[str]]:
    """Return what is recorded by term and outcome, study by study, and the terms that others are compared with."""
    terms: Mapping[str, Term] = getattr(evidence.vocabularies, side)
    wider = {term: tuple(lineage(terms, term)) for term in terms}
    found: dict[tuple[str, str], dict[str, Counted]] = {}
    compared: set[str] = set()
    for study in evidence.studies.values():
        if study.status.state in GONE:
            continue
        base = _base(study, evidence)
        for own, outcome, effect in _results(side, study):
            one = _with(base, study, effect)
            for term in dict.fromkeys(above for name in own for above in wider.get(name, ())):
                held = found.setdefault((term, outcome), {})
                held[study.id] = _larger(held.get(study.id), one)
        if side == "interventions":
            compared.update(*(study.sides(effect)[1] for effect in study.effects))
    return found, frozenset(compared)


def _results(side: Side, study: Study) -> Iterator[tuple[tuple[str, ...], str, Effect | None]]:
    """Yield the terms that each result of a study is about, its outcome, and the effect; None for one told in words."""
    seen: list[str] = []
    for effect in study.effects:
        own = study.sides(effect)[0] if side == "interventions" else (effect.exposure,) if effect.exposure else ()
        seen += own
        yield own, effect.outcome, effect
    if study.review is not None:
        seen += getattr(study.review, side)
    for finding in study.findings:
        if finding.outcome is not None:
            yield tuple(dict.fromkeys(seen)), finding.outcome, None


def _base(study: Study, evidence: Evidence) -> Counted:
    design = evidence.vocabularies.designs.get(study.design.type)
    kind = "review" if study.review is not None else design.kind if design else ""
    same = tuple(one.study for one in study.related if one.how in {"same-sample", "follow-up"})
    return Counted(study.id, kind, study.population.condition, None, figures=False, same=same)


def _with(base: Counted, study: Study, effect: Effect | None) -> Counted:
    people = study.people_in(effect) if effect else None if study.review else study.population.n.headline
    return Counted(base.study, base.kind, base.condition, people, effect is not None, base.same)


def _larger(held: Counted | None, one: Counted) -> Counted:
    """Return a study as its larger result has it; with figures where one of them has any."""
    if held is None:
        return one
    people = max((count for count in (held.people, one.people) if count is not None), default=None)
    return Counted(one.study, one.kind, one.condition, people, held.figures or one.figures, one.same)


def _asked(side: Side, evidence: Evidence, syntheses: Syntheses) -> dict[tuple[str, str], list[Asked]]:
    found: dict[tuple[str, str], list[Asked]] = {}
    for comparison in evidence.comparisons.values():
        for question in comparison.outcomes:
            level = syntheses.answers[comparison.id, question.id].certainty
            one = Asked(comparison.id, question.id, comparison.population.conditions, level)
            for term in _about(side, comparison):
                found.setdefault((term, question.outcome), []).append(one)
    return found


def _about(side: Side, comparison: Comparison) -> tuple[str, ...]:
    tested = comparison.intervention if side == "interventions" else comparison.exposure
    return tested.terms if tested else ()


def _in_tree(terms: Mapping[str, Term], above: str | None = None, depth: int = 0) -> Iterator[tuple[str, int]]:
    for term, entry in terms.items():
        if entry.broader == above:
            yield term, depth
            yield from _in_tree(terms, term, depth + 1)


def amount(counted: Iterable[Counted]) -> Amount:
    """Return how much some studies are; people of the same sample count once, where the largest of its studies has."""
    listed = list(counted)
    single = [one for one in listed if one.kind != "review"]
    reviews = [one.people for one in listed if one.kind == "review" and one.people is not None]
    sizes: dict[str, int] = {}
    group: dict[str, str] = {}
    for one in single:
        first = next((group[name] for name in (one.study, *one.same) if name in group), one.study)
        group |= dict.fromkeys((one.study, *one.same), first)
        if one.people is not None:
            sizes[first] = max(sizes.get(first, 0), one.people)
    return Amount(
        len(single),
        len(listed) - len(single),
        sum(sizes.values()) if sizes else None,
        max(reviews) if reviews else None,
        sum(not one.figures for one in listed),
    )


def most_certain(asked: Iterable[Asked]) -> Level | None:
    """Return the certainty of the most certain of some answers; None where none was judged."""
    judged = [one.level for one in asked if one.level is not None]
    return max(judged, key=LEVELS.index) if judged else None


def views(
    rows: Iterable[Row], conditions: Mapping[str, Term]
) -> Mapping[tuple[str, str], Mapping[tuple[str, str], Cell]]:
    """Return the cells that hold something, by term and outcome, in each view: of a condition and a kind of study.

    Either may be ALL; a question that nothing answers is of no kind of study. A narrower condition counts as its wider
    ones. Questions stay in a view whose condition any of theirs falls under; how certain an answer is does not change
    with the kind of study looked at.
    """
    wider = {condition: (ALL, *lineage(conditions, condition)) for condition in conditions}
    found: dict[tuple[str, str], dict[tuple[str, str], list[Counted]]] = {}
    cells = {(row.term, outcome): cell for row in rows for outcome, cell in row.cells.items()}
    for place, cell in cells.items():
        for one in cell.counted:
            for condition in wider.get(one.condition, (ALL,)):
                for kind in (ALL, one.kind):
                    found.setdefault((condition, kind), {}).setdefault(place, []).append(one)
        for condition in {
            ALL,
            *(above for one in cell.asked for name in one.conditions for above in wider.get(name, ())),
        }:
            if cell.asked:
                found.setdefault((condition, ALL), {}).setdefault(place, [])
    return {
        view: {place: Cell(tuple(held), _of(view[0], cells[place].asked, wider)) for place, held in own.items()}
        for view, own in found.items()
    }


def _of(condition: str, asked: tuple[Asked, ...], wider: Mapping[str, tuple[str, ...]]) -> tuple[Asked, ...]:
    return tuple(one for one in asked if any(condition in wider.get(name, (ALL,)) for name in one.conditions))
