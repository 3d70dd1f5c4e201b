"""The evidence map's cells: which studies they hold, how much that is, and what each view of them holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backed.model import Evidence, Status, Study, Syntheses
from backed.render.mapped import ALL, Amount, Asked, Cell, Counted, Mapped, Row, amount, mapped, most_certain, views
from backed.synthesise import synthesise


@pytest.fixture(scope="module")
def syntheses(toy: Evidence) -> Syntheses:
    return synthesise(toy)


@pytest.fixture(scope="module")
def treatments(toy: Evidence, syntheses: Syntheses) -> Mapped:
    return mapped("interventions", toy, syntheses)


def one(
    study: str, people: int | None = 10, kind: str = "trial", condition: str = "neck-pain", same: tuple[str, ...] = ()
) -> Counted:
    return Counted(study, kind, condition, people, figures=True, same=same)


def test_a_row_holds_the_studies_of_its_narrower_terms(treatments: Mapped) -> None:
    held = {term: row.cells["pain-intensity"] for term, row in treatments.rows.items() if row.cells}
    assert {term: [each.study for each in cell.counted] for term, cell in held.items() if term != "exercise"} == {
        "aerobic-exercise": [
            "toy-2001-walking", "toy-2011-jogging", "toy-2012-cycling", "toy-2014-three-arms", "toy-2016-clinics",
        ],
        "walking": ["toy-2001-walking", "toy-2011-jogging", "toy-2014-three-arms", "toy-2016-clinics"],
        "cycling": ["toy-2012-cycling", "toy-2014-three-arms"],
    }  # fmt: skip
    assert (held["exercise"].amount.studies, held["exercise"].amount.reviews) == (5, 1)


def test_rows_stand_in_the_tree_and_those_nobody_studied_stand_there_too(treatments: Mapped) -> None:
    assert [(row.term, row.depth, row.studied) for row in treatments.rows.values()] == [
        ("exercise", 0, True),
        ("aerobic-exercise", 1, True),
        ("walking", 2, True),
        ("cycling", 2, True),
        ("back-school", 0, False),
    ]


def test_what_others_are_only_compared_with_is_no_row(treatments: Mapped) -> None:
    assert treatments.only_compared == ("inactive-control", "usual-care", "no-treatment")


def test_a_question_that_nothing_answers_is_a_cell(treatments: Mapped) -> None:
    cell = treatments.rows["exercise"].cells["function"]
    assert cell.counted == ()
    assert [(asked.comparison, asked.outcome, asked.level) for asked in cell.asked] == [
        ("exercise-v-nothing", "function", None)
    ]


def test_certainty_is_that_of_questions_on_just_this_term(treatments: Mapped) -> None:
    levels = {term: row.cells["pain-intensity"].level for term, row in treatments.rows.items() if row.cells}
    assert levels == {"exercise": "moderate", "aerobic-exercise": "low", "walking": None, "cycling": None}


def test_a_retracted_study_is_not_counted_and_one_that_stands_is(toy: Evidence, syntheses: Syntheses) -> None:
    gone = "sample-2005-retracted-exercise"

    def found(evidence: Evidence) -> bool:
        cells = mapped("interventions", evidence, syntheses).rows["exercise"].cells
        return any(each.study == gone for each in cells["pain-intensity"].counted)

    study: Study = toy.studies[gone].model_copy(update={"status": Status()})
    assert (found(toy), found(replace(toy, studies={**toy.studies, gone: study}))) == (False, True)


def test_a_result_told_in_words_is_of_what_the_study_tests(toy: Evidence, syntheses: Syntheses) -> None:
    study = toy.studies["toy-2001-walking"]
    finding = study.findings[0].model_copy(update={"outcome": "sleep"})
    told = study.model_copy(update={"findings": (finding,)})
    rows = mapped("interventions", replace(toy, studies={told.id: told}), syntheses).rows
    found = {term: row.cells["sleep"].amount for term, row in rows.items() if "sleep" in row.cells}
    amounts = Amount(studies=1, people=study.population.n.headline, told=1)
    assert found == {"exercise": amounts, "aerobic-exercise": amounts, "walking": amounts}


def test_people_of_one_sample_count_once() -> None:
    twice = [one("a", 40), one("b", 60, same=("a",)), one("c", 5)]
    assert amount(twice).people == 65
    assert amount(twice[::-1]).people == 65, "whichever of the two names the other, and in whatever order they come"
    assert amount(twice).studies == 3


def test_reviews_are_counted_apart_and_their_people_never_added() -> None:
    held = amount(
        [one("a", 40), one("r", 900, "review"), one("s", 300, "review"), replace(one("u", None), figures=False)]
    )
    assert held == Amount(studies=2, reviews=2, people=40, reviewed=900, told=1)
    assert held.largest == 900
    assert amount([one("a", None)]) == Amount(studies=1)
    assert amount([]).largest is None


def test_the_most_certain_answer_counts() -> None:
    levels = [Asked("c", "o", (), level) for level in ("very-low", None, "low")]
    assert (most_certain(levels), most_certain(levels[1:2])) == ("low", None)


def test_a_view_holds_the_studies_of_its_condition_and_kind(toy: Evidence) -> None:
    conditions = toy.vocabularies.conditions
    assert conditions["lasting-neck-pain"].broader == "neck-pain"
    wide, narrow = one("w"), one("n", condition="lasting-neck-pain", kind="cohort")
    asked = (Asked("c", "o", ("lasting-neck-pain",), "low"),)
    rows = [Row("t", 0, {"pain": Cell((wide, narrow), asked), "asked": Cell((), asked)})]
    found = views(rows, conditions)
    seen = {view: {place: held.counted for place, held in cells.items()} for view, cells in found.items()}
    both, none = {("t", "pain"): (wide, narrow), ("t", "asked"): ()}, {("t", "asked"): ()}
    assert seen[ALL, ALL] == seen["neck-pain", ALL] == both
    assert seen["lasting-neck-pain", ALL] == {("t", "pain"): (narrow,)} | none
    assert seen[ALL, "trial"] == seen["neck-pain", "trial"] == {("t", "pain"): (wide,)}
    assert ("lasting-neck-pain", "trial") not in seen


def test_a_question_on_other_people_lends_a_view_no_certainty(toy: Evidence) -> None:
    conditions = toy.vocabularies.conditions
    cell = Cell((one("w"), one("n", condition="lasting-neck-pain")), (Asked("c", "o", ("neck-pain",), "low"),))
    found = views([Row("t", 0, {"pain": cell})], conditions)
    assert found["neck-pain", ALL]["t", "pain"].level == "low"
    assert found["lasting-neck-pain", ALL]["t", "pain"].level is None
