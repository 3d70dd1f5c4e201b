"""Mistakes in one figure of a study: alone, or in its printed form too, as when that is typed after the figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

from backed.model import Study

from .document import Change, Document
from .kind import kind
from .sites import effects, figures, with_printed
from .slips import Slip, digit_beside, digit_doubled, digit_dropped, digits_exchanged, point_moved


def _alone(doc: Document, rng: Random, slip: Slip) -> Iterator[Change]:
    for at, value, _ in figures(doc):
        if (new := slip(value, rng)) and _may_stand(at[-1], new):
            yield doc.changed(doc.put(at, new))


def _twice(doc: Document, rng: Random, slip: Slip) -> Iterator[Change]:
    for at, value, source in figures(doc):
        if (
            (new := slip(value, rng))
            and _may_stand(at[-1], new)
            and (change := with_printed(doc, at, value, new, source))
        ):
            yield change


def _may_stand(name: str | int, figure: str) -> bool:
    """Say whether nobody would stop at once: numbers of people are whole."""
    return "." not in figure or name not in (
        "n",
        "events",
        "studies",
        "participants",
        "randomised",
        "completed",
        "analysed",
    )


@kind("studies")
def decimal_point_moved(doc: Document, rng: Random) -> Iterator[Change]:
    """4.9 is typed for 0.49: the point slips by one place."""
    yield from _alone(doc, rng, point_moved)


@kind("studies")
def decimal_point_moved_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """4.9 is typed for 0.49, and the printed form is typed after the figure, not after the paper."""
    yield from _twice(doc, rng, point_moved)


@kind("studies")
def digits_transposed(doc: Document, rng: Random) -> Iterator[Change]:
    """2.41 is typed for 2.14: two fingers in the wrong order."""
    yield from _alone(doc, rng, digits_exchanged)


@kind("studies")
def digits_transposed_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """2.41 is read for 2.14 and typed so in both places."""
    yield from _twice(doc, rng, digits_exchanged)


@kind("studies")
def digit_typed_twice(doc: Document, rng: Random) -> Iterator[Change]:
    """334 is typed for 34: the key was held too long."""
    yield from _alone(doc, rng, digit_doubled)


@kind("studies")
def digit_typed_twice_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """334 is typed for 34 and copied into the printed form."""
    yield from _twice(doc, rng, digit_doubled)


@kind("studies")
def neighbouring_key(doc: Document, rng: Random) -> Iterator[Change]:
    """35 is typed for 34: the finger hit the key beside."""
    yield from _alone(doc, rng, digit_beside)


@kind("studies")
def neighbouring_key_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """35 is typed for 34 and copied into the printed form: the nastiest, since both agree."""
    yield from _twice(doc, rng, digit_beside)


@kind("studies")
def digit_left_out(doc: Document, rng: Random) -> Iterator[Change]:
    """34 is typed for 134: a key was not pressed hard enough."""
    yield from _alone(doc, rng, digit_dropped)


@kind("studies")
def minus_lost(doc: Document, rng: Random) -> Iterator[Change]:
    """12 is typed for −12: a typographic minus is lost when text is pasted from a PDF."""
    for at, value, _ in figures(doc):
        if value.startswith("-"):
            yield doc.changed(doc.put(at, value[1:]))


@kind("studies")
def minus_lost_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """The minus is lost in the paste, and the figure is typed after what was pasted."""
    for at, value, source in figures(doc):
        there = doc.printed(source, value, value) if value.startswith("-") else None
        if there is not None:
            [(start, end)] = there
            if doc.text[start - 1] in "-\u2212\u2013":
                yield doc.changed(doc.put(at, value[1:]), {(start - 1, end): value[1:]})


@kind("studies")
def sd_recorded_as_se(doc: Document, rng: Random) -> Iterator[Change]:
    """Table heads say "mean (SD)" or "mean (SE)", and the wrong one is taken for both arms."""
    yield from _spread_named(doc, "sd", "se")


@kind("studies")
def se_recorded_as_sd(doc: Document, rng: Random) -> Iterator[Change]:
    """A table gives standard errors; they are recorded as standard deviations, with the printed form of the table."""
    yield from _spread_named(doc, "se", "sd")
    for at, effect in effects(doc):
        spreads = [(number, group) for number, group in enumerate(effect.groups) if group.sd and group.n]
        edits = []
        for number, group in spreads:
            figure = group.sd or ""
            error = f"{float(figure) / math.sqrt(group.n or 1):.2f}"
            there = doc.printed((*at, "source"), figure, error)
            edits += [doc.put((*at, "groups", number, "sd"), error), *([there] if there else [])]
        if len(spreads) > 1 and float(error) > 0:
            yield doc.changed(*edits)


def _spread_named(doc: Document, old: str, new: str) -> Iterator[Change]:
    for at, effect in effects(doc):
        named = [number for number, group in enumerate(effect.groups) if getattr(group, old) is not None]
        if named and all(getattr(effect.groups[number], new) is None for number in named):
            yield doc.changed(*(doc.rename((*at, "groups", number, old), new) for number in named))


@kind("studies")
def mean_taken_as_sd(doc: Document, rng: Random) -> Iterator[Change]:
    """The eye slips one column to the left, and the mean is typed for its standard deviation."""
    for at, effect in effects(doc):
        for number, group in enumerate(effect.groups):
            if group.mean and group.sd and group.mean != group.sd:
                yield doc.changed(doc.put((*at, "groups", number, "sd"), group.mean.lstrip("-")))


@kind("studies")
def events_and_n_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """ "12/59" is typed as 59 events of 12 people."""
    for at, effect in effects(doc):
        for number, group in enumerate(effect.groups):
            here = (*at, "groups", number)
            if group.events is not None and group.n is not None:
                yield doc.changed(doc.exchange((*here, "events"), (*here, "n")))


@kind("studies")
def percent_for_count(doc: Document, rng: Random) -> Iterator[Change]:
    """The column of percentages is typed as the numbers of people with the event; the source prints both."""
    for at, effect in effects(doc):
        for number, group in enumerate(effect.groups):
            if group.events and group.n:
                share = str(round(100 * group.events / group.n))
                path = (*at, "groups", number, "events")
                yield doc.changed(doc.put(path, share))
                if change := with_printed(doc, path, str(group.events), share, (*at, "source")):
                    yield change


@kind("studies")
def count_for_percent(doc: Document, rng: Random) -> Iterator[Change]:
    """The number of women is typed where their share belongs, or the share where the number belongs."""
    study = doc.record
    assert isinstance(study, Study)
    women, n = study.population.women, study.population.n.headline
    if women is not None and women.percent is not None and n:
        at = ("population", "women", "percent")
        yield doc.changed(doc.put(at, str(women.n or round(float(women.percent) * n / 100))))
        yield doc.changed(doc.rename(at, "n"), doc.put(at, str(round(float(women.percent))))) if women.n is None else {}


@kind("studies")
def ratio_recorded_as_its_logarithm(doc: Document, rng: Random) -> Iterator[Change]:
    """A regression table or a forest plot's data file gives log ratios; they are recorded, and printed, as ratios."""
    for at, effect in effects(doc):
        if effect.measure.is_ratio and effect.estimate and effect.ci:
            edits = []
            for path, figure in (("estimate", effect.estimate), (("ci", 0), effect.ci[0]), (("ci", 1), effect.ci[1])):
                where = (*at, path) if isinstance(path, str) else (*at, *path)
                new = f"{math.log(float(figure)):.2f}"
                there = doc.printed((*at, "source"), figure, new)
                edits += [doc.put(where, new), *([there] if there else [])]
            yield doc.changed(*edits)


@kind("studies")
def interval_at_another_level(doc: Document, rng: Random) -> Iterator[Change]:
    """A 90% or 99% interval is recorded as one of 95%, or the level is recorded where it is 95%."""
    for at, effect in effects(doc):
        if effect.ci is None:
            continue
        if doc.value(*at, "level") is not None:
            yield doc.changed(doc.put((*at, "level"), "95"))
        else:
            [(span, _)] = doc.rename((*at, "ci"), "ci").items()
            line = doc.text.rfind("\n", 0, span[0]) + 1
            indent = doc.text[line : span[0]]
            if not indent.strip():
                yield doc.changed({(span[0], span[0]): f'level: "90"\n{indent}'})


@kind("studies")
def interval_printed_at_another_level(doc: Document, rng: Random) -> Iterator[Change]:
    """The paper gives 90% intervals without saying so at the figure: narrower by a sixth, figure and printed form."""
    for at, effect in effects(doc):
        if effect.ci is None or effect.estimate is None or effect.measure.is_ratio:
            continue
        edits = []
        for end, bound in enumerate(effect.ci):
            new = f"{float(effect.estimate) + 0.8392 * (float(bound) - float(effect.estimate)):.{bound.decimals}f}"
            there = doc.printed((*at, "source"), bound, new)
            if there is None or new == bound:
                break
            edits += [doc.put((*at, "ci", end), new), there]
        else:
            yield doc.changed(*edits)


@kind("studies")
def p_value_slip(doc: Document, rng: Random) -> Iterator[Change]:
    """0.04 is typed for 0.004, or 0.38 for 0.038."""
    yield from _other_p(doc, rng, also_printed=False)


@kind("studies")
def p_value_slip_in_printed_form_too(doc: Document, rng: Random) -> Iterator[Change]:
    """0.04 is typed for 0.004 in both places."""
    yield from _other_p(doc, rng, also_printed=True)


def _other_p(doc: Document, rng: Random, *, also_printed: bool) -> Iterator[Change]:
    for at, effect in effects(doc):
        if effect.p is None:
            continue
        number = effect.p.lstrip("<>= ")
        head = effect.p[: len(effect.p) - len(number)]
        new = number.replace(".0", ".", 1) if ".0" in number else number.replace(".", ".0", 1)
        edits = [doc.put((*at, "p"), head + new)]
        if also_printed:
            there = doc.printed((*at, "source"), number, new)
            if there is None:
                continue
            edits.append(there)
        yield doc.changed(*edits)


@kind("studies")
def digits_of_n_randomised_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """164 is typed for 146 people randomised; the printed form, where it has digits, is typed after it."""
    for at, value, source in figures(doc):
        if at[:2] == ("population", "n") and (new := digits_exchanged(value, rng)):
            yield doc.changed(doc.put(at, new))
            if change := with_printed(doc, at, value, new, source):
                yield change
