"""Citation files that are not as they should be: the place is named, the other entries are read, nothing is raised."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.test_intake_formats import CSL, ENDNOTE, NBIB, PUBMED, RIS

from backed.intake import Findings, Gathered, read_citations, read_file
from backed.problem import Problem, Severity

BIB = """\
@article{one, title = {Walking one}, author = {Doe, J}, year = 2001}
@article{two, title = {Walking two, author = {Doe, J}, year = 2002}
@article{three, title = {Walking three}, author = {Doe, J}, year = 2003}
"""


def read(text: str | bytes) -> Gathered:
    return read_citations(text.encode() if isinstance(text, str) else text, Findings("a-file"))


def titles(gathered: Gathered) -> list[str]:
    return [citation.reference.title for citation in gathered.citations]


def told(gathered: Gathered) -> list[tuple[str, int, int]]:
    return [(str(problem.severity), problem.line, problem.column) for problem in gathered.problems]


def words(gathered: Gathered) -> str:
    return " | ".join(problem.message for problem in gathered.problems)


def test_a_brace_that_is_not_closed_takes_no_other_entry_along() -> None:
    found = read(BIB)
    assert titles(found) == ["Walking one", "Walking three"]
    assert told(found) == [("error", 2, 1)]
    assert "a brace is not closed in `two`" in words(found)


def test_two_entries_of_one_key() -> None:
    found = read(BIB.replace("two, title = {Walking two,", "one, title = {Walking two},"))
    assert titles(found) == ["Walking one", "Walking three"]
    assert told(found) == [("error", 2, 1)]
    assert "already used in line 1" in words(found)


@pytest.mark.parametrize(
    ("value", "said"), [(r"{Walking \foo{two}}", r"command \foo is not known"), ("jnothing", "`jnothing` is a macro")]
)
def test_an_entry_with_an_unknown_command_or_macro_is_not_imported_without_its_text(value: str, said: str) -> None:
    found = read(BIB.replace("{Walking two,", f"{value},"))
    assert titles(found) == ["Walking one", "Walking three"]
    assert [severity for severity, _, _ in told(found)] == ["error"]
    assert said in words(found)


def test_a_macro_that_is_defined_is_read() -> None:
    found = read('@string{jn = "Journal of Nothing"}\n@article{a, title={T}, author={D, J}, year=2001, journal=jn}')
    assert (found.citations[0].reference.journal, found.problems) == ("Journal of Nothing", ())


def test_ris_without_its_last_line() -> None:
    cut = RIS + RIS.replace("backwards", "forwards").split("UR  -")[0]
    found = read(cut)
    assert titles(found) == ["Walking backwards", "Walking forwards"]
    assert told(found) == [("warning", 23, 1)]
    assert "has no ER line" in words(found)
    between = read(RIS.replace("ER  - \r\n", "") + RIS)
    assert len(between.citations) == 2
    assert told(between) == [("warning", 1, 1)]


def test_lines_of_ris_without_a_tag() -> None:
    found = read("what is this\n" + RIS.replace("N2  - We walked.\r\n", "N2  - We\r\nwalked.\r\n") + "\r\nand this\r\n")
    assert [citation.reference.abstract for citation in found.citations] == ["We walked."]
    assert told(found) == [("error", 1, 1), ("warning", 17, 1), ("error", 26, 1)]


def test_nbib_that_is_cut_off() -> None:
    found = read(NBIB[: NBIB.index("ISBN-")].rstrip())
    assert titles(found) == ["Walking backwards for imaginary backs: a made-up trial", "A chapter of nothing"]
    assert told(found) == [("warning", 36, 1)]
    assert "cut off" in found.problems[0].hint


def test_nbib_with_lines_of_something_else() -> None:
    found = read(
        "PMID- 1\nTI  - Walking\nDP  - 2004\nno tag\nSO  - x\n\nhello\n\nPMID- 2\nTI  - Two\nDP  - 2005\nSO  - x\n"
    )
    assert titles(found) == ["Walking no tag", "Two"] or titles(found) == ["Walking", "Two"]
    assert told(found) == [("warning", 4, 1), ("error", 7, 1)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"hello": "world"}', (1, 1)),
        ('[{"a": 1},\n {"b": 2}]', (1, 2)),
        ("[1, 2]", (1, 1)),
        ("[]", (1, 1)),
        ('{"a": [', (1, 8)),
        ("[" * 100_000, (1, 1)),
        ('{"a":' * 100_000, (1, 1)),
    ],
)
def test_json_that_is_no_csl(text: str, place: tuple[int, int]) -> None:
    found = read(text)
    assert found.citations == ()
    first = found.problems[0]
    assert (first.severity, first.line, first.column) == (Severity.ERROR, *place)


def test_a_broken_item_of_json_takes_no_other_along() -> None:
    items = [json.dumps({**json.loads(CSL)[0], "title": f"Walking {n}"}, indent=1) for n in range(4)]
    items[1] = items[1].replace('"volume": 29,', '"volume": ,')
    items[2] = items[2].replace('"DOI"', 'DOI"')
    found = read("[" + ",\n".join(items) + "]")
    assert titles(found) == ["Walking 0", "Walking 3"]
    assert [severity for severity, _, _ in told(found)] == ["error", "error"]
    cut = read("[" + ",\n".join(items[:1]) + ",\n" + items[3][:100])
    assert titles(cut) == ["Walking 0"]
    assert [severity for severity, _, _ in told(cut)] == ["error"]


def test_values_of_the_wrong_kind_are_named_and_never_raised() -> None:
    item = {"type": "book", "title": "T", "issued": {"raw": "2004"}, "author": "Doe", "volume": ["1"], "custom": [1]}
    found = read(json.dumps([item, {**item, "author": [1, {"family": 2}], "issued": {"date-parts": [[None]]}}]))
    assert titles(found) == ["T"]
    assert found.citations[0].left == ("author", "volume")
    assert "has no year" in words(found)


@pytest.mark.parametrize("text", [PUBMED, ENDNOTE + "\n"])
def test_broken_xml(text: str) -> None:
    name = "PubmedArticle" if "Pubmed" in text else "record"
    start, end = text.index(f"<{name}>"), text.index(f"</{name}>") + len(f"</{name}>")
    whole, one = read(text), text[start:end]
    broken = one.replace("</", "<", 1)
    found = read(text[:end] + broken + text[end:])
    assert titles(found) == titles(whole)
    assert [severity for severity, _, _ in told(found)] == ["error"]
    cut = read(text[:end] + one[: len(one) // 2])
    assert titles(cut) == titles(whole)[:1]
    assert "is not closed" in words(cut)
    stray = read(text[:end] + "<b>lost</b>" + text[end:])
    assert titles(stray) == titles(whole)
    assert "outside any citation" in words(stray)


def laughs(text: str, root: str) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    start = text.index(f"<{root}>")
    head = f'<?xml version="1.0"?>\n<!DOCTYPE {root} [<!ENTITY l0 "lol">{entities}]>\n'
    return head + text[start:]


def test_a_billion_laughs_are_not_laughed() -> None:
    text = laughs(PUBMED, "PubmedArticleSet")
    found = read(text)
    assert len(found.citations) == 2, "what uses none of its entities is read"
    assert told(found) == [("warning", 2, 1)]
    assert "entities of its own" in words(found)
    used = read(text.replace("Handbook of Nothing", "&l11;"))
    assert len(used.citations) == 1
    assert "undefined entity" in words(used)
    outside = text.replace('<!ENTITY l0 "lol">', '<!ENTITY l0 SYSTEM "file:///etc/passwd">').replace(
        "Walking", "&l0;", 1
    )
    assert "undefined entity" in words(read(outside))


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(content: bytes) -> None:
    found = read(content)
    assert (found.citations, told(found), words(found)) == ((), [("error", 1, 1)], "the file is empty")


def test_something_else_altogether() -> None:
    for content in (b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04" + bytes(100), b"hello world", b"<html><p>x</p></html>"):
        found = read(content)
        assert found.citations == ()
        assert "in no format that is known" in words(found)
        assert "NBIB" in found.problems[-1].hint


def test_a_file_over_the_limit_is_refused_and_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.ris"
    path.write_text(RIS, encoding="utf-8")
    findings = Findings("large.ris")
    assert read_file(path, findings, largest=100) is None
    assert "larger than 0.0001 MB" in findings.problems[0].message
    sparse = tmp_path / "sparse.ris"
    with sparse.open("wb") as file:
        file.truncate(10**12)  # a terabyte that takes no room
    assert read_file(sparse, findings, largest=1000) is None
    assert read_file(path, Findings("x"), largest=len(path.read_bytes())) == path.read_bytes()


def test_a_folder_a_missing_file_and_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, said in (("", "a folder"), ("missing.ris", "No such file"), ("pipe", "no file")):
        findings = Findings(name)
        assert read_file(tmp_path / name, findings) is None
        assert said in findings.problems[0].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "closed.ris"
    path.write_text(RIS, encoding="utf-8")
    path.chmod(0)
    findings = Findings("closed.ris")
    assert read_file(path, findings) is None
    assert "Permission denied" in findings.problems[0].message


def test_latin_1_is_read_line_by_line_and_told() -> None:
    text = RIS.replace("van der Berg, Jan", "Özçelik, Şule").replace("Journal of", "Été of")
    mixed = b"\r\n".join(line.encode("latin-1") if "Été" in line else line.encode() for line in text.split("\r\n"))
    found = read(mixed)
    work = found.citations[0].reference
    assert (work.journal, work.authors[0].family) == ("Été of Nothing", "Özçelik"), "a line in UTF-8 stays UTF-8"
    assert told(found) == [("warning", 6, 7)]
    assert "0xc9 is not UTF-8" in words(found)


def test_xml_in_the_encoding_it_declares() -> None:
    text = ENDNOTE.replace("UTF-8", "ISO-8859-1").replace("Walking", "Été")
    found = read(text.encode("latin-1"))
    assert titles(found) == ["Été backwards"]
    assert found.problems == ()
    odd = read(text.replace("ISO-8859-1", "rot13").encode())
    assert titles(odd) == ["Été backwards"], "an encoding that is none is not believed"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x80", "\uffff"])
def test_a_character_that_stands_in_no_text(sign: str) -> None:
    found = read(RIS.replace("backwards", f"back{sign}wards") + RIS.replace("backwards", "forwards"))
    assert titles(found) == ["Walking forwards"]
    assert told(found) == [("warning", 5, 19), ("error", 1, 1)]
    assert f"U+{ord(sign):04X}" in words(found)


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\ufffd"])
def test_a_character_that_json_can_say_and_no_file_can_hold(escape: str) -> None:
    found = read(CSL.replace("backwards", f"back{escape}wards"))
    assert (found.citations, told(found)) == ((), [("error", 1, 1)])
    assert "cannot be read, in its title" in words(found)


def test_a_citation_without_title_or_year_is_told_by_its_place() -> None:
    found = read(RIS.replace("T1  - Walking backwards\r\n", "").replace("N1  - Walking backwards\r\n", "") + RIS)
    assert titles(found) == ["Walking backwards"]
    assert told(found) == [("error", 1, 1)]
    assert "has no title" in words(found)
    odd = read(RIS.replace("Y1  - 2004/12/01/", "Y1  - soon"))
    assert "has no year (`soon` is none)" in words(odd)


def test_every_problem_has_a_place_and_says_what_to_do() -> None:
    problems: list[Problem] = []
    for text in (BIB, RIS[:100], NBIB[:900], PUBMED[:900], CSL[:90], "x", ""):
        problems += read(text).problems
    assert len(problems) > 6
    assert [problem for problem in problems if not (problem.line and problem.column and problem.hint)] == []
