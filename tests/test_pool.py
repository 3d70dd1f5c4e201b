"""The laws of pooling on any studies, and the choices for sets that are hard."""

from __future__ import annotations

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, kendalltau

from backed.model import Pooled, RankTest
from backed.synthesise.bias import egger, ranktest, trimfill
from backed.synthesise.counts import pooled2x2
from backed.synthesise.design import OneMean, Regression
from backed.synthesise.escalc import escalc
from backed.synthesise.pool import TESTS, Test, Z, confint, pool
from backed.synthesise.sensitivity import cumulative, influence, leave1out
from backed.synthesise.tau2 import METHODS, Method, heterogeneity, q_statistic

Studies = list[tuple[float, float]]

effects = st.floats(-5, 5).map(lambda value: round(value, 3))
variances = st.floats(0.01, 2).map(lambda value: round(value, 4))
studies = st.lists(st.tuples(effects, variances), min_size=2, max_size=12)
methods = st.sampled_from(METHODS)
exact_methods = st.sampled_from([method for method in METHODS if method != "EB"])  # EB stops at a fixed difference
tests = st.sampled_from(TESTS)
EXACT_KEYS = ("beta", "se", "ci_lb", "ci_ub", "tau2", "QE", "pi_lb", "pi_ub")
BCG_Y = [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694]
BCG_V = [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564]


def pooled(found: Studies, method: Method, test: Test) -> Pooled:
    return pool([y for y, _ in found], [v for _, v in found], method, test)


def close(one: float | None, other: float | None, scale: float = 1.0) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-7 * scale)


@settings(deadline=None)
@given(effects, variances, methods, tests)
def test_one_study_returns_itself(y: float, v: float, method: Method, test: Test) -> None:
    one = pool([y], [v], method, test)
    assert (one.k, one.beta, one.tau2, one.QE, one.QEp, one.I2, one.H2) == (1, y, 0, 0, 1, 0, 1)
    assert one.se == pytest.approx(math.sqrt(v), rel=1e-14)
    assert (one.ci_lb, one.ci_ub) == pytest.approx((y - Z * math.sqrt(v), y + Z * math.sqrt(v)))
    assert one.weights == (100.0,)


@settings(deadline=None)
@given(studies, methods, tests, st.randoms())
def test_order_does_not_matter(found: Studies, method: Method, test: Test, random: object) -> None:
    order = list(range(len(found)))
    getattr(random, "shuffle")(order)  # noqa: B009 - hypothesis gives its own kind of random
    one, other = pooled(found, method, test), pooled([found[place] for place in order], method, test)
    for key in EXACT_KEYS:
        assert close(getattr(one, key), getattr(other, key)), key
    assert [one.weights[place] for place in order] == pytest.approx(other.weights, abs=1e-5)


@settings(deadline=None)
@given(studies, methods, tests, st.floats(-100, 100))
def test_shifting_all_effects_shifts_the_result_and_nothing_else(
    found: Studies, method: Method, test: Test, by: float
) -> None:
    one, other = pooled(found, method, test), pooled([(y + by, v) for y, v in found], method, test)
    for key in ("beta", "ci_lb", "ci_ub", "pi_lb", "pi_ub"):
        before, after = getattr(one, key), getattr(other, key)
        assert close(None if before is None else before + by, after), key
    for key in ("se", "tau2", "QE"):
        assert close(getattr(one, key), getattr(other, key)), key


@settings(deadline=None)
@given(studies, exact_methods, tests, st.sampled_from([0.01, 0.1, 3.0, 100.0]))
def test_another_unit_scales_the_result(found: Studies, method: Method, test: Test, by: float) -> None:
    one, other = pooled(found, method, test), pooled([(y * by, v * by**2) for y, v in found], method, test)
    for key in ("beta", "se", "ci_lb", "ci_ub"):
        assert close(getattr(one, key) * by, getattr(other, key), by), key
    assert close(one.tau2 * by**2, other.tau2, by**2)
    for key in ("QE", "I2", "H2"):
        assert close(getattr(one, key), getattr(other, key), 100), key


@settings(deadline=None)
@given(studies, methods, tests)
def test_the_other_direction_turns_the_sign(found: Studies, method: Method, test: Test) -> None:
    one, other = pooled(found, method, test), pooled([(-y, v) for y, v in found], method, test)
    assert close(one.beta, -other.beta)
    assert close(one.ci_lb, -other.ci_ub)
    assert close(one.ci_ub, -other.ci_lb)
    for key in ("se", "tau2", "QE", "pval"):
        assert close(getattr(one, key), getattr(other, key)), key


@settings(deadline=None)
@given(studies, methods, tests)
def test_what_is_always_so(found: Studies, method: Method, test: Test) -> None:
    one = pooled(found, method, test)
    assert min(y for y, _ in found) - 1e-9 <= one.beta <= max(y for y, _ in found) + 1e-9
    assert one.tau2 >= 0
    assert 0 <= one.I2 <= 100
    assert 0 <= one.pval <= 1
    assert 0 <= one.QEp <= 1
    assert sum(one.weights) == pytest.approx(100)
    if one.pi_lb is not None and one.pi_ub is not None:
        assert one.pi_lb <= one.ci_lb <= one.beta <= one.ci_ub <= one.pi_ub


@settings(deadline=None)
@given(studies)
def test_the_profile_interval_holds_the_values_its_q_allows(found: Studies) -> None:
    y, v = np.array(found).T
    low, high = confint(y, v).tau2
    design = OneMean(y - y.mean())
    for end, tail in ((low, 0.025), (high, 0.975)):
        if end > 0:
            assert chi2.sf(float(q_statistic(design, 1 / (v + end))), len(y) - 1) == pytest.approx(tail, rel=1e-6)
    assert 0 <= low <= high


@settings(deadline=None)
@given(studies)
def test_leaving_out_and_adding_up_are_pools_of_fewer_studies(found: Studies) -> None:
    y, v = [one for one, _ in found], [one for _, one in found]
    without = leave1out(y, v, "DL", "knha")
    assert without
    added = cumulative(y, v, "DL")
    for place in range(len(y)):
        rest = pool(y[:place] + y[place + 1 :], v[:place] + v[place + 1 :], "DL", "knha")
        assert close(without.estimate[place], rest.beta)
        assert close(without.se[place], rest.se)
        assert close(added.estimate[place], pool(y[: place + 1], v[: place + 1], "DL").beta)


@pytest.mark.parametrize("method", METHODS)
def test_a_regression_on_nothing_but_a_constant_is_the_mean(method: Method) -> None:
    y, v = np.array(BCG_Y) - np.mean(BCG_Y), np.array(BCG_V)
    mean, regression = OneMean(y), Regression(y, np.ones((len(y), 1)))
    assert heterogeneity(regression, v, method) == pytest.approx(float(heterogeneity(mean, v, method)), rel=1e-9)


@pytest.mark.parametrize(("method", "score"), [("ML", 0), ("REML", 1)])
def test_maximum_likelihood_is_a_maximum(method: Method, score: int) -> None:
    y, v = np.array(BCG_Y), np.array(BCG_V)
    tau2 = pool(y, v, method).tau2

    def likelihood(at: float) -> float:
        w = 1 / (v + at)
        mean = (w * y).sum() / w.sum()
        return float(-0.5 * (np.log(v + at).sum() + (w * (y - mean) ** 2).sum() + score * np.log(w.sum())))

    assert all(likelihood(tau2) > likelihood(tau2 * factor) for factor in (0.5, 0.99, 1.01, 2))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("test", TESTS)
def test_identical_effects_differ_in_nothing(method: Method, test: Test) -> None:
    one = pool([0.3, 0.3, 0.3], [0.1, 0.2, 0.3], method, test)
    assert (one.tau2, one.QE, one.I2) == (0, 0, 0)
    assert one.beta == pytest.approx(0.3)
    assert one.se == (0 if test == "knha" else pytest.approx(math.sqrt(1 / (1 / 0.1 + 1 / 0.2 + 1 / 0.3))))
    assert one.pval == pytest.approx({"z": 0.19895, "knha": 0, "adhoc": 0.32765}[test], abs=1e-5)
    assert egger([0.3, 0.3, 0.3], [0.1, 0.2, 0.3]) is None


def test_two_studies_have_one_degree_of_freedom() -> None:
    one = pool([0, 1], [0.1, 0.1], "DL", "knha")
    assert one.tau2 == pytest.approx(0.5 - 0.1)
    assert one.se == pytest.approx(0.5)
    assert one.ci_ub == pytest.approx(0.5 + 12.7062047361747 * 0.5)


def test_an_infinite_variance_tells_nothing() -> None:
    assert asdict(pool([1, 5, 2], [0.1, math.inf, 0.2])) == asdict(pool([1, 2], [0.1, 0.2]))


@pytest.mark.parametrize(("y", "v"), [([], []), ([1.0], [math.inf]), ([1.0, 2.0], [0.1, 0.0]), ([1.0], [-1.0])])
def test_what_cannot_be_pooled_is_refused(y: list[float], v: list[float]) -> None:
    with pytest.raises(ValueError, match=r"variance"):
        pool(y, v)


def test_figures_beyond_double_precision_are_refused() -> None:
    with pytest.raises(ArithmeticError):
        pool([1, 2], [1e-320, 1], "EE")


def test_without_heterogeneity_random_effects_are_equal_effects() -> None:
    y, v = [0.1, 0.12, 0.09], [0.1, 0.2, 0.3]
    equal = pool(y, v, "EE")
    for method in ("DL", "REML", "PM", "ML", "HE", "EB"):
        one = pool(y, v, method)
        assert one.tau2 == 0
        assert (one.beta, one.se, one.ci_lb) == (equal.beta, equal.se, equal.ci_lb)
        assert one.pi_lb == pytest.approx(one.ci_lb)


def test_a_flat_profile_gives_zero_to_zero() -> None:
    assert confint([0.1, 0.1, 0.1], [1, 1, 1]).tau2 == (0, 0)


def test_zero_cells_get_halves_only_where_they_stand() -> None:
    columns = {"ai": [0, 5], "bi": [10, 5], "ci": [2, 1], "di": [8, 9]}
    yi, vi = escalc("OR", columns)
    assert yi == pytest.approx([math.log(0.5 / 10.5) - math.log(2.5 / 8.5), math.log(9)])
    assert vi == pytest.approx([1 / 0.5 + 1 / 10.5 + 1 / 2.5 + 1 / 8.5, 2 / 5 + 1 + 1 / 9])


def test_no_event_in_either_arm_is_kept_with_halves_and_adds_nothing_to_the_counts() -> None:
    columns = {"ai": [0.0, 5], "bi": [10.0, 5], "ci": [0.0, 1], "di": [10.0, 9]}
    assert escalc("RR", columns)[0][0] == 0
    alone = {name: values[1:] for name, values in columns.items()}
    for measure in ("OR", "RR", "PETO"):
        assert pooled2x2(measure, columns) == pooled2x2(measure, alone)
    assert pooled2x2("RD", columns) != pooled2x2("RD", alone)


def test_no_event_anywhere_has_no_pooled_counts() -> None:
    columns = {"ai": [0.0], "bi": [10.0], "ci": [0.0], "di": [10.0]}
    for measure in ("OR", "RR", "PETO"):
        assert math.isnan(pooled2x2(measure, columns).beta)


def test_a_correlation_becomes_fishers_z() -> None:
    yi, vi = escalc("ZCOR", {"ri": [0.5, 0.2, 1.0], "ni": [28.0, 3.0, 30.0]})
    assert yi[0] == pytest.approx(0.5493061443340549)
    assert vi[0] == pytest.approx(1 / 25)
    assert np.isnan(yi[1:]).all()
    assert np.isnan(vi[1:]).all()


def test_hedges_correction_is_the_exact_one() -> None:
    columns = {"m1i": [1.0], "sd1i": [1.0], "n1i": [3.0], "m2i": [0.0], "sd2i": [1.0], "n2i": [3.0]}
    exact = math.gamma(2) / (math.sqrt(2) * math.gamma(1.5))
    assert escalc("SMD", columns)[0][0] == pytest.approx(exact, rel=1e-14)
    assert exact != pytest.approx(1 - 3 / (4 * 4 - 1), rel=1e-4)


def test_means_of_opposite_sign_have_no_ratio() -> None:
    columns = {"m1i": [-1.0], "sd1i": [1.0], "n1i": [9.0], "m2i": [2.0], "sd2i": [1.0], "n2i": [9.0]}
    assert np.isnan(escalc("ROM", columns)[0]).all()


def test_begg_counts_all_orders_where_nothing_is_tied() -> None:
    y, v = np.array(BCG_Y), np.array(BCG_V)
    standardised = (y - (y / v).sum() / (1 / v).sum()) / np.sqrt(v - 1 / (1 / v).sum())
    theirs, ours = kendalltau(standardised, v, method="exact"), ranktest(y, v)
    assert ours
    assert (ours.tau, ours.pval) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_few_studies_have_no_tests_of_bias() -> None:
    y, v = [0.1, 0.2], [0.1, 0.2]
    assert (egger(y, v), trimfill(y, v)) == (None, None)
    assert ranktest(y, v) == RankTest(1, 1)
    assert (ranktest(y[:1], v[:1]), influence(y[:1], v[:1]), leave1out(y[:1], v[:1])) == (None, None, None)
    assert egger([0.1, 0.2, 0.4], [0.1, 0.1, 0.1]) is None
    assert ranktest([0.1, 0.2, 0.4], [0.1, 0.1, 0.1]) is None


def test_a_lopsided_funnel_is_filled_in_on_the_empty_side() -> None:
    y, v = [0.1, 0.12, 0.2, 0.5, 0.8, 1.1], [0.001, 0.002, 0.01, 0.1, 0.2, 0.3]
    fill = trimfill(y, v)
    assert fill
    assert fill.side == "left"
    assert fill.k0 > 0
    assert fill.beta < pool(y, v).beta
    turned = trimfill([-one for one in y], v)
    assert turned
    assert (turned.k0, turned.side) == (fill.k0, "right")
    assert turned.beta == pytest.approx(-fill.beta)


def test_influence_points_at_the_study_that_moves_the_result() -> None:
    found = influence([0.1, 0.12, 0.09, 0.11, 3.0], [0.1, 0.1, 0.1, 0.1, 0.1])
    assert found
    assert max(range(5), key=lambda place: found.cook[place]) == 4
    assert found.tau2[4] == 0
    assert sum(found.hat) == pytest.approx(1)
