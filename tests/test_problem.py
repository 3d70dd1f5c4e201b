"""Problems are values: ordered, placed, and printed as an editor reads them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import permutations

import pytest

from backed.problem import Problem, RuleDoc, Severity, as_text, dotted, in_order

PROBLEM = Problem(
    "ci-contains-estimate",
    Severity.ERROR,
    "evidence/studies/2001/toy.yaml",
    "the interval 2.65 to 3.86 does not contain the estimate 2.52",
    "check for a typing slip",
    ("effects", 0, "ci"),
    23,
    9,
)


def test_as_text_names_place_message_and_hint() -> None:
    assert as_text(PROBLEM) == (
        "evidence/studies/2001/toy.yaml:23:9: error ci-contains-estimate\n"
        "    effects.0.ci: the interval 2.65 to 3.86 does not contain the estimate 2.52\n"
        "    hint: check for a typing slip"
    )


def test_as_text_leaves_out_what_is_not_known() -> None:
    bare = Problem("unexpected-file", Severity.WARNING, "evidence/claims/x.txt", "it would be overlooked")
    assert as_text(bare) == "evidence/claims/x.txt: warning unexpected-file\n    it would be overlooked"


def test_placed_changes_nothing_but_the_place() -> None:
    moved = PROBLEM.placed(1, 2)
    assert (moved.line, moved.column) == (1, 2)
    assert moved.placed(23, 9) == PROBLEM


def test_a_problem_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        PROBLEM.line = 1  # type: ignore[misc]


def test_in_order_sorts_by_file_line_column_rule_and_message() -> None:
    ordered = [
        Problem("b", Severity.ERROR, "a.yaml", "m", line=2, column=9),
        Problem("a", Severity.ERROR, "a.yaml", "m", line=10, column=1),
        Problem("a", Severity.ERROR, "a.yaml", "m", line=10, column=2),
        Problem("b", Severity.WARNING, "a.yaml", "l", line=10, column=2),
        Problem("b", Severity.ERROR, "a.yaml", "m", line=10, column=2),
        Problem("a", Severity.ERROR, "b.yaml", "m", line=1, column=1),
    ]
    for shuffled in permutations(ordered):
        assert in_order(shuffled) == ordered


@pytest.mark.parametrize(("at", "text"), [((), ""), (("a",), "a"), (("effects", 0, "ci", 1), "effects.0.ci.1")])
def test_dotted(at: tuple[str | int, ...], text: str) -> None:
    assert dotted(at) == text


def test_summary_is_the_first_line_of_the_page() -> None:
    doc = RuleDoc("a-rule", Severity.ERROR, "study", "Say it once.\n\nAnd why.")
    assert doc.summary == "Say it once."
