"""What is found with a memory equals what is found without one, whatever was changed in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from tests.test_incremental import OF_RECORDS
from tests.whole_project import project

from backed.check import check
from backed.check.remembered import remembered
from backed.check.rule import Base
from backed.examine import examine
from backed.load import load, locate
from backed.memo import Memo, Result
from backed.model import Evidence, Syntheses
from backed.problem import Problem, Severity, in_order
from backed.reads import Read
from backed.synthesise import synthesise


def found_anew(root: Path) -> list[Problem]:
    loaded = load(root)
    found: Iterable[Problem] = [*loaded.problems, *check(loaded.evidence, synthesise(loaded.evidence))]
    return in_order(locate(found))


def test_problems_are_the_same_with_a_memory_and_without(tmp_path: Path) -> None:
    random, root = Random(5), tmp_path / "evidence"
    project(tmp_path)
    seen = 0
    for number in range(1, 40):  # faults pile up, and go again where a record does
        random.choice(OF_RECORDS)(random, tmp_path, number)
        problems = examine(root).problems
        assert list(problems) == found_anew(root), number
        seen = max(seen, len(problems))
    assert seen > 10


def test_what_did_not_change_is_not_looked_at_again(toy: Evidence, tmp_path: Path) -> None:
    looked: list[str] = []

    def look(name: str, base: Base) -> list[Problem]:
        looked.append(name)
        return [Problem("x", Severity.WARNING, name, str(base.evidence.claims[name].position), at=("a", 1))]

    def run(evidence: Evidence) -> list[list[Problem]]:
        looked.clear()
        memo = Memo(tmp_path / "memo.sqlite", "1")
        base = Base(evidence, Syntheses({}, {}), date(2026, 1, 1))
        found = list(remembered(look, list(evidence.claims), base, memo, 1000, lambda _: None))
        memo.close()
        return found

    first = run(toy)
    assert looked == list(toy.claims)
    assert run(toy) == first
    assert looked == []
    name = next(iter(toy.claims))
    moved = toy.claims[name].model_copy(update={"position": 77})
    found = run(replace(toy, claims={**toy.claims, name: moved}))
    assert looked == [name]
    assert [[problem] for [problem] in found][1:] == first[1:]
    assert found[0][0].message == "77"


def test_a_memo_gives_back_what_is_still_true(tmp_path: Path) -> None:
    one, two = Read(("books",), "item", ("a", "b")), Read((("once", "m", "f"),), "keys")
    memo = Memo(tmp_path / "memo.sqlite", "1")
    results = {"x": Result("made of one", frozenset({one})), "y": Result("made of both", frozenset({one, two}))}
    memo.save(results, lambda _: b"before", {"note": "kept"})
    memo.close()

    memo = Memo(tmp_path / "memo.sqlite", "1")
    assert memo.notes == {"note": "kept"}
    assert memo.true(lambda _: b"before") == {}
    memo.remember()
    assert memo.true(lambda _: b"before") == {"x": "made of one", "y": "made of both"}
    assert memo.true(lambda read: b"after" if read == two else b"before") == {"x": "made of one"}
    memo.save({"x": Result("", None)}, lambda _: b"before", {})
    memo.close()

    memo = Memo(tmp_path / "memo.sqlite", "1")
    memo.remember()
    assert memo.true(lambda _: b"before") == {"x": "made of one"}
    assert list(memo.texts()) == ["made of one"]
    memo.close()
    other = Memo(tmp_path / "memo.sqlite", "of another program")
    other.remember()
    assert other.true(lambda _: b"before") == {}
    other.close()
