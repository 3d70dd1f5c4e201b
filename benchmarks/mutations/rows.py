"""Mistakes of rows and columns: every figure is printed somewhere, but not of this arm, side, time or outcome."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from backed.model import ArmData, Effect
from backed.problem import Where

from .document import Change, Document, Edits
from .kind import kind
from .sites import effects

_OF_GROUP = ("n", "mean", "sd", "se", "median", "iqr", "events", "percent")


def _shared(first: ArmData, second: ArmData) -> list[str]:
    return [name for name in _OF_GROUP if getattr(first, name) is not None and getattr(second, name) is not None]


def _pairs(doc: Document) -> Iterator[tuple[Where, Effect]]:
    for at, effect in effects(doc):
        if len(effect.groups) == 2:
            yield (*at, "groups"), effect


@kind("studies")
def group_ids_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """The control stands in the first column of this one table; its figures are given to the treated."""
    for at, _ in _pairs(doc):
        yield doc.changed(doc.exchange((*at, 0, "group"), (*at, 1, "group")))


@kind("studies")
def group_ids_exchanged_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """The arms are taken in the wrong order, and the printed numbers are typed in that order too."""
    for at, effect in _pairs(doc):
        edits: list[Edits] = [doc.exchange((*at, 0, "group"), (*at, 1, "group"))]
        for name in _shared(*effect.groups):
            ones = [getattr(group, name) for group in effect.groups]
            if isinstance(ones[0], tuple) or ones[0] == ones[1]:
                continue
            spots = [doc.printed((*at[:-1], "source"), str(one), str(one)) for one in ones]
            if spots[0] and spots[1]:
                [(first, _)], [(second, _)] = spots[0].items(), spots[1].items()
                edits.append({first: doc.text[slice(*second)], second: doc.text[slice(*first)]})
        if len(edits) > 1:
            yield doc.changed(*edits)


@kind("studies")
def one_figure_of_two_arms_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """The means (or spreads, or numbers) of two arms are exchanged, the rest is right."""
    for at, effect in _pairs(doc):
        for name in _shared(*effect.groups):
            yield doc.changed(doc.exchange((*at, 0, name), (*at, 1, name)))


@kind("studies")
def n_of_another_arm(doc: Document, rng: Random) -> Iterator[Change]:
    """The number of people of the other arm is typed for both."""
    for at, effect in _pairs(doc):
        if "n" in _shared(*effect.groups):
            yield doc.changed(doc.copied((*at, 0, "n"), (*at, 1, "n")))
            yield doc.changed(doc.copied((*at, 1, "n"), (*at, 0, "n")))


@kind("studies")
def bounds_of_interval_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """For a negative difference, the bound nearer to zero is printed first and typed first."""
    for at, effect in effects(doc):
        if effect.ci is not None:
            yield doc.changed(doc.exchange((*at, "ci", 0), (*at, "ci", 1)))


def _others(doc: Document) -> Iterator[tuple[Where, Effect, Where, Effect]]:
    """Yield every effect with each other one of the study that has the same measure."""
    listed = list(effects(doc))
    for at, effect in listed:
        for other_at, other in listed:
            if at != other_at and effect.measure == other.measure:
                yield at, effect, other_at, other


@kind("studies")
def bound_of_another_row(doc: Document, rng: Random) -> Iterator[Change]:
    """The eye slips one row down in the column of intervals; the printed form is typed after the figure."""
    for at, effect, other_at, other in _others(doc):
        if effect.ci is None or other.ci is None:
            continue
        for end in (0, 1):
            there = doc.printed((*at, "source"), effect.ci[end], other.ci[end])
            if there is not None:
                yield doc.changed(doc.copied((*other_at, "ci", end), (*at, "ci", end)), there)


@kind("studies")
def figures_of_two_rows_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """Pain and disability, or two times, stand below one another, and their estimates and intervals are exchanged."""
    for at, effect, other_at, other in _others(doc):
        if at < other_at and effect.estimate and other.estimate and effect.ci and other.ci:
            edits = [doc.exchange((*at, name), (*other_at, name)) for name in ("estimate", "ci")]
            yield doc.changed(*edits)


@kind("studies")
def two_rows_exchanged_with_their_printed_form(doc: Document, rng: Random) -> Iterator[Change]:
    """A whole row of the table, figures and printed form, goes under the wrong heading."""
    for at, effect, other_at, other in _others(doc):
        names = [name for name in ("estimate", "ci", "p") if getattr(effect, name) and getattr(other, name)]
        pair = doc.value(*at, "source", "printed"), doc.value(*other_at, "source", "printed")
        if at < other_at and "estimate" in names and None not in pair and pair[0] != pair[1]:
            edits = [doc.exchange((*at, name), (*other_at, name)) for name in names]
            yield doc.changed(*edits, doc.exchange((*at, "source", "printed"), (*other_at, "source", "printed")))


@kind("studies")
def intervention_and_comparator_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """The effect is recorded as control against treatment, with the sign of treatment against control."""
    for at, _ in effects(doc):
        for name in ("arms", "versus"):
            sides = (*at, name, "intervention"), (*at, name, "comparator")
            if _is_list(doc, sides[0]) and _is_list(doc, sides[1]):
                yield doc.changed(doc.exchange(*sides))


def _is_list(doc: Document, at: Where) -> bool:
    return doc.value(*at, 0) is not None


@kind("studies")
def direction_flipped(doc: Document, rng: Random) -> Iterator[Change]:
    """The source counts improvement as positive; estimate and interval are typed with the signs turned round."""
    for at, effect in effects(doc):
        if effect.estimate is None or effect.ci is None or not effect.measure.is_contrast:
            continue
        if effect.measure.is_ratio:
            turned = [f"{1 / float(figure):.2f}" for figure in (effect.estimate, *reversed(effect.ci)) if float(figure)]
            if len(turned) < 3:
                continue
            old = (effect.estimate, *reversed(effect.ci))
            places = [there for a, b in zip(old, turned, strict=True) if (there := doc.printed((*at, "source"), a, b))]
        else:
            turned = [_opposite(figure) for figure in (effect.estimate, *reversed(effect.ci))]
            places = []
        paths = (("estimate",), ("ci", 0), ("ci", 1))
        yield doc.changed(*(doc.put((*at, *path), new) for path, new in zip(paths, turned, strict=True)), *places)


@kind("studies")
def direction_flipped_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """The same, and the printed form is written without its signs, as some papers print it."""
    for at, effect in effects(doc):
        if effect.estimate is None or effect.ci is None or effect.measure.is_ratio or not effect.measure.is_contrast:
            continue
        figures = (effect.estimate, *effect.ci)
        spots = [doc.printed((*at, "source"), figure, figure) for figure in figures]
        if not all(spots) or not any(figure.startswith("-") for figure in figures):
            continue
        signs = {(start - 1, end): doc.text[start:end] for spot in spots if spot for start, end in spot
                 if doc.text[start - 1] in "-\u2212\u2013"}  # fmt: skip
        turned = [_opposite(figure) for figure in (effect.estimate, *reversed(effect.ci))]
        paths = (("estimate",), ("ci", 0), ("ci", 1))
        yield doc.changed(*(doc.put((*at, *path), new) for path, new in zip(paths, turned, strict=True)), signs)


def _opposite(figure: str) -> str:
    return figure[1:] if figure.startswith("-") else f"-{figure.lstrip('+')}" if float(figure) else figure
