"""Tail areas and quantiles agree with SciPy's, from one degree of freedom to many."""

from __future__ import annotations

import pytest
from scipy import stats

from backed.check.distributions import MANY, as_normal, critical, two_sided, z_of

FREEDOMS = (1, 2, 3, 7.5, 18, 40, 137, 1000)


@pytest.mark.parametrize("freedom", FREEDOMS)
@pytest.mark.parametrize("statistic", [0.0, 0.01, 0.5, 1.96, -3.0, 9.0, 40.0])
def test_the_tail_of_the_t_distribution(statistic: float, freedom: float) -> None:
    assert two_sided(statistic, freedom) == pytest.approx(2 * stats.t.sf(abs(statistic), freedom), rel=1e-8)


@pytest.mark.parametrize("freedom", FREEDOMS)
@pytest.mark.parametrize("level", [50, 80, 90, 95, 99, 99.9])
def test_how_far_an_interval_reaches(level: float, freedom: float) -> None:
    assert critical(level, freedom) == pytest.approx(stats.t.ppf(0.5 + level / 200, freedom), rel=1e-8)


def test_with_many_degrees_of_freedom_it_is_the_normal_distribution() -> None:
    assert two_sided(1.96, MANY) == pytest.approx(2 * stats.norm.sf(1.96))
    assert critical(95) == pytest.approx(1.959964, abs=1e-6)
    assert critical(99.99999999999999) > 8
    assert as_normal(2.0) == pytest.approx(2.0)
    assert as_normal(2.086, 20) == pytest.approx(1.96, abs=1e-3)
    assert z_of(1.0) == 0
    assert z_of(0.0) == 40
