"""Rules about names: ids, paths, references, terms and records that point at one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ..model import Article, Claim, Comparison, Evidence, Filed, Source, Study, Text
from ..problem import Severity, Where
from .rule import Base, Finding, rule
from .walk import citations, cited_by, each


@rule("study", in_browser=True)
def id_and_path(study: Study, base: Base) -> Iterator[Finding]:
    """A study stands in the folder of its year, and its main report has the file's name as citation key.

    The path says it once: `studies/2004/long-2004-directional-preference.yaml` has the id
    `long-2004-directional-preference`, its publications stand in the `.bib` of the same name beside it, and the year is
    that of the main report. Ids are lower-case words joined by hyphens, and no two records share one.
    """
    path = PurePosixPath(study.file)
    reference = base.evidence.main_reference(study)
    if study.main_report != study.id:
        message = f"the main report is `{study.main_report}`, but the file is called `{study.id}`"
        yield Finding(("reports", 0), message, f"use the key `{study.id}` in the .bib and here")
    if not re.fullmatch(r"\d{4}", path.parent.name) or path.parent.parent.name != "studies":
        yield Finding((), f"the folder `{path.parent.name}` is not a year", "studies stand in studies/<year>/")
    elif reference and reference.year and reference.year != path.parent.name:
        message = f"the main report is of {reference.year}, but the record stands in {path.parent.name}/"
        yield Finding((), message, f"move both files to studies/{reference.year}/, or correct the year in the .bib")
    if reference and reference.file != str(path.with_suffix(".bib")):
        yield Finding(
            ("reports", 0), f"the main report stands in {reference.file}", "put it in the .bib beside the record"
        )


@rule("record", in_browser=True)
def ids_within_unique(record: Filed, base: Base) -> Iterator[Finding]:
    """Ids inside a record (arms, groups, effects, passages, outcomes) are used once.

    Comparisons, claims and links point at them, so each must mean one thing.
    """
    groups = record.population.groups if isinstance(record, Study) else ()
    lists: list[tuple[Where, tuple[Any, ...]]] = [(("population", "groups"), groups)]
    lists += [((name,), getattr(record, name, ())) for name in ("arms", "effects", "findings", "passages", "outcomes")]
    for at, items in lists:
        counted = Counter(item.id for item in items)
        for index, item in enumerate(items):
            if counted[item.id] > 1 and [i.id for i in items].index(item.id) != index:
                message = f"the id `{item.id}` is used {counted[item.id]} times"
                yield Finding((*at, index, "id"), message, "rename one of them")


def _cited(record: Filed) -> Iterator[tuple[Where, str]]:
    if isinstance(record, Study):
        for index, key in enumerate(record.reports):
            yield ("reports", index), key
    for at, source in each(Source, record):
        yield (*at, "report"), source.report
        if source.via is not None:
            yield (*at, "via"), source.via
    for at, text in each(Text, record):
        for language in ("en", "nl"):
            for key in citations(getattr(text, language) or ""):
                yield (*at, language), key


@rule("record", in_browser=True)
def reference_exists(record: Filed, base: Base) -> Iterator[Finding]:
    """Every citation key stands in a `.bib` file.

    Keys are used in `reports`, `source.report`, `source.via` and in texts as `[@key]`. A study's figures come from its
    own reports; a work that only tells about the study is named under `via`.
    """
    for at, key in _cited(record):
        if key not in base.evidence.references and key not in base.evidence.unreadable:
            yield Finding(at, f"no .bib file has the key `{key}`", "add the entry, or correct the key")
    if isinstance(record, Study):
        for at, source in each(Source, record):
            if source.report not in record.reports and at[0] in {"effects", "findings", "population"}:
                message = f"`{source.report}` is not one of this study's reports"
                yield Finding(
                    (*at, "report"), message, "name one of `reports`, and the work it was seen in under `via`"
                )


METHODS = "references/methods.bib"


@rule("evidence", Severity.WARNING)
def reference_used(evidence: Evidence, base: Base) -> Iterator[Finding]:
    """Every bibliographic entry is used by some record.

    An entry that nothing cites is either forgotten (a further report of a study belongs under its `reports`) or left
    over. The works in `references/methods.bib` are listed on the methods page, which is use enough.
    """
    if evidence.unreadable:
        return  # what could not be read may be what cites it
    used = {key for record in evidence.records() for _, key in _cited(record)}
    for _, terms in evidence.vocabularies.named():
        for term in terms.values():
            used |= {key for _, key in cited_by(term)}
    for reference in evidence.references.values():
        if reference.key not in used and not reference.file.endswith(METHODS):
            message = f"nothing cites `{reference.key}`"
            yield Finding((), message, "cite it from a record, or remove it", reference.file, reference.line)


@rule("study", in_browser=True)
def main_report_identified(study: Study, base: Base) -> Iterator[Finding]:
    """The main report has a DOI or a PMID, so that anybody can find it.

    Both are best. A report that has neither needs an exception with the reason.
    """
    reference = base.evidence.main_reference(study)
    if reference and not reference.doi and not reference.pmid:
        message = f"the main report `{reference.key}` has neither DOI nor PMID"
        yield Finding(("reports", 0), message, f"add `doi = {{…}}` or `pmid = {{…}}` in {reference.file}")


def _pointed(record: Filed) -> Iterator[tuple[Where, str, str]]:
    if isinstance(record, Study):
        for index, related in enumerate(record.related):
            yield ("related", index, "study"), "studies", related.study
        for index, included in enumerate(record.review.includes if record.review else ()):
            yield ("review", "includes", index), "studies", included
    if isinstance(record, Comparison):
        for index, exclusion in enumerate(record.exclude):
            yield ("exclude", index, "study"), "studies", exclusion.study
        for index, question in enumerate(record.outcomes):
            for name in ("anchor", "single"):
                if anchor := getattr(question, name):
                    yield ("outcomes", index, name, "study"), "studies", anchor.study
    if isinstance(record, Claim):
        yield from _claim_pointers(record)
    if record_by := getattr(record, "status", None) and record.status.by:  # type: ignore[attr-defined]
        yield ("status", "by"), _folder(record), record_by


def _claim_pointers(claim: Claim) -> Iterator[tuple[Where, str, str]]:
    yield ("article",), "articles", claim.article
    if claim.evidence:
        yield ("evidence", "comparison"), "comparisons", claim.evidence.comparison
    for index, asked in enumerate(claim.also):
        yield ("also", index, "comparison"), "comparisons", asked.comparison
    for index, study in enumerate(claim.rests_on.studies):
        yield ("rests_on", "studies", index), "studies", study
    for index, study in enumerate(claim.judgement.studies if claim.judgement else ()):
        yield ("judgement", "studies", index), "studies", study


def _folder(record: Filed) -> str:
    return {Study: "studies", Comparison: "comparisons", Article: "articles", Claim: "claims"}[type(record)]


@rule("record", in_browser=True)
def record_exists(record: Filed, base: Base) -> Iterator[Finding]:
    """Every record that is named exists.

    Claims name articles, comparisons and studies; comparisons name studies; studies name one another. A misspelt id
    would make a link to nowhere.
    """
    for at, folder, name in _pointed(record):
        if name not in getattr(base.evidence, folder) and name not in base.evidence.unreadable:
            yield Finding(at, f"there is no record `{name}` in {folder}/", "correct the id, or add the record")
