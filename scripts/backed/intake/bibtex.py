"""BibTeX and BibLaTeX -> citations."""

from __future__ import annotations

from collections.abc import Iterator

from ..bibliography import read_bib
from ..problem import Severity
from .citation import Citation, Findings

_LATER = "bib-incomplete"
"""What is missing is told of every format alike, after reading."""


def read_bibtex(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the entries that were read whole; one with an unknown macro or command would lose text and is a fault."""
    references, problems = read_bib(text, findings.file)
    told = [problem for problem in problems if problem.rule != _LATER]
    findings.take(told)
    faulty = {problem.at[0] for problem in told if problem.at and problem.severity is Severity.ERROR}
    yield from (Citation(reference) for reference in references if reference.key not in faulty)
