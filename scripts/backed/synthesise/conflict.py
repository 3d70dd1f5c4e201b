"""Studies that disagree with an answer: on the other side of no effect, or with an interval that misses its own."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Answer, Conflict, Interval
from ..model.synthesis import Against


def conflicts(answer: Answer) -> tuple[Conflict, ...]:
    """Return each study whose effect disagrees with the answer, once, those furthest from agreeing first.

    Looked at are the rows of our pool, and of the studies outside it the first effect that stands beside it. What the
    answer itself rests on disagrees with nothing. () where there is no answer.
    """
    if answer.interval is None:
        return ()
    found: dict[str, Conflict] = {}
    for study, effects, interval in _looked_at(answer):
        how = against(interval, answer.interval, answer.measure.null)
        if how and (study not in found or ORDER.index(how) < ORDER.index(found[study].how)):
            found[study] = Conflict(study, effects, how, interval)
    return tuple(sorted(found.values(), key=lambda one: ORDER.index(one.how)))


ORDER: tuple[Against, ...] = ("opposite", "leaning", "apart")


def against(interval: Interval, answer: Interval, null: float) -> Against | None:
    """Return how an effect disagrees with an answer, None where it does not; ``null`` is no effect on their scale.

    An answer of exactly no effect has no side: only an effect whose interval does not meet its own disagrees.
    """
    side = answer.estimate - null
    if side and (interval.lower > null if side < 0 else interval.upper < null):
        return "opposite"
    if side * (interval.estimate - null) < 0:
        return "leaning"
    return "apart" if interval.lower > answer.upper or interval.upper < answer.lower else None


def _looked_at(answer: Answer) -> Iterator[tuple[str, tuple[str, ...], Interval]]:
    rows = answer.pool.rows if answer.pool else ()
    for row in rows:
        if row.study != answer.study:
            yield row.study, row.effects, row.interval
    seen = {answer.study, *(row.study for row in rows)}
    for one in answer.found:
        if one.role == "beside" and one.interval is not None and one.study not in seen:
            seen.add(one.study)
            yield one.study, (one.effect,), one.interval
