"""Subgroups: each group's own pool, and the test of difference between them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.model import Pooled
from backed.synthesise.pool import TESTS, Test, pool
from backed.synthesise.subgroups import between, grouped
from backed.synthesise.tau2 import METHODS, Method

Y, V = [0.1, 0.3, 0.2, 0.8, 0.9, 1.4], [0.02, 0.03, 0.04, 0.02, 0.05, 0.03]
studies = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 2), st.sampled_from("abc")), min_size=1, max_size=12)


@settings(deadline=None)
@given(studies, st.sampled_from(METHODS), st.sampled_from(TESTS))
def test_each_group_is_the_pool_of_its_studies(
    rows: list[tuple[float, float, str]], method: Method, test: Test
) -> None:
    groups = grouped([y for y, _, _ in rows], [v for _, v, _ in rows], [value for *_, value in rows], method, test)
    assert [group.value for group in groups] == list(dict.fromkeys(value for *_, value in rows))
    assert sorted(row for group in groups for row in group.rows) == list(range(len(rows)))
    for group in groups:
        one = [rows[row] for row in group.rows]
        assert group.pooled == pool([y for y, _, _ in one], [v for _, v, _ in one], method, test)


@pytest.mark.parametrize("method", METHODS)
def test_two_groups_are_compared_like_two_estimates(method: Method) -> None:
    groups = grouped(Y, V, ["early", "early", "early", "late", "late", "late"], method)
    first, second = (group.pooled for group in groups)
    q, freedom, p = between([first, second])
    z = (first.beta - second.beta) / math.hypot(first.se, second.se)
    assert q == pytest.approx(z**2)
    assert freedom == 1
    assert p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))


def test_under_equal_effects_q_falls_apart_into_within_and_between() -> None:
    groups = grouped(Y, V, ["a", "b", "a", "b", "c", "c"], "EE")
    q, freedom, _ = between([group.pooled for group in groups])
    assert q is not None
    assert freedom == 2
    assert q + sum(group.pooled.QE for group in groups) == pytest.approx(pool(Y, V, "EE").QE)


def test_the_order_of_the_groups_does_not_matter() -> None:
    pooled = [group.pooled for group in grouped(Y, V, ["a", "b", "a", "b", "c", "c"], "REML", "knha")]
    assert between(pooled)[0] == pytest.approx(between(pooled[::-1])[0])


def test_a_study_without_a_value_or_an_effect_is_in_no_group() -> None:
    groups = grouped([0.1, math.nan, 0.3, 0.4], [0.1, 0.1, 0.1, math.inf], ["a", "a", "", "b"])
    assert [(group.value, group.rows) for group in groups] == [("a", (0,))]


@pytest.mark.parametrize("pooled", [[], [pool(Y, V)]])
def test_fewer_than_two_groups_have_no_difference(pooled: list[Pooled]) -> None:
    assert between(pooled) == (None, 0, None)


def test_identical_effects_under_hksj_leave_nothing_to_measure_a_difference_by() -> None:
    groups = grouped([0.3, 0.3, 0.5, 0.9], [0.1, 0.2, 0.1, 0.1], ["a", "a", "b", "b"], "DL", "knha")
    assert between([group.pooled for group in groups]) == (None, 1, None)
