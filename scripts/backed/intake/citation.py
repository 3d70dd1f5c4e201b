"""What reading a citation file gives: citations, and a problem for everything that kept one from being read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..model import Reference
from ..problem import Problem, Severity

RULE = "citation-file"
"""What the problems of citation files are called by."""


INCOMPLETE = "The list of authors is incomplete."
"""How our own files say in a note that a work has more authors than are named."""


@dataclass(frozen=True)
class Citation:
    """A work as a citation file gives it.

    ``registered`` holds register and number of each trial or review registration that the file states in a field of its
    own; ``retracted`` says who calls the work retracted, '' where nobody does; ``left`` names what was in the file and
    has no place in a reference. ``reference.line`` is where the citation begins, from 1.
    """

    reference: Reference
    registered: tuple[tuple[str, str], ...] = ()
    retracted: str = ""
    left: tuple[str, ...] = ()


@dataclass
class Findings:
    """The problems met while one file is read, and the file's name as it stands in them."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    def fault(self, message: str, hint: str, line: int, column: int = 1) -> None:
        """Note what keeps a part of the file from being read."""
        self._add(Severity.ERROR, message, hint, line, column)

    def doubt(self, message: str, hint: str, line: int, column: int = 1) -> None:
        """Note what a person has to look at, though it was read."""
        self._add(Severity.WARNING, message, hint, line, column)

    def take(self, problems: Iterable[Problem]) -> None:
        """Note problems as they are; of more than MOST only the number is kept."""
        for problem in problems:
            if len(self.problems) < MOST:
                self.problems.append(problem)
            else:
                self.more += 1

    def all(self) -> tuple[Problem, ...]:
        """Return every problem noted, and at the end how many more there are."""
        if not self.more:
            return tuple(self.problems)
        message, hint = f"{self.more} more problems of this file are not listed", "is it the right file, and whole?"
        return (*self.problems, Problem(RULE, Severity.ERROR, self.file, message, hint, (), 1, 1))

    def _add(self, severity: Severity, message: str, hint: str, line: int, column: int) -> None:
        self.take([Problem(RULE, severity, self.file, message, hint, (), line, column)])


MOST = 1000
"""Problems of one file that are listed; who made more took the wrong file."""

Read = Callable[[str, Findings], Iterator[Citation]]
"""Yields the citations of a text whose lines end in a newline character; faults go to the findings."""
