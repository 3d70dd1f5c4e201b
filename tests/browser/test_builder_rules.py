"""The rules of the record builder and those of Python find the same in every example there is, and in every slip."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.builder import BUILDER, draft, problems
from tests.browser.visitor import Open
from tests.conftest import TOY
from tests.test_rules import MADE_HERE, SLIPS, examples, put

from backed.examine import ALL_RULES
from backed.load import LOAD_RULES
from backed.model import KINDS
from backed.problem import Problem

HERE = {rule.id: rule for rule in ALL_RULES if rule.in_browser}
FORM = {rule.id for rule in LOAD_RULES}
RULES = sorted(
    {rule.id for rule in ALL_RULES} - MADE_HERE - {"yaml-syntax", "yaml-feature", "duplicate-key", "bib-syntax"}
)
"""Every rule with examples that can be read as data, applied in a browser or not."""

Told = set[tuple[str, str, str]]
ProblemsIn = Callable[[Path], list[Problem]]


@pytest.fixture(scope="module")
def builder(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address + BUILDER)
    yield page
    page.close()


def test_the_rules_said_to_run_in_a_browser_are_those_that_do(builder: Page) -> None:
    form = {"unknown-key", "missing-key", "text-in-english", "wrong-type"}
    assert set(builder.evaluate("Object.keys(backedBuilder.rules)")) == set(HERE) - form
    assert builder.evaluate("backedBuilder.base.rules") == {rule.id: str(rule.severity) for rule in HERE.values()}


def test_the_page_lists_every_rule_in_one_of_two_lists(open_page: Open) -> None:
    page = open_page(BUILDER)
    here, later = (
        page.locator("details.bk-more").nth(place).locator("li code").all_text_contents() for place in (0, 1)
    )
    assert set(here) == set(HERE)
    assert sorted(here + later) == sorted(rule.id for rule in ALL_RULES)


def python_says(root: Path, file: str, found: list[Problem]) -> Told:
    """Return what Python's rules say of a record and of its works, by rule, place and words."""
    own = {f"{root.as_posix()}/{file}", f"{root.as_posix()}/{Path(file).with_suffix('.bib').as_posix()}"}
    mine = [one for one in found if one.file in own and one.rule in HERE]
    return {(one.rule, ".".join(map(str, one.at)), _words(one, root)) for one in mine}


def _words(problem: Problem, root: Path) -> str:
    return "" if problem.rule in FORM else problem.message.replace(f"{root.as_posix()}/", "")


def browser_says(found: list[dict[str, object]]) -> Told:
    said = set()
    for one in found:
        at = ".".join(map(str, one["at"]))  # type: ignore[call-overload]
        said.add((str(one["rule"]), at, "" if one["rule"] in FORM else str(one["message"])))
    return said


def records(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for kind in KINDS for path in (root / kind).rglob("*.yaml"))


def agree(builder: Page, root: Path, files: list[str], found: list[Problem]) -> None:
    """Hold what both say of some records against each other; where the form is faulty, the form only."""
    drafts = [draft(root, file) for file in files]
    for file, one in zip(files, problems(builder, root, drafts), strict=True):
        expected, said = python_says(root, file, found), browser_says(one)
        if any(rule in FORM for rule, _, _ in expected):
            expected, said = ({told for told in both if told[0] in FORM} for both in (expected, said))
        assert said == expected, file


@pytest.mark.parametrize("name", ["good", "bad"])
@pytest.mark.parametrize("rule", RULES)
def test_both_say_the_same_of_every_example(
    rule: str, name: str, builder: Page, toy_dir: Path, problems_in: ProblemsIn
) -> None:
    shown = examples(rule, name)
    put(toy_dir, shown)
    found = problems_in(toy_dir)
    files = [one.file for one in shown if one.file in records(toy_dir)]
    bibs = [Path(one.file).with_suffix(".yaml").as_posix() for one in shown if one.file.endswith(".bib")]
    agree(builder, toy_dir, [*files, *(file for file in bibs if (toy_dir / file).is_file())], found)
    if name == "bad" and rule in HERE:
        assert rule in {one.rule for one in found}


def test_both_say_nothing_of_the_toy_records(builder: Page) -> None:
    files = records(TOY)
    assert len(files) > 10
    assert dict(zip(files, problems(builder, TOY, [draft(TOY, file) for file in files]), strict=True)) == {
        f: [] for f in files
    }


@pytest.mark.parametrize(
    ("file", "old", "new"), [slip[:3] for slip in SLIPS if not slip[0].startswith("vocabularies/")]
)
def test_both_say_the_same_of_one_slip(
    file: str, old: str, new: str, builder: Page, tmp_path: Path, problems_in: ProblemsIn
) -> None:
    root = Path(shutil.copytree(TOY, tmp_path / "evidence"))
    text = (root / file).read_text(encoding="utf-8")
    (root / file).write_text(text.replace(old, new), encoding="utf-8")
    agree(builder, root, [file], problems_in(root))
