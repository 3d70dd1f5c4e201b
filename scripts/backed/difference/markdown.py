"""A difference as the comment of a pull request: Markdown in which nothing that somebody wrote is more than text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .phrases import (
    counted,
    cut,
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

LARGEST = 60_000
"""Bytes of a comment; GitHub takes 65,536 characters, and what posts it adds a few of its own."""
LISTED = 40
"""Entries of one list that are told at first; fewer where the comment would be too long."""
FIELDS = 12
"""Fields told of one record."""
REST = "the whole is in the artifact `what-this-changes` of the preview's run"

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|~$>&<:-])")
_NOTHING = "\u200b"
"""A space of no width: breaks a name of a person, issue or address, so that nobody is called and nothing linked."""


def plain(text: str, longest: int = 300) -> str:
    """Return any text as Markdown that shows just that text, in one line and cut to a length.

    HTML and Markdown are shown as they are written; ``@name``, ``#1`` and addresses lead nowhere.
    """
    line = cut(re.sub(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", text), longest)
    line = re.sub(r"(@|#|GH-|:(?=//)|www\.)", rf"\1{_NOTHING}", line)
    return _SPECIAL.sub(_escaped, line)


def _escaped(found: re.Match[str]) -> str:
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found[0], f"\\{found[0]}")


def as_markdown(difference: Difference) -> str:
    """Return the difference as Markdown of at most 60,000 bytes; of lists that are too long the rest is counted."""
    listed = LISTED
    text = _whole(difference, listed)
    while len(text.encode()) > LARGEST and listed:
        listed //= 2
        text = _whole(difference, listed)
    return text


def _whole(difference: Difference, listed: int) -> str:
    parts = [
        f"### What this changes\n\n{plain(summary(difference))}",
        _part("Answers", [_answer(one) for one in difference.answers], listed, _TABLE),
        _part("Verdicts on claims", _verdicts(difference), listed),
        _part(
            "Claims to read again", [f"- “{plain(one.about)}” {plain(one.told)}" for one in difference.outdated], listed
        ),
        _part("Records", [_record(one) for one in difference.records], listed),
        _part("Citations", [_record(one) for one in difference.citations], listed),
        _part("Pages", _pages(difference), listed),
        _part("New problems", [_problem(*problem_words(one)) for one in errors_first(difference.new)], listed),
        _part("Problems fixed", [_problem(*problem_words(one)) for one in errors_first(difference.fixed)], listed),
        _part("Errors that were there before", [_problem(*problem_words(one)) for one in difference.standing], listed),
        f"{plain(difference.before)} → {plain(difference.after)}\\. {plain(scope(difference))}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


_TABLE = ("| Question | Before | After | Verdict |", "| --- | --- | --- | --- |")


def _part(heading: str, entries: Sequence[str], listed: int, head: Sequence[str] = ()) -> str:
    if not entries:
        return ""
    shown = [*(head if listed else ()), *entries[:listed]]
    rest = len(entries) - min(listed, len(entries))
    more = [f"\n… and {rest:,} more; {REST}."] if rest else []
    return "\n".join([f"#### {heading} ({len(entries):,})\n", *shown, *more])


def _answer(answer: AnswerChange) -> str:
    cells = [[*state_words(state)] for state in (answer.before, answer.after)]
    for cell, pool in zip(cells, pools(answer) or (), strict=False):
        cell.append(f"our own pool: {pool}")
    verdict = _arrow(verdict_words(answer))
    told = f"**{plain(verdict)}**" if answer.flips else plain(verdict) or "–"
    asked = "; ".join(filter(None, (plain(answer.asked), plain(_arrow(found_words(answer))))))
    return f"| {asked} | {' | '.join(plain('; '.join(cell), 600) for cell in cells)} | {told} |"


def _verdicts(difference: Difference) -> list[str]:
    return [
        f"- “{plain(one.about)}”{f' ({plain(one.on)})' if one.on else ''} **{plain(one.before)} → {plain(one.after)}**"
        for one in difference.verdicts
    ]


def _record(record: RecordChange) -> str:
    state = f", **{plain(_arrow(standing(record)))}**" if record.state else ""
    lines = [f"- {record.change}{state}: {record.kind} **{plain(record.id)}**, {plain(record.title)}"]
    for field in record.fields[:FIELDS]:
        before, after = field_words(field)
        lines.append(f"  - {plain(field.at)}: {plain(before)} → {plain(after)}")
    if len(record.fields) > FIELDS:
        lines.append(f"  - … and {counted(len(record.fields) - FIELDS, 'more field')}")
    return "\n".join(lines)


def _pages(difference: Difference) -> list[str]:
    added = [f"- added: {plain(page)}" for page in difference.pages_added]
    return added + [f"- removed: {plain(page)}" for page in difference.pages_removed]


def _problem(place: str, told: str) -> str:
    return f"- {plain(place)}: {plain(told)}"


def _arrow(text: str) -> str:
    return text.replace(" -> ", " → ")
