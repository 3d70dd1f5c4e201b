"""Two versions of the evidence to what differs between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..examine import ALL_RULES, Checked
from ..model import KINDS, Evidence
from ..problem import Problem, Severity
from ..render import Site
from .answers import answer_changes, outdated_claims, verdict_changes
from .records import citation_changes, record_changes
from .values import Difference
from .versions import Versions


def compare(versions: Versions, before: str, after: str) -> Difference:
    """Return what differs between two versions, which people call ``before`` and ``after`` ("main", "working tree")."""
    one, other = versions.before, versions.after
    sites = _site(one), _site(other)
    new = tuple(_without(other.problems, one.problems))
    pages = _pages(one.evidence), _pages(other.evidence)
    return Difference(
        before,
        after,
        records=tuple(record_changes(one.evidence, other.evidence)),
        answers=tuple(answer_changes(*sites)),
        verdicts=tuple(verdict_changes(*sites)),
        outdated=tuple(outdated_claims(new, sites[1])),
        pages_added=tuple(page for page in pages[1] if page not in pages[0]),
        pages_removed=tuple(page for page in pages[0] if page not in pages[1]),
        citations=tuple(citation_changes(one.evidence, other.evidence)),
        fixed=tuple(_without(one.problems, other.problems)),
        new=new,
        standing=tuple(one for one in _without(other.problems, new) if one.severity is Severity.ERROR),
        looked_at=sum(record.file in versions.reach.files for record in other.evidence.records()),
        total=other.evidence.found,
    )


def _site(checked: Checked) -> Site:
    """Return what the words of the site are made from; no page is rendered, so no templates are needed."""
    return Site(checked.evidence, checked.syntheses, ALL_RULES, Path())


def _pages(evidence: Evidence) -> dict[str, None]:
    """Return the addresses of the pages of all records, in order."""
    return {f"{kind}/{name}/": None for kind in KINDS for name in getattr(evidence, kind)}


def _without(problems: Sequence[Problem], known: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems that are not among those known; the same fault on another line is the same problem."""
    left = Counter(map(_fault, known))
    for problem in problems:
        fault = _fault(problem)
        if left[fault]:
            left[fault] -= 1
        else:
            yield problem


def _fault(problem: Problem) -> tuple[str, str, str]:
    return problem.rule, problem.file, problem.message
