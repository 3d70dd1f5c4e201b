"""BibLaTeX: as text, what it does with values that an entry type has no field for, and that our reader finds it all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.any_reference import REFERENCE
from tests.zoo import WALKING, ZOO

from backed.bibliography import article_number, iso_date, read_bib
from backed.export.biblatex import BIBLATEX
from backed.model import Reference, Standing


def test_as_text() -> None:
    assert (
        BIBLATEX.write([replace(WALKING, abstract="", keywords=(), extra={}, url=""), ZOO["web page"]])
        == """@article{long-2004-walking,
  title = {Walking for {LBP:} the {WalkBack}-2 trial},
  author = {Long, Audrey and Läubli, Thomas and {PROSPINE Study Group}},
  journaltitle = {European Spine Journal},
  date = {2004-12-01},
  volume = {29},
  number = {23},
  pages = {2593--2602},
  issn = {0003-9993},
  doi = {10.1016/S0003-9993(03)00198_9},
  eprint = {15564907},
  eprinttype = {pubmed},
  langid = {english},
  language = {english},
  note = {PMCID: PMC123},
}

@online{w,
  title = {Back pain},
  author = {{Institute}},
  date = {XXXX},
  url = {https://example.org/?a=b_c},
  urldate = {2026-01-31},
}
"""
    )


@pytest.mark.parametrize(
    ("animal", "line"),
    [
        ("e-locator", "eid = {CD009790}"),
        ("one page", "pages = {135}"),
        ("page of a supplement", "volume = {12}"),
        ("page of a supplement", "issue = {Suppl 1}"),
        ("online first", "pubstate = {prepublished}"),
        ("in press", "pubstate = {inpress}"),
        ("in press", "date = {XXXX}"),
        ("Dutch", "langid = {dutch}"),
        ("report", "note = {Edition: 3. ISBN: 978-92-4-008178-9}"),
        ("guideline", "type = {Advice}"),
        ("guideline", "institution = {{Health and Care}}"),
        ("retracted report", "type = {techreport}"),
        ("doctoral thesis", "type = {phdthesis}"),
        ("master's thesis", "type = {mathesis}"),
        ("whole article", "note = {Seen in print. PMCID: PMC123}"),
        ("retracted", "addendum = {RETRACTED (2026-01-31): Made-up data. Notice: 10.1000/notice}"),
        ("superseded", "addendum = {SUPERSEDED Superseded by: roe-2024-backs.}"),
    ],
)
def test_what_a_work_has_stands_where_biblatex_looks_for_it(animal: str, line: str) -> None:
    assert f"\n  {line},\n" in BIBLATEX.write([ZOO[animal]])


@pytest.mark.parametrize(
    ("animal", "kind"),
    [("book", "book"), ("edited book", "collection"), ("chapter", "incollection"), ("preprint", "misc")],
)
def test_books_have_the_type_of_those_who_made_them(animal: str, kind: str) -> None:
    assert BIBLATEX.write([ZOO[animal]]).startswith(f"@{kind}{{")


def test_a_chapter_without_editors_is_in_a_book() -> None:
    assert BIBLATEX.write([replace(ZOO["chapter"], editors=())]).startswith("@inbook{")
    assert BIBLATEX.write([replace(ZOO["chapter"], booktitle="")]).startswith("@book{")


def test_no_number_is_lost_that_biblatex_has_no_place_for() -> None:
    text = BIBLATEX.write([replace(WALKING, issn="0003-9993, 1438-8871", volume="IV", extra={"eprint": "arXiv:1"})])
    assert "issn = {0003-9993}," in text
    assert "note = {PMCID: PMC123. ISSN: 1438-8871. Eprint: arXiv:1}," in text
    assert "volume" not in text
    assert "issue = {IV}," in text


def test_a_year_in_words_stands_in_the_note() -> None:
    assert "note = {Date: around 1999}," in BIBLATEX.write([replace(ZOO["book"], year="around 1999")])


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_our_reader_finds_any_reference(reference: Reference) -> None:
    (read,), problems = read_bib(BIBLATEX.write([reference]), "")
    assert problems == []
    if reference.type != "techreport":  # a report has no editors in BibLaTeX: they stand in its note
        assert read.editors == reference.editors
    for name in ("title", "authors", "year", "month", "day", "doi", "abstract"):
        assert getattr(read, name) == getattr(reference, name)
    assert iso_date(read) == iso_date(reference)
    assert article_number(read) == article_number(reference)


def test_a_work_that_no_longer_stands_says_so_beside_its_own_note() -> None:
    text = BIBLATEX.write([replace(WALKING, pmcid="", standing=Standing("retracted", reason="It was {made} up."))])
    assert r"addendum = {RETRACTED: It was \{made\} up.}," in text
    assert "note = {Seen in print}," in text


def test_former_keys_stay_citable() -> None:
    assert "  ids = {roe-2019-backs, roe-2019-walks},\n" in BIBLATEX.write([ZOO["renamed"]])
    assert "ids" not in BIBLATEX.write([ZOO["plain article"]])
