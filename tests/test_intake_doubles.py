"""What is there already is named with the record that has it; ids of what is new are the base's own kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backed.intake import Citation, take_in
from backed.intake.ids import id_of
from backed.load import load
from backed.model import Evidence, Name, Reference

NEW = Reference(
    "k", "article", "The effect of made-up walking on imaginary backs", (Name("Berg", "J", "van der"),), year="2019"
)
THERE = "toy-2012-cycling"


def came(toy: Evidence, *references: Reference, registered: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """Return what is said of each citation: its new id, or with what it is the same."""
    citations = [Citation(replace(one, file="a.ris", line=n), registered) for n, one in enumerate(references, 1)]
    found = take_in(citations, toy, Path("drafts"))
    said = {id(placed.citation): placed.id for placed in found.placed}
    said |= {id(double.citation): f"{double.same} as {double.there}" for double in found.doubles}
    return [said[id(citation)] for citation in citations]


@pytest.mark.parametrize("field", ["doi", "pmid", "title"])
def test_a_work_of_the_base_is_known_by_each_sign(toy: Evidence, field: str) -> None:
    owned = toy.study_by_report
    work = next(one for key, one in toy.references.items() if key in owned and getattr(one, field))
    value = getattr(work, field)
    changed = {field: value.upper() if field != "pmid" else value, "year": work.year if field == "title" else "2019"}
    (said,) = came(toy, replace(NEW, **changed))
    name = "title and year" if field == "title" else f"{field.upper()} {value.lower()}"
    assert said == f"{name} as `{work.key}`, report of {toy.studies[owned[work.key]].file}"


def test_the_same_title_in_another_year_is_another_work(toy: Evidence) -> None:
    assert came(toy, replace(NEW, title=toy.references[THERE].title, year="1999")) != []
    (said,) = came(toy, replace(NEW, title=toy.references[THERE].title, year="1999"))
    assert said.startswith("berg-1999-")


def test_a_registration_that_a_record_has_tells_of_another_report(toy: Evidence) -> None:
    study = next(study for study in toy.studies.values() if study.registration)
    entry = study.registration[0]
    (said,) = came(toy, NEW, registered=((entry.registry, entry.id.lower()),))
    assert said.startswith(f"registration {entry.id.upper()}: another report of one study?")
    assert said.endswith(f"`{study.id}`, {study.file}")


def test_doubles_within_what_comes_in(toy: Evidence) -> None:
    first, again = replace(NEW, doi="10.5555/x"), replace(NEW, title="Another name", doi="10.5555/X", year="2020")
    said = came(toy, first, again, replace(NEW, title="The Effect of made up Walking, on imaginary backs!"))
    assert said[0] == "berg-2019-made-up"
    assert said[1] == "DOI 10.5555/x as the citation in a.ris, line 1"
    assert said[2] == "title and year as the citation in a.ris, line 1"


def test_titles_in_other_letters_are_told_apart(toy: Evidence) -> None:
    said = came(toy, replace(NEW, title="腰痛"), replace(NEW, title="歩行"), replace(NEW, title="腰痛"))
    assert said[:2] == ["berg-2019-untitled", "berg-2019-untitled-2"]
    assert said[2].startswith("title and year as")


def test_an_id_that_is_taken_gets_another_word(toy: Evidence, tmp_path: Path) -> None:
    folder = tmp_path / "2019"
    folder.mkdir()
    (folder / "berg-2019-made-up.bib").write_text("", encoding="utf-8")
    citation = Citation(NEW)
    (placed,) = take_in([citation], toy, tmp_path).placed
    assert placed.id == "berg-2019-made-up-walking"
    taken = {"berg-2019-made-up", "berg-2019-made-up-walking", "berg-2019-made-up-walking-imaginary"}
    assert id_of(NEW, taken.__contains__) == "berg-2019-made-up-walking-imaginary-backs"
    everything = {*taken, "berg-2019-made-up-walking-imaginary-backs", "berg-2019-made-up-walking-imaginary-backs-2"}
    assert id_of(NEW, everything.__contains__) == "berg-2019-made-up-walking-imaginary-backs-3"


@pytest.mark.parametrize(
    ("authors", "title", "expected"),
    [
        ((Name("Läubli", "T"),), "Walking", "laubli-2019-walking"),
        ((Name("Martinez-Calderon", "J"),), "Pain and fear", "martinez-calderon-2019-pain-fear"),
        ((Name(literal="World Health Organization"),), "Low back pain", "world-health-organization-2019-low-back"),
        ((Name(literal="The Study Group of the Made-up Trial"),), "Backs", "group-made-up-2019-backs"),
        ((), "Backs and beds", "anonymous-2019-backs-beds"),
        ((Name("李", "明"),), "Backs", "anonymous-2019-backs"),
        ((Name("Doe", "J"),), "A of the", "doe-2019-a-of"),
    ],
)
def test_ids(authors: tuple[Name, ...], title: str, expected: str) -> None:
    assert id_of(replace(NEW, authors=authors, title=title), lambda _: False) == expected


def test_an_id_of_the_base_is_never_given_again(toy_dir: Path) -> None:
    evidence = load(toy_dir).evidence
    work = Reference("x", "article", "Walking to nowhere at all", (Name("Toy", "A"),), year="2001")
    assert "toy-2001-walking" in evidence.studies
    assert id_of(replace(work, title="Walking"), lambda name: name in evidence.studies) == "toy-2001-walking-2"
