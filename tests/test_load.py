"""Loading: text stays text, every fault has its place, and nothing is dropped without a problem."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backed.load import load, locate
from backed.model import KINDS, Evidence, Study
from backed.problem import Problem, Severity, as_text, in_order

ProblemsIn = Callable[[Path], list[Problem]]

TOY = Path(__file__).parent / "toy" / "evidence"
STUDY = "studies/2012/toy-2012-cycling.yaml"
RECORD = """\
title: Toy cycling
summary: {en: Twelve invented people cycled.}
reports: [toy-2012-cycling]
design: {type: single-group}
funding: {statement: not seen}
population: {condition: chronic-low-back-pain}
extraction: {read: abstract, by: Backed project, on: 2026-11-20}
"""


def load_one(folder: Path, content: str | bytes, path: str = STUDY) -> tuple[Evidence, list[Problem]]:
    """Load a base that holds one file only."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    loaded = load(folder)
    return loaded.evidence, in_order(locate(loaded.problems))


def seen(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in problems]


def test_the_toy_base_is_read_whole(toy: Evidence) -> None:
    files = list(TOY.rglob("*.yaml"))
    vocabularies = [terms for _, terms in toy.vocabularies.named() if terms]
    assert toy.found == len(files) == sum(1 for _ in toy.records()) + len(vocabularies)
    assert toy.unreadable == frozenset()
    assert {kind: sorted(getattr(toy, kind)) for kind in KINDS} == {
        kind: sorted(path.stem for path in (TOY / kind).rglob("*.yaml")) for kind in KINDS
    }


def test_country_dates_and_rounding_survive(toy: Evidence) -> None:
    study = toy.studies["toy-2001-walking"]
    assert study.design.countries == ("NL", "NO")
    assert study.extraction.on.isoformat() == "2026-11-20"
    [effect, _] = study.effects
    assert effect.ci is not None
    assert (effect.ci[1], effect.ci[1].value, effect.ci[1].decimals) == ("-0.40", -0.4, 2)
    assert study.title == 'Toy trial of <b>walking</b> & "usual care" in 120 invented people'
    assert toy.studies["placeholder-2010-distress"].extraction.checked_by is None


def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path) -> None:
    text = RECORD + "limts: []\nwhatever: 1\n" + "id: x\nfile: y\n"
    _, problems = load_one(tmp_path, text.replace("funding: {", "funding: {indusry: none, "))
    assert seen(problems) == [
        ("unknown-key", line, column) for line, column in ((5, 11), (8, 1), (9, 1), (10, 1), (11, 1))
    ]
    hints = [problem.hint for problem in problems]
    assert hints[:2] == ["did you mean `industry`?", "did you mean `limits`?"]
    assert hints[2].startswith("known here: title, summary, reports")
    assert hints[3:] == ["the file name is the id; remove this line"] * 2


@pytest.mark.parametrize("key", ['"[key]"', "''", '"a.b"', "0"])
def test_strange_unknown_keys_are_reported(key: str, tmp_path: Path) -> None:
    _, problems = load_one(tmp_path, RECORD.replace("design: {", f"design: {{{key}: x, ") + f"{key}: x\n")
    assert seen(problems) == [("unknown-key", 4, 10), ("unknown-key", 8, 1)]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("Toy cycling\n", "[a]\n", (1, 8), "expected a text, not a list"),
        ("Toy cycling\n", '""\n', (1, 8), "the text is empty"),
        ("{type: single-group}", "single-group", (4, 9), "expected keys with values, not 'single-group'"),
        ("{type: single-group}", "", (4, 8), "expected keys with values, but nothing stands here"),
        (
            "single-group",
            "Single_Group",
            (4, 16),
            "expected an id: lower-case words joined by hyphens, not 'Single_Group'; did you mean single-group?",
        ),
        (
            "single-group}",
            "x, countries: [ie]}",
            (4, 31),
            "two capital letters of a country, as IE, not 'ie'; did you mean IE?",
        ),
        (
            "single-group}",
            "x, countries: [Ireland]}",
            (4, 31),
            "two capital letters of a country, as IE, not 'Ireland'",
        ),
        ("[toy-2012-cycling]", "toy-2012-cycling", (3, 10), "expected a list"),
        ("[toy-2012-cycling]", "[]", (3, 10), "the list is too short"),
        ("2026-11-20", "20-11-2026", (7, 54), "expected a date as 2026-11-22, not '20-11-2026'"),
        ("2026-11-20", "20261120", (7, 54), "expected a date as 2026-11-22, not '20261120'"),
        ("2026-11-20", "2026-02-30", (7, 54), "expected a date as 2026-11-22"),
        ("abstract", "title", (7, 20), "expected one of 'abstract', 'full-text' or 'secondary', not 'title'"),
        ("chronic-low-back-pain", "x, n: {enrolled: 1.5}", (6, 42), "expected a whole number"),
        ("chronic-low-back-pain", "x, n: {enrolled: -1}", (6, 42), "greater than or equal to 0"),
        ("chronic-low-back-pain", 'x, age: {mean: "4,5"}', (6, 40), "a number is written with digits"),
        ("single-group", "x, follow_up: {weeks: 1, days: 2}", (4, 30), "exactly one of days, weeks"),
    ],
)
def test_a_wrong_value_is_reported_at_its_place(
    old: str, new: str, place: tuple[int, int], message: str, tmp_path: Path
) -> None:
    text = RECORD.replace(old, new, 1)
    evidence, problems = load_one(tmp_path, text)
    assert [problem.rule for problem in problems] == ["wrong-type"]
    assert message in problems[0].message
    assert (problems[0].line, problems[0].column) == place
    assert len(evidence.faulty) == 1


def test_an_interval_of_one_or_three_numbers(tmp_path: Path) -> None:
    effect = "{id: a, outcome: b, measure: mean, estimate: 1, source: {report: c, locator: d}, ci: %s}"
    text = RECORD + "effects:\n" + "".join(f"  - {effect % ci}\n" for ci in ("[1]", "[1, 2, 3]", "[1, x]"))
    _, problems = load_one(tmp_path, text)
    assert seen(problems) == [("wrong-type", 9, 90), ("wrong-type", 10, 90), ("wrong-type", 11, 94)]
    assert [problem.message for problem in problems[:2]] == ["the list is too short", "the list is too long"]


def test_missing_keys_are_reported_at_what_lacks_them(tmp_path: Path) -> None:
    text = (
        RECORD.replace("title: Toy cycling\n", "").replace("{en: Twelve", "{nl: Twaalf").replace("type: ", "sites: 1 #")
    )
    _, problems = load_one(tmp_path, text.replace("single-group}", "\n  }"))
    assert seen(problems) == [("missing-key", 1, 1), ("text-in-english", 1, 10), ("missing-key", 3, 9)]
    assert problems[0].hint == "title: What the study is, in plain English (not the title of the paper)."
    assert problems[2].hint == "type: Term of the vocabulary `designs`."


def test_six_faults_in_one_record_are_all_reported(tmp_path: Path) -> None:
    text = """\
title: Toy cycling
title: Toy cycling again
summary: {nl: Twaalf mensen fietsten.}
reports: toy-2012-cycling
desing: {type: single-group}
funding: {statement: not seen}
population: {condition: chronic-low-back-pain, n: {enrolled: twelve}}
extraction: {read: abstract, by: &us Backed project, on: 2026-11-20}
"""
    evidence, problems = load_one(tmp_path, text)
    assert seen(problems) == [
        ("missing-key", 1, 1),
        ("duplicate-key", 2, 1),
        ("text-in-english", 3, 10),
        ("wrong-type", 4, 10),
        ("unknown-key", 5, 1),
        ("wrong-type", 7, 62),
        ("yaml-feature", 8, 34),
    ]
    assert problems[4].hint == "did you mean `design`?"
    assert (evidence.found, evidence.unreadable) == (1, frozenset({"toy-2012-cycling"}))


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    evidence, problems = load_one(tmp_path, b"\xef\xbb\xbf" + RECORD.encode())
    assert (problems, list(evidence.studies)) == ([], ["toy-2012-cycling"])


def test_windows_line_ends(tmp_path: Path) -> None:
    evidence, problems = load_one(tmp_path, (RECORD + "limts: []\n").replace("\n", "\r\n"))
    assert seen(problems) == [("unknown-key", 8, 1)]
    assert evidence.found == 1


@pytest.mark.parametrize("content", ["", "\n\n", "# only a remark\n", "---\n", "null\n"])
def test_an_empty_file_is_a_problem(content: str, tmp_path: Path) -> None:
    evidence, [problem] = load_one(tmp_path, content)
    assert (problem.rule, problem.message) == ("wrong-type", "the file is empty")
    assert "title, summary, reports" in problem.hint
    assert problem.line >= 1
    assert (evidence.found, evidence.unreadable) == (1, frozenset({"toy-2012-cycling"}))


@pytest.mark.parametrize("content", ["just text\n", "- a\n- b\n"])
def test_a_file_without_keys_is_a_problem(content: str, tmp_path: Path) -> None:
    _, [problem] = load_one(tmp_path, content)
    assert (problem.rule, problem.message) == ("wrong-type", "expected keys with values")


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    loaded = load(tmp_path / "nowhere")
    [problem] = loaded.problems
    assert (problem.rule, problem.severity, problem.file) == (
        "unreadable-file",
        Severity.ERROR,
        str(tmp_path / "nowhere"),
    )
    assert "--evidence" in problem.hint
    assert loaded.evidence.found == 0


def test_an_empty_folder_is_an_empty_base(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert (loaded.problems, loaded.evidence.found, list(loaded.evidence.records())) == ((), 0, [])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / STUDY).chmod(0)
    [problem] = problems_in(toy_dir)
    assert problem.rule == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_a_problem(toy_dir: Path, problems_in: ProblemsIn) -> None:
    closed = toy_dir / "studies" / "2012"
    closed.chmod(0)
    try:
        [problem] = [problem for problem in problems_in(toy_dir) if problem.rule == "unreadable-file"]
    finally:
        closed.chmod(0o755)
    assert problem.file == closed.as_posix()


def test_a_link_to_a_folder_is_a_problem(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / "studies" / "2013").symlink_to("2012")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, Path(problem.file).name) == ("unexpected-file", "2013")


@pytest.mark.parametrize("target", ["secret.yaml", "evidence/claims/exercise-helps.yaml"])
def test_a_link_to_a_file_is_never_followed(target: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir.parent / "secret.yaml").write_text("password: hunter2\n", encoding="utf-8")
    for path in ("claims/linked.yaml", "references/linked.bib", "health.json"):
        (toy_dir / path).symlink_to(toy_dir.parent / target)
    problems = [problem for problem in problems_in(toy_dir) if problem.rule != "record-exists"]
    assert {problem.rule for problem in problems} == {"unreadable-file"}
    assert {Path(problem.file).name for problem in problems} == {"linked.yaml", "linked.bib", "health.json"}
    assert "password" not in "".join(map(as_text, problems))


@pytest.mark.parametrize("name", ["../../evil", "..", "<img src=x>", "a/b", "A-b"])
def test_an_id_inside_a_file_cannot_lead_elsewhere(name: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    terms, works = toy_dir / "vocabularies/interventions.yaml", toy_dir / "references/works.bib"
    terms.write_text(f'{terms.read_text(encoding="utf-8")}\n"{name}":\n  label: {{en: Evil}}\n', encoding="utf-8")
    entry = f"@article{{{name},\n  title = {{T}}, author = {{Roe, A}}, year = {{2001}}, journal = {{J}}\n}}\n"
    works.write_text(entry, encoding="utf-8")
    found = {Path(one.file).name: one for one in problems_in(toy_dir) if one.rule == "id-and-path"}
    assert found["interventions.yaml"].message == f"`{name}` cannot be an id"
    assert found["interventions.yaml"].line == terms.read_text(encoding="utf-8").count("\n") - 1
    assert found["works.bib"].line == 1


def test_a_link_that_goes_in_a_circle_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.yaml").symlink_to("a.yaml")
    [problem] = load(tmp_path).problems
    assert problem.rule == "unreadable-file"


@pytest.mark.parametrize(
    "path",
    [
        "studies/2012/notes.txt",
        "studies/2012/toy.yml",
        "claims/claim.json",
        "claims/toy.bib",
        "vocabularies/README.md",
        "references/works.yaml",
    ],
)
def test_a_file_that_would_be_overlooked_is_a_problem(path: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / path).write_text("a: b\n", encoding="utf-8")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.file) == ("unexpected-file", (toy_dir / path).as_posix())


@pytest.mark.parametrize("path", ["vocabularies/colours.yaml", "vocabularies/more/outcomes.yaml"])
def test_an_unknown_vocabulary_is_a_problem(path: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / path).parent.mkdir(exist_ok=True)
    (toy_dir / path).write_text("red: {label: {en: Red}}\n", encoding="utf-8")
    [problem] = problems_in(toy_dir)
    assert problem.rule == "unexpected-file"


@pytest.mark.parametrize(
    "path", [".hidden.yaml", "studies/.git/x.yaml", "studies/2012/x.yaml~", "README.md", "schema/a.json"]
)
def test_what_is_no_record_is_left_alone(path: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / path).parent.mkdir(exist_ok=True)
    (toy_dir / path).write_text("anything", encoding="utf-8")
    assert problems_in(toy_dir) == []


def test_one_id_in_two_year_folders(toy_dir: Path, problems_in: ProblemsIn) -> None:
    copy = toy_dir / "studies" / "2013" / "toy-2012-cycling.yaml"
    copy.parent.mkdir()
    copy.write_bytes((toy_dir / STUDY).read_bytes())
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.file, problem.line) == ("id-and-path", copy.as_posix(), 1)
    assert (toy_dir / STUDY).as_posix() in problem.message


def test_a_file_name_that_cannot_be_an_id(tmp_path: Path) -> None:
    _, [problem] = load_one(tmp_path, RECORD, "studies/2012/Toy_2012.yaml")
    assert (problem.rule, problem.line, problem.column) == ("id-and-path", 1, 1)
    assert "Toy_2012" in problem.message


def test_a_bad_term_leaves_the_other_terms(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / "vocabularies" / "settings.yaml").write_text(
        "community: {label: {en: C}}\ntown: town\n", encoding="utf-8"
    )
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.line, problem.column) == ("wrong-type", 2, 7)
    assert list(load(toy_dir).evidence.vocabularies.settings) == ["community"]


@pytest.mark.parametrize("path", sorted(path.relative_to(TOY).as_posix() for path in TOY.rglob("*.yaml")))
def test_one_broken_file_is_one_problem_and_hides_no_other(path: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    """Nothing is blamed for pointing at a file that cannot be read, and a fault elsewhere is still found."""
    (toy_dir / path).write_text("title: 'not closed\n", encoding="utf-8")
    other = toy_dir / ("claims/magnets-heal.yaml" if "magnets" not in path else STUDY)
    with other.open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    problems = problems_in(toy_dir)
    assert {problem.rule for problem in problems} == {"yaml-syntax", "unknown-key"}
    assert {problem.file for problem in problems} == {(toy_dir / path).as_posix(), other.as_posix()}
    assert load(toy_dir).evidence.found == load(TOY).evidence.found


def test_a_key_used_in_two_bibliographies(toy_dir: Path, problems_in: ProblemsIn) -> None:
    entry = (toy_dir / "studies/2012/toy-2012-cycling.bib").read_text(encoding="utf-8")
    (toy_dir / "studies/2020/zz.bib").write_text("% again\n\n" + entry, encoding="utf-8")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, Path(problem.file).name, problem.line) == ("bib-duplicate-key", "zz.bib", 3)


def accounted(evidence: Evidence, problems: list[Problem]) -> bool:
    """Say whether each record file was read or has a problem."""
    return evidence.found == sum(1 for _ in evidence.records()) + len(evidence.unreadable) and (
        not evidence.unreadable or bool(problems)
    )


_HYPOTHESIS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_HYPOTHESIS
@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_bytes_are_read_or_reported(content: bytes, tmp_path: Path) -> None:
    evidence, problems = load_one(tmp_path, content)
    assert evidence.found == 1
    assert accounted(evidence, problems)
    assert bool(evidence.studies) != bool(evidence.unreadable)
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in problems)


_KEYS = st.sampled_from(
    [*Study.model_fields, "n", "en", "nl", "type", "state", "on", "ci", "estimate", "[key]", "0"],
)
_SCALARS = st.sampled_from(
    ["1", "-0.30", "NO", "~", '""', "2026-11-20", "walking", "[]", "{}", "'x y'", "*a", "!t 1", "."]
)


def _flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    mappings = st.lists(st.tuples(_KEYS, inner), max_size=4).map(
        lambda pairs: "{" + ", ".join(f'"{key}": {value}' for key, value in pairs) + "}"
    )
    return st.one_of(mappings, st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"))


_VALUES = st.recursive(_SCALARS, _flow, max_leaves=8)


@_HYPOTHESIS
@given(
    changes=st.dictionaries(_KEYS.filter(lambda key: key != "[key]"), _VALUES, max_size=5),
    kind=st.sampled_from(list(KINDS)),
)
def test_any_structure_is_read_or_reported(changes: dict[str, str], kind: str, tmp_path: Path) -> None:
    kept = [line for line in RECORD.splitlines() if line.partition(":")[0] not in changes]
    text = "\n".join(kept + [f'"{key}": {value}' for key, value in changes.items()])
    for path in tmp_path.rglob("*.yaml"):
        path.unlink()
    evidence, problems = load_one(tmp_path, text, f"{kind}/2012/toy.yaml")
    assert evidence.found == 1
    assert accounted(evidence, problems)
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in problems)
