"""A stage that became slower is found, on any machine, and one that did not is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.budget import LEAST, SLOWER, build, least, loop, slow, table
from benchmarks.generate import generate

VOCABULARIES = Path(__file__).parent / "toy/evidence/vocabularies"


@pytest.mark.parametrize(("taken", "found"), [(1.0, False), (SLOWER, False), (SLOWER + 0.01, True), (9.0, True)])
def test_half_again_the_budget_is_too_much(taken: float, found: bool) -> None:
    assert ("render" in slow({"render": taken}, {"render": 1.0})) is found


def test_what_is_too_short_to_be_measured_is_left_alone() -> None:
    assert slow({"move": LEAST}, {"move": LEAST / 100}) == {}
    assert slow({"move": 2 * LEAST}, {"move": LEAST / 100}) == {"move": pytest.approx(2)}


def test_a_stage_without_a_budget_is_told() -> None:
    assert set(slow({"render": 1.0, "new": 1.0}, {"render": 1.0})) == {"new"}
    assert "has no budget" in table({"new": 1.0}, {})
    assert "SLOW" in table({"render": 2.0}, {"render": 1.0})


def test_the_least_of_several_runs_counts() -> None:
    assert least(least({}, {"read": 2.0, "check": 1.0}), {"read": 1.0, "check": 3.0}) == {"read": 1.0, "check": 1.0}
    assert least({"read": 1.0}, {"check": 1.0}) == {"read": 1.0, "check": 1.0}


def test_stages_of_a_build_are_told_beside_a_loop(tmp_path: Path) -> None:
    generate(tmp_path / "evidence", 6, 1, VOCABULARIES)
    stages = build(tmp_path / "evidence", tmp_path)
    assert {"read", "synthesise", "check", "write", "search"} <= stages.keys()
    assert loop(tmp_path) > 0


def test_a_build_that_fails_says_why(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/stray.txt").write_text("what is this?", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"stray\.txt"):
        build(tmp_path / "evidence", tmp_path)
