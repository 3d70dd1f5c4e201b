"""What the forms for people have in common: a difference in sentences, without any mark-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..problem import Problem, Severity
from .values import AnswerChange, AnswerState, Difference, FieldChange, PoolState, RecordChange

ALIKE = 24
"""Characters kept on either side of the words that differ in a long text."""
LONGEST = 160
"""Characters of a value beyond which it is shortened."""


def counted(number: int, noun: str, many: str = "") -> str:
    """Return a number with its noun: "1 record", "2 records"."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def summary(difference: Difference) -> str:
    """Return in one line what differs: records, answers, verdicts that flip, claims, problems."""
    if difference.empty:
        return "Nothing that is recorded differs."
    moved = [answer for answer in difference.answers if answer.moved]
    unused = sum(len(answer.newly_unused) for answer in difference.answers)
    flips = sum(answer.flips for answer in difference.answers)
    parts = [
        _records_in_short(difference.records),
        f"{counted(len(moved), 'answer')} moved" if moved else "no answer moved",
        f"{flips} of them to another verdict" if flips else "",
        f"{counted(unused, 'new effect')} found, not used" if unused else "",
        "no question asks for it yet" if _asked_by_none(difference) else "",
        f"another verdict on {counted(len(difference.verdicts), 'claim')}" if difference.verdicts else "",
        f"{counted(len(difference.outdated), 'claim')} to read again" if difference.outdated else "",
        counted(len(difference.new), "new problem") if difference.new else "no new problem",
        f"{len(difference.fixed)} fixed" if difference.fixed else "",
    ]
    return "; ".join(part for part in parts if part) + "."


def _asked_by_none(difference: Difference) -> bool:
    """Say whether studies were added, and no question finds anything new in them."""
    added = any(record.change == "added" and record.kind == "study" for record in difference.records)
    return added and not difference.answers


def _records_in_short(records: Sequence[RecordChange]) -> str:
    counts = Counter("withdrawn" if record.withdrawn else record.change for record in records)
    told = [f"{counts[change]} {change}" for change in ("added", "changed", "withdrawn", "gone") if counts[change]]
    return f"Records: {', '.join(told)}" if told else "No record changed"


def standing(record: RecordChange) -> str:
    """Return how a record's standing changed: "current -> retracted"; '' where it did not."""
    return f"{spoken(record.state[0])} -> {spoken(record.state[1])}" if record.state else ""


def spoken(name: str) -> str:
    """Return the name of a state as people say it."""
    return name.replace("-", " ")


def field_words(field: FieldChange) -> tuple[str, str]:
    """Return what a value was and is, each shortened to what differs; "nothing" where there was or is none."""
    if field.before is None or field.after is None:
        return cut(field.before) if field.before else "nothing", cut(field.after) if field.after else "nothing"
    before, after = field.before, field.after
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    first = _alike(before, after)
    last = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    return _around(before, first, last), _around(after, first, last)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text in one line, and shortened where it is longer than that many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _alike(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _around(text: str, first: int, last: int) -> str:
    start, end = max(first - ALIKE, 0), min(len(text) - last + ALIKE, len(text))
    return cut(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}")


def verdict_words(answer: AnswerChange) -> str:
    """Return what became of the verdict: "stays inconclusive", "inconclusive -> supported"; '' where there is none."""
    before, after = (state.verdict if state else None for state in (answer.before, answer.after))
    if answer.before is None or answer.after is None:
        return after or before or ""
    if before == after:
        return f"stays {after}" if after else ""
    return f"{before or 'none'} -> {after or 'none'}"


def state_words(state: AnswerState | None) -> list[str]:
    """Return an answer in parts: the effect, what it rests on, how certain that is; "not asked" without one."""
    if state is None:
        return ["not asked"]
    effect = state.effect.words if state.effect else f"nothing to go by: {state.missing}"
    amount = ", ".join(filter(None, (state.extent, spread(state.pool) if state.pool and state.pooled else "")))
    rests = f"rests on {state.rests_on}" + (f" ({amount})" if amount else "") if state.effect else ""
    return [effect, *([rests] if rests else []), f"certainty {state.certainty}"]


def pool_words(pool: PoolState | None) -> str:
    """Return a pool in one line: effect, studies, people, I², tau²; "no pool" without one."""
    if pool is None:
        return "no pool"
    people = f", {pool.people:,} people" if pool.people is not None else ""
    return f"{pool.effect.words}, {counted(pool.k, 'study', 'studies')}{people}, {spread(pool)}"


def spread(pool: PoolState) -> str:
    """Return how much the studies of a pool differ: "I² 33%, τ² 0.035"."""
    return f"I² {pool.I2:.0f}%, τ² {pool.tau2:.3g}"


def pools(answer: AnswerChange) -> tuple[str, str] | None:
    """Return our own pool before and after in words; None where it did not move, or is the answer itself."""
    states = answer.before, answer.after
    before, after = (state.pool if state else None for state in states)
    if before == after or all(state is None or state.pool is None or state.pooled for state in states):
        return None
    return pool_words(before), pool_words(after)


def found_words(answer: AnswerChange) -> str:
    """Return how many recorded effects fit the question; '' where that did not change."""
    before, after = (state.found if state else 0 for state in (answer.before, answer.after))
    fit = f"effects recorded that fit: {before} -> {after}" if before != after else ""
    unused = [f"{one.effect} is not used: {one.reason}" for one in answer.newly_unused]
    return "; ".join(filter(None, (fit, *unused)))


def problem_words(problem: Problem) -> tuple[str, str]:
    """Return where a problem is and which rule tells it, and what it is and what to do."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return (
        f"{place} {problem.severity} {problem.rule}",
        f"{problem.message}{f' ({problem.hint})' if problem.hint else ''}",
    )


def errors_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with those that block a build first."""
    return sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)


def scope(difference: Difference) -> str:
    """Return how far was looked, in a sentence."""
    return (
        f"Problems: every rule was applied to {difference.looked_at:,} of {counted(difference.total, 'record')}, those "
        "that the change can reach; `backed check` applies them to all."
    )
