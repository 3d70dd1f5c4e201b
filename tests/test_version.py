"""The version of a page: another one when, and only when, a record or a scale behind it says something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from backed.build import build
from backed.load import load
from backed.model import Study, digest, version_of

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
CLAIM = "claims/exercise-helps/"
COMPARISON = "comparisons/exercise-v-nothing/"
ARTICLE = "articles/rugtips/"

Edit = Callable[[str], str]


def versions(root: Path) -> dict[str, str]:
    """Return the version of each page that has one, by its address."""
    pages = build(root, TEMPLATES, "https://backed.example/").pages
    return {page.url: page.itself.title.partition(" (version ")[2] for page in pages if page.itself}


def moved(root: Path, file: str, edit: Edit) -> set[str]:
    """Return the pages that have another version after a file was edited."""
    before = versions(root)
    path = next(root.rglob(file))
    text = path.read_text(encoding="utf-8")
    assert edit(text) != text
    path.write_text(edit(text), encoding="utf-8")
    after = versions(root)
    assert before.keys() == after.keys()
    return {url for url in before if before[url] != after[url]}


def reword(text: str) -> str:
    """Return a record with one more word in its first English text."""
    return text.replace("{en: ", "{en: Surely ", 1)


def test_every_claim_comparison_and_article_has_a_version(toy_dir: Path) -> None:
    assert {url.partition("/")[0] for url in versions(toy_dir)} == {"claims", "comparisons", "articles"}
    assert len(versions(toy_dir)) == 8


def test_a_claim_moves_itself_and_its_article(toy_dir: Path) -> None:
    assert moved(toy_dir, "exercise-helps.yaml", reword) == {CLAIM, ARTICLE}


def test_a_comparison_moves_the_claims_it_answers(toy_dir: Path) -> None:
    assert moved(toy_dir, "exercise-v-nothing.yaml", reword) == {COMPARISON, CLAIM, ARTICLE}


def test_a_study_moves_whatever_shows_its_figures(toy_dir: Path) -> None:
    pages = moved(toy_dir, "madeup-2020-exercise.yaml", reword)
    assert {COMPARISON, CLAIM, ARTICLE} <= pages
    assert "comparisons/distress-onset/" not in pages


def test_a_smallest_important_difference_moves_what_is_judged_by_it(toy_dir: Path) -> None:
    def widen(text: str) -> str:
        return text.replace("reason: {en: ", "reason: {en: Surely ", 1)

    pages = moved(toy_dir, "instruments.yaml", widen)
    assert {COMPARISON, CLAIM, ARTICLE} <= pages
    assert "claims/magnets-heal/" not in pages


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda text: f"# A remark.\n{text}\n\n", id="comments and empty lines"),
        pytest.param(lambda text: text.replace("{en: ", "{en:   "), id="spaces"),
        pytest.param(lambda text: "\n".join([*text.split("\n")[1:], text.split("\n")[0]]), id="order of keys"),
    ],
)
def test_the_layout_of_a_file_moves_nothing(toy_dir: Path, edit: Edit) -> None:
    assert moved(toy_dir, "exercise-helps.yaml", edit) == set()


def test_the_place_of_a_file_moves_nothing(toy_dir: Path) -> None:
    before = versions(toy_dir)
    (toy_dir / "studies/1999").mkdir()
    for path in list((toy_dir / "studies/2001").iterdir()):
        path.rename(toy_dir / "studies/1999" / path.name)
    assert versions(toy_dir) == before


def test_the_day_is_the_newest_look_at_any_of_the_records(toy_dir: Path) -> None:
    studies = load(toy_dir).evidence.studies
    extracted, checked = studies["madeup-2020-exercise"], studies["toy-2001-walking"]
    assert extracted.extraction.checked_by is None
    assert checked.extraction.checked_by
    days = (checked.extraction.on, extracted.extraction.on, checked.extraction.checked_by.on)
    assert version_of([checked, extracted], []).on == max(days) == date(2026, 11, 21)
    assert version_of([extracted], []).on == extracted.extraction.on
    assert version_of([], []).on == date.min


def test_records_count_and_not_their_order(toy_dir: Path) -> None:
    studies = list(load(toy_dir).evidence.studies.values())

    def hashed(some: Iterable[Study]) -> str:
        listed = list(some)
        return version_of(listed, map(digest, listed)).hash

    assert hashed(studies) == hashed(reversed(studies))
    assert len({hashed(studies[:count]) for count in range(len(studies))}) == len(studies)
    assert all(len(digest(study)) == 64 for study in studies)
