"""Doubles: what counts as one work or one sample twice, and what two studies may share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.check.duplicates import _signs
from backed.problem import Problem

ProblemsIn = Callable[[Path], list[Problem]]
CYCLING = "studies/2012/toy-2012-cycling"
WORDS = st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=7, max_size=12, unique=True)


def alike(first: str, second: str) -> bool:
    return not set(_signs(first)).isdisjoint(_signs(second))


@given(words=WORDS, place=st.integers(0, 6))
def test_titles_with_one_word_less_or_misspelt_are_alike(words: list[str], place: int) -> None:
    title = " ".join(words)
    less = " ".join(words[:place] + words[place + 1 :])
    slip = " ".join([*words[:place], words[place] + "x", *words[place + 1 :]])
    assert alike(title, less)
    assert alike(title, slip.upper())


@given(first=WORDS, second=WORDS)
def test_titles_of_other_words_are_not_alike(first: list[str], second: list[str]) -> None:
    if len(set(first) & set(second)) < len(set(first)) - 1:
        assert not alike(" ".join(first), " ".join(second))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (
            "Exercise for chronic back pain: trial results, part 1",
            "Exercise for chronic back pain: trial results, part 2",
            False,
        ),
        ("Exercise for chronic back pain: a trial", "EXERCISE in chronic back pain: the trial", True),
        ("Low back pain", "Low back pain", False),
        ("Café walking for chronic back pain", "Cafe walking for chronic back-pain", True),
    ],
)
def test_titles(first: str, second: str, same: bool) -> None:
    assert alike(first, second) is same


def change(toy_dir: Path, file: str, old: str, new: str) -> None:
    path = toy_dir / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("doi", ["10.5555/toy.2001.walking", "10.5555/TOY.2001.Walking"])
def test_a_doi_of_another_work_is_told_at_both(doi: str, toy_dir: Path, problems_in: ProblemsIn) -> None:
    change(toy_dir, f"{CYCLING}.bib", "10.5555/toy.2012.cycling", doi)
    problems = problems_in(toy_dir)
    assert {problem.rule for problem in problems} == {"identifier-unique"}
    assert {Path(problem.file).name for problem in problems} == {"toy-2012-cycling.bib", "toy-2001-walking.bib"}


COPY = """title: Toy trial of brisk walking, copied
summary: {en: 40 invented people.}
reports: [toy-2012-cycling]
design: {type: randomised-trial, countries: [NL]}
funding: {statement: not seen}
population:
  condition: lasting-neck-pain
  n: {randomised: 40}
  age: {mean: "39"}
  sources: [{report: toy-2012-cycling, locator: Abstract, printed: "forty; 20, 20; 39"}]
arms:
  - {id: brisk, label: {en: Brisk walking}, interventions: [walking], n: {randomised: 20}}
  - {id: usual, label: {en: Usual care}, interventions: [usual-care], n: {randomised: 20}}
extraction: {read: abstract, by: Backed project, on: 2026-11-20}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", 2),
        ("countries: [NL]", "countries: [BE, NL]", 2),
        ("countries: [NL]", "countries: [BE]", 0),
        ("randomised: 40", "enrolled: 40", 2),
        ("{type: randomised-trial, countries: [NL]}", "{type: single-group}", 0),
        ("condition: lasting-neck-pain", "condition: neck-pain", 2),
        ("condition: lasting-neck-pain", "condition: pain-free", 0),
        ("extraction:", "related: [{study: toy-2011-jogging, how: follow-up}]\nextraction:", 0),
        ("extraction:", "related: [{study: toy-2011-jogging, how: same-authors}]\nextraction:", 2),
    ],
)
def test_one_sample_under_two_ids(old: str, new: str, told: int, toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / f"{CYCLING}.yaml").write_text(COPY.replace(old, new) if old else COPY, encoding="utf-8")
    found = [problem for problem in problems_in(toy_dir) if problem.rule == "people-counted-once"]
    assert len(found) == told


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (("2009-01 2010-03", "2009-01 2010-03"), 2),
        (("2009 2010", "2009 2010"), 0),  # a year alone says too little
        (("2009-01 2010-03", "2009-01 2010-04"), 0),
    ],
)
def test_the_same_time_of_recruitment_is_a_sign_of_one_sample(
    times: tuple[str, str], told: int, toy_dir: Path, problems_in: ProblemsIn
) -> None:
    copy = COPY.replace('  age: {mean: "39"}\n', "")
    (toy_dir / f"{CYCLING}.yaml").write_text(_recruited(copy, times[0]), encoding="utf-8")
    other = toy_dir / "studies/2011/toy-2011-jogging.yaml"
    other.write_text(_recruited(other.read_text(encoding="utf-8"), times[1]), encoding="utf-8")
    change(toy_dir, f"{CYCLING}.bib", "{Toy, Ada and", "{Sample, Cy and")
    assert len([one for one in problems_in(toy_dir) if one.rule == "people-counted-once"]) == told


def test_people_recruited_after_the_others_are_others(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / f"{CYCLING}.yaml").write_text(_recruited(COPY, "2011-01 2011-05"), encoding="utf-8")
    other = toy_dir / "studies/2011/toy-2011-jogging.yaml"
    other.write_text(_recruited(other.read_text(encoding="utf-8"), "2009-01 2010-03"), encoding="utf-8")
    assert not [one for one in problems_in(toy_dir) if one.rule == "people-counted-once"]


def _recruited(record: str, times: str) -> str:
    first, last = times.split()
    line = f'  recruited: {{first: "{first}", last: "{last}"}}\n'
    return record.replace("population:\n", f"population:\n{line}", 1)


def test_another_first_author_and_another_age_are_another_sample(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / f"{CYCLING}.yaml").write_text(COPY.replace('  age: {mean: "39"}\n', ""), encoding="utf-8")
    change(toy_dir, f"{CYCLING}.bib", "{Toy, Ada and", "{Sample, Cy and")
    rules = {problem.rule for problem in problems_in(toy_dir)}
    assert "people-counted-once" not in rules
    assert "key-names-work" in rules
