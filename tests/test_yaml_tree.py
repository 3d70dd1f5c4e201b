"""YAML as records use it: every scalar stays text, and every fault of form has its place."""

from __future__ import annotations

import pytest

from backed.load.yaml_tree import read_yaml


def data(text: str) -> object:
    tree, problems = read_yaml(text, "file.yaml")
    assert problems == []
    return tree.data


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in read_yaml(text, "file.yaml")[1]]


@pytest.mark.parametrize(
    "written",
    ["NO", "yes", "on", "12:30", "0.30", "1e5", "2026-11-22", "0x1F", "017", "Null", "NULL", "1_000", ".inf", "-1.20"],
)
def test_a_scalar_stays_the_text_it_is(written: str) -> None:
    assert data(f"key: {written}") == {"key": written}


@pytest.mark.parametrize("written", ["null", "~", "", "  # nothing"])
def test_nothing_is_none(written: str) -> None:
    assert data(f"key: {written}") == {"key": None}


@pytest.mark.parametrize("written", ['"null"', "'~'", '""', "''"])
def test_a_quoted_nothing_is_text(written: str) -> None:
    assert data(f"key: {written}") == {"key": written[1:-1]}


def test_block_texts_lists_and_mappings() -> None:
    text = "a: |\n  null\n  x: y\nb: [1, [NO, ~]]\nc: {d: >-\n  e\n  f}\n"
    assert data(text.replace("{d: >-\n  e\n  f}", "\n  d: >-\n    e\n    f")) == {
        "a": "null\nx: y\n",
        "b": ["1", ["NO", None]],
        "c": {"d": "e f"},
    }


def test_keys_stay_text_too() -> None:
    assert data("NO: a\n12:30: b\n1.0: c\n~: d\n") == {"NO": "a", "12:30": "b", "1.0": "c", "~": "d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
        ("a: {b: 1, b: 2}\nc: [{d: 1,\n  d: 2}]\n", [("duplicate-key", 1, 11), ("duplicate-key", 3, 3)]),
        ("a:\n\tb: 1\n", [("yaml-syntax", 2, 1)]),
        ("a: x: y\n", [("yaml-syntax", 1, 5)]),
        ("a: [1\nb: 2\n", [("yaml-syntax", 2, 2)]),
        ("a: é\x07\n", [("yaml-syntax", 1, 5)]),
        ("a: 1\n---\nb: 2\n", [("yaml-syntax", 2, 1)]),
        ("a: &x 5\nb: *x\n", [("yaml-feature", 1, 4), ("yaml-feature", 2, 4)]),
        ("a: &x [5]\nb: [*x, *x]\n", [("yaml-feature", 1, 4), ("yaml-feature", 2, 5), ("yaml-feature", 2, 9)]),
        ("a: &x [*x]\n", [("yaml-feature", 1, 4), ("yaml-feature", 1, 8)]),
        ("a: *important* thing\n", [("yaml-syntax", 1, 14)]),
        ("a: *nowhere\n", [("yaml-feature", 1, 4)]),
        ("a: !!str 5\nb: !x {}\nc: ! y\n", [("yaml-feature", 1, 4), ("yaml-feature", 2, 4), ("yaml-feature", 3, 4)]),
        ("? [a]\n: b\n", [("yaml-feature", 1, 3)]),
    ],
)
def test_faults_of_form_have_their_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "{a: " * 50_000, "- " * 500_000 + "a", "? " * 500_000 + "a", "a: " + "[" * 300 + "]" * 300],
)
def test_nesting_without_end_is_a_problem(text: str) -> None:
    tree, [problem] = read_yaml(text, "file.yaml")
    assert tree.data is None
    assert problem.rule == "yaml-syntax"
    assert "100 levels" in problem.message


def test_nesting_that_a_record_may_have_is_none() -> None:
    assert faults("a: " + "[" * 90 + "]" * 90) == []


def test_many_brackets_are_no_nesting() -> None:
    assert faults("a:\n" + "  - {b: [c, d]}\n" * 500) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1\n", "two spaces"),
        ("a: x: y\n", "quotes"),
        ("a: 1\n---\nb: 2\n", "one record a file"),
        ("a: b\x00\n", "remove it"),
        ("a: 'b\n", "missing quote"),
        ("a: *b\n", "quotes"),
        ("a: *b* c\n", "quotes"),
    ],
)
def test_hints_say_what_to_do(text: str, hint: str) -> None:
    assert hint in read_yaml(text, "file.yaml")[1][0].hint


def test_place_of_keys_values_and_what_is_not_there() -> None:
    tree, _ = read_yaml("# first\na:\n  - {b: x, c: [1, 2]}\n", "file.yaml")
    assert tree.place(()) == (2, 1)
    assert tree.place(("a", 0, "c", 1)) == (3, 19)
    assert tree.place(("a", 0, "c"), key=True) == (3, 12)
    assert tree.place(("a", 0, "missing", "more")) == (3, 5)
    assert tree.place(("a", 7)) == (3, 3)


def test_place_in_an_empty_file() -> None:
    assert read_yaml("", "file.yaml")[0].place(("a",)) == (1, 1)
