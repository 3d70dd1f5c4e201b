"""The quick reader of usual YAML: what it reads is what PyYAML reads, and what it is not sure of it leaves alone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from benchmarks.generate import generate
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.load.usual_yaml import DEEPEST, read_usual
from backed.load.yaml_tree import read_any_yaml

TOY = Path(__file__).parent / "toy" / "evidence"
REAL = Path(__file__).parent.parent / "evidence"


def held_to_pyyaml(text: str) -> bool:
    """Say whether a text is read quickly; where it is, PyYAML has to find the same in the same order, and no fault."""
    data = read_usual(text)
    if data is not None:
        tree, problems = read_any_yaml(text, "file.yaml")
        assert problems == []
        assert json.dumps(data) == json.dumps(tree.data), text
    return data is not None


@cache
def texts(folder: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml")))


@pytest.mark.parametrize("folder", [REAL, TOY])
def test_every_file_there_is(folder: Path) -> None:
    quickly = [held_to_pyyaml(text) for text in texts(folder)]
    assert sum(quickly) > 0.7 * len(quickly)


def test_every_file_of_a_made_up_base(tmp_path: Path) -> None:
    generate(tmp_path / "evidence", 60, 7)
    assert sum(map(held_to_pyyaml, texts(tmp_path / "evidence"))) > 60


USUAL = """\
# a remark
a: text, with commas (and more)
b: "quoted: #text"
c: [x, "y, z", -1.20, [], {k: {l: ~}}]
d: {en: "A {b}", nl: NO, n: null}

e:
  - f: NO
    g: >-
      lines that
      belong together
    # another
  - {h: 0.30}
  - >-
    more
  - plain
i:
- j:
- k: l:m
"""


def test_the_usual_form_is_read_quickly() -> None:
    assert held_to_pyyaml(USUAL)
    assert read_usual(USUAL) == {
        "a": "text, with commas (and more)",
        "b": "quoted: #text",
        "c": ["x", "y, z", "-1.20", [], {"k": {"l": None}}],
        "d": {"en": "A {b}", "nl": "NO", "n": None},
        "e": [{"f": "NO", "g": "lines that belong together"}, {"h": "0.30"}, "more", "plain"],
        "i": [{"j": None}, {"k": "l:m"}],
    }


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "\n",
            "# only a remark\n",
            "a: b",
            "- a\n",
            "text\n",
            "a: b\r\n",
            "a: b\rc: d\n",
            "a:\n\t- b\n",
            "a: b\tc\n",
        ),
        *("a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: {b: 1, c: {d: 1, d: 2}}\n", "a:\n  - b: 1\n    b: 2\n"),
        *("a: &x 1\n", "a: *x\n", "a: !!str 1\n", "<<: {a: b}\n", "? a\n: b\n", "a: @b\n", "a: `b`\n", "a: %b\n"),
        *(
            "a: b: c\n",
            "a: b #c\n",
            "a: b:\n",
            "a: 'b'\n",
            'a: "b" c\n',
            'a: "b\\n"\n',
            'a: "b\n',
            "a: ''\n",
            'a: ""\n',
        ),
        *("a: |\n  b\n", "a: >\n  b\n", "a: >-\n", "a: >-\nb: c\n", "a: >-\n  b\n\n  c\n", "a: >-\n  b\n    c\n"),
        *(
            "a: >-\n    b\n  c\n",
            "a: >-\n\n  b\n",
            "a: >- # c\n  b\n",
            "a: b\n  c\n",
            "a: b\n  c: d\n",
            "a: b\n\n  c\n",
        ),
        *(
            "a:\n  b: c\n d: e\n",
            " a: b\n",
            "a:\n  - b\n c: d\n",
            "a:\n  - b\n  c: d\n",
            "a: b\n- c\n",
            "a:\n  b: c\n  - d\n",
        ),
        *("a: [b\n", "a: [b, c\n", "a: {b: c\n", "a: [b}\n", "a: {b: c]\n", "a: [b]]\n", "a: [b] c\n", "a: [b,]\n"),
        *(
            "a: [b: c]\n",
            "a: {b}\n",
            "a: {b:c}\n",
            "a: {b: }\n",
            "a: [b #c]\n",
            "a: [?b]\n",
            'a: ["b"c]\n',
            'a: {"b": c}\n',
        ),
        *(
            "---\na: b\n",
            "a: b\n---\nc: d\n",
            "a: b\n...\n",
            "%YAML 1.1\n",
            "- - a\n",
            "a:\n  -\n",
            "a:\n  - \n",
            "a: -\n",
        ),
        *("a: b\x85c\n", "a: b\u2028c\n", "\ufeffa: b\n", "a: \x00\n", "a: \ud800\n", "a: b\xa0c\n", "a: \u202eb\n"),
        *("a: " + "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2) + "\n", "[" * 100_000 + "\n", "a: {b: " * 50_000 + "\n"),
        "".join(f"{'  ' * level}a:\n" for level in range(DEEPEST + 2)) + f"{'  ' * (DEEPEST + 2)}b: c\n",
    ],
)
def test_what_is_not_sure_is_left_to_pyyaml(text: str) -> None:
    assert read_usual(text) is None


ODD = st.sampled_from(
    [
        *(
            "\n",
            " ",
            "  ",
            "    ",
            "\t",
            "\r",
            "- ",
            ": ",
            ":",
            "#",
            " #",
            '"',
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ", ",
            "\\",
        ),
        *(
            ">-",
            ">-\n",
            "|\n",
            ">\n",
            "~",
            "null",
            "NO",
            "1e3",
            "012",
            "1_000",
            "2026-01-01",
            ".inf",
            "&a ",
            "*a",
            "!b ",
        ),
        *("<<: ", "? ", "- - ", "---\n", "...\n", "%", "@", "`", "\x85", "\u2028", "\ufeff", "\x00", "\xa0", "\ud800"),
        *(
            "\n\n",
            "\n  \n",
            "key:\n",
            "- x\n",
            "\n# c\n",
            "    # c\n",
            "{}",
            "[]",
            "{a: b}",
            "[a, b]",
            '"a": b',
            "é",
            "…",
        ),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.data())
def test_pieces_of_real_files_with_faults_planted(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([*texts(REAL), *texts(TOY)])).split("\n")
    start = data.draw(st.integers(0, len(lines) - 1))
    piece = lines[start : start + data.draw(st.integers(1, 12))]
    margin = min(len(line) - len(line.lstrip(" ")) for line in piece)
    text = "\n".join(line[margin:] for line in piece) + "\n"
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(ODD) + text[at + data.draw(st.sampled_from([0, 0, 1, 2, 9])) :]
    held_to_pyyaml(text)


@settings(max_examples=1000, deadline=None)
@given(st.data())
def test_lines_moved_and_set_in_otherwise(data: st.DataObject) -> None:
    lines = USUAL.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line, width = lines[at], data.draw(st.integers(0, 8))
        lines[at : at + 1] = data.draw(st.sampled_from([[], [line, line], [" " * width + line.lstrip(" ")]]))
        if not lines:
            lines = [""]
    held_to_pyyaml("\n".join(lines))


WORDS = st.one_of(ODD, st.text(max_size=8), st.sampled_from(["a", "b c", "-1.5", "x:y", "(z)", '"q"', "NO", "~"]))
KEYS = st.sampled_from(["a", "b", "c-d", "e_1", "0", "null", "a b", "'a'", "<<"])
FLOWS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(KEYS, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "- "]), KEYS, FLOWS), min_size=1, max_size=6))
def test_any_lines(lines: list[tuple[int, str, str, str]]) -> None:
    held_to_pyyaml("".join(f"{' ' * 2 * depth}{dash}{key}: {value}\n" for depth, dash, key, value in lines))
