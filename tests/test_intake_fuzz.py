"""Whatever bytes a citation file holds: nothing is raised, and every entry seen is a citation or a problem."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.test_intake_formats import CROSSREF, CSL, ENDNOTE, NBIB, PUBMED, RIS

from backed.intake import READERS, Findings, read_citations, take_in
from backed.intake.decode import decode
from backed.load import load

BIB = "@article{a,\n title = {Walking \\'e},\n author = {Doe, J},\n year = 2004, month = dec }\n\n@book{b, title={T}}\n"
TEXTS = {
    "bibtex": BIB,
    "ris": RIS,
    "nbib": NBIB,
    "csl-json": CSL,
    "crossref-json": CROSSREF,
    "endnote-xml": ENDNOTE,
    "pubmed-xml": PUBMED,
}
BEGINS = {
    "bibtex": r"^[ \t]*@[ \t]*(?!(?:string|comment|preamble)\b)[A-Za-z]+\s*[{(]",
    "ris": r"^[^\S\n]*TY {1,2}-(?: |$)",
    "nbib": r"^PMID {0,2}-(?: |$)",
    "endnote-xml": r"<record[\s>]",
    "pubmed-xml": r"<Pubmed(?:Book)?Article[\s>]",
}
"""How an entry begins, counted without the readers."""

YEAR = "<JournalIssue><PubDate><Year>2004</Year></PubDate></JournalIssue>"
ONE = {
    "bibtex": "@article{k%d, title = {Work %d}, author = {Doe, J}, year = {2004}}\n",
    "ris": "TY  - JOUR\nID  - %d\nTI  - Work %d\nPY  - 2004\nER  - \n",
    "nbib": "PMID- 1%d\nTI  - Work %d\nDP  - 2004\nSO  - x\n\n",
    "endnote-xml": "<record><label>%d</label><titles><title>Work %d</title></titles>"
    "<dates><year>2004</year></dates></record>\n",
    "pubmed-xml": "<PubmedArticle><MedlineCitation><PMID>1%d</PMID><Article><ArticleTitle>Work %d</ArticleTitle>"
    f"<Journal>{YEAR}</Journal></Article></MedlineCitation></PubmedArticle>\n",
}
"""One entry of each format, with two numbers to be filled in."""

FUZZ = settings(max_examples=60, deadline=None, derandomize=True)
PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\r\n",
            "\x00",
            "\ufeff",
            "{",
            "}",
            "[",
            "]",
            '"',
            "\\",
            "<",
            ">",
            "&",
            "&x;",
            "]]>",
            "<!--",
            "<![CDATA[",
        ),
        *(
            "@",
            "@article{",
            "TY  - JOUR\n",
            "ER  - \n",
            "PMID- 1\n",
            "TI  - ",
            "year = ",
            "</record>",
            "<record>",
            "--",
        ),
        *(
            "</PubmedArticle>",
            "<PubmedArticle>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]>",
            "&#0;",
            "\\ud800",
            ",",
            "null",
            "1e999",
        ),
    ]
).map(lambda text: text.encode("utf-8"))


def hold(content: bytes) -> None:
    """Read a file of these bytes and hold the reading to what it promises."""
    findings = Findings("a-file")
    found = read_citations(content, findings)
    text = decode(content, Findings("again"))
    lines = text.count("\n") + 1
    for problem in found.problems:
        assert problem.message
        assert problem.hint
        assert 1 <= problem.line <= lines, problem
        assert problem.column >= 1
    errors = sum(problem.severity == "error" for problem in found.problems)
    assert found.citations or errors, "a file that gives nothing says why"
    if found.form in BEGINS and "<!" not in text:
        told = {problem.line for problem in found.problems if problem.severity == "error"}
        told |= {
            int(line) for problem in found.problems for line in re.findall(r"begins in line (\d+)", problem.message)
        }
        told |= {citation.reference.line for citation in found.citations}
        ends = [match.end() for match in re.finditer(BEGINS[found.form], text, re.MULTILINE)]
        begun = sorted({text.count("\n", 0, end - 1) + 1 for end in ends})
        for line, following in pairwise([*begun, lines + 1]):
            assert any(line <= one < following for one in told), f"nothing is said of the entry in line {line}"
    for citation in found.citations:
        assert re.fullmatch(r"[12]\d{3}", citation.reference.year)
        assert citation.reference.title


@pytest.mark.parametrize("form", TEXTS)
@FUZZ
@given(content=st.binary(max_size=300))
def test_any_bytes(form: str, content: bytes) -> None:
    hold(content)
    hold(TEXTS[form][:40].encode() + content)


@pytest.mark.parametrize("form", TEXTS)
@FUZZ
@given(place=st.floats(0, 1), length=st.integers(0, 60), put=st.one_of(st.binary(max_size=12), PIECES))
@example(place=0.5, length=0, put=b"\x00")
def test_a_stretch_replaced_by_anything(form: str, place: float, length: int, put: bytes) -> None:
    content = TEXTS[form].encode()
    start = int(place * len(content))
    hold(content[:start] + put + content[start + length :])


@pytest.mark.parametrize("form", TEXTS)
@FUZZ
@given(pieces=st.lists(st.one_of(PIECES, st.binary(max_size=4)), max_size=25))
def test_any_pieces(form: str, pieces: list[bytes]) -> None:
    hold(b"".join(pieces))
    text = TEXTS[form].encode()
    hold(text[: len(text) // 2] + b"".join(pieces) + text[len(text) // 2 :])


@pytest.mark.parametrize("form", TEXTS)
@FUZZ
@given(keep=st.integers(0, 5000))
def test_a_file_that_is_cut_off_anywhere(form: str, keep: int) -> None:
    hold(TEXTS[form].encode()[:keep])


@pytest.mark.parametrize("form", BEGINS)
@FUZZ
@given(broken=st.sets(st.integers(0, 7), max_size=5), put=PIECES)
def test_entries_beside_a_broken_one_are_counted(form: str, broken: set[int], put: bytes) -> None:
    """Of eight entries in a file, those that nobody touched are all there, or something says why not."""
    one = ONE[form]
    entries = [(one % (number, number)).encode() for number in range(8)]
    content = b"".join(
        entry[: len(entry) // 2] + put + entry[len(entry) // 2 :] if number in broken else entry
        for number, entry in enumerate(entries)
    )
    found = read_citations(content, Findings("x"))
    read = {citation.reference.title for citation in found.citations}
    missing = [number for number in range(8) if not any(str(number) in title for title in read)]
    assert not missing or found.problems
    if not broken:
        assert not missing


@pytest.mark.parametrize("form", TEXTS)
def test_what_is_read_can_be_written(form: str, toy_dir: Path) -> None:
    found = read_citations(TEXTS[form].encode(), Findings("x"))
    intake = take_in(found.citations, load(toy_dir).evidence, toy_dir / "studies")
    assert len(intake.placed) == len(found.citations)
    assert form in READERS
