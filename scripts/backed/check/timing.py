"""Rules about times: within the follow-up, and the one that the words beside the figure name."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Claim, Duration, Effect, Study
from ..problem import Severity, Where
from .rule import Base, Finding, rule
from .spoken import in_weeks, lengths

SAME = 0.15
"""Share by which two times may differ and still be called the same: six months are 24 or 26 weeks."""


def _same(weeks: float, other: float) -> bool:
    return abs(weeks - other) <= SAME * max(weeks, other)


@rule("study", in_browser=True)
def time_within_follow_up(study: Study, base: Base) -> Iterator[Finding]:
    """No result is later than the longest follow-up of its study.

    Either the time of the result is in the wrong unit (months for weeks), or the follow-up is not the longest one.
    """
    longest = study.design.follow_up
    if longest is None:
        return
    for index, effect in enumerate(study.effects):
        if effect.time is not None and effect.time.in_weeks > longest.in_weeks * (1 + SAME):
            message = f"{_said(effect.time)} is later than the longest follow-up, {_said(longest)}"
            yield Finding(("effects", index, "time"), message, _unit_hint(effect.time, longest))


def _said(time: Duration) -> str:
    figure, unit = time.amount
    return f"{figure} {unit.removesuffix('s') if figure == '1' else unit}"


def _unit_hint(time: Duration, longest: Duration) -> str:
    figure, unit = time.amount
    for other in ("days", "weeks", "months"):
        if other != unit and _same(in_weeks(figure.value, other[0]), longest.in_weeks):
            return f"is it {figure} {other}?"
    return "is the unit right? or is `design.follow_up` not the longest?"


@rule("study", Severity.WARNING)
def time_as_told(study: Study, base: Base) -> Iterator[Finding]:
    """The time of a result is the one that its id, its label or its source names.

    An effect called `pain-12-weeks`, or printed as "at 12 weeks", stands at 12 weeks and not at 12 months. Where id or
    source name several times, one of them is enough; the summary of the study is asked only for the same number in
    another unit. Repeated extraction finds errors in up to half of what was extracted (Mathes, Klaßen and Pieper 2017,
    doi:10.1186/s12874-017-0431-4); another row or unit is one that no check of the digits can find.
    """
    for index, effect in enumerate(study.effects):
        if effect.time is None:
            continue
        at: Where = ("effects", index, "time")
        for name, text in _told(effect):
            named = list(lengths(text))
            if named and not any(_same(in_weeks(*one), effect.time.in_weeks) for one in named):
                message = f"recorded at {_said(effect.time)}, but the {name} says {_listed(named)}"
                yield Finding(at, message, _which(effect))
                break
        else:
            yield from _other_unit(study, effect, at)


def _told(effect: Effect) -> Iterator[tuple[str, str]]:
    yield "id", effect.id
    if effect.label is not None:
        yield "label", effect.label.en
    yield "source", f"{effect.source.locator}; {effect.source.printed or ''}"


def _listed(named: list[tuple[float, str]]) -> str:
    words = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    return ", ".join(f"{number:g} {words[unit]}" for number, unit in named)


def _which(effect: Effect) -> str:
    return "correct the time, or the name of the effect" if list(lengths(effect.id)) else "is it weeks or months?"


def _other_unit(study: Study, effect: Effect, at: Where) -> Iterator[Finding]:
    """Yield where the summary has the number of the time in another unit, and the time itself nowhere."""
    if effect.time is None:
        return
    figure, _ = effect.time.amount
    named = list(lengths(study.summary.en))
    number = [one for one in named if one[0] == figure.value]
    if number and not any(_same(in_weeks(*one), effect.time.in_weeks) for one in named):
        message = f"recorded at {_said(effect.time)}, but the summary says {_listed(number)}"
        yield Finding(at, message, f"is it {_listed(number[:1])}?")


@rule("claim")
def earlier_in_order(claim: Claim, base: Base) -> Iterator[Finding]:
    """The conclusions a claim had before follow one another, and each differs from the next.

    `earlier` is what readers are told of a conclusion that changed, on the claim's page, on the page "What is new" and
    by feed: since when it held, until when, and why it moved. The oldest comes first; the next one takes its place on
    the day it ends, and what holds now was judged no sooner.
    """
    begun = claim.as_of.on if claim.as_of else claim.reviewed.on
    now = claim.judgement.verdict if claim.judgement else claim.as_of.verdict if claim.as_of else "not-known"
    numbers = (claim.as_of.estimate, claim.as_of.ci) if claim.as_of else (None, None)
    following = [(one.on, (one.verdict, one.estimate, one.ci)) for one in claim.earlier[1:]] + [
        (begun, (now, *numbers))
    ]
    for index, (one, (day, other)) in enumerate(zip(claim.earlier, following, strict=False)):
        at: Where = ("earlier", index)
        if one.until < one.on:
            yield Finding((*at, "until"), f"it ends on {one.until}, before it begins on {one.on}", "look at both days")
        elif day < one.until:
            message = f"it ends on {one.until}, but the one after it is of {day}"
            yield Finding(
                (*at, "until"), message, "the oldest comes first, and each ends when the next takes its place"
            )
        if (one.verdict, one.estimate, one.ci) == other:
            yield Finding((*at, "verdict"), "the one after it says the same", "keep only what changed")
