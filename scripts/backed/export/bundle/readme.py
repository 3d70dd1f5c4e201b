"""What a bundle says of itself: what is inside, how to run the scripts, how to cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from ...model import POOL_NOTES, Comparison
from .answered import Answered
from .results import metafor_test

_WIDTH = 100
_FILES = """\
<outcome>/data.csv       the studies in the pool, a row each (several where a study was split):
                         effect sizes, variances, the figures of both arms, risk of bias, funding,
                         and how figures were converted
<outcome>/found.csv      every effect that was found for the question, used or not, and why
<outcome>/results.json   what we made of data.csv, under the names of the R package metafor
codebook.csv             what each column of each table holds, and in which unit
datapackage.json         the same for programs (Frictionless Data)
references.bib, .ris     the studies in the pools and the reviews compared with
reproduce.R              pools data.csv again with metafor and compares with results.json
reproduce.py             the same without any library, by an algorithm of its own (not: the p-value
                         of Q, the interval of tau², the tests of small-study effects)

Tables are CSV in UTF-8; an empty cell is an unknown value. A text that a spreadsheet would take for
a formula has an apostrophe before it. In Excel: Data, From Text/CSV, file origin 65001 (UTF-8)."""
_RUN = """\
Rscript reproduce.R      needs R with two packages: install.packages(c("metafor", "jsonlite"))
python3 reproduce.py     needs Python 3.8 or newer and nothing else

Each prints every number beside ours, says whether all agree to 1e-6, and ends with exit code 1 if
one does not. Give the names of outcomes to compare only these."""
_LICENCE = """\
The data are licensed under the Creative Commons Attribution 4.0 International licence (CC BY 4.0),
https://creativecommons.org/licenses/by/4.0/: share and adapt them for any purpose, with credit, a
link to the page or record used, the licence, and a word on what you changed. The two scripts are
under the MIT licence."""

_TESTS = {
    "z": "Wald interval",
    "knha": "Hartung-Knapp interval",
    "adhoc": "Hartung-Knapp interval never narrower than Wald's",
}


def readme(comparison: Comparison, outcomes: Sequence[Answered], site_url: str = "") -> str:
    """Return the text of README.txt; ``site_url`` is the address of the site, with a slash at its end."""
    page = f"{site_url}comparisons/{comparison.id}/"
    parts = [
        f"{comparison.title.en}\n{'=' * len(comparison.title.en)}",
        "\n".join(_intro(comparison, page)),
        _section("Outcomes", "\n".join(map(_outcome, outcomes))),
        _section("What is inside", _FILES),
        _section("How to check us", _RUN),
        _section("Licence", _LICENCE),
        _section("How to cite", _citation(comparison, page)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, text: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{text}"


def _intro(comparison: Comparison, page: str) -> Iterator[str]:
    yield _folded(comparison.question.en)
    yield f"The page with the answer: {page}"
    yield f"Last looked at on {comparison.reviewed.on.isoformat()}."
    status = comparison.status
    if status.state != "current":
        yield f"{status.state.replace('-', ' ').upper()}: {status.reason.en if status.reason else 'see the page'}"


def _outcome(answered: Answered) -> str:
    pool, name = answered.answer.pool, answered.question.id
    if pool is None:
        why = answered.answer.missing or "no study has figures that can be pooled"
        there = "; what was found is in found.csv" if answered.answer.found else ""
        return _folded(f"{name}: {answered.label}; no pool ({why}){there}")
    studies = "1 study" if pool.studies == 1 else f"{pool.studies} studies"
    people = f", {pool.people} people" if pool.people is not None else ""
    how = f"{answered.measure.replace('-', ' ')}, {pool.method}, {_TESTS[metafor_test(pool)]}, {studies}{people}"
    note = f" {POOL_NOTES[pool.note]}" if pool.note else ""
    return _folded(f"{name}: {answered.label}; {how}.{note}")


def _citation(comparison: Comparison, page: str) -> str:
    own = (
        f"Backed. {comparison.title.en}: data and code, as of {comparison.reviewed.on.isoformat()}. {page} (CC BY 4.0)"
    )
    studies = "For the results of a study, cite the study: references.bib and references.ris hold them."
    return f"{_folded(own)}\n{studies}"


def _folded(line: str) -> str:
    """Return a line in several where it is long; an address stays whole."""
    return fill(line, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
