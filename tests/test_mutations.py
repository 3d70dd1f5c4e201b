"""The mutation harness on the toy base: it plants what it says, counts honestly, and the shares caught do not fall."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest
from benchmarks.mutations.document import Change, Document, documents, edited
from benchmarks.mutations.examination import Examination
from benchmarks.mutations.harness import Proof, prove
from benchmarks.mutations.kind import KINDS
from benchmarks.mutations.report import as_data, as_table
from benchmarks.mutations.slips import digit_beside, digit_doubled, digit_dropped, digits_exchanged, point_moved

from backed.examine import examine

TOY = Path(__file__).parent / "toy" / "evidence"
TRIAL = "studies/2001/toy-2001-walking.yaml"
EACH = 3

NOT_IN_TOY = frozenset({"pmid without a digit", "anchor of another outcome"})
"""Kinds for which the toy base has no place: PubMed numbers of one digit, a review with one effect."""

LEAST = {
    "decimal point moved": 3,
    "digits transposed": 3,
    "digit typed twice": 3,
    "neighbouring key": 3,
    "digit left out": 3,
    "minus lost": 2,
    "sd recorded as se": 3,
    "se recorded as sd": 2,
    "mean taken as sd": 3,
    "events and n exchanged": 2,
    "percent for count": 2,
    "doi cut at its start": 3,
    "year of the folder wrong": 3,
    "reference key of another paper": 3,
    "day and month exchanged": 3,
    "search after publication": 1,
    "certainty raised": 3,
    "threshold ten times": 1,
    "verdict of the claim changed": 2,
    "english text missing": 3,
    "n of another arm": 2,
    "bounds of interval exchanged": 3,
    "intervention and comparator exchanged": 2,
    "instrument of another outcome": 3,
}
"""How many of up to three mutants a kind are caught at least; of the kinds not listed too few can be found."""


@pytest.fixture(scope="module")
def proof() -> Proof:
    return prove(TOY, seed=1, each=EACH, workers=1)


@pytest.fixture(scope="module")
def examination() -> Examination:
    return Examination(TOY)


@pytest.fixture(scope="module")
def trial(examination: Examination) -> Document:
    return next(one for one in documents(examination.evidence, examination.texts) if one.file == TRIAL)


def test_there_are_many_kinds_and_each_says_how_people_make_it() -> None:
    assert len(KINDS) >= 20
    assert all(kind.story.endswith(".") and len(kind.story) > 30 for kind in KINDS.values())


def test_every_kind_is_planted_somewhere(proof: Proof) -> None:
    assert {tally.kind for tally in proof.tallies if not tally.mutants} == NOT_IN_TOY
    assert [tally.kind for tally in proof.tallies] == list(KINDS)
    assert proof.base == 0


def test_the_shares_caught_do_not_fall(proof: Proof) -> None:
    caught = {tally.kind: tally.caught for tally in proof.tallies}
    assert {kind: caught[kind] for kind, least in LEAST.items() if caught[kind] < least} == {}


def test_the_same_seed_plants_the_same_and_another_one_others() -> None:
    kinds = ("digits transposed", "doi cut at its end")
    first, again, other = (prove(TOY, seed, EACH, kinds, workers=1) for seed in (1, 1, 2))
    assert first.tallies == again.tallies
    assert [one.said for one in first.tallies[0].mutants] != [one.said for one in other.tallies[0].mutants]


@pytest.mark.parametrize(
    "change",
    [
        {TRIAL: lambda text: text.replace('estimate: "-1.2"', "estimate: '-1.2'")},
        {TRIAL: lambda text: text + "# a remark\n"},
        {TRIAL: lambda text: text.replace("{weeks: ", "{ weeks:  ")},
        {TRIAL.replace(".yaml", ".bib"): lambda text: "% a remark\n" + text},
    ],
    ids=["other quotes", "a remark", "spaces", "a remark in the bibliography"],
)
def test_a_change_that_reads_the_same_is_no_mistake(change: dict[str, object], examination: Examination) -> None:
    made: Change = {file: turn(examination.texts[file]) for file, turn in change.items() if callable(turn)}
    assert made != {file: examination.texts[file] for file in made}
    assert not examination.differs(made)
    assert examination.new_problems(made) == []


def test_what_is_planted_reads_differently(examination: Examination) -> None:
    rng = Random(1)
    for kind in KINDS.values():
        for document in documents(examination.evidence, examination.texts):
            if document.file.startswith(f"{kind.folder}/") and (change := next(kind.plant(document, rng), None)):
                assert examination.differs(change), kind.name
                break


def test_a_mistake_that_nothing_tells_of_is_counted_as_missed(examination: Examination, trial: Document) -> None:
    change = trial.changed(trial.put(("title",), "Toy trial of running in 120 invented people"))
    assert examination.differs(change)
    assert examination.new_problems(change) == []


@pytest.mark.parametrize(
    "kind", ["decimal point moved", "year of the folder wrong", "doi cut at its start", "english text missing"]
)
def test_new_problems_are_those_that_the_whole_check_finds(kind: str, examination: Examination, tmp_path: Path) -> None:
    """The harness reads only the changed files again; `backed check` of a changed copy has to find the same there."""
    rng = Random(3)
    changes = [
        change
        for document in documents(examination.evidence, examination.texts)
        if document.file.startswith(f"{KINDS[kind].folder}/")
        for change in list(KINDS[kind].plant(document, rng))[:1]
    ]
    for number, change in enumerate(changes[:3]):
        root = Path(shutil.copytree(TOY, tmp_path / str(number)))
        for file, text in change.items():
            if text is None:
                (root / file).unlink()
            else:
                (root / file).parent.mkdir(parents=True, exist_ok=True)
                (root / file).write_text(text, encoding="utf-8")
        own = {file.rsplit(".", 1)[0] for file in change}
        whole = {
            (Path(one.file).relative_to(root).as_posix(), one.rule, one.line, one.message)
            for one in examine(root).problems
        }
        found = {(one.file, one.rule, one.line, one.message) for one in examination.new_problems(change)}
        assert {one for one in found if one[0].rsplit(".", 1)[0] in own} == {
            one for one in whole if one[0].rsplit(".", 1)[0] in own
        }


def test_the_table_and_the_data_hold_the_same(proof: Proof) -> None:
    data = json.loads(json.dumps(as_data(proof)))
    lines = list(as_table(proof))
    assert len(data["kinds"]) == len(KINDS)
    for kind in data["kinds"]:
        assert kind["mutants"] == kind["caught"] + len(kind["missed"])
        assert any(line.startswith(f"| {kind['kind']} | {kind['mutants']} | {kind['caught']} |") for line in lines)
    planted = sum(kind["mutants"] for kind in data["kinds"])
    assert lines[-2].startswith(f"{len(KINDS)} kinds, {planted} mutants, ")


def test_a_caught_mutant_knows_whether_it_was_pointed_at(proof: Proof) -> None:
    [bounds] = [tally for tally in proof.tallies if tally.kind == "bounds of interval exchanged"]
    [doi] = [tally for tally in proof.tallies if tally.kind == "doi cut at its start"]
    assert bounds.pointed == bounds.caught > 0
    assert "ci-contains-estimate" in dict(bounds.rules)
    assert "identifier-form" in dict(doi.rules)


@pytest.mark.parametrize(
    ("slip", "figure", "possible"),
    [
        (point_moved, "0.49", {"4.9", "0.049"}),
        (point_moved, "-15", {"-1.5", "-150"}),
        (point_moved, "7", {None}),
        (digits_exchanged, "2.14", {"1.24", "2.41"}),
        (digits_exchanged, "33", {None}),
        (digit_doubled, "-4.9", {"-44.9", "-4.99"}),
        (digit_beside, "1", {"2"}),
        (digit_dropped, "134", {"34", "14", "13"}),
        (digit_dropped, "5", {None}),
    ],
)
def test_slips(slip: object, figure: str, possible: set[str | None]) -> None:
    assert callable(slip)
    assert {slip(figure, Random(seed)) for seed in range(40)} == possible


def test_edits_keep_quotes_and_everything_else(trial: Document) -> None:
    text = edited(trial.text, trial.put(("effects", 0, "estimate"), "-2.1"))
    assert text == trial.text.replace('estimate: "-1.2"', 'estimate: "-2.1"')
    assert trial.printed(("effects", 0, "source"), "9.9", "1") is None
    text = edited(trial.text, trial.printed(("effects", 0, "source"), "-0.40", "-4.0") or {})
    assert text == trial.text.replace("−2.0 to −0.40", "−2.0 to −4.0")
