"""Every rule has a page, a good example without any problem, and a bad one that is reported on the marked lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from backed.check import RULES
from backed.check.walk import each, walk
from backed.load import LOAD_RULES
from backed.model import Evidence, Figure, Source, Text
from backed.problem import Problem, RuleDoc

ProblemsIn = Callable[[Path], list[Problem]]

EXAMPLES = Path(__file__).parent / "rules"
DOCS = {doc.id: doc for doc in (*LOAD_RULES, *(rule.doc for rule in RULES))}
MADE_HERE = frozenset({"unreadable-file", "not-utf8", "health-file"})
"""Rules whose bad file is bytes, a link, or JSON, which has no comments: no text file in `rules/` can show them."""

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
@pytest.mark.parametrize(("above", "line"), [("", 1), ("# Läubli\n", 2)])
def test_not_utf8(mark: bytes, above: str, line: int, toy_dir: Path, problems_in: ProblemsIn) -> None:
    study = toy_dir / STUDY
    study.write_bytes(mark + f"{above}title: Zoë caf".encode() + b"\xe9\n")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.line, problem.column) == ("not-utf8", line, 15)
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


TRIAL = "studies/2001/toy-2001-walking.yaml"
COHORT = "studies/2010/placeholder-2010-distress.yaml"
REVIEW = "studies/2020/madeup-2020-exercise.yaml"
GONE = "studies/2005/sample-2005-retracted-exercise.yaml"
CLUSTERS = """p: "0.004"
    clusters:
      size: "20"
      icc: "0.05"
      source: {report: toy-2001-walking, locator: page 2, printed: "20 people each, ICC 0.05"}"""
SLIPS = [
    (COHORT, 'estimate: "1.80"\n    ci: ["1.10", "2.95"]', 'ci: ["2.95", "1.10"]', "ci-contains-estimate", "is above"),
    (TRIAL, "enrolled: 150", "enrolled: 1500", "n-adds-up", "1500 enrolled of only 1250 eligible"),
    (TRIAL, "randomised: 120", "randomised: 160", "n-adds-up", "160 randomised of only 150 enrolled"),
    (TRIAL, "randomised: 120", "randomised: 119", "n-adds-up", "the arms sum to 120 randomised"),
    (TRIAL, "randomised: 120", "randomised: 121", "n-adds-up", "the arms sum to 120 randomised"),
    (TRIAL, "completed: 113", "completed: 130", "n-adds-up", "130 completed of only 120 randomised"),
    (TRIAL, "analysed: 57", "analysed: 60", "n-adds-up", "60 analysed of only 59 randomised"),
    (COHORT, "n: 1500}", "n: 1501}", "n-adds-up", "the groups sum to 2001"),
    (COHORT, "events: 90", "events: 501", "n-adds-up", "501 people with the event of only 500"),
    (COHORT, '"1.10", "2.95"', '"0.0", "2.95"', "ratio-is-positive", "the odds-ratio cannot be 0.0"),
    (COHORT, "measure: odds-ratio", "measure: correlation", "ratio-is-positive", "the correlation cannot be 1.80"),
    (COHORT, 'estimate: "1.80"', 'estimate: "3.00"', "ci-contains-estimate", "does not contain the estimate 3.00"),
    (COHORT, '"1.10", "2.95"', '"2.95", "1.10"', "ci-contains-estimate", "the lower bound 2.95 is above"),
    (COHORT, 'percent: "18"', 'percent: "19"', "figure-printed", "19 does not stand in the printed form"),
    (COHORT, "events: 165", "events: 156", "figure-printed", "156 does not stand in the printed form"),
    (TRIAL, 'p: "0.004"', 'p: "0.04"', "figure-printed", "did you mean 0.004?"),
    (TRIAL, 'p: "0.004"', CLUSTERS.replace('icc: "0.05"', 'icc: "0.50"'), "figure-printed", "0.50 does not stand in"),
    (TRIAL, 'p: "0.004"', CLUSTERS.replace("20 people each, ", ""), "figure-printed", "20 does not stand in"),
    (TRIAL, 'p: "0.004"', 'p: "0.004"\n    level: "9"', "level-possible", "a confidence interval at 9% cannot be"),
    (TRIAL, 'mean: "3.1", sd', 'correlation: "1.9", mean: "3.1", sd', "ratio-is-positive", "correlation cannot be 1.9"),
    (TRIAL, 'mean: "4.3"', 'mean: "3.4"', "means-make-difference", "differ by -0.3, not -1.2"),
    (TRIAL, 'sd: "1.9"', 'sd: "9.1"', "figure-printed", "9.1 does not stand in the printed form"),
    (TRIAL, "n: 72", "n: 71", "figure-printed", "71 does not stand in the printed form"),
    (TRIAL, 'min: "18"', 'min: "16"', "figure-printed", "16 does not stand in the printed form"),
    (TRIAL, "completed: 57", "completed: 56", "figure-printed", "56 does not stand in the printed form"),
    (REVIEW, "  participants: 1480\n  searched", "  participants: 1489\n  searched", "figure-printed", "1489 does not"),
    (REVIEW, "studies: 12, participants", "studies: 11, participants", "figure-printed", "11 does not stand"),
    (TRIAL, "59 + 57 = 116", "59 + 58 = 117", "computed-is-right", "58 does not stand in the printed form"),
    (
        TRIAL,
        "instrument: pain-nrs-0-10\n    time: {weeks",
        "instrument: pain-nrs\n    time: {weeks",
        "term-exists",
        "pain-nrs",
    ),
    (TRIAL, "tool: toy-tool", "tool: toy-tol", "term-exists", "`toy-tol` is no term of appraisal"),
    (
        TRIAL,
        'comparator: [usual]}\n    measure: mean-difference\n    estimate: "-1.2"',
        'comparator: [usua]}\n    measure: mean-difference\n    estimate: "-1.2"',
        "contrast-named",
        "there is no arm `usua`",
    ),
    (GONE, "  on: 2007-05-01\n", "", "status-reason", "`retracted` has no date"),
    (GONE, "  reason: {", "  # reason: {", "status-reason", "`retracted` has no reason"),
    (REVIEW, "includes: [toy-2001-walking]", "includes: [toy-2001-running]", "record-exists", "toy-2001-running"),
    (GONE, "  notice:", "  by: nobody\n  notice:", "record-exists", "no record `nobody` in studies/"),
    ("claims/exercise-helps.yaml", "studies: [toy-2001-walking]", "studies: [x]", "record-exists", "no record `x`"),
    ("claims/exercise-helps.yaml", "article: rugtips", "article: tips", "record-exists", "`tips` in articles/"),
    ("claims/exercise-helps.yaml", "effect-inflated", "inflated", "term-exists", "`inflated` is no term of departures"),
    ("claims/exercise-helps.yaml", "judgement: bent", "judgement: no-source", "departures-named", "`rests_on` names"),
    ("claims/exercise-helps.yaml", "verdict: supported,", "verdict: inconclusive,", "claim-outdated", "now it is"),
    ("claims/exercise-helps.yaml", '"-16.9"]', '"-16.8"]', "claim-outdated", "now it is"),
    ("claims/exercise-helps.yaml", "as_of: {", "# as_of: {", "claim-outdated", "add as_of: {verdict: supported"),
    ("comparisons/exercise-v-nothing.yaml", "effect: pain}", "effect: pan}", "answer-fits", "has no effect `pan`"),
    ("comparisons/exercise-v-nothing.yaml", "terms: [exercise]", "terms: [exercises]", "term-exists", "exercises"),
    (
        "comparisons/exercise-v-nothing.yaml",
        "terms: [exercise]",
        "terms: [workout]",
        "term-exists",
        "a name of `exercise` w",
    ),
    ("comparisons/exercise-v-nothing.yaml", "terms: [exercise]", "terms: [oefenen]", "term-exists", "write `exercise`"),
    (
        "comparisons/exercise-v-nothing.yaml",
        "terms: [exercise]",
        "terms: [qi]",
        "term-exists",
        "; there are exercise, ",
    ),
    ("comparisons/distress-onset.yaml", 'value: "1.25"', 'value: "1"', "threshold-known", "a number above 1, not 1"),
    ("comparisons/distress-onset.yaml", "exposure: {", "# exposure: {", "comparison-sides", "needs `exposure`"),
    (
        "articles/rugtips.yaml",
        "report: toy-guideline-2015",
        "report: toy-guideline",
        "reference-exists",
        "toy-guideline",
    ),
    ("vocabularies/instruments.yaml", "outcome: function", "outcome: functions", "term-tree", "`functions` is no term"),
]


@pytest.mark.parametrize(("file", "old", "new", "rule", "said"), SLIPS)
def test_one_slip_in_a_sound_record(
    file: str, old: str, new: str, rule: str, said: str, toy_dir: Path, problems_in: ProblemsIn
) -> None:
    path = toy_dir / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    printed = [f"{problem.rule}: {problem.message} {problem.hint}" for problem in problems_in(toy_dir)]
    assert [line for line in printed if line.startswith(f"{rule}: ") and said in line], printed


def test_no_number_far_away_is_named_for_one_in_a_summary(toy_dir: Path, problems_in: ProblemsIn) -> None:
    """0.02 is one digit from 7.02, and nobody meant that."""
    path = toy_dir / "studies/2011/toy-2011-jogging.yaml"
    text = path.read_text(encoding="utf-8").replace("had less pain.", "had 7.02 less pain.", 1)
    assert "limits:" not in text
    path.write_text(f"{text}limits: [{{en: It was 0.02.}}]\n", encoding="utf-8")
    (hint,) = [one.hint for one in problems_in(toy_dir) if one.rule == "summary-as-recorded"]
    assert "0.02" not in hint


def test_a_direction_is_read_before_a_decimal_comma_too(toy_dir: Path, problems_in: ProblemsIn) -> None:
    path = toy_dir / TRIAL
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"(?<=summary:\n  en: ).*", '"The walkers had more pain (1,2 points)."', text), encoding="utf-8"
    )
    told = [one.message for one in problems_in(toy_dir) if one.rule == "direction-as-told"]
    assert told == ['the summary says "more", but -1.2 is below 0']


@pytest.mark.parametrize("kind", [Source, Text, Figure, int])
def test_each_finds_what_a_walk_over_everything_finds(kind: type[object], toy: Evidence) -> None:
    terms = [term for _, vocabulary in toy.vocabularies.named() for term in vocabulary.values()]
    for record in [*toy.records(), *terms]:
        everything = [(at, value) for at, value in walk(record) if isinstance(value, kind)]
        assert list(each(kind, record)) == everything
