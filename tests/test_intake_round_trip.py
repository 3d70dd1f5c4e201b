"""What our own citation files say is read back to the same reference, format by format."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.any_reference import REFERENCE
from tests.zoo import ZOO

from backed.bibliography import note
from backed.export import EXPORTS
from backed.export.format import Format
from backed.intake import READERS, Findings, read_citations
from backed.model import Name, Reference

READER_OF = {"bibtex": "bibtex", "biblatex": "bibtex", "ris": "ris", "nbib": "nbib", "csl-json": "csl-json"} | {
    "endnote-xml": "endnote-xml"
}
"""Id of a format that we write to the id of the reader for it."""

FORMATS = [form for form in EXPORTS if form.id in READER_OF]

ANY = [form for form in FORMATS if form.id not in {"biblatex", "nbib"}]
"""Formats that take any field with any type; BibLaTeX and NBIB move elsewhere what a type does not have."""

FIELDS = tuple(
    name
    for name in vars(ZOO["whole article"])
    if name not in {"key", "type", "kind", "extra", "standing", "file", "line"}
)
LOST: dict[tuple[str, str], set[str]] = {
    ("biblatex", "page of a supplement"): {"volume"},  # a volume of BibLaTeX is a whole number
    ("biblatex", "report"): {"edition", "note"},
    ("csl-json", "looks like markup"): {"title"},  # there it is markup
    **{(form, "a given name that reads as a list"): {"authors"} for form in ("ris", "nbib", "endnote-xml")},
    **{(form, "renamed"): {"aliases"} for form in ("bibtex", "ris", "csl-json", "nbib", "endnote-xml")},  # ours alone
    **{(form, "online first"): {"note"} for form in ("ris", "nbib", "endnote-xml", "biblatex")},
}
"""What a format cannot say: field by field, in which work of the zoo."""


def read_back(form: Format, reference: Reference) -> Reference:
    """Return the one reference that is read from what was written."""
    findings = Findings("written")
    reader = READERS[READER_OF[form.id]]
    (citation,) = reader.read(form.write([reference]).replace("\r\n", "\n"), findings)
    assert [problem for problem in findings.problems if "comma" not in problem.message] == []
    return citation.reference


def seen(reference: Reference) -> dict[str, object]:
    """Return the fields by which a citation is made; a particle may be read as such or as a part of the name."""
    found = {name: getattr(reference, name) for name in FIELDS}
    for people in ("authors", "editors"):
        found[people] = [(name.literal or name.short, name.given, name.suffix) for name in found[people]]
    if reference.doi:
        del found["url"]  # where a DOI stands, NBIB has no place for an address
    extra = reference.extra
    noted = " ".join(filter(None, (extra.get("addendum", ""), note(reference)))).rstrip(".")
    return {**found, "note": noted, "edition": extra.get("edition", "")}


def test_every_format_that_is_read_is_tried() -> None:
    assert {form.id for form in FORMATS} >= {"bibtex", "ris", "csl-json"}
    assert set(READER_OF.values()) <= set(READERS)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
@pytest.mark.parametrize("name", [name for name in ZOO if name != "in press"])
def test_each_work_of_the_zoo_is_read_back(form: Format, name: str) -> None:
    before, after = seen(ZOO[name]), seen(read_back(form, ZOO[name]))
    differ = {field: (before[field], after[field]) for field in before if before[field] != after[field]}
    assert {field for field in differ if field not in LOST.get((form.id, name), ())} == set(), differ


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_a_work_that_is_not_out_has_no_year_and_is_told(form: Format) -> None:
    gathered = read_citations(form.write([ZOO["in press"], ZOO["book"]]).encode(), Findings("x"))
    assert [citation.reference.title for citation in gathered.citations] == ["Backs"]
    assert [problem.line for problem in gathered.problems if problem.severity == "error"] != []


@pytest.mark.parametrize("form", ANY, ids=lambda form: form.id)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(reference=REFERENCE)
def test_any_work_is_read_back(form: Format, reference: Reference) -> None:
    if reference.type not in {"article", "misc"}:
        reference = replace(reference, journal="")  # nothing but an article stands in a journal
    before, after = seen(reference), seen(read_back(form, reference))
    assert {field: (before[field], after[field]) for field in before if before[field] != after[field]} == {}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_the_format_is_known_by_what_is_written(form: Format) -> None:
    works = [ZOO["whole article"], replace(ZOO["book"], authors=(Name("Roe", "A."),))]
    gathered = read_citations(form.write(works).encode(), Findings("x"))
    assert gathered.form == READER_OF[form.id]
    assert [citation.reference.title for citation in gathered.citations] == [work.title for work in works]
    assert gathered.problems == ()
