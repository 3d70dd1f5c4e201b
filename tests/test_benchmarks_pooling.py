"""The benchmark of pooling: the same sets for the same seed, and metafor finds what we find in them."""

from __future__ import annotations

import pytest
from benchmarks.pooling import Timed, by_metafor, by_us, comparisons, rscript_with_metafor, same

RSCRIPT = rscript_with_metafor()


def test_the_same_seed_makes_the_same_sets() -> None:
    sets = comparisons(5, 10, seed=1)
    assert sets == comparisons(5, 10, seed=1)
    assert sets != comparisons(5, 10, seed=2)
    assert [(len(y), len(v)) for y, v in sets] == [(10, 10)] * 5
    assert all(0.01 <= one <= 0.2 for _, v in sets for one in v)


def test_a_result_that_differs_is_seen() -> None:
    ours = by_us(comparisons(3, 6, seed=1))
    assert len(ours.results) == 3
    beta, tau2 = ours.results[2]
    assert same(ours, ours)
    assert not same(ours, Timed(1, 1, "", [*ours.results[:2], (beta + 0.01, tau2)]))


@pytest.mark.skipif(RSCRIPT is None, reason="R with metafor is not installed")
def test_metafor_finds_the_same() -> None:
    assert RSCRIPT
    sets = comparisons(5, 10, seed=3)
    theirs = by_metafor(sets, RSCRIPT)
    assert same(by_us(sets), theirs)
    assert theirs.seconds > 0
    assert "metafor" in theirs.versions
