"""How much the studies of a pool differ, and how they were pooled, in words."""

from __future__ import annotations

from ...model import Pool, Subgroups
from .. import words


def p_value(p: float) -> str:
    """Return a p-value with its sign: "p = 0.03", "p < 0.001"."""
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.01 else f"p = {min(p, 0.99):.2f}" if p <= 0.99 else "p > 0.99"


def method_words(pool: Pool) -> str:
    """Return how a pool was made: "random effects, Paule-Mandel; 95% interval: Wald, normal"."""
    return f"{words.METHODS[pool.method]}; 95% interval: {words.TESTS[pool.test]}"


def significant(value: float, digits: int = 2) -> str:
    """Return a number of no fixed scale with that many significant digits, never in powers of ten."""
    if abs(value) >= 10 ** (digits - 1):
        return words.signed(f"{value:,.0f}")
    return words.signed(f"{value:.{digits}g}") if abs(value) >= 1e-4 or value == 0 else "below 0.0001"


def heterogeneity(pool: Pool) -> str:
    """Return the line below a forest plot: tau² with its interval, I², Q with its p, and the method."""
    how = words.sentence_case(method_words(pool))
    pooled = pool.pooled
    if pooled.k < 2:
        return f"One study: nothing to compare it with. {how}."
    spread = ""
    if pool.confint is not None:
        low, high = pool.confint.tau2
        spread = f" (95% interval {significant(low)} to {significant(high)})"
    return (
        f"Heterogeneity: τ² = {significant(pooled.tau2)}{spread}, I² = {pooled.I2:.0f}%, "
        f"Q = {pooled.QE:.1f} on {pooled.k - 1} df ({p_value(pooled.QEp)}). {how}."
    )


def difference(groups: Subgroups) -> str:
    """Return the test of difference between subgroups as a sentence; '' without one."""
    if groups.q is None or groups.p is None:
        return ""
    return f"Difference between subgroups: Q = {groups.q:.1f} on {groups.freedom} df ({p_value(groups.p)})."
