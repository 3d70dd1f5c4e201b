"""Double extraction: what agrees, what differs, how a difference is settled, and what the page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.build import build
from backed.model import Evidence, Study, agreement
from backed.model.extraction import SecondExtraction
from backed.problem import Problem

ProblemsIn = Callable[[Path], list[Problem]]
TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
TRIAL = "studies/2001/toy-2001-walking.yaml"
SOUND: dict[str, object] = {
    "n": {"randomised": 120, "analysed": 116},
    "arms": {"walking": {"randomised": 61}},
    "effects": {
        "pain-12-weeks": {
            "estimate": "-1.20",
            "ci": ["-2.0", "-0.4"],
            "p": "= 0.004",
            "groups": {"walking": {"n": 59, "mean": "3.1", "sd": "1.9"}},
        }
    },
}


def extracted(toy: Evidence, **second: object) -> Study:
    study = toy.studies["toy-2001-walking"]
    given = {"by": "Cy Reader", "on": "2026-11-20", "read": "full-text", **second}
    made = study.extraction.model_copy(update={"second": SecondExtraction.model_validate(given)})
    return study.model_copy(update={"extraction": made})


def test_no_second_extraction_no_agreement(toy: Evidence) -> None:
    assert agreement(toy.studies["toy-2001-walking"]) is None


def test_the_same_numbers_agree_however_they_are_rounded_or_spaced(toy: Evidence) -> None:
    found = agreement(extracted(toy, **SOUND))
    assert found is not None
    assert len(found.figures) == found.equal == 10
    assert (found.percent, found.different, found.open) == (100, (), ())


def test_nothing_taken_again_is_no_disagreement(toy: Evidence) -> None:
    found = agreement(extracted(toy))
    assert found is not None
    assert (found.figures, found.percent) == ((), 100)


@pytest.mark.parametrize(
    ("second", "place", "first", "known"),
    [
        ({"n": {"randomised": 102}}, "n.randomised", 120, True),
        ({"n": {"eligible": 1250, "enrolled": 105}}, "n.enrolled", 150, True),
        ({"arms": {"walking": {"completed": 75}}}, "arms.walking.completed", 57, True),
        ({"arms": {"running": {"completed": 57}}}, "arms.running.completed", None, False),
        ({"effects": {"pain-12-weeks": {"ci": ["-2.0", "-0.04"]}}}, "effects.pain-12-weeks.ci.1", "-0.40", True),
        ({"effects": {"pain-12-weeks": {"p": "<0.004"}}}, "effects.pain-12-weeks.p", "0.004", True),
        ({"effects": {"pain-12-weeks": {"se": "0.4"}}}, "effects.pain-12-weeks.se", None, True),
        (
            {"effects": {"pain-12-weeks": {"groups": {"usual": {"sd": "2.0"}}}}},
            "effects.pain-12-weeks.groups.usual.sd",
            "2.2",
            True,
        ),
    ],
)
def test_each_kind_of_difference(
    toy: Evidence, second: dict[str, object], place: str, first: object, known: bool
) -> None:
    found = agreement(extracted(toy, **second))
    assert found is not None
    [one] = found.open
    assert (one.place, one.first, one.known) == (place, first, known)


@given(number=st.decimals(-99, 99, places=2), other=st.decimals(-99, 99, places=2))
def test_figures_agree_exactly_when_they_are_one_number(toy: Evidence, number: object, other: object) -> None:
    study = toy.studies["toy-2001-walking"]
    effect = study.effects[0].model_copy(update={"estimate": str(number)})
    study = study.model_copy(update={"effects": (effect,)})
    second = SecondExtraction.model_validate(
        {"by": "x", "on": "2026-11-20", "read": "abstract", "effects": {effect.id: {"estimate": f"{other}0"}}}
    )
    made = study.extraction.model_copy(update={"second": second})
    found = agreement(study.model_copy(update={"extraction": made}))
    assert found is not None
    assert found.equal == (number == other)


def test_a_settled_difference_stays_one_in_the_count(toy: Evidence) -> None:
    resolved = {"n.randomised": {"reason": {"en": "Table 1."}, "first": "102"}}
    found = agreement(extracted(toy, **SOUND, resolved=resolved))
    assert found is not None
    assert (found.equal, round(found.percent), found.open) == (9, 90, ())
    assert [one.place for one in found.different] == ["n.randomised"]


SECOND = """  second:
    by: Cy Reader
    on: 2026-11-20
    read: full-text
    n: {randomised: 102, analysed: 116}
"""
SETTLED = """    resolved:
      n.randomised: {reason: {en: "Table 1 prints 120; the second reader read the line above."}}
"""


def with_second(toy_dir: Path, second: str) -> Path:
    path = toy_dir / TRIAL
    text = path.read_text(encoding="utf-8")
    assert text.count("  checked_by: {name") == 1
    path.write_text(text.replace("  checked_by: {name", second + "  checked_by: {name"), encoding="utf-8")
    return toy_dir


def test_an_unsettled_difference_blocks_and_names_both_figures(toy_dir: Path, problems_in: ProblemsIn) -> None:
    [problem] = problems_in(with_second(toy_dir, SECOND))
    assert (problem.rule, problem.severity) == ("extractions-agree", "error")
    assert problem.message == "the second person read 102, the record says 120"
    line = (toy_dir / TRIAL).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("102")


def test_the_page_shows_agreement_and_what_was_settled(toy_dir: Path) -> None:
    built = build(with_second(toy_dir, SECOND + SETTLED), TEMPLATES)
    assert built.problems == ()
    page = next(page.content for page in built.pages if page.url == "studies/toy-2001-walking/")
    assert "by Cy Reader on 20 November 2026 (read: full text): <strong>1 of 2 figures alike (50%)</strong>" in page
    assert '<th scope="row">n · randomised</th>' in page
    assert "Table 1 prints 120" in page


@pytest.mark.parametrize("file", ["claims/exercise-helps.yaml", "comparisons/exercise-v-nothing.yaml"])
def test_a_claim_and_a_comparison_are_confirmed_by_another_person_than_who_judged_them(
    file: str, toy_dir: Path, problems_in: ProblemsIn
) -> None:
    path = toy_dir / file
    text = path.read_text(encoding="utf-8")
    line = 'checked_by: {name: "%s", on: 2026-11-20, compared: "both answers with the page"}\n'
    path.write_text(text + line % "Bo Reader", encoding="utf-8")
    assert problems_in(toy_dir) == []
    path.write_text(text + line % "backed  project", encoding="utf-8")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.line) == ("second-person", text.count("\n") + 1)


def test_the_page_of_a_confirmed_claim_names_who_checked_it(toy_dir: Path) -> None:
    path = toy_dir / "claims/exercise-helps.yaml"
    line = "checked_by: {name: Bo <b>Reader</b>, on: 2026-11-20, compared: both answers}\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    pages = {page.url: page.content for page in build(toy_dir, TEMPLATES).pages}
    shown = "Checked by: Bo &lt;b&gt;Reader&lt;/b&gt; on 20 November 2026 (both answers)."
    assert shown in pages["claims/exercise-helps/"]
    assert "Checked by Bo &lt;b&gt;Reader" in pages["claims/exercise-helps/review/"]
