"""What a rule is: a small generator function whose docstring is its page on the site.

A rule knows neither where a value stands in a file nor how a problem is printed; it yields findings.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from ..model import Evidence, NotReadError, Syntheses
from ..problem import Problem, RuleDoc, Severity, Where
from ..reads import made_once
from .seen import Figures, Row, What, rows_of_all

T = TypeVar("T")


@dataclass(frozen=True)
class Base:
    """All that a rule may look at: the evidence, the syntheses made from it, and the day that counts as today."""

    evidence: Evidence
    syntheses: Syntheses
    judged_on: date | None
    _made: dict[Callable[[Evidence], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    @made_once
    def once(self, make: Callable[[Evidence], T]) -> T:
        """Return what a function makes of the whole evidence, an index say; it is made once for all records."""
        if make not in self._made:
            self._made[make] = make(self.evidence)
        return cast("T", self._made[make])

    @cached_property
    def figures(self) -> Figures:
        """Return the figures of all studies, to hold one against its like."""
        return Figures(self.evidence)

    @cached_property
    def rows(self) -> dict[Row, list[tuple[str, Where, What]]]:
        """Return every row of figures with the places where it stands."""
        return rows_of_all(self.evidence)

    @property
    def today(self) -> date:
        """Return the day by which age is judged. NotReadError where only some files were read and none was given."""
        if self.judged_on is None:
            raise NotReadError
        return self.judged_on

    def unread(self, vocabulary: str, term: str = "") -> bool:
        """Say whether a term (or its whole vocabulary) could not be read, so that nothing is blamed for using it."""
        return not {vocabulary, f"{vocabulary}/{term}"}.isdisjoint(self.evidence.unreadable)


@dataclass(frozen=True)
class Finding:
    """A fault a rule found in the record it was given; ``file`` and ``line`` only where it is not the record's own."""

    at: Where
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0


Check = Callable[[Any, Base], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule with what it reads (``subject``), how severe its findings are, and its page."""

    doc: RuleDoc
    check: Check

    def problems(self, record: Any, base: Base, file: str, line: int = 0) -> Iterator[Problem]:
        """Yield what the rule finds in one record as problems of the record's file."""
        for finding in self.check(record, base):
            at_line = finding.line or (0 if finding.at else line)  # the place of a path is looked up afterwards
            yield Problem(
                self.doc.id,
                self.doc.severity,
                finding.file or file,
                finding.message,
                finding.hint,
                finding.at,
                at_line,
                1 if at_line else 0,
            )


def rule(subject: str, severity: Severity = Severity.ERROR, *, in_browser: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of a generator function: its name is the id (`_` becomes `-`), its docstring the page.

    ``subject`` is the kind of record it is called with: study, comparison, article, claim, record (any of them),
    term, reference, or evidence (once, with the whole base). With ``in_browser`` the record builder has the rule too
    (`site_src/assets/builder/`); a test holds the two against each other on every example.
    """

    def made(check: Check) -> Rule:
        name = getattr(check, "__name__", "").replace("_", "-")
        return Rule(RuleDoc(name, severity, subject, inspect.getdoc(check) or "", in_browser), check)

    return made
