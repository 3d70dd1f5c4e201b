"""Overlap of reviews: the corrected covered area, when it is worked out, and what the pages say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.build import Built, build
from backed.model import Evidence, Overlap, Study
from backed.synthesise import synthesise
from backed.synthesise.overlap import overlap

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
IDS = st.lists(st.integers(0, 12).map(lambda number: f"trial-{number}"), min_size=1, unique=True)


def review(evidence: Evidence, name: str, includes: list[str], studies: int | None = None) -> Study:
    made = evidence.studies["madeup-2020-exercise"]
    assert made.review is not None
    covers = made.review.model_copy(update={"includes": tuple(includes), "studies": studies or len(includes)})
    return made.model_copy(update={"id": name, "review": covers})


@given(first=IDS, second=IDS)
def test_of_two_reviews_it_is_the_shared_part_of_all_their_studies(
    toy: Evidence, first: list[str], second: list[str]
) -> None:
    found = overlap([review(toy, "a", first), review(toy, "b", second)])
    both, either = set(first) & set(second), set(first) | set(second)
    assert found is not None
    assert found.cca == pytest.approx(len(both) / len(either))
    assert set(found.shared) == both


def test_three_reviews_by_hand(toy: Evidence) -> None:
    found = overlap([review(toy, "a", ["p", "q", "r"]), review(toy, "b", ["q", "r", "s"]), review(toy, "c", ["r"])])
    assert found is not None
    # seven inclusions of four studies in three reviews: (7 - 4) / (4 * 3 - 4)
    assert (found.inclusions, found.studies) == (7, 4)
    assert found.cca == pytest.approx(3 / 8)
    assert found.shared == {"q": ("a", "b"), "r": ("a", "b", "c")}
    assert found.degree == "very high"


@pytest.mark.parametrize(
    ("cca", "degree"),
    [(0.0, "slight"), (0.05, "slight"), (0.051, "moderate"), (0.10, "moderate"), (0.15, "high"), (0.151, "very high")],
)
def test_degrees(cca: float, degree: str) -> None:
    assert Overlap((), (), {}, 1, 1, cca).degree == degree


def test_a_list_that_is_not_whole_gives_no_area(toy: Evidence) -> None:
    found = overlap([review(toy, "a", ["p", "q"], 40), review(toy, "b", ["q"])])
    assert found is not None
    assert (found.cca, found.degree, found.partial) == (None, None, ("a",))
    assert found.shared == {"q": ("a", "b")}


def test_one_review_with_a_list_has_no_overlap(toy: Evidence) -> None:
    made = review(toy, "b", [])
    assert overlap([review(toy, "a", ["p"]), made]) is None
    assert overlap([]) is None
    assert synthesise(toy).overlaps == {}


def second_review(toy_dir: Path, first: str, second: str, includes: str) -> Built:
    """Return the toy base with a second review that the comparison cites; ``studies`` of both are as given."""
    path = toy_dir / "studies/2020/madeup-2020-exercise.yaml"
    text = path.read_text(encoding="utf-8")
    other = text.replace("madeup-2020-exercise", "madeup-2019-again").replace("studies: 12", second)
    other = other.replace("includes: [toy-2001-walking]", f"includes: {includes}")
    folder = toy_dir / "studies/2019"
    folder.mkdir()
    (folder / "madeup-2019-again.yaml").write_text(other, encoding="utf-8")
    bib = (toy_dir / "studies/2020/madeup-2020-exercise.bib").read_text(encoding="utf-8")
    bib = bib.replace("madeup-2020-exercise", "madeup-2019-again").replace("{2020}", "{2019}")
    (folder / "madeup-2019-again.bib").write_text(bib.replace("toy.2020", "toy.2019"), encoding="utf-8")
    path.write_text(text.replace("studies: 12", first, 1), encoding="utf-8")
    return build(toy_dir, TEMPLATES)


def page(built: Built, url: str) -> str:
    return next(page.content for page in built.pages if page.url == url)


def test_the_page_says_how_far_reviews_overlap(toy_dir: Path) -> None:
    built = second_review(toy_dir, "studies: 1", "studies: 2", "[toy-2001-walking, toy-2012-cycling]")
    shown = page(built, "comparisons/exercise-v-nothing/")
    assert (
        "Overlap: very high (corrected covered area 50.0%: 2 different studies, counted 3 times in 2 reviews)" in shown
    )


def test_the_page_says_what_is_not_known(toy_dir: Path) -> None:
    built = second_review(toy_dir, "studies: 12", "studies: 12", "[toy-2012-cycling]")
    shown = page(built, "comparisons/exercise-v-nothing/")
    assert "No study recorded is in more than one of the reviews" in shown
    assert "so how far they overlap as a whole is not known" in shown
    assert "corrected covered area" not in shown


def test_the_page_says_that_pool_and_review_share_studies(toy: Evidence) -> None:
    built = build(Path(toy.root), TEMPLATES)
    shown = page(built, "comparisons/exercise-v-nothing/")
    assert "are not two proofs: 1 of the" in shown
