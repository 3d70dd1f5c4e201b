"""Each comparison with a pool -> a zip that a reader can take along, check and cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from ...model import Comparison, Evidence, Export, Reference, Syntheses
from ..bibtex import BIBTEX
from ..ris import RIS
from .answered import Answered
from .archive import zipped
from .codebook import codebook, datapackage
from .readme import readme
from .results import results
from .table import Table
from .tables import data_table, found_table

SCRIPTS = ("reproduce.R", "reproduce.py")


def bundle(id: str, evidence: Evidence, syntheses: Syntheses, site_url: str = "") -> Iterator[Export]:
    """Yield ``comparisons/<id>/<id>.zip`` of a comparison, if it has a pool for one of its outcomes."""
    comparison = evidence.comparisons[id]
    outcomes = _answered(evidence, syntheses, comparison)
    if any(one.answer.pool for one in outcomes):
        content = {name: text.encode() for name, text in _texts(comparison, outcomes, evidence.works, site_url)}
        scripts = {name: files(__package__).joinpath(name).read_bytes() for name in SCRIPTS}
        yield Export(f"comparisons/{id}/{id}.zip", zipped(id, content | scripts))


def _answered(evidence: Evidence, syntheses: Syntheses, comparison: Comparison) -> list[Answered]:
    asked = ((question, syntheses.answers.get((comparison.id, question.id))) for question in comparison.outcomes)
    return [Answered(evidence, comparison, question, answer) for question, answer in asked if answer]


def _texts(
    comparison: Comparison, outcomes: Sequence[Answered], references: Mapping[str, Reference], site_url: str
) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file that is made from the evidence; an outcome without a pool has found.csv only."""
    tables: list[Table[Any]] = []
    for one in outcomes:
        if one.answer.pool:
            tables.append(data_table(one))
            yield f"{one.question.id}/results.json", results(one, one.answer.pool)
        if one.answer.found:
            tables.append(found_table(one))
    yield from ((table.path, table.text) for table in tables)
    yield "codebook.csv", codebook(tables)
    yield "datapackage.json", datapackage(comparison, tables)
    cited = [references[key] for key in _keys(outcomes) if key in references]
    yield "references.bib", BIBTEX.write(cited)
    yield "references.ris", RIS.write(cited)
    yield "README.txt", readme(comparison, outcomes, site_url)


def _keys(outcomes: Sequence[Answered]) -> list[str]:
    """Return the citation keys of all reports of the studies pooled and of the anchor reviews, each once."""
    ids = [row.study for one in outcomes if one.answer.pool for row in one.answer.pool.rows]
    ids += [one.question.anchor.study for one in outcomes if one.question.anchor]
    studies = outcomes[0].evidence.studies
    return list(dict.fromkeys(key for id in ids if id in studies for key in studies[id].reports))
