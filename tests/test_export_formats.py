"""Citation files: what other programs read in them is what was written, field by field."""

from __future__ import annotations

import calendar
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]
from tests.any_reference import REFERENCE
from tests.zoo import HERD, WALKING, ZOO

from backed.bibliography import language_of, page_range, read_bib
from backed.export.bibtex import BIBTEX
from backed.export.csl_json import CSL_JSON
from backed.export.ris import RIS
from backed.model import Name, Reference

STANDING = {name for name, animal in ZOO.items() if animal.standing}
"""These come back with what became of them in the note."""
CSL_DATA = json.loads((Path(__file__).parent / "clients/csl-data.json").read_text(encoding="utf-8"))

_LATEX = LatexNodes2Text(keep_braced_groups=False)


def plain(latex: str) -> str:
    """Return LaTeX as a decoder that is not ours reads it."""
    text: str = _LATEX.latex_to_text(latex)
    return " ".join(text.replace("ˆ", "^").split())


def parts(name: Name) -> tuple[str, str, str, str]:
    return (name.particle, name.literal or name.family, name.suffix, name.given)


def written(reference: Reference) -> dict[str, str]:
    """Return what a BibTeX reader has to find as text: field names to values."""
    publisher = {"techreport": "institution", "report": "institution", "phdthesis": "school", "mastersthesis": "school"}
    fields = {
        "title": reference.title,
        "journal": reference.journal,
        "booktitle": reference.booktitle,
        publisher.get(reference.type, "publisher"): reference.publisher,
        "address": reference.address,
        "year": reference.year,
        "day": str(reference.day or ""),
        "volume": reference.volume,
        "number": reference.number,
        "language": reference.language,
        "keywords": ", ".join(reference.keywords),
        "abstract": reference.abstract,
        "note": reference.extra.get("note", ""),
        "type": reference.extra.get("type", ""),
        "edition": reference.extra.get("edition", ""),
    }
    return {name: value for name, value in fields.items() if value}


def letter_by_letter(reference: Reference) -> dict[str, str]:
    names = ("doi", "pmid", "pmcid", "issn", "isbn", "url", "kind")
    return {name: getattr(reference, name) for name in names if getattr(reference, name)}


def check_our_reader(reference: Reference) -> None:
    references, problems = read_bib(BIBTEX.write([reference]), "")
    allowed = {"bib-date"} if reference.year == "in press" else set()
    assert {problem.rule for problem in problems} <= allowed
    kinds = {"online": "misc", "dataset": "misc", "software": "misc", "report": "techreport", "collection": "book"}
    kind = kinds.get(reference.type, reference.type)
    assert references == [replace(reference, type=kind, line=1, aliases=())]  # BibTeX has no field for former keys


def check_pybtex(reference: Reference) -> None:
    read = pybtex.database.parse_string(BIBTEX.write([reference]), "bibtex").entries[reference.key]
    fields = dict(read.fields)
    assert {name: fields[name] for name in letter_by_letter(reference)} == letter_by_letter(reference)
    assert {name: plain(fields[name]) for name in written(reference)} == written(reference)
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        people = [
            tuple(
                plain(" ".join(part)) for part in (p.prelast_names, p.last_names, p.lineage_names, p.bibtex_first_names)
            )
            for p in read.persons.get(role, [])
        ]
        others = [("", "others", "", "")] if reference.more_authors and role == "author" else []
        assert people == [*map(parts, names), *others]
    assert fields.get("month") == (calendar.month_name[reference.month] if reference.month else None)


def check_bibtexparser(reference: Reference) -> None:
    library = parse_string(BIBTEX.write([reference]), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    fields = {name: field.value for name, field in library.entries[0].fields_dict.items()}
    assert {name: fields[name] for name in letter_by_letter(reference)} == letter_by_letter(reference)
    assert {name: plain(fields[name]) for name in written(reference)} == written(reference)
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        people = [tuple(plain(" ".join(part)) for part in (p.von, p.last, p.jr, p.first)) for p in fields.get(role, [])]
        others = [("", "others", "", "")] if reference.more_authors and role == "author" else []
        assert people == [*map(parts, names), *others]
    assert fields.get("month") == (calendar.month_abbr[reference.month].lower() if reference.month else None)


def check_ris(reference: Reference) -> None:
    (record,) = rispy.loads(RIS.write([reference]))

    def name(author: Name) -> str:
        if author.literal:
            return f"{author.literal},"
        family = f"{author.particle} {author.family}".strip()
        return ", ".join(part for part in (family, author.given, author.suffix) if part)

    first, last = page_range(reference)
    expected: dict[str, Any] = {
        "id": reference.key,
        "title": reference.title,
        "authors": [name(author) for author in reference.authors],
        "secondary_title": reference.journal or reference.booktitle or reference.extra.get("series", ""),
        "year": reference.year,
        "volume": reference.volume,
        "number": reference.number,
        "start_page": first,
        "end_page": last,
        "publisher": reference.publisher,
        "place_published": reference.address,
        "issn": reference.issn or reference.isbn or (reference.number if reference.type == "techreport" else ""),
        "doi": reference.doi,
        "accession_number": reference.pmid,
        "custom2": reference.pmcid,
        "language": reference.language,
        "keywords": list(reference.keywords),
        "abstract": reference.abstract,
        "edition": reference.extra.get("edition", "") or reference.extra.get("version", ""),
        "type_of_work": reference.extra.get("type", ""),
    }
    assert {key: record.get(key, type(value)()) for key, value in expected.items()} == expected
    assert ";".join(record.get("urls", [])) == reference.url
    editors = record.get("secondary_authors") or record.get("unknown_tag", {}).get("ED", [])
    assert editors == [name(editor) for editor in reference.editors]
    assert reference.extra.get("note", "") in [*record.get("notes", []), ""]


def check_csl_json(reference: Reference) -> None:
    items = json.loads(CSL_JSON.write([reference]))
    jsonschema.validate(items, CSL_DATA)
    (item,) = items
    keys = {"container-title": reference.journal or reference.booktitle, "publisher-place": reference.address}
    for name in ("title", "volume", "publisher", "abstract"):
        keys[name] = getattr(reference, name)
    for name in ("doi", "pmid", "pmcid", "issn", "isbn", "url"):
        keys[name.upper()] = getattr(reference, name)
    language = language_of(reference.language)
    keys["language"] = language.two if language else reference.language
    keys["page"] = reference.pages
    keys["number" if reference.type in {"techreport", "report"} else "issue"] = reference.number
    keys["note"] = reference.extra.get("note", "")
    assert {name: item.get(name, "") for name in keys} == keys
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        people = [
            Name(
                name.get("family", ""),
                name.get("given", ""),
                name.get("non-dropping-particle", ""),
                name.get("suffix", ""),
                name.get("literal", ""),
            )
            for name in item.get(role, [])
        ]
        assert tuple(people) == names
    assert item.get("custom", {}).get("kind", "") == reference.kind
    date = [int(reference.year)] if reference.year.isdigit() else []
    date += [number for number in (reference.month, reference.month and reference.day) if number]
    assert item.get("issued", {}).get("date-parts", [[]]) == [date]


CHECKS = [check_our_reader, check_pybtex, check_bibtexparser, check_ris, check_csl_json]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("animal", sorted(ZOO.keys() - STANDING))
def test_every_reader_finds_what_was_written(animal: str, check: Any) -> None:
    check(ZOO[animal])


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_our_reader_finds_any_reference(reference: Reference) -> None:
    check_our_reader(reference)


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_pybtex_finds_any_reference(reference: Reference) -> None:
    check_pybtex(reference)


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_bibtexparser_finds_any_reference(reference: Reference) -> None:
    check_bibtexparser(reference)


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_rispy_finds_any_reference(reference: Reference) -> None:
    check_ris(reference)


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_csl_json_holds_any_reference(reference: Reference) -> None:
    check_csl_json(reference)


def test_bibtex_as_text() -> None:
    assert (
        BIBTEX.write(
            [replace(WALKING, abstract="", keywords=(), language="", url="", issn="", extra={}), ZOO["web page"]]
        )
        == """@article{long-2004-walking,
  title = {Walking for {LBP:} the {WalkBack}-2 trial},
  author = {Long, Audrey and Läubli, Thomas and {PROSPINE Study Group}},
  journal = {European Spine Journal},
  year = {2004},
  month = dec,
  day = {1},
  volume = {29},
  number = {23},
  pages = {2593--2602},
  doi = {10.1016/S0003-9993(03)00198_9},
  pmid = {15564907},
  pmcid = {PMC123},
  kind = {peer-reviewed-article},
}

@misc{w,
  title = {Back pain},
  author = {{Institute}},
  url = {https://example.org/?a=b_c},
  urldate = {2026-01-31},
}
"""
    )


def test_a_group_alone_stands_in_double_braces() -> None:
    assert "author = {{Health, Work and Backs Group}}," in BIBTEX.write([ZOO["group only"]])


def test_ris_as_text() -> None:
    reference = replace(ZOO["guideline"], abstract="Two\r\nlines\tand a tab")
    assert RIS.write([reference, ZOO["web page"]]) == (
        "TY  - RPRT\r\nID  - n\r\nAU  - NICE,\r\nTI  - Backs\r\nPY  - 2016\r\nDA  - 2016/11//\r\nIS  - NG59\r\n"
        "M3  - Advice\r\nPB  - Health and Care\r\nSN  - NG59\r\nUR  - https://example.org/ng59\r\n"
        "AB  - Two lines and a tab\r\nER  - \r\n"
        "TY  - ELEC\r\nID  - w\r\nAU  - Institute,\r\nTI  - Back pain\r\nUR  - https://example.org/?a=b_c\r\n"
        "Y2  - 2026/01/31/\r\nER  - \r\n"
    )
    assert "DA  - 2004/12/01/\r\n" in RIS.write([WALKING])


def test_an_incomplete_list_of_authors_says_so() -> None:
    reference = ZOO["more authors"]
    assert " and others}," in BIBTEX.write([reference])
    assert "N1  - The list of authors is incomplete.\r\n" in RIS.write([reference])
    assert json.loads(CSL_JSON.write([reference]))[0]["custom"]["more-authors"] is True


def test_the_type_of_an_article_is_never_where_zotero_looks_for_a_doi() -> None:
    text = RIS.write([replace(WALKING, extra={"type": "Letter"}), ZOO["retracted"]])
    assert "M3  - " not in text
    assert "N1  - Type of work: Letter.\r\n" in text
    assert "M3  - Preprint\r\n" in RIS.write([ZOO["preprint"]])


def test_journals_and_books_stand_where_each_reader_looks() -> None:
    text = RIS.write([WALKING, ZOO["chapter"], ZOO["paper of a congress"]])
    for line in ("T2  - European Spine Journal", "JF  - European Spine Journal", "BT  - Handbook of Backs"):
        assert f"\r\n{line}\r\n" in text
    assert "TY  - CONF\r\n" in text


def test_csl_json_says_how_far_a_publication_is() -> None:
    def status(animal: str) -> str:
        return str(json.loads(CSL_JSON.write([ZOO[animal]]))[0].get("status", ""))

    assert status("retracted") == "retracted"
    assert status("expression of concern") == "expression of concern"
    assert status("online first") == "advance online publication"
    assert status("whole article") == ""


def test_csl_json_is_valid_for_the_whole_zoo() -> None:
    jsonschema.validate(json.loads(CSL_JSON.write(HERD)), CSL_DATA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"id": "a", "type": "article-journal", "pmid": "1"}], CSL_DATA)


def test_names_in_titles_keep_their_capitals_and_the_first_word_is_the_styles() -> None:
    text = BIBTEX.write([replace(WALKING, title="Walks in Great Britain: the UK-trial by O'Neil, (and) Łoś")])
    assert "title = {Walks in {Great} {Britain:} the {UK}-trial by {O'Neil,} (and) {Łoś}}," in text
