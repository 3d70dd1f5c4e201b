"""Two sides to an effect size: the measures of metafor's escalc, for one study and with the numbers said."""

from __future__ import annotations

import math

import numpy as np

from ...model import Figure, Measure
from ..escalc import escalc, small_sample
from .arm import Count, Means, Rate
from .working import Working, less, shown

Size = tuple[float, float]
"""An effect on the scale of analysis, and its sampling variance."""

FEWEST = 3
"""People in both groups together (in effect) above which Hedges' correction exists."""
TOO_FEW = "too few people for this measure"

COUNTED = {
    Measure.RISK_RATIO: "RR",
    Measure.ODDS_RATIO: "OR",
    Measure.RISK_DIFFERENCE: "RD",
    Measure.PETO_ODDS_RATIO: "PETO",
}
"""Measures of events, by the name escalc has for them."""


def difference(one: Means, two: Means, working: Working, printed: Figure | None = None) -> Size | str:
    """Return the mean difference in the units of the instrument (as ``printed``, if it is), and its variance."""
    size = _escalc("MD", m1i=one.mean, sd1i=one.sd, n1i=one.n, m2i=two.mean, sd2i=two.sd, n2i=two.n)
    if isinstance(size, str):
        return size
    yi, vi = size
    parts = f"{shown(one.sd)}²/{shown(one.n)} + {shown(two.sd)}²/{shown(two.n)}"
    made = f"{less(one.mean, two.mean)} = {shown(yi)}" if printed is None else shown(printed)
    working.note("mean-difference", f"MD = {made}, SE = √({parts}) = {shown(math.sqrt(vi))}")
    return yi if printed is None else printed.value, vi


def standardised(one: Means, two: Means, working: Working, printed: Figure | None = None) -> Size | str:
    """Return Hedges' g from two arms (of the difference as ``printed``, if it is), and its variance."""
    if one.n + two.n <= FEWEST:
        return TOO_FEW
    sd = within(one, two, working)
    apart = one.mean - two.mean if printed is None else printed.value
    return hedges(apart, sd, 1 / one.n + 1 / two.n, one.n, two.n, working)


def within(one: Means, two: Means, working: Working) -> float:
    """Return the SD within both groups together."""
    freedom = one.n + two.n - 2
    sd = math.sqrt(((one.n - 1) * one.sd**2 + (two.n - 1) * two.sd**2) / freedom)
    working.note("pooled-sd", f"SD within groups = {shown(sd)}, from {shown(one.sd)} and {shown(two.sd)}")
    return sd


def hedges(apart: float, sd: float, spread: float, n1: float, n2: float, working: Working) -> Size | str:
    """Return Hedges' g of a difference with that SD, and its variance; ``spread`` is (SE/SD)²."""
    freedom = n1 + n2 - 2
    correction = float(small_sample(np.asarray(freedom, dtype=np.float64)))
    if not math.isfinite(correction):
        return TOO_FEW
    g = correction * apart / sd
    vi = spread + g**2 / (2 * (n1 + n2))
    said = f"g = {shown(correction)} × {shown(apart)} / {shown(sd)} = {shown(g)}, SE = {shown(math.sqrt(vi))}"
    working.note("hedges-g", said)
    return g, vi


def ratio(one: Means, two: Means, working: Working) -> Size | str:
    """Return the logarithm of the ratio of two means, and its variance."""
    if one.mean <= 0 or two.mean <= 0:
        return "a ratio of means needs means above zero"
    size = _escalc("ROM", m1i=one.mean, sd1i=one.sd, n1i=one.n, m2i=two.mean, sd2i=two.sd, n2i=two.n)
    if isinstance(size, str):
        return size
    yi, vi = size
    said = f"ln({shown(one.mean)} / {shown(two.mean)}) = {shown(yi)}, SE = {shown(math.sqrt(vi))}"
    working.note("ratio-of-means", said)
    return yi, vi


def counted(measure: Measure, one: Count, two: Count, working: Working) -> Size | str:
    """Return a measure of events from two arms (ratios as logarithms), and its variance; zeros as metafor has them."""
    cells = (one.events, one.n - one.events, two.events, two.n - two.events)
    if 0 in cells:
        working.note("half-added", "1/2 is added to each cell, as one of them is 0")
    size = _escalc(COUNTED[measure], ai=cells[0], bi=cells[1], ci=cells[2], di=cells[3])
    if isinstance(size, str):
        return size
    yi, vi = size
    said = f"{_events(one)} against {_events(two)}: {_logged(measure, yi)}, SE = {shown(math.sqrt(vi))}"
    working.note(measure.value, said)
    return yi, vi


def rates(one: Rate, two: Rate, working: Working) -> Size:
    """Return the logarithm of a rate ratio, and its variance; as metafor (``IRR``) adds 1/2 to both where one is 0."""
    first, second = one.events, two.events
    if 0 in {first, second}:
        working.note("half-added", "1/2 is added to both numbers of events, as one of them is 0")
        first, second = first + 0.5, second + 0.5
    yi, vi = math.log(first / one.time) - math.log(second / two.time), 1 / first + 1 / second
    sides = f"{shown(one.events)} in {shown(one.time)} against {shown(two.events)} in {shown(two.time)}"
    working.note("rate-ratio", f"{sides}: {_logged(Measure.RATE_RATIO, yi)}, SE = {shown(math.sqrt(vi))}")
    return yi, vi


def _escalc(name: str, **figures: float) -> Size | str:
    yi, vi = (float(column[0]) for column in escalc(name, {key: [figure] for key, figure in figures.items()}))
    return (yi, vi) if math.isfinite(yi) and vi > 0 else TOO_FEW


def _events(side: Count) -> str:
    return f"{shown(side.events)} of {shown(side.n)}"


def _logged(measure: Measure, yi: float) -> str:
    return f"ln {shown(math.exp(yi))} = {shown(yi)}" if measure.is_ratio else shown(yi)
