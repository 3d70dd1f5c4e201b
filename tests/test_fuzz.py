"""Whatever stands in a file, checking comes to its end: no exception, and no record lost without a problem."""

from __future__ import annotations

import shutil
import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backed.examine import Checked, examine, examine_files
from backed.load.yaml_tree import read_yaml
from backed.problem import Problem, Where

TOY = Path(__file__).parent / "toy" / "evidence"
TRIAL, REVIEW = "studies/2001/toy-2001-walking.yaml", "studies/2020/madeup-2020-exercise.yaml"
CLINICS = "studies/2016/toy-2016-clinics.yaml"
BIB = "studies/2001/toy-2001-walking.bib"
RECORDS = (
    TRIAL,
    REVIEW,
    CLINICS,
    "studies/2005/sample-2005-retracted-exercise.yaml",
    "studies/2010/placeholder-2010-distress.yaml",
    "comparisons/exercise-v-nothing.yaml",
    "comparisons/movement-v-inactive.yaml",
    "articles/rugtips.yaml",
    "claims/exercise-helps.yaml",
    "claims/walking-helps.yaml",
)
VOCABULARIES = tuple(f"vocabularies/{name}.yaml" for name in ("instruments", "outcomes", "interventions", "appraisal"))

FUZZ = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the toy base; each test puts one file into it and takes it out again."""
    return Path(shutil.copytree(TOY, tmp_path_factory.mktemp("fuzz") / "evidence"))


def checked(base: Path, file: str, content: bytes) -> Checked:
    """Return what checking makes of the base with other bytes in one file, and hold it to what it promises."""
    path = base / file
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        found, again = examine(base), examine(base)
        alone = examine_files(base, [path])
    finally:
        path.write_bytes(before)
    assert found.problems == again.problems, "the same files bring the same problems"
    evidence = found.evidence
    assert evidence.found == len(list(base.rglob("*.yaml"))), "every record file is counted"
    assert evidence.faulty <= {problem.file for problem in found.problems}, "whatever was not read whole has a problem"
    texts = {one.as_posix(): one.read_bytes() for one in base.rglob("*.*")} | {path.as_posix(): content}
    ends = {file: len(text.decode(errors="replace").splitlines()) + 1 for file, text in texts.items()}
    assert [problem for problem in found.problems if not placed(problem, ends)] == []
    read = {record.file for record in evidence.records()}
    records = {one.as_posix() for one in base.rglob("*.yaml") if one.parent.name != "vocabularies"}
    assert records - read <= evidence.faulty, "no record is dropped without a problem"
    assert bool(alone.errors) or path.as_posix() not in evidence.faulty, "checked alone, it is faulty too"
    return found


def placed(problem: Problem, ends: Mapping[str, int]) -> bool:
    """Say whether a problem says what and where: a message, and a line and column that can be gone to."""
    return bool(problem.message) and 1 <= problem.line <= ends[problem.file] and problem.column >= 1


ODD = st.sampled_from(
    [
        *("", "~", "null", "NO", "yes", "12:30", "0x1F", "0o17", "1_000", "1e400", "-1e-400", ".inf", "-.INF", ".nan"),
        *("+5", "١٢", "５", "−5", "1,5", "0.30", "9" * 400, "0." + "0" * 300 + "1", "-0", "00012", "2026-02-30"),
        *("2026-11-20", "9999-12-31", "0000-01-01", "{}", "[]", "&a x", "*a", "!!python/object:os.system x"),
        *("!!binary aGk=", "<<", "- - - x", "? x", "'", '"', "`x`", "@x", "%x", "x: y: z", "a #b", "|", ">"),
        *("\u200b", "\ufeff", "\u2028", "\x85", "a\tb", "𝟛", "e\u0301", "\u202e12", "[@", "[@]", "[@toy-2001-walking]"),
        *("1 / 0 = 1", "9**9**9 = 1", "(" * 300 + "1" + ")" * 300 + " = 1", "1" * 5000, "\ud800", "\x00", "\x07"),
    ]
)
"""Texts that YAML readers, number readers and people fall over."""

SCALARS = st.one_of(ODD, st.text(max_size=20), st.integers().map(str), st.floats().map(str))
FIGURES = st.one_of(
    st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=3).map(str),
    st.decimals(-10, 110, allow_nan=False, allow_infinity=False, places=1).map(str),
    st.sampled_from(["0", "-0", "1", "-1", "0.000", "100", "999999999999999", "-999999999999999", f"0.{'0' * 19}1"]),
)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@FUZZ
@given(content=st.binary(max_size=400), file=st.sampled_from([TRIAL, VOCABULARIES[0], BIB]))
def test_any_bytes(content: bytes, file: str, base: Path) -> None:
    checked(base, file, content)


@FUZZ
@given(
    place=st.floats(0, 1),
    length=st.integers(0, 40),
    put=st.one_of(st.binary(max_size=12), ODD.map(encoded)),
    file=st.sampled_from([*RECORDS, *VOCABULARIES, BIB]),
)
def test_a_stretch_replaced_by_anything(place: float, length: int, put: bytes, file: str, base: Path) -> None:
    content = (base / file).read_bytes()
    start = int(place * len(content))
    checked(base, file, content[:start] + put + content[start + length :])


STRUCTURES = st.recursive(
    SCALARS.map(lambda text: repr(text) if text.isprintable() and len(text) < 50 else "x"),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.sampled_from(["id", "en", "a", "0", "? x", "[k]", "''"]), inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
        inner.map(lambda text: f"&a {text}"),
        st.just("*a"),
    ),
    max_leaves=12,
)


@FUZZ
@given(data=st.data(), structure=STRUCTURES, file=st.sampled_from([*RECORDS, *VOCABULARIES]))
def test_any_structure_under_a_known_key(data: st.DataObject, structure: str, file: str, base: Path) -> None:
    lines = (base / file).read_text(encoding="utf-8").splitlines()
    tops = [number for number, line in enumerate(lines) if line[:1].isalpha()]
    at = data.draw(st.sampled_from(tops))
    following = next((number for number in tops if number > at), len(lines))
    key = lines[at].partition(":")[0]
    checked(base, file, encoded("\n".join([*lines[:at], f"{key}: {structure}", *lines[following:]]) + "\n"))


def places(file: str) -> list[tuple[int, int, Where]]:
    """Return where every scalar of a toy file stands in its text: first and last position, and path."""
    tree, _ = read_yaml((TOY / file).read_text(encoding="utf-8"), file)
    found: list[tuple[int, int, Where]] = []

    def look(node: object, at: Where) -> None:
        value = getattr(node, "value", None)
        if isinstance(value, str):
            found.append((node.start_mark.index, node.end_mark.index, at))  # type: ignore[attr-defined]
        for number, child in enumerate(value if isinstance(value, list) else ()):
            if isinstance(child, tuple):
                look(child[1], (*at, child[0].value))
            else:
                look(child, (*at, number))

    look(tree.root, ())
    return found


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar; what cannot stand in a file is escaped."""
    plain = set(string.ascii_letters + string.digits + " .,-+()/*=[]@")
    return '"' + "".join(sign if sign in plain else f"\\U{ord(sign):08x}" for sign in text) + '"'


@settings(FUZZ, max_examples=40)
@given(data=st.data(), value=st.one_of(SCALARS, FIGURES, FIGURES), file=st.sampled_from([*RECORDS, *VOCABULARIES]))
def test_any_value_in_every_field(data: st.DataObject, value: str, file: str, base: Path) -> None:
    start, end, _ = data.draw(st.sampled_from(places(file)))
    text = (base / file).read_text(encoding="utf-8")
    checked(base, file, encoded(text[:start] + quoted(value) + text[end:]))


@settings(FUZZ, max_examples=40)
@given(data=st.data(), file=st.sampled_from([TRIAL, REVIEW, CLINICS]))
def test_several_wild_figures_at_once(data: st.DataObject, file: str, base: Path) -> None:
    """Figures that each look sound and are impossible together: every formula meets them."""
    text = (base / file).read_text(encoding="utf-8")
    for start, end, at in reversed(places(file)):
        is_figure = at[0] == "effects" and not text[start:end].strip('"-.0123456789')
        if is_figure and data.draw(st.booleans()):
            text = text[:start] + f'"{data.draw(FIGURES)}"' + text[end:]
    checked(base, file, text.encode())


BREAKING = {
    "a NUL": b"\x00",
    "UTF-16": b"\xff\xfe",
    "a surrogate": b"title: \xed\xa0\x80",
    "an escaped surrogate": b'title: "\\ud800"',
    "a bell": b"title: \x07",
    "50,000 brackets": b"a: " + b"[" * 50_000,
    "5,000 braces": b"{" * 5_000,
    "5,000 lists": b"- " * 5_000,
    "5,000 keys that are mappings": b"? " * 5_000,
    "a list in itself": b"a: &a [*a]",
    "a mapping in itself": b"a: &a {b: *a}",
    "an alias as its own key": b"&a a: *a",
    "an alias to nothing": b"a: *b",
    "a huge key": b"x" * 1_000_000 + b": 1",
    "a very long line": b"a: " + b"y" * 1_500_000,
    "one key 20,000 times": b"a: 1\n" * 20_000,
    "a list as a key": b"? [a]\n: b",
    "a mapping as a key": b"? {a: b}\n: c",
    "two documents": b"%YAML 1.1\n---\na: b\n...\n---\nc: d",
    "a set": b"!!set {a, b}",
    "a tag": b"a: !!float 1",
    "a merge key": b"<<: {a: b}",
    "a tab": b"\t",
    "a quote not closed": b"a: 'b",
    "an escape that is none": b'a: "\\x"',
    "two byte-order marks": b"\xef\xbb\xbf\xef\xbb\xbfa: b",
    "old ends of lines": b"a: b\r\rc: d",
    "other ends of lines": "a: \u2028b\n\u0085c: d".encode(),
}


@pytest.mark.parametrize("content", BREAKING.values(), ids=BREAKING)
@pytest.mark.parametrize("file", [TRIAL, VOCABULARIES[0], BIB], ids=["record", "vocabulary", "bibliography"])
def test_files_that_break_readers(content: bytes, file: str, base: Path) -> None:
    assert checked(base, file, content).errors


PIECES = (
    "@article{",
    "@",
    "{",
    "}",
    ",",
    "=",
    '"',
    "#",
    "\\",
    "%",
    "title",
    "year = {2001}",
    "doi = ",
    "toy-2001",
    "\n",
)


@FUZZ
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(string.printable, max_size=6)), max_size=30).map("".join))
def test_any_bibliography(base: Path, text: str) -> None:
    checked(base, BIB, text.encode())
