"""Two versions of a base to what differs: the same as if both were checked whole, and told so that people see it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.test_rules import EXAMPLES, MADE_HERE, examples, put

from backed.difference import Difference, Versions, compare, versions
from backed.examine import examine
from backed.load import Twin, load

DAY = date(2026, 11, 25)
FOLDERS = sorted(path.name for path in EXAMPLES.iterdir() if path.name not in MADE_HERE)
REVIEW = "studies/2020/madeup-2020-exercise.yaml"
WALKING = "studies/2001/toy-2001-walking.yaml"


@pytest.fixture
def later(toy_dir: Path, tmp_path: Path) -> Path:
    """Return a second copy of the toy base, to be changed; the first one is ``toy_dir``."""
    return Path(shutil.copytree(toy_dir, tmp_path / "later/evidence"))


def differ(before: Path, after: Path) -> Difference:
    return compare(versions(before, after, "evidence", DAY), "before", "after")


def change(root: Path, file: str, *pairs: tuple[str, str]) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def smaller_effect(root: Path) -> None:
    """Make the anchor review's effect one that includes none and is short of what matters."""
    change(root, REVIEW, ("-20.5", "-5.5"), ("-24.1", "-12.1"), ("-16.9", "1.1"))


def test_nothing_differs_between_a_base_and_itself(toy_dir: Path, later: Path) -> None:
    found = differ(toy_dir, later)
    assert found.empty
    assert found.looked_at == 0
    assert found.total == len(list(later.rglob("*.yaml")))


def test_a_planted_change_flips_the_verdict(toy_dir: Path, later: Path) -> None:
    smaller_effect(later)
    found = differ(toy_dir, later)
    (answer,) = found.answers
    assert answer.asked == "Pain, exercise v. nothing or usual care"
    assert answer.flips
    assert answer.before is not None and answer.after is not None
    assert (answer.before.verdict, answer.after.verdict) == ("supported", "no important effect")
    assert answer.after.effect is not None
    assert answer.after.effect.words == "5.5 points less pain on 0-100 (12.1 less to 1.1 more) after 12 weeks"
    assert (answer.after.effect.estimate, answer.after.effect.lower, answer.after.effect.upper) == (-5.5, -12.1, 1.1)
    assert answer.after.extent == "12 studies, 1,480 people"
    assert answer.after.certainty == "moderate"
    (verdict,) = found.verdicts
    assert (verdict.claim, verdict.before, verdict.after) == ("exercise-helps", "supported", "no important effect")
    assert [claim.claim for claim in found.outdated] == ["exercise-helps"]
    assert [problem.rule for problem in found.new] == ["claim-outdated"]
    (record,) = found.records
    assert {field.at: (field.before, field.after) for field in record.fields} == {
        "effects.pain.estimate": ("-20.5", "-5.5"),
        "effects.pain.ci": ("-24.1 to -16.9", "-12.1 to 1.1"),
        "effects.pain.source.printed": (
            "MD -20.5 (95% CI -24.1 to -16.9; 12 studies, 1480 participants)",
            "MD -5.5 (95% CI -12.1 to 1.1; 12 studies, 1480 participants)",
        ),
    }


def test_a_claim_judged_anew_is_not_to_be_read_again(toy_dir: Path, later: Path) -> None:
    smaller_effect(later)
    judged = 'verdict: supported, estimate: "-20.5", ci: ["-24.1", "-16.9"]'
    now = 'verdict: no-important-effect, estimate: "-5.5", ci: ["-12.1", "1.1"]'
    change(later, "claims/exercise-helps.yaml", (judged, now))
    found = differ(toy_dir, later)
    assert found.outdated == () == found.new
    assert [verdict.claim for verdict in found.verdicts] == ["exercise-helps"]


def test_a_trial_that_joins_a_pool_moves_it_and_brings_a_page_and_a_citation(toy_dir: Path, later: Path) -> None:
    for end in ("yaml", "bib"):
        (toy_dir / f"studies/2014/toy-2014-three-arms.{end}").unlink()
    found = differ(toy_dir, later)
    assert [(record.change, record.id) for record in found.records] == [("added", "toy-2014-three-arms")]
    assert found.pages_added == ("studies/toy-2014-three-arms/",)
    assert [(work.change, work.id) for work in found.citations] == [("added", "toy-2014-three-arms")]
    (answer,) = [one for one in found.answers if one.comparison == "movement-v-inactive"]
    assert answer.after is not None and answer.after.pool is not None and answer.before is not None
    before = answer.before.pool.k if answer.before.pool else 0
    assert answer.after.pool.k == before + 1
    assert answer.after.found > answer.before.found
    assert answer.after.rests_on == "our own pool" or answer.after.pool.k == 1


def test_what_goes_is_told_as_gone_with_its_page(toy_dir: Path, later: Path) -> None:
    (later / "studies/2012/toy-2012-cycling.yaml").unlink()
    found = differ(toy_dir, later)
    assert [(record.change, record.id) for record in found.records] == [("gone", "toy-2012-cycling")]
    assert found.pages_removed == ("studies/toy-2012-cycling/",)
    assert found.pages_added == ()


def test_a_retracted_study_is_withdrawn_and_its_answer_goes(toy_dir: Path, later: Path) -> None:
    notice = 'status: {state: retracted, on: 2026-11-20, reason: {en: Made up.}, notice: "https://example.org/n"}\n'
    with (later / REVIEW).open("a", encoding="utf-8") as file:
        file.write(notice)
    found = differ(toy_dir, later)
    (record,) = found.records
    assert record.withdrawn and record.state == ("current", "retracted")
    (answer,) = found.answers
    assert answer.after is not None
    assert (answer.after.effect, answer.after.verdict) == (None, "not known")
    assert answer.after.missing == "the study is retracted"


def test_a_base_with_errors_still_gives_a_difference_and_names_them(toy_dir: Path, later: Path) -> None:
    for root in (toy_dir, later):
        (root / "claims/broken.yaml").write_text("claim:\n\tnot yaml\n", encoding="utf-8")
    (toy_dir / "claims/mended.yaml").write_text("[", encoding="utf-8")
    smaller_effect(later)
    found = differ(toy_dir, later)
    assert len(found.answers) == 1
    assert {problem.file for problem in found.fixed if problem.rule == "yaml-syntax"} == {"evidence/claims/mended.yaml"}
    assert "evidence/claims/broken.yaml" in {problem.file for problem in found.standing}


def test_a_problem_on_another_line_is_the_same_problem(toy_dir: Path, later: Path) -> None:
    for root in (toy_dir, later):
        change(root, WALKING, ("sites: 3", "sites: 3\n  colour: blue"))
    path = later / WALKING
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = differ(toy_dir, later)
    assert found.fixed == () == found.new
    assert [problem.rule for problem in found.standing] == ["unknown-key"]


def test_new_problems_are_placed_where_they_stand(toy_dir: Path, later: Path) -> None:
    change(later, WALKING, ('estimate: "-0.3"', 'estimate: "-7.3"'))
    lines = (later / WALKING).read_text(encoding="utf-8").splitlines()
    expected = 1 + next(number for number, line in enumerate(lines) if '"-1.1"' in line)
    found = differ(toy_dir, later)
    assert {(one.file, one.line) for one in found.new if one.rule == "ci-contains-estimate"} == {
        (f"evidence/{WALKING}", expected)
    }


def test_a_term_of_a_vocabulary_reaches_everything(toy_dir: Path, later: Path) -> None:
    change(later, "vocabularies/outcomes.yaml", ("less pain", "a little less pain"))
    found = differ(toy_dir, later)
    assert found.looked_at == sum(1 for _ in load(later).evidence.records())
    assert {(record.kind, record.change) for record in found.records} == {("term", "changed")}
    assert {answer.comparison for answer in found.answers} >= {"exercise-v-nothing"}


@pytest.mark.parametrize("rule", FOLDERS)
def test_looking_at_what_a_change_reaches_finds_all_that_checking_both_whole_finds(
    rule: str, toy_dir: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(later, examples(rule, "bad"))
    for before, after in ((toy_dir, later), (later, toy_dir)):
        quick = versions(before, after, "evidence", DAY)
        whole = []
        for root in (before, after):
            monkeypatch.chdir(root.parent)
            whole.append(examine(Path("evidence"), DAY))
        expected = compare(Versions(whole[0], whole[1], quick.reach), "a", "b")
        found = compare(quick, "a", "b")
        assert placed_nowhere(found.fixed) == placed_nowhere(expected.fixed)
        assert found.new == expected.new
        assert (found.records, found.citations) == (expected.records, expected.citations)
        assert (found.answers, found.verdicts, found.outdated) == (
            expected.answers,
            expected.verdicts,
            expected.outdated,
        )


def placed_nowhere(problems: object) -> list[tuple[str, str, str]]:
    assert isinstance(problems, tuple)
    return sorted((one.rule, one.file, one.message) for one in problems)


def test_what_did_not_change_is_read_once(toy_dir: Path, later: Path) -> None:
    smaller_effect(later)
    both = versions(toy_dir, later, "evidence", DAY)
    before, after = both.before.evidence, both.after.evidence
    assert before.studies["toy-2001-walking"] is after.studies["toy-2001-walking"]
    assert before.references["toy-2001-walking"] is after.references["toy-2001-walking"]
    assert before.studies["madeup-2020-exercise"] is not after.studies["madeup-2020-exercise"]
    assert set(both.after.syntheses.answers) < set(load_all_answers(later))


def load_all_answers(root: Path) -> list[tuple[str, str]]:
    evidence = load(root).evidence
    return [(one.id, question.id) for one in evidence.comparisons.values() for question in one.outcomes]


def test_a_file_that_is_at_fault_is_read_in_both_versions(toy_dir: Path, later: Path) -> None:
    for root in (toy_dir, later):
        twice = root / "studies/2002/toy-2001-walking.yaml"
        twice.parent.mkdir()
        shutil.copy(root / WALKING, twice)
    one = load(later, "evidence")
    same = {f"evidence/{path.relative_to(later).as_posix()}" for path in later.rglob("*.*")}
    two = load(toy_dir, "evidence", Twin(one, same))
    assert two == one
