"""Every rule has a page, a good example without any problem, and a bad one that is reported on the marked lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from backed.check import RULES
from backed.load import LOAD_RULES
from backed.problem import Problem, RuleDoc

ProblemsIn = Callable[[Path], list[Problem]]

EXAMPLES = Path(__file__).parent / "rules"
DOCS = {doc.id: doc for doc in (*LOAD_RULES, *(rule.doc for rule in RULES))}
MADE_HERE = frozenset({"unreadable-file", "not-utf8"})
"""Rules whose bad file is bytes or a link that no text file in `rules/` can show."""

STUDY = "studies/2012/toy-2012-cycling.yaml"


@dataclass(frozen=True)
class Example:
    """A file to be put into the toy base; ``marked`` are the lines to be reported, ``also`` rules that may fire too."""

    file: str
    text: str
    marked: frozenset[int]
    also: frozenset[str]


def examples(rule: str, name: str) -> list[Example]:
    paths = sorted((EXAMPLES / rule).glob(f"{name}.*"))
    assert paths, f"tests/rules/{rule}/{name}.yaml (or .bib) is missing"
    return [example(path) for path in paths]


def example(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    head = dict(part.strip(" #%").split(": ", 1) for part in lines[0].split("; ") if ": " in part)
    marked = {number for number, line in enumerate(lines, 1) if line.endswith("# problem")}
    marked |= {int(number) for number in re.findall(r"\d+", head.get("problems", ""))}
    return Example(head["file"], text, frozenset(marked), frozenset(head.get("also", "").split(", ")))


def put(root: Path, shown: list[Example]) -> None:
    for one in shown:
        path = root / one.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8")


def places(root: Path, problems: list[Problem]) -> set[tuple[str, int]]:
    return {(Path(problem.file).relative_to(root).as_posix(), problem.line) for problem in problems}


def test_rule_ids_are_unique_and_every_folder_belongs_to_a_rule() -> None:
    assert len(DOCS) == len(LOAD_RULES) + len(RULES)
    assert sorted(path.name for path in EXAMPLES.iterdir()) == sorted(DOCS)


@pytest.mark.parametrize("doc", DOCS.values(), ids=DOCS)
def test_rule_has_a_page(doc: RuleDoc) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", doc.id)
    summary, _, rest = doc.text.partition("\n")
    assert summary == doc.summary
    assert summary.endswith((".", "?")), "the first line is a sentence"
    sentences = re.findall(r"[^.?!]{8,}[.?!](?=\s|$)", doc.text)
    assert len(sentences) >= 2, "a page says what the rule wants and why"
    assert rest.strip() or len(sentences) >= 2


@pytest.mark.parametrize("rule", sorted(set(DOCS) - MADE_HERE))
def test_good_example_has_no_problem(rule: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    put(toy_dir, examples(rule, "good"))
    assert problems_in(toy_dir) == []


@pytest.mark.parametrize("rule", sorted(set(DOCS) - MADE_HERE))
def test_bad_example_is_reported_on_the_marked_lines(rule: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    shown = examples(rule, "bad")
    put(toy_dir, shown)
    problems = problems_in(toy_dir)
    expected = {(one.file, line) for one in shown for line in one.marked}
    assert expected, "mark each line to be reported with `# problem`"
    own = [problem for problem in problems if problem.rule == rule]
    assert places(toy_dir, own) == expected
    allowed = frozenset({rule}).union(*(one.also for one in shown))
    assert {problem.rule for problem in problems} <= allowed
    assert {problem.severity for problem in own} == {DOCS[rule].severity}
    assert any(problem.hint for problem in own), "say what to do"
    assert all(problem.message and problem.column >= 1 for problem in own)


@pytest.mark.parametrize("rule", sorted(MADE_HERE))
def test_made_here_says_so(rule: str) -> None:
    [shown] = examples(rule, "good")
    assert shown.file.startswith("none")


def test_unreadable_file(toy_dir: Path, problems_in: ProblemsIn) -> None:
    study = toy_dir / STUDY
    study.unlink()
    study.symlink_to(toy_dir / "nowhere.yaml")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.file) == ("unreadable-file", study.as_posix())
    assert problem.hint


def test_a_file_far_too_large_is_unreadable(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / STUDY).write_bytes(b"#" * 2_000_001)
    [problem] = problems_in(toy_dir)
    assert problem.rule == "unreadable-file"
    assert "2 MB" in problem.message


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte-order mark"])
def test_not_utf8(mark: bytes, toy_dir: Path, problems_in: ProblemsIn) -> None:
    study = toy_dir / STUDY
    study.write_bytes(mark + "# Läubli\ntitle: Zoë caf".encode() + b"\xe9\n")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.line, problem.column) == ("not-utf8", 2, 15)
    assert "0xe9" in problem.message


def test_two_claims_at_one_position_are_both_reported(toy_dir: Path, problems_in: ProblemsIn) -> None:
    claim = toy_dir / "claims" / "magnets-heal.yaml"
    claim.write_text(claim.read_text(encoding="utf-8").replace("position: 3", "position: 2"), encoding="utf-8")
    problems = problems_in(toy_dir)
    assert {problem.rule for problem in problems} == {"positions-unique"}
    assert places(toy_dir, problems) == {("claims/magnets-heal.yaml", 3), ("claims/stress-causes-pain.yaml", 3)}


def test_an_exception_hides_only_the_rule_it_names(toy_dir: Path, problems_in: ProblemsIn) -> None:
    put(toy_dir, examples("n-adds-up", "bad"))
    before = problems_in(toy_dir)
    study = toy_dir / STUDY
    lines = "exceptions:\n  - {rule: n-adds-up, reason: {en: The paper says so.}}\nsummry: {en: x}\n"
    study.write_text(study.read_text(encoding="utf-8").replace("summary:", lines + "summary:"), encoding="utf-8")
    assert {problem.rule for problem in before} == {"n-adds-up"}
    assert [problem.rule for problem in problems_in(toy_dir)] == ["unknown-key"]
