"""`backed new` as people meet it: with options, on a terminal, and with something missing."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backed.cli import backed
from backed.examine import examine_files
from backed.intake.begin import ASKED, Ask, asked_part, name_of
from backed.intake.nearest import nearest
from backed.intake.scaffold import Hints, template
from backed.load import load, read_yaml
from backed.model import KINDS, Evidence, Side, anatomy, parse

SINGULAR = {"claims": "claim", "comparisons": "comparison", "articles": "article"}
CLAIM = ("claim", "--article", "rugtips", "--claim", 'Null: walking # "helps"')


def run(toy_dir: Path, *words: str) -> Result:
    return CliRunner().invoke(backed, ["new", words[0], "--evidence", str(toy_dir), *words[1:]])


def missing(toy_dir: Path, name: str) -> set[str]:
    """Return the places that `backed check FILE` names."""
    found = examine_files(toy_dir, [toy_dir / name])
    assert {problem.file for problem in found.problems} == {(toy_dir / name).as_posix()}
    assert {problem.rule for problem in found.problems} == {"wrong-type"}
    return {".".join(map(str, problem.at)) for problem in found.problems}


def test_a_claim_lacks_what_nobody_told(toy_dir: Path) -> None:
    result = run(toy_dir, *CLAIM, "--passage", "move", "--rests-on-kind", "nothing")
    assert result.exit_code == 0, result.output
    assert missing(toy_dir, "claims/null-walking-helps.yaml") == {
        *("rests_on.text.en", "faithfulness.judgement", "missing.en", "explanation.en", "reviewed.on", "reviewed.by"),
    }
    text = (toy_dir / "claims/null-walking-helps.yaml").read_text(encoding="utf-8")
    tree, _ = read_yaml(text, "x")
    assert isinstance(tree.data, dict)
    assert tree.data["position"] == "41", "after the last of the article"
    assert tree.data["claim"] == {"en": 'Null: walking # "helps"'}


def test_a_completed_claim_is_sound(toy_dir: Path) -> None:
    by = ("--reviewed-by", "Backed project", "--reviewed-on", "2026-11-20")
    run(toy_dir, *CLAIM, "--passage", "move", "--rests-on-kind", "nothing", *by, "--id", "walking-null")
    path = toy_dir / "claims/walking-null.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  judgement:  #", "  judgement: no-source  #", 1)
    path.write_text(text.replace("en:  #", "en: Nothing was found.  #"), encoding="utf-8")
    rules = {problem.rule for problem in examine_files(toy_dir, [path]).problems}
    assert not rules & {"wrong-type", "missing-key", "unknown-key", "yaml-syntax", "record-exists", "id-and-path"}
    assert load(toy_dir).evidence.claims["walking-null"].missing is not None


@pytest.mark.parametrize(
    ("kind", "live", "rest"),
    [("intervention", {"intervention", "comparator"}, "exposure"), ("exposure", {"exposure"}, "intervention")],
)
def test_a_comparison_has_the_sides_of_its_kind(kind: str, live: set[str], rest: str, toy_dir: Path) -> None:
    result = run(toy_dir, "comparison", "--title", "Walking against nothing", "--kind", kind)
    assert result.exit_code == 0, result.output
    named = {place.partition(".")[0] for place in missing(toy_dir, "comparisons/walking-against-nothing.yaml")}
    assert named == {"question", "answer", "population", "outcomes", "reviewed", *live}
    text = (toy_dir / "comparisons/walking-against-nothing.yaml").read_text(encoding="utf-8")
    assert f"\n# {rest}:" in text


def test_an_article_is_begun(toy_dir: Path) -> None:
    result = run(toy_dir, "article", "--title", "Null", "--publisher", "A paper", "--language", "nl")
    assert result.exit_code == 0, result.output
    places = missing(toy_dir, "articles/null.yaml")
    assert {"read.en", "summary.en", "passages.0.id"} <= places
    assert not places & {"title", "publisher", "language"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claim",), "give --article, --claim;"),
        (("comparison",), "give --title, --kind;"),
        (("article",), "give --title;"),
        (("study",), "give either --doi DOI or --pmid PMID, or --title, --author and --year"),
        (("study", "--title", "x"), "a citation needs --author, --year too"),
        (("study", "--title", "x", "--author", "B, A", "--year", "soon"), "'soon' is no year"),
        (("study", "--title", "x", "--author", "B, A", "--year", "2004", "--doi", "x"), "'x' is no DOI"),
        (("claim", "--article", "rug", "--claim", "x"), "--article: 'rug' is not one of rugtips"),
        ((*CLAIM, "--passage", "x"), "--passage: 'x' is not one of move, relax, magnets"),
        ((*CLAIM, "--position", "0"), "--position: "),
        ((*CLAIM, "--position", "first"), "--position: expected a whole number"),
        ((*CLAIM, "--reviewed-on", "today"), "--reviewed-on: expected a date"),
        ((*CLAIM, "--id", "../../x"), "--id: expected an id: lower-case words joined by hyphens"),
        (("article", "--title", "x", "--language", "fr"), "--language: 'fr' is not one of en, nl"),
        (
            ("comparison", "--title", "x", "--kind", "intervention", "--intervention-terms", "walkin"),
            "--intervention-terms: 'walkin' is no term of interventions or exposures; did you mean walking?",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_is_written(
    words: tuple[str, ...], said: str, toy_dir: Path
) -> None:
    before = sorted(toy_dir.rglob("*"))
    result = run(toy_dir, *words)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert sorted(toy_dir.rglob("*")) == before


def test_a_study_that_is_described_has_a_bib_and_a_record(toy_dir: Path) -> None:
    words = ("--author", "van der Berg, J", "--author", "Nobody Group,", "--year", "2019", "--doi", "10.5555/nothing.9")
    result = run(toy_dir, "study", "--title", "Walking 100% on {imaginary} backs", "--journal", "J Nothing", *words)
    assert result.exit_code == 0, result.output
    reference = load(toy_dir).evidence.references["berg-2019-walking-100"]
    assert [name.short for name in reference.authors] == ["van der Berg", "Nobody Group"]
    assert (reference.type, reference.year, reference.doi) == ("article", "2019", "10.5555/nothing.9")
    assert "title" in missing(toy_dir, "studies/2019/berg-2019-walking-100.yaml")


def test_no_file_is_replaced(toy_dir: Path) -> None:
    path = toy_dir / "claims/exercise-helps.yaml"
    before = path.read_bytes()
    result = run(toy_dir, *CLAIM, "--id", "exercise-helps")
    assert result.exit_code == 1
    assert "it stays as it is" in result.output
    assert path.read_bytes() == before


def test_a_dry_run_writes_nothing(toy_dir: Path) -> None:
    result = run(toy_dir, *CLAIM, "--dry-run")
    assert "would begin" in result.output
    assert not (toy_dir / "claims/null-walking-helps.yaml").exists()


def on_a_terminal(toy_dir: Path, kind: str, answers: list[str]) -> str:
    """Run the command in a terminal of its own, answer each question when it stands there, and return what was seen."""
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "backed", "new", kind, "--evidence", str(toy_dir)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as asking:
        os.close(theirs)
        seen, left = "", list(answers)
        while select.select([terminal], [], [], 60)[0]:
            try:
                part = os.read(terminal, 4096).decode()
            except OSError:  # the other side is closed
                break
            seen += part
            if seen.endswith(": ") and left:
                seen += "\n"
                os.write(terminal, f"{left.pop(0)}\n".encode())
        os.close(terminal)
    assert (asking.returncode, left) == (0, []), seen
    return seen


def test_on_a_terminal_what_is_missing_is_asked_for(toy_dir: Path) -> None:
    answers = ["rug", "rugtips", "relax", "", "Sitting is bad.", "", "", "2026-11-20"]
    seen = on_a_terminal(toy_dir, "claim", answers)
    assert "'rug' is not one of rugtips" in seen
    assert "[nothing]" in seen
    assert missing(toy_dir, "claims/sitting-bad.yaml") == {
        *("rests_on.text.en", "faithfulness.judgement", "missing.en", "explanation.en", "reviewed.by"),
    }


def test_on_a_terminal_a_work_can_be_described(toy_dir: Path) -> None:
    answers = ["", "Standing still", "Doe, J; Roe, R", "2001", "", "", "", "", "", ""]
    seen = on_a_terminal(toy_dir, "study", answers)
    assert "made doe-2001-standing-still" in seen
    assert (toy_dir / "studies/2001/doe-2001-standing-still.bib").is_file()


def test_on_a_terminal_a_wrong_answer_about_a_work_is_asked_again(toy_dir: Path) -> None:
    answers = [
        "x/1",
        "12345678901",
        "",
        "Standing still",
        "Doe, J",
        "soon",
        "2001",
        "",
        "",
        "",
        "",
        "no",
        "",
        "x",
        "77",
    ]
    seen = on_a_terminal(toy_dir, "study", answers)
    for said in (
        "'x/1' is no DOI",
        "'12345678901' is no PMID",
        "'soon' is no year",
        "'no' is no DOI",
        "'x' is no PMID",
    ):
        assert said in seen
    assert load(toy_dir).evidence.references["doe-2001-standing-still"].pmid == "77"


WORK = ("study", "--author", "Doe, J", "--year", "2016", "--journal", "J Nothing")
TITLE = "Randomized, Double-blind, Placebo-controlled Phase III Trial of Nothing At Noon"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ((), "doe-2016-nothing-noon"),
        (("--topic", "Noon & nothing"), "doe-2016-noon-nothing"),
        (("--id", "doe-2016-void"), "doe-2016-void"),
    ],
)
def test_the_id_of_a_study_can_be_chosen(words: tuple[str, ...], name: str, toy_dir: Path) -> None:
    result = run(toy_dir, *WORK, "--title", TITLE, *words)
    assert result.exit_code == 0, result.output
    assert f"made {name}: " in result.output
    reference = load(toy_dir).evidence.references[name]
    assert (reference.title, reference.file.endswith(f"studies/2016/{name}.bib")) == (TITLE, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--id", "Doe 2016"), "--id: 'Doe 2016' cannot be an id: lower-case letters a-z, digits and single hyphens"),
        (("--id", "../x"), "--id: '../x' cannot be an id"),
        (("--id", "toy-2001-walking"), "--id: the id toy-2001-walking is taken"),
        (("--id", "x", "--topic", "y"), "give --id or --topic, not both"),
    ],
)
def test_an_id_that_cannot_be_is_told(words: tuple[str, ...], said: str, toy_dir: Path) -> None:
    before = sorted(toy_dir.rglob("*"))
    result = run(toy_dir, *WORK, "--title", TITLE, *words)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert sorted(toy_dir.rglob("*")) == before


def test_what_is_made_of_names_and_kind_is_told(toy_dir: Path) -> None:
    words = ("--author", "Jane Doe", "--year", "2016", "--title", TITLE, "--dry-run")
    result = run(toy_dir, "study", *words)
    assert "'Jane Doe' is taken for a group; of a person give 'Family, Given'" in result.output
    assert "no --journal given: the entry is of the kind `misc`, which counts as news" in result.output
    assert "would make jane-doe-2016-nothing-noon" in result.output
    assert "your answers" not in result.output
    sound = run(toy_dir, *WORK, "--title", TITLE, "--dry-run")
    assert "is taken for a group" not in sound.output
    assert "no --journal" not in sound.output


@pytest.mark.parametrize("kind", list(ASKED))
def test_what_is_asked_stands_in_the_model(kind: str) -> None:
    for ask in ASKED[kind]:
        part = asked_part(kind, ask)
        assert part.meaning
        assert part.kind is None, "an answer is a value, not a record"
    assert len({ask.option for ask in ASKED[kind]}) == len(ASKED[kind])
    result = CliRunner().invoke(backed, ["new", SINGULAR[kind], "--help"])
    assert all(f"--{ask.option}" in result.output for ask in ASKED[kind])
    assert Ask(("rests_on", "kind")).option == "rests-on-kind"


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_key_of_every_kind_stands_in_its_template(kind: str) -> None:
    text = template(KINDS[kind], {}, "x.yaml")
    tree, problems = read_yaml(text, "x")
    assert problems == []
    assert isinstance(tree.data, dict)
    assert list(tree.data) == [part.name for part in anatomy(KINDS[kind]) if part.required]
    assert all(f"{part.name}:" in text and part.meaning in text for part in anatomy(KINDS[kind]))
    _, faults = parse(KINDS[kind], {**tree.data, "id": "x", "file": "x"})
    assert {fault.kind for fault in faults} == {"wrong"}, "empty, never unknown"


@pytest.mark.parametrize("kind", list(KINDS))
def test_one_mark_a_line_is_taken_away_to_use_it(kind: str) -> None:
    """Of a template whose every comment is used, each key is one of the record's, wherever it stands."""
    body = template(KINDS[kind], {}, "x.yaml").split("backed check x.yaml\n", 1)[1]
    used = [re.sub(r"^( *)# (?!also: \w)", r"\1", line) for line in body.splitlines()]
    assert not [line for line in used if re.match(r" *# (?!also: \w)", line)]
    tree, problems = read_yaml("\n".join(used), "x")
    assert problems == []
    assert isinstance(tree.data, dict)
    assert list(tree.data) == [part.name for part in anatomy(KINDS[kind])]
    _, faults = parse(KINDS[kind], {**tree.data, "id": "x", "file": "x"})
    assert not [fault for fault in faults if fault.kind == "unknown"]


def test_terms_are_named_beside_their_keys(toy: Evidence) -> None:
    text = template(KINDS["studies"], {}, "x.yaml", hints=Hints(toy.vocabularies, "A trial of walking"))
    (line,) = [line for line in text.splitlines() if line.startswith("  condition:")]
    assert all(name in line for name in toy.vocabularies.conditions)
    (line,) = [line for line in text.splitlines() if line.startswith("#     interventions:")]
    assert "walking" in line


def test_of_many_terms_the_near_ones_are_named(toy: Evidence) -> None:
    terms = toy.vocabularies.interventions
    many = {**terms, **{f"thing-{number}": terms["usual-care"] for number in range(20)}}
    hints = Hints(replace(toy.vocabularies, interventions=many), "Walking against nothing")
    (part,) = [part for part in anatomy(Side) if part.name == "terms"]
    said = hints.beside(part)
    assert said.startswith(" Near: walking")
    assert "thing-3" not in said
    assert said.endswith("all in evidence/vocabularies/interventions.yaml and evidence/vocabularies/exposures.yaml.")


def test_nearest_terms(toy: Evidence) -> None:
    assert nearest("walkin", toy.vocabularies, ["interventions"])[0] == "walking"
    assert nearest("Wandelen of niet", toy.vocabularies, ["interventions"])[0] == "walking"
    assert nearest("", toy.vocabularies, ["interventions"]) == ()


def test_ids_are_words_of_the_title() -> None:
    assert name_of("The walk and the talk", lambda _: False) == "walk-talk"
    assert name_of("The walk", {"walk", "walk-2"}.__contains__) == "walk-3"
    assert name_of("Спина", lambda _: False) == "untitled"
    assert name_of("../../etc/passwd", lambda _: False) == "etc-passwd"
