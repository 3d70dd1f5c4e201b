"""A difference as an editor reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from .phrases import (
    errors_first,
    field_words,
    found_words,
    pools,
    problem_words,
    scope,
    standing,
    state_words,
    summary,
    verdict_words,
)
from .values import AnswerChange, Difference, RecordChange

_MARKS = {"added": "+", "changed": "~", "gone": "-"}


def as_text(difference: Difference) -> str:
    """Return the difference in lines: a heading a part, two more lines what was and what is; empty parts left out."""
    told = {
        "Records": [line for record in difference.records for line in _record(record)],
        "Answers": [line for answer in difference.answers for line in _answer(answer)],
        "Verdicts on claims": [
            f"  {one.claim}{f' ({one.on})' if one.on else ''}: {one.before} -> {one.after}"
            for one in difference.verdicts
        ],
        "Claims to read again": [f"  {one.claim}: {one.told}" for one in difference.outdated],
        "Pages": [f"  + {page}" for page in difference.pages_added]
        + [f"  - {page}" for page in difference.pages_removed],
        "Citations": [line for work in difference.citations for line in _record(work)],
        "Problems fixed": [line for one in errors_first(difference.fixed) for line in _problem(problem_words(one))],
        "Problems new": [line for one in errors_first(difference.new) for line in _problem(problem_words(one))],
        "Errors in both": [line for one in difference.standing for line in _problem(problem_words(one))],
    }
    lines = [f"{difference.before} -> {difference.after}", summary(difference)]
    for heading, inner in told.items():
        if inner:
            lines += ["", heading, *inner]
    return "\n".join([*lines, "", scope(difference)])


def _record(record: RecordChange) -> Iterator[str]:
    state = f" [{standing(record)}]" if record.state else ""
    yield f"  {_MARKS[record.change]} {record.kind} {record.id}{state}: {_one_line(record.title)}"
    for field in record.fields:
        before, after = field_words(field)
        yield f"      {field.at}: {before} -> {after}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _answer(answer: AnswerChange) -> Iterator[str]:
    verdict = verdict_words(answer)
    yield f"  {answer.asked} ({answer.comparison}){f'; verdict {verdict}' if verdict else ''}"
    before, after = (_one_line("; ".join(state_words(state))) for state in (answer.before, answer.after))
    yield from [f"      was: {before}", f"      now: {after}"] if before != after else [f"      stays: {after}"]
    if both := pools(answer):
        yield from (f"      our own pool was: {both[0]}", f"      our own pool now: {both[1]}")
    if found := found_words(answer):
        yield f"      {found}"


def _problem(told: tuple[str, str]) -> tuple[str, str]:
    return f"  {told[0]}", f"      {_one_line(told[1])}"
