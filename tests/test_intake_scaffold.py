"""The record that is written to be completed: whole, from the model, and with nothing in it that nobody saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backed.examine import examine_files
from backed.intake import Citation, take_in, write
from backed.intake.scaffold import scaffold
from backed.load import load, read_yaml
from backed.model import Name, Reference, Study, anatomy, parse

WORK = Reference(
    "k",
    "article",
    "Walking on imaginary backs",
    (Name("Berg", "J", "van der"),),
    journal="Journal of Nothing",
    year="2019",
    doi="10.5555/nothing.1",
    abstract="We walked 12 km.",
)
STUDY = "berg-2019-walking-imaginary"


def brought(toy_dir: Path, citation: Citation) -> tuple[Path, ...]:
    (placed,) = take_in([citation], load(toy_dir).evidence, toy_dir / "studies").placed
    assert write(placed) is None
    return tuple(path for path, _ in placed.files)


def test_check_says_exactly_what_is_missing(toy_dir: Path) -> None:
    bib, record = brought(toy_dir, Citation(WORK))
    found = examine_files(toy_dir, [record])
    missing = {".".join(map(str, problem.at)) for problem in found.problems}
    assert {problem.file for problem in found.problems} == {record.as_posix()}
    assert missing == {
        *("title", "summary.en", "design.type", "funding.statement", "population.condition"),
        *("extraction.read", "extraction.by", "extraction.on"),
    }
    assert bib.name == f"{STUDY}.bib"


def completed(record: Path) -> str:
    text = record.read_text(encoding="utf-8")
    given = {
        "title:": "Walking or not",
        "  en:": "Forty people walked.",
        "  type:": "randomised-trial",
        "  statement:": "not seen",
        "  condition:": "low-back-pain",
        "  read:": "abstract",
        "  by:": "Backed project",
        "  on:": "2026-11-20",
    }
    for key, value in given.items():
        assert f"\n{key}  #" in text
        text = text.replace(f"\n{key}  #", f"\n{key} {value}  #", 1)
    return text


def test_once_it_is_completed_the_record_is_one_like_all_others(toy_dir: Path) -> None:
    _, record = brought(toy_dir, Citation(WORK))
    record.write_text(completed(record), encoding="utf-8")
    found = examine_files(toy_dir, [record])
    assert found.evidence.studies[STUDY].reports == (STUDY,)
    rules = {problem.rule for problem in found.problems}
    assert not rules & {"wrong-type", "missing-key", "unknown-key", "yaml-syntax", "id-and-path", "reference-exists"}


def test_every_key_of_the_model_is_there_with_its_meaning() -> None:
    text = scaffold(Citation(WORK), STUDY, "x.yaml")
    for part in anatomy(Study):
        assert any(line.removeprefix("# ").startswith(f"{part.name}:") for line in text.splitlines()), part.name
        assert part.meaning in text
    assert "One of: abstract, full-text, secondary." in text


def bare(line: str) -> str:
    """Return a line with every # before its key taken away."""
    while line.lstrip().startswith("# "):
        line = line.replace("# ", "", 1)
    return line


def test_every_commented_key_is_one_that_the_model_knows() -> None:
    """With every # taken away the record has faults only where something is empty, none of an unknown key."""
    lines = scaffold(Citation(WORK), STUDY, "x.yaml").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    kept = [bare(line) for line in lines[begin:] if not line.lstrip("# ").startswith("also:")]
    tree, problems = read_yaml("\n".join(kept), "x")
    assert problems == []
    assert isinstance(tree.data, dict)
    _, faults = parse(Study, {**tree.data, "id": STUDY, "file": "x"})
    assert {fault.kind for fault in faults} == {"wrong"}


def test_nothing_of_the_abstract_comes_into_the_base(toy_dir: Path) -> None:
    for path in brought(toy_dir, Citation(WORK)):
        assert "12 km" not in path.read_text(encoding="utf-8")


def test_what_the_citation_states_itself_is_filled_in() -> None:
    text = scaffold(Citation(WORK, (("ClinicalTrials.gov", "NCT00000001"),), "PubMed"), STUDY, "x.yaml")
    tree, problems = read_yaml(text, "x")
    assert problems == []
    assert isinstance(tree.data, dict)
    assert tree.data["reports"] == [STUDY]
    assert tree.data["registration"] == [{"registry": "ClinicalTrials.gov", "id": "NCT00000001"}]
    assert tree.data["status"] == {"state": "retracted"}
    assert "PubMed calls this work retracted" in text


@pytest.mark.parametrize(
    "title",
    ["a\nstatus: {state: withdrawn}", "a\u2028title: b", "a\x85title: b", "a: b # c", "'\"[]{}&*!|>%@`", "x" * 5000],
)
def test_a_hostile_title_stays_in_its_comment(title: str) -> None:
    work = replace(WORK, title=title, doi="10.5555/x\ntitle: y", journal=title)
    text = scaffold(Citation(work, ((title, title),)), STUDY, f"{title}/x.yaml")
    tree, problems = read_yaml(text, "x")
    assert {problem.rule for problem in problems} <= {"unseen-sign"}  # what nobody sees is kept and told
    assert isinstance(tree.data, dict)
    assert (tree.data["title"], tree.data["reports"], "status" in tree.data) == (None, [STUDY], False)


def test_no_file_is_ever_replaced_and_none_left_alone(toy_dir: Path) -> None:
    (placed,) = take_in([Citation(WORK)], load(toy_dir).evidence, toy_dir / "studies").placed
    bib, record = (path for path, _ in placed.files)
    record.parent.mkdir()
    record.write_text("mine", encoding="utf-8")
    problem = write(placed)
    assert problem is not None
    assert "stays as it is" in problem.message
    assert problem.file == record.as_posix()
    assert record.read_text(encoding="utf-8") == "mine"
    assert not bib.exists(), "both files or none"


def test_a_folder_that_cannot_be_made_is_told(toy_dir: Path) -> None:
    (toy_dir / "studies/2019").write_text("a file", encoding="utf-8")
    (placed,) = take_in([Citation(WORK)], load(toy_dir).evidence, toy_dir / "studies").placed
    problem = write(placed)
    assert problem is not None
    assert problem.message
