"""Rules about what stands twice: a number typed for two, a result recorded under the heading of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from ..model import Effect, Figure, Study
from ..problem import Severity, Where
from .printed import numbers_in_order
from .rule import Base, Finding, rule
from .walk import walk

_Key = tuple[object, ...]


@rule("study", Severity.WARNING)
def figure_printed_each_time(study: Study, base: Base) -> Iterator[Finding]:
    """A number that stands twice among the figures of the arms is printed twice, where another one is left over.

    Mean and standard deviation are both 4.9, and the source prints "4.9 (2.1)": the eye slipped to the next column, or
    to the row of the other arm, and 2.1 was left behind. Numbers of patients and erroneous means or spreads were the
    commonest errors when trials were extracted again (Gøtzsche and others 2007, doi:10.1001/jama.298.4.430). Nothing is
    said where every printed number is recorded: then the source gives one number for both ("30 in each group").

    Wrong: `mean: "4.9", sd: "4.9"`, printed "4.9 (2.1)". Right: `mean: "4.9", sd: "2.1"`.
    """
    for index, effect in enumerate(study.effects):
        again = _again(effect)
        left = _left_over(effect) if again else []
        for at, number, times, printed in again if left else ():
            often = "once" if printed == 1 else f"{printed} times"
            message = f"{number} is recorded {times} times and printed {often}"
            yield Finding(("effects", index, *at), message, f"printed and not recorded: {', '.join(left[:4])}")


def _again(effect: Effect) -> list[tuple[Where, Decimal, int, int]]:
    """Return each figure of the arms that is recorded more often than it is printed, with how often each."""
    figures = list(_of_groups(effect))
    if len({number for _, number in figures}) == len(figures):
        return []  # most effects; reading what is printed takes longer
    printed = Counter(numbers_in_order(effect.source.printed or ""))
    seen: Counter[Decimal] = Counter()
    found = []
    for at, number in figures:
        seen[number] += 1
        if 0 < printed[number] < seen[number]:
            found.append((at, number, seen[number], printed[number]))
    return found


def _left_over(effect: Effect) -> list[str]:
    """Return the numbers that the source prints for an effect and the record does not have."""
    recorded = {abs(number) for number in _numbers(effect)}
    return [str(number) for number in Counter(numbers_in_order(effect.source.printed or "")) if number not in recorded]


def _numbers(effect: Effect) -> Iterator[Decimal]:
    """Yield every figure and count of an effect, its level, its p-value, and what was worked out from others."""
    for _, value in walk(effect):
        if isinstance(value, (Figure, int)):
            yield Decimal(value)
    yield from numbers_in_order(
        f"{effect.p}; {'; '.join(effect.source.computed)}; {effect.id}; {effect.source.locator}"
    )


def _of_groups(effect: Effect) -> Iterator[tuple[Where, Decimal]]:
    for position, group in enumerate(effect.groups):
        at: Where = ("groups", position)
        for name in ("n", "events", "percent", "mean", "sd", "se", "median"):
            if (figure := getattr(group, name)) is not None:
                yield (*at, name), abs(Decimal(figure))
        for name in ("n", "mean", "sd"):
            if group.start is not None and (figure := getattr(group.start, name)) is not None:
                yield (*at, "start", name), abs(Decimal(figure))


@rule("study", Severity.WARNING)
def result_told_once(study: Study, base: Base) -> Iterator[Finding]:
    """No two results of a study are of the same outcome, time, people and comparison.

    Where they are, a block was copied and its outcome, its instrument or its time was not changed, or they differ in
    something that the record does not say: then a `label`, a `subgroup` or `analysed` says it. Repeated extraction
    finds errors in up to half of what was extracted (Mathes, Klaßen and Pieper 2017, doi:10.1186/s12874-017-0431-4).
    """
    seen: dict[_Key, str] = {}
    for index, effect in enumerate(study.effects):
        key = _what(effect)
        if key in seen:
            message = f"outcome, time and comparison are those of `{seen[key]}`"
            hint = "correct what was copied, or say in `label` in what the two differ"
            yield Finding(("effects", index, "time" if effect.time else "outcome"), message, hint)
        seen.setdefault(key, effect.id)


def _what(effect: Effect) -> _Key:
    return (
        effect.outcome,
        effect.instrument,
        round(effect.time.in_weeks, 1) if effect.time else None,
        *(repr(getattr(effect, name)) for name in ("arms", "versus", "contrast", "subgroup", "label", "adjusted_for")),
        *(getattr(effect, name) for name in ("exposure", "measure", "values", "analysed")),
    )
