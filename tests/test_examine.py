"""Files checked by themselves give what the check of the whole base says of them, or it is said what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.test_rules import EXAMPLES, MADE_HERE, examples, put

from backed.check import HELD_AGAINST_ALL, RULES
from backed.examine import Checked, examine, examine_files
from backed.load import OutsideError

FOLDERS = sorted(path.name for path in EXAMPLES.iterdir() if path.name not in MADE_HERE)


def same_as_whole(root: Path, files: list[Path]) -> Checked:
    """Check files by themselves; fail unless the whole check says the same of them, but for the rules passed over."""
    whole, part = examine(root), examine_files(root, files)
    named = {file.as_posix() for file in files}
    named |= {
        Path(name).with_suffix(end).as_posix() for name in named if "/studies/" in name for end in (".yaml", ".bib")
    }
    expected = [one for one in whole.problems if one.file in named and one.rule not in part.passed_over]
    assert [one for one in part.problems if one.rule not in part.passed_over] == expected
    return part


@pytest.mark.parametrize("kind", ["studies", "comparisons", "articles", "claims", "vocabularies", "references"])
def test_sound_files_have_no_problem_by_themselves(kind: str, toy_dir: Path) -> None:
    for path in sorted((toy_dir / kind).rglob("*.*")):
        assert same_as_whole(toy_dir, [path]).problems == ()


@pytest.mark.parametrize("rule", FOLDERS)
def test_the_bad_example_of_each_rule_is_found_by_itself(rule: str, toy_dir: Path) -> None:
    shown = examples(rule, "bad")
    put(toy_dir, shown)
    part = same_as_whole(toy_dir, [toy_dir / one.file for one in shown])
    told = {problem.rule for problem in part.problems}
    assert rule in told or rule in part.passed_over


def test_what_was_not_looked_at_is_said(toy_dir: Path) -> None:
    claim = examine_files(toy_dir, [toy_dir / "claims/exercise-helps.yaml"])
    assert {"claim-outdated", "reference-used"} <= set(claim.passed_over)
    assert (
        claim.summary.splitlines()[1]
        == f"{len(claim.passed_over)} rules more read the whole base: `backed check` applies them"
    )
    assert claim.summary.startswith("checked 1 of 1 records")


def test_that_more_rules_run_on_a_sound_form_is_said(toy_dir: Path) -> None:
    study = toy_dir / "studies/2012/toy-2012-cycling.yaml"
    assert "more rules run" not in examine_files(toy_dir, [study]).summary
    study.write_text(study.read_text(encoding="utf-8").replace("read: abstract", "read: title"), encoding="utf-8")
    for checked in (examine_files(toy_dir, [study]), examine(toy_dir)):
        assert "more rules run on a record once its form is right" in checked.summary


def test_an_exception_is_not_called_needless_where_its_rule_was_passed_over(toy_dir: Path) -> None:
    claim = toy_dir / "claims/exercise-helps.yaml"
    waiver = "exceptions:\n  - {rule: claim-outdated, reason: {en: To be read again.}}\n"
    claim.write_text(claim.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    assert [problem.rule for problem in examine(toy_dir).problems] == ["exception-needed"]
    assert examine_files(toy_dir, [claim]).problems == ()


def test_a_study_and_its_bibliography_are_one_record(toy_dir: Path) -> None:
    bib = toy_dir / "studies/2001/toy-2001-walking.bib"
    bib.write_text(bib.read_text(encoding="utf-8").replace("{2001}", "{2002}"), encoding="utf-8")
    for path in (bib, bib.with_suffix(".yaml")):
        assert "id-and-path" in {problem.rule for problem in same_as_whole(toy_dir, [path]).problems}


def test_a_double_id_or_key_is_blamed_on_the_file_asked_for(toy_dir: Path) -> None:
    first = toy_dir / "studies/2001/toy-2001-walking.yaml"
    copy = toy_dir / "studies/2010" / first.name
    copy.write_bytes(first.read_bytes())
    copy.with_suffix(".bib").write_bytes(first.with_suffix(".bib").read_bytes())
    told = {(Path(one.file).name, one.rule) for one in examine_files(toy_dir, [copy]).problems}
    assert ("toy-2001-walking.yaml", "id-and-path") in told
    assert ("toy-2001-walking.bib", "bib-duplicate-key") in told


def test_a_folder_stands_for_its_files(toy_dir: Path) -> None:
    assert examine_files(toy_dir, [toy_dir / "claims"]).evidence.found == len(list((toy_dir / "claims").iterdir()))


def test_a_file_that_is_overlooked_is_a_problem(toy_dir: Path) -> None:
    stray = toy_dir / "claims/notes.txt"
    stray.write_text("x", encoding="utf-8")
    assert [problem.rule for problem in examine_files(toy_dir, [stray]).problems] == ["unexpected-file"]


@pytest.mark.parametrize("name", ["nowhere.yaml", "../outside.yaml", "claims/.hidden.yaml"])
def test_what_cannot_be_meant_is_said(name: str, toy_dir: Path) -> None:
    (toy_dir.parent / "outside.yaml").write_text("x: y", encoding="utf-8")
    (toy_dir / "claims/.hidden.yaml").write_text("x: y", encoding="utf-8")
    with pytest.raises(OutsideError, match=name.rpartition("/")[2]):
        examine_files(toy_dir, [toy_dir / name])


def test_one_record_is_checked_without_what_takes_long_to_import(toy_dir: Path) -> None:
    code = (
        "import sys\nfrom backed.cli import backed\n"
        f"backed(['check', '--evidence', {str(toy_dir)!r}, {str(toy_dir / 'claims/exercise-helps.yaml')!r}], "
        "standalone_mode=False)"
    )
    told = "print(sorted({'numpy', 'scipy', 'jinja2', 'mkdocs', 'babel'} & set(sys.modules)))"
    program = code.replace("\nbacked(", "\ntry:\n  backed(") + f"\nexcept SystemExit:\n  {told}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("rule", FOLDERS)
def test_a_rule_that_reads_the_whole_base_is_known_to(rule: str, toy_dir: Path) -> None:
    """What a comparison of two versions leaves out of the records that did not change rests on this list."""
    shown = examples(rule, "bad")
    put(toy_dir, shown)
    found = {name for one in shown for name in examine_files(toy_dir, [toy_dir / one.file]).passed_over}
    of_records = {one.doc.id for one in RULES if one.doc.subject not in {"evidence", "reference"}}
    assert found & of_records <= HELD_AGAINST_ALL | NEED_SYNTHESES | NEED_A_DAY


NEED_SYNTHESES = {"answer-fits", "certainty-agrees-with-figures", "claim-outdated", "claimed-way-likely"}
NEED_A_DAY = {"look-again", "search-recent"}
