"""The verdict as studies came in: our pool year by year, judged by the rule of today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backed.model import Answer, Asked, Evidence, Pool, Ruling, Syntheses, Verdict
from backed.synthesise import synthesise
from backed.synthesise.meta_analysis import pool_rows
from backed.synthesise.timeline import timeline

POOLED = ("movement-v-inactive", "pain")
ASKED = Asked(comparison=POOLED[0], outcome=POOLED[1], claimed="lower")


@pytest.fixture(scope="module")
def syntheses(toy: Evidence) -> Syntheses:
    return synthesise(toy)


def pool_of(answer: Answer) -> Pool:
    assert answer.pool is not None
    return answer.pool


def test_each_year_has_the_verdict_of_all_studies_until_then(syntheses: Syntheses) -> None:
    moments = syntheses.expected[POOLED].timeline
    assert [(one.year, one.studies, one.people, one.verdict) for one in moments] == [
        (2011, 1, 37, Verdict.SIZE_UNCERTAIN),
        (2014, 2, 124, Verdict.INCONCLUSIVE),
        (2016, 3, 215, Verdict.INCONCLUSIVE),
    ]
    assert moments[-1].interval == pool_of(syntheses.answers[POOLED]).interval
    assert moments[-1].verdict is syntheses.expected[POOLED].verdict


def test_each_moment_is_the_pool_of_its_studies_alone(toy: Evidence, syntheses: Syntheses) -> None:
    pool = pool_of(syntheses.answers[POOLED])
    question = toy.comparisons[POOLED[0]].outcomes[0]
    held: list[int] = []
    for moment in timeline(ASKED, syntheses.answers[POOLED]):
        held += moment.added
        alone = pool_rows([pool.rows[row] for row in held], question)
        assert alone is not None
        assert moment.interval.estimate == pytest.approx(alone.interval.estimate, rel=1e-9)
        assert moment.interval.lower == pytest.approx(alone.interval.lower, rel=1e-9)
        assert moment.interval.upper == pytest.approx(alone.interval.upper, rel=1e-9)


def test_studies_of_one_year_come_in_together(syntheses: Syntheses) -> None:
    answer = syntheses.answers[POOLED]
    pool = pool_of(answer)
    rows = tuple(replace(row, year=2011 if row.year == 2014 else row.year) for row in pool.rows)
    moments = timeline(ASKED, replace(answer, pool=replace(pool, rows=rows)))
    assert [(one.year, len(one.added), one.studies) for one in moments] == [(2011, 2, 2), (2016, 1, 3)]
    assert moments[0].interval == pool.cumulative[1]


def test_people_are_not_added_up_where_a_study_does_not_tell_them(syntheses: Syntheses) -> None:
    answer = syntheses.answers[POOLED]
    pool = pool_of(answer)
    rows = (pool.rows[0], replace(pool.rows[1], people=None), *pool.rows[2:])
    moments = timeline(ASKED, replace(answer, pool=replace(pool, rows=rows)))
    assert [one.people for one in moments] == [37, None, None]


def test_one_study_has_no_history(syntheses: Syntheses) -> None:
    alone = syntheses.expected["distress-onset", "onset"]
    assert isinstance(alone, Ruling)
    assert len(pool_of(alone.answer).rows) == 1
    assert alone.timeline == ()


def test_with_very_low_certainty_nothing_was_ever_known(syntheses: Syntheses) -> None:
    moments = timeline(ASKED, replace(syntheses.answers[POOLED], certainty="very-low"))
    assert {one.verdict for one in moments} == {Verdict.NOT_KNOWN}
