"""What pooling made of a table as lines for a terminal, each number with the method that gave it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from ..model import MetaRegression, Pooled, PooledGroups, Pooling
from .words import METHODS, TESTS

MEASURES: Final = {
    "RR": "log risk ratio",
    "OR": "log odds ratio",
    "RD": "risk difference",
    "PETO": "log odds ratio (Peto)",
    "MD": "mean difference",
    "SMD": "standardised mean difference (Hedges' g, exact)",
    "SMDH": "standardised mean difference (average standard deviation, unequal variances)",
    "ROM": "log ratio of means",
    "IRR": "log incidence rate ratio",
    "IRD": "difference of incidence rates",
    "COR": "correlation",
    "ZCOR": "correlation (Fisher's z)",
    "GEN": "effect as given",
}
RATIOS: Final = frozenset({"RR", "OR", "PETO", "ROM", "IRR"})
WIDTH: Final = 22


def pooling_lines(pooling: Pooling) -> Iterator[str]:
    """Yield the studies, the pooled effect and what goes with it, one line each."""
    pooled = pooling.pooled
    yield f"{MEASURES[pooling.measure]}, {_studies_in(pooled.k)}"
    yield ""
    yield from _studies(pooling)
    yield ""
    how, test = METHODS[pooled.method], TESTS[pooled.test]
    yield _line("effect", _interval(pooled.beta, pooled.ci_lb, pooled.ci_ub), f"{how}; 95% interval: {test}")
    if pooling.measure in RATIOS:
        bounds = (_ratio(value) for value in (pooled.beta, pooled.ci_lb, pooled.ci_ub))
        yield _line("  as a ratio", _interval(*bounds), "the same, exponentiated")
    yield _line("  standard error, p", f"{_number(pooled.se)}, p {_chance(pooled.pval)}", test)
    if pooled.pi_lb is not None and pooled.pi_ub is not None:
        words = f"{_number(pooled.pi_lb)} to {_number(pooled.pi_ub)}"
        yield _line("prediction interval", words, f"95%, {'normal' if pooled.test == 'z' else 't(k-1)'}")
    yield from _heterogeneity(pooling)
    yield from _counts(pooling)
    yield from _bias(pooling)
    yield from _left_out(pooling)
    if pooling.subgroups:
        yield from _subgroups(pooling.subgroups)
    if pooling.metaregression:
        yield from _regression(pooling.metaregression)


def _studies(pooling: Pooling) -> Iterator[str]:
    width = max(WIDTH, *(len(label) for label in pooling.labels))
    yield f"{'study':{width}}  {'effect':>10}  {'variance':>10}  weight %"
    for label, y, v, weight in zip(pooling.labels, pooling.yi, pooling.vi, pooling.pooled.weights, strict=True):
        yield f"{label:{width}}  {_number(y):>10}  {_number(v):>10}  {weight:8.2f}"


def _heterogeneity(pooling: Pooling) -> Iterator[str]:
    pooled, found = pooling.pooled, pooling.confint
    words = f"{_number(pooled.QE)}, df {pooled.k - 1}, p {_chance(pooled.QEp)}"
    yield _line("Q", words, "Cochran's Q, inverse-variance weights")
    profile = "; 95% interval: Q-profile" if found else ""
    origin = "from Q" if pooled.method == "EE" else "from tau²"
    tau2 = (pooled.tau2, *found.tau2) if found else (pooled.tau2,)
    yield _line("tau²", _interval(*tau2), ("set to 0" if pooled.method == "EE" else METHODS[pooled.method]) + profile)
    yield _line("I² %", _interval(pooled.I2, *(found.I2 if found else ())), origin + profile)
    yield _line("H²", _interval(pooled.H2, *(found.H2 if found else ())), origin + profile)


def _counts(pooling: Pooling) -> Iterator[str]:
    found = pooling.pooled2x2
    if found and math.isfinite(found.beta):
        name = "Peto's one-step method" if pooling.measure == "PETO" else "Mantel-Haenszel"
        yield _line("from the counts", _interval(found.beta, found.ci_lb, found.ci_ub), f"{name}; 95% interval: normal")


def _bias(pooling: Pooling) -> Iterator[str]:
    if egger := pooling.egger:
        words = f"t {_number(egger.zval)}, p {_chance(egger.pval)}"
        yield _line("Egger's test", words, "weighted regression on standard errors, t(k-2)")
    if rank := pooling.ranktest:
        yield _line("Begg's test", f"tau {_number(rank.tau)}, p {_chance(rank.pval)}", "Kendall's rank correlation")
    if fill := pooling.trimfill:
        words = f"{fill.k0} filled in on the {fill.side}; {_number(fill.beta)} (standard error {_number(fill.se)})"
        yield _line("trim and fill", words, f"estimator L0, {METHODS[pooling.pooled.method]}")


def _left_out(pooling: Pooling) -> Iterator[str]:
    refits = pooling.leave1out
    if refits:
        words = f"{_number(min(refits.estimate))} to {_number(max(refits.estimate))}"
        yield _line("with one left out", words, METHODS[pooling.pooled.method])


def _subgroups(found: PooledGroups) -> Iterator[str]:
    yield ""
    yield f"subgroups by {found.attribute}"
    for group in found.groups:
        one: Pooled = group.pooled
        words = f"{_interval(one.beta, one.ci_lb, one.ci_ub)}, {_studies_in(one.k)}, tau² {_number(one.tau2)}"
        yield _line(group.value, words, f"{METHODS[one.method]}; 95% interval: {TESTS[one.test]}")
    if found.QM is not None and found.QMp is not None:
        words = f"Q {_number(found.QM)}, df {found.QMdf}, p {_chance(found.QMp)}"
        yield _line("difference", words, "chi² of the groups' effects with their standard errors")


def _regression(found: MetaRegression) -> Iterator[str]:
    together = _degrees(found)
    yield ""
    yield f"meta-regression on {', '.join(found.moderators)}, {_studies_in(found.k)}"
    for name, *one in zip(
        ("intercept", *found.moderators), found.beta, found.ci_lb, found.ci_ub, found.pval, strict=True
    ):
        words = f"{_interval(*one[:3])}, p {_chance(one[3])}"
        yield _line(name, words, f"{METHODS[found.method]}; 95% interval: {TESTS[found.test].replace('k-1', 'k-p')}")
    yield _line("moderators together", f"{together}, p {_chance(found.QMp)}", "all coefficients but the intercept")
    words = f"Q {_number(found.QE)}, df {found.k - len(found.beta)}, p {_chance(found.QEp)}; tau² {_number(found.tau2)}"
    yield _line("what is left", words, METHODS[found.method])
    if found.R2 is not None:
        yield _line("R² %", _number(found.R2), "share of tau² accounted for" if found.method != "EE" else "adjusted R²")


def _degrees(found: MetaRegression) -> str:
    first, second = found.QMdf
    return f"F {_number(found.QM)}, df {first} and {second}" if second else f"chi² {_number(found.QM)}, df {first}"


def _studies_in(k: int) -> str:
    return "1 study" if k == 1 else f"{k} studies"


def _line(name: str, words: str, method: str) -> str:
    return f"{name:{WIDTH}}{words}  [{method}]"


def _interval(value: float, *bounds: float) -> str:
    return f"{_number(value)} ({_number(bounds[0])} to {_number(bounds[1])})" if bounds else _number(value)


def _ratio(logarithm: float) -> float:
    return math.exp(logarithm) if logarithm < 700 else math.inf


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e-3 or abs(value) >= 1e4 else f"{value:.4f}"


def _chance(p: float) -> str:
    return "< 0.0001" if p < 1e-4 else f"= {p:.4f}"
