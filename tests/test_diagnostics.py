"""Problems in the forms that people and programs read: a terminal, a pull request, JSON, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.diagnostics import Diagnostics, as_github, as_json, as_lines, as_sarif
from backed.examine import ALL_RULES
from backed.problem import Problem, Severity

SLIP = Problem(
    "ci-contains-estimate",
    Severity.ERROR,
    "evidence/studies/2001/toy, one: 50%.yaml",
    "the interval 2.65 to 3.86, 95%: does not\ncontain 2.52",
    "did you mean 1.65?",
    ("effects", 0, "ci"),
    23,
    9,
)
UNPLACED = Problem("reference-used", Severity.WARNING, "evidence/x.bib", "nothing cites `x`")
HOME = "https://backed.example/"


def found(*problems: Problem, site_url: str = "") -> Diagnostics:
    return Diagnostics(problems, ALL_RULES, 1, ("reference-used",), "checked 1 of 1 records", site_url)


def test_text_says_rule_place_expectation_hint_and_page() -> None:
    assert as_lines(found(SLIP)).splitlines() == [
        "evidence/studies/2001/toy, one: 50%.yaml:23:9: error ci-contains-estimate",
        "    effects.0.ci: the interval 2.65 to 3.86, 95%: does not",
        "contain 2.52",
        "    expected: A confidence interval contains its estimate, and its lower bound comes first.",
        "    hint: did you mean 1.65?",
        "    page: backed rules ci-contains-estimate",
        "checked 1 of 1 records",
    ]


def test_where_the_site_is_known_the_page_is_an_address() -> None:
    page = f"{HOME}rules/ci-contains-estimate/"
    shown = found(SLIP, site_url=HOME)
    assert f"page: {page}" in as_lines(shown)
    assert json.loads(as_json(shown))["problems"][0]["page"] == page
    assert f"page: {page}" in unquote(as_github(shown))


def test_github_annotations_are_escaped_as_the_runner_reads_them() -> None:
    command, summary = as_github(found(SLIP)).splitlines()
    head, _, data = command.removeprefix("::error ").partition("::")
    assert head == ("file=evidence/studies/2001/toy%2C one%3A 50%25.yaml,line=23,col=9,title=ci-contains-estimate")
    assert data.startswith("effects.0.ci: the interval 2.65 to 3.86, 95%25: does not%0Acontain 2.52%0Aexpected: ")
    assert summary == "checked 1 of 1 records"


def test_github_shows_errors_first_and_gives_every_annotation_a_line() -> None:
    first, second, _ = as_github(found(UNPLACED, SLIP)).splitlines()
    assert first.startswith("::error ")
    assert second.startswith("::warning file=evidence/x.bib,line=1,col=1,title=reference-used::")


def read_command(line: str) -> tuple[dict[str, str], str]:
    """Return properties and message as GitHub's runner reads a workflow command."""
    head, _, data = line.removeprefix("::error ").partition("::")
    properties = dict(part.split("=", 1) for part in head.split(","))
    marks = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    data_marks = {mark: marks[mark] for mark in ("%0D", "%0A", "%25")}
    return {name: _unescaped(value, marks) for name, value in properties.items()}, _unescaped(data, data_marks)


def _unescaped(text: str, marks: dict[str, str]) -> str:
    for mark, sign in marks.items():
        text = text.replace(mark, sign)
    return text


NAMES = st.text(st.sampled_from("ab%:, \r\nü/0ACD25"), min_size=1, max_size=12).filter(
    lambda name: not name.startswith("/") and Path(name).as_posix() == name
)


@settings(deadline=None)
@given(NAMES, st.text(st.sampled_from("ab%:,=\r\nü "), max_size=30))
def test_nothing_is_lost_in_an_annotation(name: str, message: str) -> None:
    problem = Problem("no-such-rule", Severity.ERROR, name, message, line=2, column=3)
    line = as_github(found(problem)).rpartition("\n")[0]
    assert "\n" not in line and "\r" not in line
    properties, data = read_command(line)
    assert properties == {"file": name, "line": "2", "col": "3", "title": "no-such-rule"}
    assert data == message


def test_json_has_every_part_and_says_what_was_not_looked_at() -> None:
    whole = json.loads(as_json(found(SLIP, UNPLACED)))
    assert whole["version"] == 1
    assert whole["checked"] == {"records": 1, "rules": len(ALL_RULES), "passed_over": ["reference-used"]}
    assert (whole["errors"], whole["warnings"]) == (1, 1)
    first, second = whole["problems"]
    assert first == {
        "rule": "ci-contains-estimate",
        "severity": "error",
        "file": SLIP.file,
        "line": 23,
        "column": 9,
        "at": ["effects", 0, "ci"],
        "message": SLIP.message,
        "expected": "A confidence interval contains its estimate, and its lower bound comes first.",
        "hint": "did you mean 1.65?",
        "page": "backed rules ci-contains-estimate",
    }
    assert (second["line"], second["column"], second["hint"]) == (None, None, "")


def test_sarif_has_what_the_standard_requires() -> None:
    log = json.loads(as_sarif(found(SLIP, UNPLACED, site_url=HOME)))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "Backed"
    assert [rule["id"] for rule in rules] == [rule.id for rule in ALL_RULES]
    for rule, doc in zip(rules, ALL_RULES, strict=True):
        assert rule["fullDescription"]["text"] == doc.text.strip()
        assert rule["helpUri"] == f"{HOME}rules/{doc.id}/"
        assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}
    first, second = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == SLIP.rule
    assert first["message"]["text"] == f"{SLIP.message}\n{SLIP.hint}"
    physical = first["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 23, "startColumn": 9}
    assert unquote(physical["artifactLocation"]["uri"]) == SLIP.file
    assert " " not in physical["artifactLocation"]["uri"]
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_sarif_names_no_page_where_there_is_no_site() -> None:
    rules = json.loads(as_sarif(found(SLIP)))["runs"][0]["tool"]["driver"]["rules"]
    assert not any("helpUri" in rule for rule in rules)


@pytest.mark.parametrize("form", [as_json, as_sarif])
def test_files_are_named_from_the_working_directory(
    form: Callable[[Diagnostics], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inside = Problem("r", Severity.ERROR, str(tmp_path / "evidence/x.yaml"), "m")
    assert "evidence/x.yaml" in _files(json.loads(form(found(inside))))


def _files(log: Any) -> list[str]:
    if "problems" in log:
        return [problem["file"] for problem in log["problems"]]
    results = log["runs"][0]["results"]
    return [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]
