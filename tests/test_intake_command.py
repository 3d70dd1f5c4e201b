"""`backed import` as people meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.test_intake_formats import CSL, ENDNOTE, NBIB, PUBMED, RIS

from backed.cli import backed


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(backed, [str(word) for word in words])


def put(tmp_path: Path, text: str, name: str = "in.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("text", [RIS, NBIB, PUBMED, ENDNOTE, CSL])
def test_two_files_a_work_and_nothing_else_is_touched(text: str, toy_dir: Path, tmp_path: Path) -> None:
    before = files(toy_dir)
    result = run("import", put(tmp_path, text), "--evidence", toy_dir)
    assert result.exit_code == 0, result.output
    after = files(toy_dir)
    assert {name: after[name] for name in before} == before
    new = sorted(set(after) - set(before))
    works = len(new) // 2
    assert new[0] == "studies/2004/berg-2004-walking-backwards.bib"
    assert new[1] == "studies/2004/berg-2004-walking-backwards.yaml"
    assert f"imported {works}, already there 0, faulty 0" in result.output
    check = run("check", "--evidence", toy_dir, *(toy_dir / name for name in new))
    assert check.exit_code == 1
    assert "title: expected a text, but nothing stands here" in check.output
    again = run("import", put(tmp_path, text), "--evidence", toy_dir)
    assert files(toy_dir) == after
    assert f"imported 0, already there {works}, faulty 0" in again.output
    assert "same DOI 10.5555/nothing.1 as `berg-2004-walking-backwards`" in again.output


def test_every_citation_is_accounted_for(toy_dir: Path, tmp_path: Path) -> None:
    text = (
        RIS
        + RIS
        + RIS.replace("10.5555/nothing.1", "")
        .replace("30000001", "")
        .replace("PMC123", "")
        .replace("Y1  - 2004/12/01/", "Y1  - soon")
    )
    path = put(tmp_path, text)
    result = run("import", path, "--evidence", toy_dir)
    assert result.exit_code == 1
    assert f"already there: {path.as_posix()}:23:1: Walking backwards\n    same DOI" in result.output
    assert (
        f"{path.as_posix()}:45:1: error citation-file\n    the citation `Walking backwards` has no year"
        in result.output
    )
    assert "imported 1, already there 1, faulty 1" in result.output
    assert "(left out: abstract, M1)" in result.output


def test_a_dry_run_writes_nothing_and_says_the_same(toy_dir: Path, tmp_path: Path) -> None:
    before = files(toy_dir)
    result = run("import", put(tmp_path, RIS), "--evidence", toy_dir, "--dry-run")
    assert result.exit_code == 0
    assert files(toy_dir) == before
    assert "would import berg-2004-walking-backwards" in result.output
    assert "would import 1, already there 0, faulty 0" in result.output


def test_only_the_bib_and_elsewhere(toy_dir: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    result = run("import", put(tmp_path, NBIB), "--evidence", toy_dir, "--only-bib", "--to", drafts)
    assert result.exit_code == 0
    assert sorted(files(drafts)) == ["2004/berg-2004-walking-backwards.bib", "2010/doe-2010-chapter-nothing.bib"]
    assert "PubMed calls it RETRACTED" in result.output


def test_a_file_that_is_there_is_left_and_the_others_are_written(toy_dir: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    (drafts / "2010").mkdir(parents=True)
    (drafts / "2010/doe-2010-chapter-nothing.yaml").write_text("mine", encoding="utf-8")
    result = run("import", put(tmp_path, NBIB), "--evidence", toy_dir, "--to", drafts)
    assert result.exit_code == 0
    found = files(drafts)
    assert found["2010/doe-2010-chapter-nothing.yaml"] == b"mine"
    assert "2010/doe-2010-chapter-nothing-2.yaml" in found, "a taken id gets another word or a number"


def test_what_cannot_be_read_is_told_and_the_other_files_are_imported(toy_dir: Path, tmp_path: Path) -> None:
    other = put(tmp_path, RIS, "other.ris")
    result = run("import", tmp_path / "missing.ris", tmp_path, put(tmp_path, "nothing"), other, "--evidence", toy_dir)
    assert result.exit_code == 1
    for said in ("No such file", "this is a folder", "in no format that is known here", "imported 1, "):
        assert said in result.output
    assert "faulty 3" in result.output


def test_without_evidence_nothing_is_done(tmp_path: Path) -> None:
    result = run("import", put(tmp_path, RIS), "--evidence", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "there is no evidence folder" in result.output


def test_a_base_that_is_not_whole_is_told(toy_dir: Path, tmp_path: Path) -> None:
    (toy_dir / "studies/2001/toy-2001-walking.bib").write_text("@article{x, title = {", encoding="utf-8")
    result = run("import", put(tmp_path, RIS), "--evidence", toy_dir, "--dry-run")
    assert "has an error, so its work may be missed when looking for doubles" in result.output
