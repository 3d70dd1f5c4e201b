"""An issue made by an issue form -> the files of new records, or what a correction asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..bibliography.slug import slug_of
from ..export.bibtex import BIBTEX
from ..model import KINDS, Article, Claim, Evidence, Filed, Study
from .begin import AnswerError, Keys, begun, name_of, nested
from .citation import Citation, Findings
from .doubles import Known
from .entries import arm_entries, effect_entries
from .ids import id_of
from .issue_form import Filled
from .issue_values import Placed, answer, lines_of, place, shown
from .read import format_of, read_citations
from .scaffold import Hints, escaped, scaffold, template
from .shelve import is_taken, name_fault
from .values import doi_of

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"[1-9]\d{0,7}")
_PMID_NAMED = re.compile(
    r"(?:\bPMID:?\s*|\bpubmed\.ncbi\.nlm\.nih\.gov/|\bncbi\.nlm\.nih\.gov/pubmed/|\bPubMed\s+)([1-9]\d{0,7})\b",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"paragraph\s+(\d{1,4})\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”'‘’](?P<heading>[^\n\"“”]{1,200}?)[\"“”'’]")
_ADDRESS = re.compile(r"(?:^|/)(studies|comparisons|articles|claims)/([a-z0-9-]+)(?:/|#|\?|$)")


@dataclass(frozen=True)
class Made:
    """What an issue gave: files with their text, what a person has to look at (with its line), what to say of it.

    ``fault`` says why nothing was made, '' where something was; ``problems`` stand in the findings that were given.
    """

    files: tuple[tuple[Path, str], ...] = ()
    told: tuple[tuple[int, str], ...] = ()
    report: str = ""
    fault: str = ""
    line: int = 1


@dataclass(frozen=True)
class Beside:
    """What is known beside an issue: a ``citation`` in place of the one in it, who records it and on which day, its id.

    ``day`` and ``name`` are '' where they are not given; what stands in the issue goes before ``by``.
    """

    citation: bytes | None = None
    by: str = ""
    day: str = ""
    name: str = ""


def identifier_in(filled: Filled) -> tuple[str, str] | None:
    """Return a DOI or PMID and which it is, where the publication is told by nothing else; it has to be fetched."""
    text = answer(filled, "bibtex").strip()
    if not text or format_of(text):
        return None
    found = _DOI.search(text)
    if found:
        return doi_of(found[0].rstrip(".,;)")), "doi"
    if _PMID.fullmatch(text):
        return text, "pmid"
    number = _PMID_NAMED.search(text)
    return (number[1], "pmid") if number else None


def there_already(filled: Filled, evidence: Evidence) -> str:
    """Return where a publication stands that is told by its DOI or PMID alone, '' where it is new."""
    work = identifier_in(filled)
    there = Known(evidence).place_of(work[1], work[0]) if work else None
    return f"already there: {work[1].upper()} {work[0]} is {there}" if work and there else ""


def made(filled: Filled, evidence: Evidence, findings: Findings, beside: Beside | None = None) -> Made:
    """Return what an issue gives; nothing is written, and no path is taken from it."""
    found = _MADE[filled.form.name](filled, evidence, findings, beside or Beside())
    absent = ((1, f"not in the issue: {', '.join(filled.without)}"),) if filled.without else ()
    told = tuple((line, shown(said, 400)) for line, said in sorted((*found.told, *absent)))
    return replace(found, told=told, fault=shown(found.fault, 1000))


_NO_PUBLICATION = (
    "{label}: {what}; give BibTeX (a journal's page and PubMed have it), a DOI or a PMID, or, for what you can only "
    "describe: backed new study --author … --year … --title …"
)


def _publications(
    filled: Filled, evidence: Evidence, findings: Findings, citation: bytes | None
) -> tuple[tuple[Citation, ...], str]:
    """Return the publications, every one new to the evidence, or why there are none."""
    section = filled.answers.get("bibtex")
    text, label = (section.text, section.field.label) if section else ("", "bibtex")
    if said := there_already(filled, evidence):
        return (), said
    if citation is None and not text:
        return (), _NO_PUBLICATION.format(label=label, what="nothing stands there")
    if citation is None and not format_of(text):
        return (), _NO_PUBLICATION.format(label=label, what="this is neither a citation that a program wrote nor a DOI")
    # blank lines before it, so that faults are told at their lines of the issue
    padding = "\n" * (section.begins - 1) if section else ""
    citations = read_citations(citation if citation is not None else (padding + text).encode(), findings).citations
    asked = identifier_in(filled)
    if citations and asked and (told := getattr(citations[0].reference, asked[1])).lower() != asked[0].lower():
        return (), f"the citation is of {told or 'another work'}, not of {asked[0]}"
    known = Known(evidence)
    if doubles := [double for one in citations if (double := known.double(one))]:
        said = "; ".join(f"{one.citation.reference.title}: same {one.same} as {one.there}" for one in doubles)
        return (), f"already there: {said}"
    return citations, "" if citations else "its publication cannot be read"


def _study(filled: Filled, evidence: Evidence, findings: Findings, beside: Beside) -> Made:
    """Return a study with its bibliography; every publication must be new to the evidence."""
    citations, fault = _publications(filled, evidence, findings, beside.citation)
    if fault:
        return Made(fault=fault, line=lines_of(filled).get("bibtex", 1))
    if beside.name and (fault := name_fault(beside.name, evidence, citations[0].reference.year)):
        return Made(fault=fault)
    keyed = list(_keyed(citations, evidence, beside.name))
    placed = place(Study, filled, evidence, without=("bibtex",))
    _recorded(filled, placed, beside)
    if lost := [name for _, citation in keyed for name in citation.left]:
        placed.tell(lines_of(filled).get("bibtex", 1), f"not in the .bib: {', '.join(lost)}")
    name, main = keyed[0]
    stem = Path(evidence.root) / "studies" / main.reference.year / name
    bib, record = stem.with_name(f"{name}.bib"), stem.with_name(f"{name}.yaml")
    values = {**nested(placed.values), "reports": [key for key, _ in keyed]}
    kept = [*_kept(filled, placed), *_to_begin_with(filled, name, evidence)]
    text = scaffold(main, name, record.as_posix(), evidence.vocabularies, values, kept)
    entries = BIBTEX.write([replace(citation.reference, key=key) for key, citation in keyed])
    return Made(((bib, entries), (record, text)), placed.told)


def _recorded(filled: Filled, placed: Placed, beside: Beside) -> None:
    """Put who recorded it and when, where that is known; else tell what a record cannot do without."""
    told = {("extraction", "by"): beside.by, ("extraction", "on"): beside.day}
    for path, text in told.items():
        if text and path not in placed.values:
            placed.values[path] = text
    for name, option in (("by", "--by NAME"), ("on", "--on DAY")):
        if ("extraction", name) not in placed.values:
            line = lines_of(filled).get("extraction-by", 1)
            placed.tell(line, f"`extraction.{name}` is empty, and has to be filled in: in the record, or with {option}")


def _keyed(citations: Sequence[Citation], evidence: Evidence, name: str) -> Iterator[tuple[str, Citation]]:
    """Yield publications with their keys, without abstracts, which are the publishers'; the first may have a name."""
    keys: set[str] = set()
    for citation in citations:
        folder = Path(evidence.root) / "studies" / citation.reference.year
        given = name if not keys else ""
        key = given or id_of(citation.reference, is_taken(evidence, {*keys, name}, folder))
        keys.add(key)
        yield key, replace(citation, reference=replace(citation.reference, abstract="", file="", line=0))


def _claim(filled: Filled, evidence: Evidence, _: Findings, __: Beside) -> Made:
    """Return a claim, and its article where that is not there yet."""
    claim = place(Claim, filled, evidence, without=(*_of_article(filled), "place"))
    article = place(Article, filled, evidence, "article-")
    told = claim.values.get(("claim", "en"))
    if not told:
        return Made((), claim.told, fault="it has no claim in English")
    where = answer(filled, "place")
    kept = [*_kept(filled, claim), *(["", "Where it stands in the article:", where] if where else [])]
    name = name_of(told, is_taken(evidence, set(), Path(evidence.root) / "claims"))
    if there := _article_meant(article.values, evidence):
        told_too = (*claim.told, *article.told)
        try:
            file = begun(
                "claims", {("article",): there.id, **claim.values}, evidence, name, [*kept, *article.comments()]
            )
        except AnswerError as fault:
            return Made(told=told_too, fault=str(fault))
        doubt = (lines_of(filled).get("place", 1), f"the article is there ({there.file}): say which passage it is")
        differs = _differing(there, article.values)
        return Made((file,), (*told_too, doubt, *((1, one) for one in differs)))
    title = article.values.get(("title",))
    if not title:
        return Made((), (*claim.told, *article.told), fault="it does not say which article")
    return _with_article(filled, evidence, (claim, article), name, kept)


def _with_article(
    filled: Filled, evidence: Evidence, placed: tuple[Placed, Placed], name: str, kept: Sequence[str]
) -> Made:
    claim, article = placed
    folder, where = Path(evidence.root), answer(filled, "place")
    of = name_of(article.values[("title",)], is_taken(evidence, {name}, folder / "articles"))
    at = dict[str, Any]()
    if heading := _QUOTED.search(where):
        at["heading"] = heading["heading"]
    if paragraph := _PARAGRAPH.search(where):
        at["paragraph"] = str(max(1, int(paragraph[1])))
    values = {**nested(article.values), "passages": [{"id": name, "at": at}]}
    paths = (folder / "articles" / f"{of}.yaml", folder / "claims" / f"{name}.yaml")
    hints = Hints(evidence.vocabularies, claim.values[("claim", "en")])
    begun_claim = {**nested(claim.values), "article": of, "passage": name, "position": "1", "missing": {}}
    said = [*kept, "Of `evidence`, `judgement` and `missing` a claim has one."]
    texts = (
        template(KINDS["articles"], values, paths[0].as_posix(), (), article.comments(), hints),
        template(KINDS["claims"], begun_claim, paths[1].as_posix(), (), said, hints),
    )
    return Made(tuple(zip(paths, texts, strict=True)), (*claim.told, *article.told))


def _of_article(filled: Filled) -> Iterator[str]:
    yield from (name for name in filled.answers if name.startswith("article-"))


def _article_meant(values: Mapping[Keys, Any], evidence: Evidence) -> Article | None:
    """Return the article that is checked already, by its address or its title."""
    title, url = slug_of(str(values.get(("title",), ""))), values.get(("url",))
    for article in evidence.articles.values():
        if (url and article.url == url) or (title and title in map(slug_of, (article.title, article.title_en or ""))):
            return article
    return None


def _differing(there: Article, values: Mapping[Keys, Any]) -> Iterator[str]:
    """Yield what the issue says of an article otherwise than its record."""
    for path, value in values.items():
        if str(getattr(there, path[0])) != str(value):
            yield f"{path[0]} of the article: the issue says {value}, the record {getattr(there, path[0])}"


def _correction(filled: Filled, evidence: Evidence, _: Findings, __: Beside) -> Made:
    """Return which record is meant and what is said of it; the file's name in the issue is only compared."""
    record = _record_meant(filled, evidence)
    lines = [f"correction of {record.file}" if record else "correction: no record of the evidence is named"]
    for section in filled.answers.values():
        if section.text:
            lines += [f"{section.field.label}:", *_quoted(section.text)]
    if filled.before:
        lines += ["before the form:", *_quoted(filled.before)]
    if record:
        lines.append(f"next: change {record.file}, then `backed check {record.file}`")
    told = (
        () if record else ((lines_of(filled).get("page", 1), "say which record it is: neither page nor file is one"),)
    )
    return Made(told=told, report="\n".join(lines))


def _quoted(text: str) -> Iterator[str]:
    """Yield a stranger's lines behind a bar, so that GitHub's runner takes none (``::error::``) for a command."""
    yield from (f"  | {escaped(line)}" for line in text.split("\n"))


def _record_meant(filled: Filled, evidence: Evidence) -> Filed | None:
    """Return the record whose file or page the issue names, or None; where the two differ, the file's."""
    root, file = evidence.root.rstrip("/"), answer(filled, "file").strip().strip("`")
    for kind in KINDS:
        records: Mapping[str, Filed] = getattr(evidence, kind)
        for record in records.values():
            if file and file in {record.file, "evidence" + record.file.removeprefix(root)}:
                return record
    page = _ADDRESS.search(answer(filled, "page").strip())
    return getattr(evidence, page[1]).get(page[2]) if page else None


def _to_begin_with(filled: Filled, report: str, evidence: Evidence) -> Iterator[str]:
    """Yield entries to be completed for the groups and the results of an issue, as texts of comments."""
    arms, effects = answer(filled, "arms"), answer(filled, "effects")
    if arms:
        yield from ("", "To begin with, in place of the empty `arms` below (it goes by the lines of the issue):")
        yield from arm_entries(arms, evidence.vocabularies)
    if effects:
        yield from ("", "And in place of the empty `effects`, with the figures as the paper prints them:")
        yield from effect_entries(effects, report, evidence.vocabularies)


def _kept(filled: Filled, placed: Placed) -> list[str]:
    before = ["", "From the issue, before its form:", filled.before] if filled.before else []
    return [*placed.comments(), *before]


_MADE: Mapping[str, Callable[[Filled, Evidence, Findings, Beside], Made]] = {
    "new-study": _study,
    "new-claim": _claim,
    "correction": _correction,
}
"""Name of a form to what is made of an issue that was made by it."""

FORMS = tuple(_MADE)
