"""What reading a citation file gives: citations, and a problem for everything that kept one from being read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..model import Reference
from ..problem import Problem, Severity

RULE = "citation-file"
"""What the problems of citation files are called by."""


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

    def fault(self, message: str, hint: str, line: int, column: int = 1) -> None:
        """Note what keeps a part of the file from being read."""
        self._add(Severity.ERROR, message, hint, line, column)

    def doubt(self, message: str, hint: str, line: int, column: int = 1) -> None:
        """Note what a person has to look at, though it was read."""
        self._add(Severity.WARNING, message, hint, line, column)

    def _add(self, severity: Severity, message: str, hint: str, line: int, column: int) -> None:
        self.problems.append(Problem(RULE, severity, self.file, message, hint, (), line, column))


Read = Callable[[str, Findings], Iterator[Citation]]
"""Yields the citations of a text whose lines end in a newline character; faults go to the findings."""
