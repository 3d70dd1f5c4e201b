"""A difference as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..diagnostics import relative
from ..problem import Problem
from .values import AnswerChange, Difference, RecordChange

JSON_VERSION = 1
"""Of the form; it grows when a key changes its meaning or goes, not when one is added."""


def as_json(difference: Difference) -> str:
    """Return one JSON object, its keys always all there and in this order; `CONTRIBUTING.md` says what they hold."""
    whole = {
        "version": JSON_VERSION,
        "before": difference.before,
        "after": difference.after,
        "records": [_record(record) for record in difference.records],
        "answers": [_answer(answer) for answer in difference.answers],
        "verdicts": [asdict(verdict) for verdict in difference.verdicts],
        "outdated": [asdict(claim) for claim in difference.outdated],
        "pages": {"added": list(difference.pages_added), "removed": list(difference.pages_removed)},
        "citations": [_record(work) for work in difference.citations],
        "problems": {
            "fixed": [_problem(problem) for problem in difference.fixed],
            "new": [_problem(problem) for problem in difference.new],
            "standing": [_problem(problem) for problem in difference.standing],
        },
        "looked_at": difference.looked_at,
        "total": difference.total,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _record(record: RecordChange) -> dict[str, object]:
    return {**asdict(record), "withdrawn": record.withdrawn}


def _answer(answer: AnswerChange) -> dict[str, object]:
    return {**asdict(answer), "flips": answer.flips}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "rule": problem.rule,
        "severity": str(problem.severity),
        "file": relative(problem.file),
        "line": problem.line or None,
        "at": list(problem.at),
        "message": problem.message,
        "hint": problem.hint,
    }
