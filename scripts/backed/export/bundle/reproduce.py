"""Pool the studies of this bundle again and compare the result with the published one.

    python reproduce.py              every outcome in the folder of this file
    python reproduce.py pain         only the outcomes named

Needs Python 3.8 or newer and nothing else. It was written apart from the programme that made the numbers and shares no
code with it: the variance between studies is found by bisection, the t distribution by its series for whole degrees of
freedom. It reads yi and vi of <outcome>/data.csv, takes method and test from <outcome>/results.json, prints each
number beside the published one, and ends with exit code 0 (all agree), 1 (one differs) or 2 (nothing to compare).

Licence: MIT.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import NormalDist
from typing import Any

TOLERANCE = 1e-6  # relative difference at which two numbers count as the same
COVERAGE = 0.95


# The variance between studies, tau2 -----------------------------------------------------------------------------


def weighted(y: list[float], v: list[float], tau2: float) -> tuple[list[float], float, float]:
    """Return the weights, the weighted mean and Q, the weighted sum of squares about it."""
    w = [1 / (one + tau2) for one in v]
    mean = dot(w, y) / math.fsum(w)
    return w, mean, dot(w, [(one - mean) ** 2 for one in y])


def dot(a: list[float], b: list[float]) -> float:
    """Return the sum of the products."""
    return math.fsum(a[i] * b[i] for i in range(len(a)))


def spread(y: list[float]) -> float:
    """Return the sum of squares about the plain mean."""
    mean = math.fsum(y) / len(y)
    return math.fsum((one - mean) ** 2 for one in y)


def dersimonian_laird(y: list[float], v: list[float]) -> float:
    """Return the estimate of DerSimonian and Laird (1986): by moments, from Q."""
    w, _, q = weighted(y, v, 0.0)
    return (q - (len(y) - 1)) / (math.fsum(w) - dot(w, w) / math.fsum(w))


def hedges_olkin(y: list[float], v: list[float]) -> float:
    """Return the estimate of Hedges and Olkin (1985): variance of the effects less the mean sampling variance."""
    return spread(y) / (len(y) - 1) - math.fsum(v) / len(v)


def sidik_jonkman(y: list[float], v: list[float]) -> float:
    """Return the estimate of Sidik and Jonkman (2005), started from the crude variance of the effects."""
    crude = spread(y) / len(y)
    return crude * weighted(y, [one + crude for one in v], 0.0)[2] / (len(y) - 1) if crude else 0.0


def paule_mandel(y: list[float], v: list[float]) -> float:
    """Return the estimate of Paule and Mandel (1982): the tau2 at which Q equals its degrees of freedom."""
    freedom = len(y) - 1
    # Q is at most spread / tau2, so the root is not above the plain variance of the effects
    return crossing(lambda tau2: weighted(y, v, tau2)[2] - freedom, 0.0, spread(y) / freedom)


def empirical_bayes(y: list[float], v: list[float]) -> float:
    """Return Morris' (1983) estimate where metafor's iteration stops: at steps of 1e-5 (at rest it would be PM's)."""
    k, tau2 = len(y), max(0.0, hedges_olkin(y, v))
    for _ in range(10_000):
        w, _, q = weighted(y, v, tau2)
        step = (q * k / (k - 1) - k) / math.fsum(w)
        while tau2 + step < 0:
            step = step / 2 if tau2 > 0 else 0.0
        tau2 += step
        if abs(step) <= 1e-5:
            break
    return tau2


def maximum_likelihood(y: list[float], v: list[float], restricted: bool) -> float:
    """Return the (restricted) maximum likelihood estimate: the top of the hill on which Hedges and Olkin's stands.

    Where the likelihood at zero is clearly higher than at that top, it is 0 (metafor's check of a lesser hill).
    """

    def slope(tau2: float) -> float:
        w, mean, _ = weighted(y, v, tau2)
        rise = math.fsum((w[i] * (y[i] - mean)) ** 2 for i in range(len(y))) - math.fsum(w)
        return rise + dot(w, w) / math.fsum(w) if restricted else rise

    def height(tau2: float) -> float:
        w, _, q = weighted(y, v, tau2)
        lost = q - math.fsum(map(math.log, w))
        return -0.5 * (lost + math.log(math.fsum(w)) if restricted else lost)

    top = uphill(slope, max(0.0, hedges_olkin(y, v)), math.fsum(v) / len(v))
    return 0.0 if height(0.0) - height(top) > sys.float_info.epsilon**0.25 else top


def uphill(slope: Callable[[float], float], start: float, unit: float) -> float:
    """Return where the slope turns, walking up from the start in steps of a tenth; 0 where it falls from there on."""
    here = start
    if slope(start) > 0:
        while slope(here) > 0:
            before, here = here, here * 1.1 + unit * 0.01
        return crossing(slope, before, here)
    while here > 1e-12 * unit:
        before, here = here, here * 0.9
        if slope(here) > 0:
            return crossing(slope, here, before)
    return crossing(slope, 0.0, here) if slope(0.0) > 0 else 0.0


def crossing(falling: Callable[[float], float], low: float, high: float) -> float:
    """Return by bisection where a function falls below zero; the low end where it is not above zero even there."""
    if falling(low) <= 0:
        return low
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if falling(middle) > 0:
            low = middle
        else:
            high = middle


TAU2: dict[str, Callable[[list[float], list[float]], float]] = {
    "DL": dersimonian_laird,
    "HE": hedges_olkin,
    "SJ": sidik_jonkman,
    "PM": paule_mandel,
    "EB": empirical_bayes,
    "ML": lambda y, v: maximum_likelihood(y, v, False),
    "REML": lambda y, v: maximum_likelihood(y, v, True),
}


# The normal and the t distribution ------------------------------------------------------------------------------


def within(t: float, freedom: int) -> float:
    """Return the probability that Student's t lies between -t and t (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term, total = (cosine if odd else 1.0), 0.0
    for n in range(odd, freedom - 1, 2):
        total += term
        term *= cosine * cosine * (n + 1) / (n + 2)
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def critical(freedom: int | None) -> float:
    """Return how many standard errors a 95% interval reaches; normal without degrees of freedom."""
    if freedom is None:
        return NormalDist().inv_cdf((1 + COVERAGE) / 2)
    return crossing(lambda t: COVERAGE - within(t, freedom), 0.0, 1e3)


def two_sided(beta: float, se: float, freedom: int | None) -> float:
    """Return the p-value of no effect."""
    if se == 0:
        return 1.0 if beta == 0 else 0.0
    distance = abs(beta / se)
    return math.erfc(distance / math.sqrt(2)) if freedom is None else 1 - within(distance, freedom)


# The pool -------------------------------------------------------------------------------------------------------


def pool(yi: list[float], v: list[float], method: str, test: str) -> dict[str, Any]:
    """Return the pooled effect with its interval and heterogeneity, under metafor's names."""
    k, origin = len(yi), yi[0]
    y = [one - origin for one in yi]  # nothing but the mean depends on where zero is, and identical effects stay so
    tau2 = max(0.0, TAU2[method](y, v)) if k > 1 and method != "EE" else 0.0
    w, mean, generalised = weighted(y, v, tau2)
    beta, se = mean + origin, 1 / math.sqrt(math.fsum(w))
    freedom = k - 1 if test in ("knha", "adhoc") and k > 1 else None  # one study keeps its own normal interval
    if freedom:
        factor = generalised / freedom  # Knapp and Hartung 2003; "adhoc": never narrower than without it
        se *= math.sqrt(max(1.0, factor) if test == "adhoc" else factor)
    reach, q = critical(freedom), weighted(y, v, 0.0)[2]
    i2, h2 = inconsistency(v, tau2, q, method)
    ahead = reach * math.sqrt(se**2 + tau2)
    return {
        "beta": beta,
        "se": se,
        "ci_lb": beta - reach * se,
        "ci_ub": beta + reach * se,
        "pval": two_sided(beta, se, freedom),
        "tau2": tau2,
        "I2": i2,
        "H2": h2,
        "QE": q,
        "pi_lb": beta - ahead,
        "pi_ub": beta + ahead,
        "weights": [100 * one / math.fsum(w) for one in w],
    }


def inconsistency(v: list[float], tau2: float, q: float, method: str) -> tuple[float, float]:
    """Return I2 (percent) and H2 from tau2 and the typical sampling variance, under equal effects from Q."""
    freedom = len(v) - 1
    if not freedom:
        return 0.0, 1.0
    if method == "EE":
        return (max(0.0, 100 * (q - freedom) / q) if q else 0.0), q / freedom
    w = [1 / one for one in v]
    typical = freedom * math.fsum(w) / (math.fsum(w) ** 2 - dot(w, w))
    return 100 * tau2 / (tau2 + typical), tau2 / typical + 1


def leave_one_out(y: list[float], v: list[float], method: str, test: str) -> dict[str, list[float]]:
    """Return estimate and interval without each study in turn."""
    fits = [pool(y[:i] + y[i + 1 :], v[:i] + v[i + 1 :], method, test) for i in range(len(y))]
    names = {"estimate": "beta", "ci_lb": "ci_lb", "ci_ub": "ci_ub"}
    return {name: [one[key] for one in fits] for name, key in names.items()}


# The comparison -------------------------------------------------------------------------------------------------

READ: dict[str, Callable[[float], float]] = {
    "none": float,
    "exp": lambda x: math.exp(x) if x < 700 else math.inf,  # ratios are pooled as logarithms
    "tanh": math.tanh,  # correlations are pooled as Fisher's z
}


def found_again(y: list[float], v: list[float], published: dict[str, Any]) -> dict[str, Any]:
    """Return all numbers that can be compared, in the form of results.json."""
    method, test, read = published["method"], published["test"], READ[published["transform"]]
    found = pool(y, v, method, test)
    names = {"estimate": "beta", "ci_lb": "ci_lb", "ci_ub": "ci_ub", "pi_lb": "pi_lb", "pi_ub": "pi_ub"}
    found["read"] = {name: read(found[key]) for name, key in names.items()}
    if published["read"]["leave1out"]:
        without = leave_one_out(y, v, method, test)
        found["read"]["leave1out"] = {name: [read(one) for one in ones] for name, ones in without.items()}
    return found


def pairs(here: Any, published: Any, at: str = "") -> Iterator[tuple[str, float, float]]:
    """Yield the name of each number with its two values; what was not published (null) is left out."""
    if isinstance(here, dict):
        for name in here:
            yield from pairs(here[name], published.get(name), f"{at} {name}".strip())
    elif isinstance(here, list) and published is not None:
        for i in range(max(len(here), len(published))):
            here_one = here[i] if i < len(here) else math.nan
            there_one = published[i] if i < len(published) else math.nan
            yield from pairs(here_one, there_one, f"{at} {i + 1}")
    elif published is not None:
        yield at, here, float(published)


def size(name: str, number: float, se: float, v: list[float], transform: str) -> float:
    """Return what a difference is measured against: the number, or where it is next to zero what it is small beside."""
    variance = math.fsum(v) / len(v)
    last = [word for word in name.split() if not word.isdigit()][-1]
    if name.startswith("read") and transform == "exp":
        return abs(number)
    if last == "tau2":
        return max(abs(number), 1e-3 * variance)
    if last in ("pval", "QE", "I2", "H2", "weights"):
        return max(abs(number), 1e-6)
    return max(abs(number), se, 1e-3 * math.sqrt(variance))


def compare(folder: Path) -> bool:
    """Print each number of an outcome beside the published one; return whether all agree."""
    published = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    with (folder / "data.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    y, v = [float(row["yi"]) for row in rows], [float(row["vi"]) for row in rows]
    print(f"{folder.name}: {len(y)} rows, {published['method']}, {published['test']}, {published['measure']}")
    print(f"  {'':28}{'here':>22}{'published':>24}{'difference':>12}")
    agree = True
    for name, here, there in pairs(found_again(y, v, published), published):
        difference = abs(here - there) / size(name, there, published["se"], v, published["transform"])
        same = difference <= TOLERANCE
        agree = agree and same
        print(f"  {name:28}{here:22.12g}{there:24.12g}{difference:12.1e}{'' if same else '  DIFFERS'}")
    return agree


def main(names: list[str]) -> int:
    """Compare the outcomes named, or all; return the exit code."""
    root = Path(__file__).resolve().parent
    folders = [root / name for name in names] or sorted(path.parent for path in root.glob("*/results.json"))
    missing = [
        str(one / name) for one in folders for name in ("results.json", "data.csv") if not (one / name).is_file()
    ]
    if missing or not folders:
        print(f"nothing to compare: {', '.join(missing) or 'no folder with results.json here'}", file=sys.stderr)
        return 2
    agree = [compare(folder) for folder in folders]
    print("all numbers agree" if all(agree) else "SOME NUMBERS DIFFER")
    return 0 if all(agree) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
