"""Meta-regression: its laws, and the sets that give none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.model import MetaRegression
from backed.synthesise.pool import TESTS, Test, pool
from backed.synthesise.regression import metaregression, why_none
from backed.synthesise.tau2 import METHODS, Method

Studies = list[tuple[float, float, float]]

figures = st.tuples(
    st.floats(-5, 5).map(lambda value: round(value, 3)),
    st.floats(0.01, 2).map(lambda value: round(value, 4)),
    st.integers(0, 30).map(float),
)
studies = st.lists(figures, min_size=4, max_size=10).filter(lambda rows: len({row[2] for row in rows}) > 2)
methods = st.sampled_from(METHODS)
exact_methods = st.sampled_from([method for method in METHODS if method != "EB"])
tests = st.sampled_from(TESTS)


def fitted(y: list[float], v: list[float], x: list[float], method: Method, test: Test) -> MetaRegression:
    found = metaregression(y, v, {"x": x}, method, test)
    assert found
    return found


def columns(rows: Studies) -> tuple[list[float], list[float], list[float]]:
    y, v, x = zip(*rows, strict=True)
    return list(y), list(v), list(x)


def close(one: float, other: float, scale: float = 1.0) -> bool:
    return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-6 * scale)


@settings(deadline=None)
@given(studies, methods, tests, st.floats(-50, 50).map(round))
def test_moving_the_moderator_moves_the_intercept_and_nothing_else(
    rows: Studies, method: Method, test: Test, by: int
) -> None:
    y, v, x = columns(rows)
    one, other = fitted(y, v, x, method, test), fitted(y, v, [value + by for value in x], method, test)
    assert close(one.beta[0], other.beta[0] + by * other.beta[1], 50)
    assert close(one.beta[1], other.beta[1])
    for key in ("tau2", "QE", "I2"):
        assert close(getattr(one, key), getattr(other, key)), key


@settings(deadline=None)
@given(studies, exact_methods, tests, st.sampled_from([0.01, 10.0, 1000.0]))
def test_other_units_scale_the_coefficients(rows: Studies, method: Method, test: Test, by: float) -> None:
    y, v, x = columns(rows)
    one, finer = fitted(y, v, x, method, test), fitted(y, v, [value * by for value in x], method, test)
    assert close(one.beta[1], finer.beta[1] * by)
    assert close(one.QMp, finer.QMp)
    bigger = fitted([value * by for value in y], [value * by**2 for value in v], x, method, test)
    assert close(one.beta[1] * by, bigger.beta[1], by)
    assert close(one.tau2 * by**2, bigger.tau2, by**2)


@settings(deadline=None)
@given(studies, methods, tests, st.randoms())
def test_neither_order_nor_direction_matters(rows: Studies, method: Method, test: Test, random: object) -> None:
    one = fitted(*columns(rows), method, test)
    shuffled = list(rows)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - hypothesis gives its own kind of random
    other = fitted(*columns([(-y, v, x) for y, v, x in shuffled]), method, test)
    for mine, turned in zip(one.beta, other.beta, strict=True):
        assert close(mine, -turned)
    for key in ("tau2", "QE", "QMp"):
        assert close(getattr(one, key), getattr(other, key)), key


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("method", METHODS)
def test_a_moderator_of_zeros_and_ones_compares_two_groups(method: Method, test: Test) -> None:
    y, v = [0.1, 0.3, 0.2, 0.8, 0.9, 1.4], [0.02, 0.03, 0.04, 0.02, 0.05, 0.03]
    found = fitted(y, v, [0, 0, 0, 1, 1, 1], method, test)
    if method == "EE" and test == "z":
        first, second = pool(y[:3], v[:3], "EE"), pool(y[3:], v[3:], "EE")
        assert found.beta == pytest.approx((first.beta, second.beta - first.beta))
        assert found.se[1] == pytest.approx(math.hypot(first.se, second.se))
    assert found.QMdf == (1, 0 if test == "z" else 4)
    assert pytest.approx(found.zval[1] ** 2) == found.QM
    assert found.QMp == pytest.approx(found.pval[1])
    assert found.ci_lb[1] < found.beta[1] < found.ci_ub[1]
    assert np.sqrt(np.diag(np.array(found.vb))) == pytest.approx(found.se)


def test_studies_that_lack_a_figure_are_left_out_and_the_rows_say_so() -> None:
    found = fitted([0.1, 9, 0.3, 0.8, 0.9], [0.02, 0.1, 0.04, 0.02, 0.05], [1, math.nan, 3, 4, 7], "REML", "z")
    assert found.rows == (0, 2, 3, 4)
    assert found.values == ((1, 3, 4, 7),)
    assert found == MetaRegression(
        **{
            **vars(fitted([0.1, 0.3, 0.8, 0.9], [0.02, 0.04, 0.02, 0.05], [1, 3, 4, 7], "REML", "z")),
            "rows": found.rows,
        }
    )


def test_without_heterogeneity_there_is_nothing_to_account_for() -> None:
    found = fitted([0.1, 0.11, 0.1, 0.12], [0.1, 0.2, 0.1, 0.3], [1, 2, 3, 5], "DL", "z")
    assert (found.tau2, found.R2) == (0, None)


@pytest.mark.parametrize(
    ("moderators", "words"),
    [
        ({}, "there is no moderator"),
        ({"x": [1, 1, 1, 1, 1]}, "x is the same in all studies"),
        ({"x": [1, 2, math.nan, math.nan, math.nan]}, "2 studies have all figures, and 2 coefficients need at least 3"),
        ({"x": [1, math.nan, math.nan, math.nan, math.nan]}, "1 study has all figures"),
        ({"x": [1, 2, 3, 4, 5], "z": [3, 5, 7, 9, 11]}, "x and z say the same"),
        ({"a": [1, 2, 3, 4, 6], "b": [1, 0, 1, 0, 1], "c": [2, 2, 4, 4, 7]}, "a and b and c say the same"),
        ({"a": [1, 2, 3, 4, 6], "b": [1, 0, 1, 0, 1], "c": [2, 9, 4, 5, 7], "d": [1, 1, 2, 0, 0]}, "5 coefficients"),
    ],
)
def test_what_gives_no_regression_says_why(moderators: dict[str, list[float]], words: str) -> None:
    y, v = [0.1, 0.5, 0.3, 0.8, 0.9], [0.02, 0.1, 0.04, 0.02, 0.05]
    assert metaregression(y, v, moderators) is None
    assert words in why_none(y, v, moderators)


def test_a_perfect_line_leaves_nothing() -> None:
    y, x = [1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]
    for method in METHODS:
        found = metaregression(y, [0.1, 0.2, 0.1, 0.3], {"x": x}, method, "z")
        assert found
        assert found.beta == pytest.approx((0, 1), abs=1e-12)
        assert pytest.approx(0, abs=1e-20) == found.QE
    exact = metaregression(y, [0.1, 0.2, 0.1, 0.3], {"x": x}, "DL", "knha")
    assert exact
    assert (exact.se, exact.QM, exact.QMp) == ((0, 0), math.inf, 0)
