"""A problem in the data: a value with a place, a message and what to do about it.

A problem is never an exception: checks collect all of them, and the command line prints them at
the end. Exceptions are for the tool's own trouble.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

Step = str | int
Where = tuple[Step, ...]


class Severity(StrEnum):
    """How much a problem matters: an error blocks the build, a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One fault in one file.

    ``at`` is the path of keys and positions inside the record (``("effects", 0, "ci")``); ``line``
    and ``column`` count from 1 and are 0 where they are not known yet.
    """

    rule: str
    severity: Severity
    file: str
    message: str
    hint: str = ""
    at: Where = ()
    line: int = 0
    column: int = 0

    def placed(self, line: int, column: int) -> Problem:
        """Return the same problem with its line and column (both from 1)."""
        return replace(self, line=line, column=column)

    @property
    def plain(self) -> dict[str, Any]:
        """Return its parts as JSON knows them; ``of`` gives it back."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Problem:
        """Return the problem whose parts were made plain."""
        return cls(**{**plain, "at": tuple(plain["at"]), "severity": Severity(plain["severity"])})


@dataclass(frozen=True)
class RuleDoc:
    """What a rule says about itself: its id, how severe it is, which records it reads, its page.

    ``in_browser`` says that the record builder on the site applies it too, while somebody types.
    """

    id: str
    severity: Severity
    subject: str
    text: str
    in_browser: bool = False

    @property
    def summary(self) -> str:
        """Return the first sentence of the rule's page."""
        return self.text.strip().splitlines()[0]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by file, line, column and rule, so that output is stable."""
    return sorted(problems, key=lambda p: (p.file, p.line, p.column, p.rule, p.message))


def dotted(at: Where) -> str:
    """Return a path inside a record as people write it: ``effects.0.ci``."""
    return ".".join(str(step) for step in at)


def as_text(problem: Problem, expected: str = "", page: str = "") -> str:
    """Return a problem as an editor reads it in a terminal: place, message, expectation, hint, page of the rule."""
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    inner = f"{dotted(problem.at)}: " if problem.at else ""
    lines = [f"{place}: {problem.severity} {problem.rule}", f"    {inner}{problem.message}"]
    told = {"expected": expected, "hint": problem.hint, "page": page}
    return "\n".join([*lines, *(f"    {word}: {text}" for word, text in told.items() if text)])
