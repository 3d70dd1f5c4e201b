"""Citation files: what other programs read in them is what was written, field by field."""

from __future__ import annotations

import calendar
import json
import unicodedata
from dataclasses import replace
from typing import Any

import jsonschema
import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from backed.bibliography import page_range, read_bib
from backed.export.bibtex import BIBTEX
from backed.export.csl_json import CSL_JSON
from backed.export.ris import RIS
from backed.model import Name, Reference

WALKING = Reference(
    key="long-2004-walking",
    type="article",
    title="Walking for LBP: the WalkBack-2 trial",
    authors=(Name("Long", "Audrey"), Name("Läubli", "Thomas"), Name(literal="PROSPINE Study Group")),
    journal="European Spine Journal",
    year="2004",
    month=12,
    day=1,
    volume="29",
    number="23",
    pages="2593-2602",
    doi="10.1016/S0003-9993(03)00198_9",
    pmid="15564907",
    pmcid="PMC123",
    issn="0003-9993",
    url="https://example.org/a_b?x=1&y=%20z#top",
    kind="peer-reviewed-article",
    language="english",
    abstract="We walked; 50% got better.",
    keywords=("walking", "back pain"),
    extra={"note": "Seen in print"},
)
ZOO = {
    "whole article": WALKING,
    "accents": replace(WALKING, title="Été à Łódź: ß, ø, Ç", authors=(Name("Özçelik", "Şule"), Name("Łoś", "É."))),
    "particles": replace(WALKING, authors=(Name("Tulder", "M", "van"), Name("Hooft", "G", "'t"), Name("De Bie", "H"))),
    "suffix": replace(WALKING, authors=(Name("King", "Martin", suffix="Jr."), Name("Roe", "A.", "de la", "III"))),
    "small family name": replace(WALKING, authors=(Name("van der Berg", "A."), Name("d'Arc", "Jeanne"))),
    "a given name that reads as a list": replace(WALKING, authors=(Name("Doe", "Jane and John"), Name("Roe", "A, B"))),
    "group only": replace(WALKING, authors=(Name(literal="Health, Work and Backs Group"),)),
    "thirty authors": replace(WALKING, authors=tuple(Name(f"Author{letter}", f"{letter}.") for letter in "ABCDEF" * 5)),
    "more authors": replace(WALKING, more_authors=True),
    "e-locator": replace(WALKING, pages="CD009790", volume=""),
    "several ranges": replace(WALKING, pages="7, 41, 73-97"),
    "special characters": replace(WALKING, title=r'50% & more: A_1 {x} #3 $5 ~ ^ \ "q" -- `` \'\' ?` <0.05> @foo{'),
    "a lone brace": replace(WALKING, title="A } and { too", journal="B { C"),
    "capitals": replace(WALKING, title="GRADE for McKenzie, iPhone-apps and XSmall S-LBP"),
    "DOI with angle brackets": replace(WALKING, doi="10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#a_b%"),
    "no DOI": replace(WALKING, doi="", pmid="", pmcid="", url=""),
    "book": Reference("b", "book", "Backs", (Name("Roe", "A."),), publisher="P & Q", address="Delft", year="2004",
                      isbn="978-92-4", extra={"edition": "2"}),
    "chapter": Reference("c", "incollection", "Walking", (Name("Roe", "A."),), (Name("Doe", "B."), Name(literal="WHO")),
                         booktitle="Handbook of Backs", publisher="Press", year="2004", pages="10-19"),
    "edited book": Reference("e", "book", "Backs", editors=(Name("Doe", "B."),), publisher="Press", year="2004"),
    "guideline": Reference("n", "techreport", "Backs", (Name(literal="NICE"),), publisher="NICE", year="2016", month=11,
                           number="NG59", url="https://example.org/ng59", kind="guideline", extra={"type": "Advice"}),
    "web page": Reference("w", "online", "Back pain", (Name(literal="Institute"),), url="https://example.org/?a=b_c"),
    "register entry": Reference("r", "misc", "The VIGOR study", (Name(literal="VCU"),), year="2018", url="https://x.org"),
    "Cochrane review": replace(WALKING, journal="Cochrane Database of Systematic Reviews", volume="", number="9",
                               pages="CD009790", doi="10.1002/14651858.CD009790.pub2"),
    "in press": replace(WALKING, year="in press", month=None, day=None),
}  # fmt: skip

_LETTERS = st.characters(categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Pd", "Sm", "Sc"], max_codepoint=0x24F)
TEXT = st.text(_LETTERS | st.just(" "), max_size=30).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=8).map(
    lambda word: unicodedata.normalize("NFC", word)
)
PERSON = st.builds(
    Name,
    family=WORD.map(lambda word: f"X{word}"),
    given=st.lists(WORD.map(lambda word: f"Y{word}"), min_size=1, max_size=3).map(" ".join),
    particle=st.sampled_from(["", "van", "de la"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
)
GROUP = st.builds(Name, literal=TEXT.map(lambda text: f"G {text}".strip()))
REFERENCE = st.builds(
    Reference,
    key=st.just("a-key"),
    type=st.sampled_from(["article", "book", "techreport", "incollection", "misc"]),
    title=TEXT.map(lambda text: f"T {text}".strip()),
    authors=st.lists(PERSON | GROUP, min_size=1, max_size=4).map(tuple),
    editors=st.lists(PERSON | GROUP, max_size=2).map(tuple),
    journal=TEXT,
    publisher=TEXT,
    address=TEXT,
    year=st.integers(1900, 2030).map(str),
    month=st.integers(1, 12),
    day=st.integers(1, 28) | st.none(),
    volume=st.sampled_from(["", "12", "12 Suppl 1"]),
    number=st.sampled_from(["", "3", "3-4"]),
    pages=st.sampled_from(["", "1-9", "e12", "S1-S9", "1-3, 7"]),
    doi=st.text("0123456789abcXYZ._-()/<>;:#%&~", max_size=12).map(lambda tail: f"10.1000/{tail}"),
    abstract=TEXT,
    extra=TEXT.map(lambda text: {"note": text} if text else {}),
)
_LATEX = LatexNodes2Text(keep_braced_groups=False)


def plain(latex: str) -> str:
    """Return LaTeX as a decoder that is not ours reads it."""
    text: str = _LATEX.latex_to_text(latex)
    return " ".join(text.replace("ˆ", "^").split())


def parts(name: Name) -> tuple[str, str, str, str]:
    return (name.particle, name.literal or name.family, name.suffix, name.given)


def written(reference: Reference) -> dict[str, str]:
    """Return what a BibTeX reader has to find as text: field names to values."""
    publisher = "institution" if reference.type == "techreport" else "publisher"
    fields = {
        "title": reference.title,
        "journal": reference.journal,
        "booktitle": reference.booktitle,
        publisher: reference.publisher,
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
    kind = "misc" if reference.type == "online" else reference.type
    assert references == [replace(reference, type=kind, line=1)]


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
        "secondary_title": reference.journal or reference.booktitle,
        "year": reference.year,
        "volume": reference.volume,
        "number": reference.number,
        "start_page": first,
        "end_page": last,
        "publisher": reference.publisher,
        "place_published": reference.address,
        "issn": reference.issn or reference.isbn,
        "doi": reference.doi,
        "accession_number": reference.pmid,
        "custom2": reference.pmcid,
        "language": reference.language,
        "keywords": list(reference.keywords),
        "abstract": reference.abstract,
        "edition": reference.extra.get("edition", ""),
        "type_of_work": reference.extra.get("type", ""),
    }
    assert {key: record.get(key, type(value)()) for key, value in expected.items()} == expected
    assert ";".join(record.get("urls", [])) == reference.url
    editors = record.get("secondary_authors") or record.get("unknown_tag", {}).get("ED", [])
    assert editors == [name(editor) for editor in reference.editors]
    assert reference.extra.get("note", "") in [*record.get("notes", []), ""]


NAME_PARTS = ("family", "given", "non-dropping-particle", "suffix", "literal")
NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in NAME_PARTS},
        "additionalProperties": False,
    },
}
TEXTS = (
    *("title", "container-title", "volume", "issue", "number", "page", "edition", "genre", "publisher"),
    *("publisher-place", "DOI", "PMID", "PMCID", "ISSN", "ISBN", "URL", "language", "keyword", "abstract", "note"),
)
TYPES = [
    *("article-journal", "book", "chapter", "dataset", "document", "manuscript", "pamphlet", "paper-conference"),
    *("report", "software", "thesis", "webpage"),
]
CSL_DATA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in TEXTS},
            "id": {"type": "string"},
            "type": {"enum": TYPES},
            "author": NAMES,
            "editor": NAMES,
            "custom": {"type": "object"},
            "issued": {
                "type": "object",
                "properties": {
                    "literal": {"type": "string"},
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    },
                },
                "additionalProperties": False,
            },
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""What csl-data.json, the schema of CSL-JSON, says of the keys we write, and that it allows no others."""


def check_csl_json(reference: Reference) -> None:
    items = json.loads(CSL_JSON.write([reference]))
    jsonschema.validate(items, CSL_DATA)
    (item,) = items
    keys = {"container-title": reference.journal or reference.booktitle, "publisher-place": reference.address}
    for name in ("title", "volume", "publisher", "language", "abstract"):
        keys[name] = getattr(reference, name)
    for name in ("doi", "pmid", "pmcid", "issn", "isbn", "url"):
        keys[name.upper()] = getattr(reference, name)
    keys["page"] = reference.pages
    keys["number" if reference.type == "techreport" else "issue"] = reference.number
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
@pytest.mark.parametrize("animal", ZOO)
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
}
"""
    )


def test_a_group_alone_stands_in_double_braces() -> None:
    assert "author = {{Health, Work and Backs Group}}," in BIBTEX.write([ZOO["group only"]])


def test_ris_as_text() -> None:
    reference = replace(ZOO["guideline"], abstract="Two\r\nlines\tand a tab")
    assert RIS.write([reference, ZOO["web page"]]) == (
        "TY  - RPRT\r\nID  - n\r\nAU  - NICE,\r\nTI  - Backs\r\nPY  - 2016\r\nDA  - 2016/11//\r\nIS  - NG59\r\n"
        "M3  - Advice\r\nPB  - NICE\r\nUR  - https://example.org/ng59\r\nAB  - Two lines and a tab\r\nER  - \r\n"
        "TY  - ELEC\r\nID  - w\r\nAU  - Institute,\r\nTI  - Back pain\r\nUR  - https://example.org/?a=b_c\r\nER  - \r\n"
    )
    assert "DA  - 2004/12/01/\r\n" in RIS.write([WALKING])


def test_an_incomplete_list_of_authors_says_so() -> None:
    reference = ZOO["more authors"]
    assert " and others}," in BIBTEX.write([reference])
    assert "N1  - The list of authors is incomplete.\r\n" in RIS.write([reference])
    assert json.loads(CSL_JSON.write([reference]))[0]["custom"]["more-authors"] is True
