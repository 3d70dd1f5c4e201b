"""Mistakes of identity: which paper, which study, when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from backed.model import Study

from .document import Change, Document, edited
from .kind import kind
from .slips import digit_dropped, digits_exchanged

_FIELD = r"^(\s*{name}\s*=\s*[{{\"])([^}}\"]+)"


def _fields(doc: Document, name: str) -> Iterator[re.Match[str]]:
    yield from re.finditer(_FIELD.format(name=name), doc.bib, re.MULTILINE | re.IGNORECASE)


def _written(doc: Document, field: re.Match[str], value: str) -> Change:
    return {doc.bib_file: edited(doc.bib, {field.span(2): value})}


@kind("studies")
def doi_cut_at_its_start(doc: Document, rng: Random) -> Iterator[Change]:
    """The first character is missed when a DOI is selected and copied."""
    for field in _fields(doc, "doi"):
        yield _written(doc, field, field[2][rng.choice((1, 1, 3)) :])


@kind("studies")
def doi_cut_at_its_end(doc: Document, rng: Random) -> Iterator[Change]:
    """The last character is missed, or what stood on the next line of the page."""
    for field in _fields(doc, "doi"):
        yield _written(doc, field, field[2][: -rng.choice((1, 1, 2, 3))])


@kind("studies")
def doi_of_another_paper(doc: Document, rng: Random) -> Iterator[Change]:
    """An entry is copied as a pattern for the next one, and its DOI stays."""
    others = sorted({one.doi for one in doc.evidence.references.values() if one.doi})
    for field in _fields(doc, "doi"):
        if others := [doi for doi in others if doi != field[2]]:
            yield _written(doc, field, rng.choice(others))


@kind("studies")
def pmid_without_a_digit(doc: Document, rng: Random) -> Iterator[Change]:
    """One digit of the eight is not typed."""
    for field in _fields(doc, "pmid"):
        if new := digit_dropped(field[2], rng):
            yield _written(doc, field, new)


@kind("studies")
def year_of_the_folder_wrong(doc: Document, rng: Random) -> Iterator[Change]:
    """The record is put into the folder of the year in which it is written, or of the one before."""
    folder, year, name = doc.file.split("/")
    for other in (str(int(year) - 1), str(int(year) + 1)):
        bib = f"{folder}/{other}/{name.removesuffix('.yaml')}.bib"
        moved: Change = {doc.file: None, f"{folder}/{other}/{name}": doc.text}
        yield {**moved, doc.bib_file: None, bib: doc.bib} if doc.bib else moved


@kind("studies")
def year_of_the_bibtex_wrong(doc: Document, rng: Random) -> Iterator[Change]:
    """The year online is typed for the year of the issue, or two digits are exchanged."""
    for field in _fields(doc, "year"):
        other = rng.choice((str(int(field[2]) - 1), str(int(field[2]) + 1), digits_exchanged(field[2], rng)))
        if other:
            yield _written(doc, field, other)


@kind("studies")
def first_author_of_the_bibtex_wrong(doc: Document, rng: Random) -> Iterator[Change]:
    """The authors are typed in another order, with the second or last in front."""
    for field in _fields(doc, "author"):
        names = field[2].split(" and ")
        if len(names) > 1 and names[0] != names[-1]:
            yield _written(doc, field, " and ".join([names[-1], *names[:-1]]))


@kind("studies")
def same_study_under_a_second_id(doc: Document, rng: Random) -> Iterator[Change]:
    """Somebody does not find the record and adds the study again, under another topic, with keys of their own."""
    study = doc.record
    assert isinstance(study, Study)
    if doc.bib:
        folder, year, name = doc.file.split("/")
        stem = "-".join([*name.removesuffix(".yaml").split("-")[:2], "again"])
        text, bib = doc.text, doc.bib
        for number, key in enumerate(study.reports):
            new = f"{stem}-{number}" if number else stem
            text, bib = text.replace(key, new), re.sub(rf"(@\w+\{{){re.escape(key)},", rf"\g<1>{new},", bib)
        yield {f"{folder}/{year}/{stem}.yaml": text, f"{folder}/{year}/{stem}.bib": bib}


@kind("studies")
def reference_key_of_another_paper(doc: Document, rng: Random) -> Iterator[Change]:
    """The source of a figure is given with the key of the paper that was open before."""
    study = doc.record
    assert isinstance(study, Study)
    keys = sorted(doc.evidence.references)
    for index, effect in enumerate(study.effects):
        other = rng.choice([key for key in keys if key != effect.source.report])
        yield doc.changed(doc.put(("effects", index, "source", "report"), other))


@kind("studies")
def day_and_month_exchanged(doc: Document, rng: Random) -> Iterator[Change]:
    """11 December is typed as 12 November, or 2026-23-11 for 2026-11-23."""
    if value := doc.value("extraction", "on"):
        year, month, day = value.split("-")
        yield doc.changed(doc.put(("extraction", "on"), f"{year}-{day}-{month}"))


@kind("studies")
def search_after_publication(doc: Document, rng: Random) -> Iterator[Change]:
    """The year of the search is typed one or two too late."""
    at = ("review", "searched_to")
    reference = doc.evidence.main_reference(doc.record) if isinstance(doc.record, Study) else None
    if (value := doc.value(*at)) and reference:
        yield doc.changed(doc.put(at, str(int(reference.year) + rng.choice((1, 2))) + value[4:]))
