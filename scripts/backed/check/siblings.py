"""Rules that hold a figure against its like: other arms and times of the study, other studies on the instrument."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..model import Study
from ..problem import Severity, dotted
from .rule import Base, Finding, rule
from .seen import Seen, What, digits, rows_in, seen_in

UNLIKE = 2.5
"""How many times smaller or larger than its like a spread is before it is held against its number of people."""

FAR = 4.0
"""How many times beyond its like a figure is before a slip of the decimal point is thought of."""


@rule("study", Severity.WARNING)
def spread_like_others(study: Study, base: Base) -> Iterator[Finding]:
    """A standard deviation is about as large as its like: the other arms, the start, other studies on the instrument.

    One that is much smaller, and that multiplied by √n comes to what the others are, is a standard error; a standard
    error as large as their standard deviations is a standard deviation (Cochrane Handbook 6.5, section 6.5.2.2: SD =
    SE × √n). Taking the one for the other is among the commonest errors in meta-analyses (Gøtzsche and others 2007,
    doi:10.1001/jama.298.4.430). One ten times as large or small has lost its decimal point.

    Wrong: `sd: "0.25"` with n 59, where it was 1.9 at the start. Right: `sd: "1.9"`, or `se: "0.25"`.
    """
    for kind, one in seen_in(study):
        like = base.figures.like(one, kind, "sd") if one.name in ("sd", "se") and one.value > 0 else None
        if like is not None and like.typical > 0:
            look = _error_like_deviation if one.name == "se" else _deviation_unlike
            yield from look(one, like.typical)


def _error_like_deviation(one: Seen, typical: float) -> Iterator[Finding]:
    spread = one.value * math.sqrt(one.n) if one.n else 0.0
    if spread > UNLIKE * typical and 1 / UNLIKE < one.value / typical < UNLIKE:
        message = (
            f"a standard error of {one.figure} makes a standard deviation of {spread:.1f}; others have {typical:.3g}"
        )
        yield Finding(one.at, message, f"is {one.figure} the standard deviation? then it is `sd`")


def _deviation_unlike(one: Seen, typical: float) -> Iterator[Finding]:
    spread = one.value * math.sqrt(one.n) if one.n else 0.0
    message = f"a standard deviation of {one.figure} is unlike the others, which are about {typical:.3g}"
    if one.value * UNLIKE < typical and 0.5 < spread / typical < 2 and (one.n or 0) >= 5:
        yield Finding(one.at, message, f"is it a standard error? then the standard deviation is {spread:.2g}")
    elif not 1 / FAR < one.value / typical < FAR:
        power = round(math.log10(typical / one.value))
        near = f"; did you mean {one.value * 10.0**power:g}?" if power else ""
        yield Finding(one.at, message, f"look at the source again{near}")


@rule("study", Severity.WARNING)
def mean_like_others(study: Study, base: Base) -> Iterator[Finding]:
    """A mean is not ten or a hundred times its like: the other arms, the start, other studies on the instrument.

    Reported are means four times beyond the largest or below the smallest of the others that would lie among them with
    the decimal point elsewhere. That is a slip of the decimal point, or another unit or scale; erroneous means were
    among the commonest errors when trials were extracted again (Gøtzsche and others 2007, doi:10.1001/jama.298.4.430).
    """
    for kind, one in seen_in(study):
        if one.name != "mean" or one.changed or one.value <= 0:
            continue
        like = base.figures.like(one, kind, "mean")
        if like is None or like.count < 2 or like.low <= 0:
            continue
        low, high = like.low, like.high
        for power in (-1, 1, -2, 2):
            moved = one.value * 10.0**power
            if not low / FAR < one.value < high * FAR and low / 1.5 <= moved <= high * 1.5:
                message = f"a mean of {one.figure} stands apart: the others lie between {low:g} and {high:g}"
                yield Finding(one.at, message, f"did you mean {moved:g}? or is it on another scale?")
                break


@rule("study", Severity.WARNING)
def rows_differ(study: Study, base: Base) -> Iterator[Finding]:
    """No row of figures stands twice: in two arms, under two outcomes or times, or in two studies.

    The same mean, standard deviation and number of people twice is hardly ever chance, nor is the same estimate with
    the same interval: a row was copied and not changed, or one study stands under two names. Repetition of data is one
    of the checks of INSPECT-SR (Wilkinson and others 2024, doi:10.1101/2024.03.18.24304479). The same arm in two
    contrasts of one outcome and time is no repetition, and few digits agree by chance: it takes four in another outcome
    or time of a study, five in another arm, six in another study, and two more for an estimate with its interval.
    """
    for at, row, what in rows_in(study):
        for other, place, seen_as in base.rows.get(row, ()):
            own = other == study.id
            if own and (place >= at or seen_as == what):
                continue
            if digits(row) >= _needed(own, what, seen_as) + 2 * (len(row) > 3):
                where = "here too" if own else f"in `{other}`"
                message = f"the same figures stand {where}: {dotted(place)}"
                yield Finding(at, message, "was a row copied, or is it the same result?")
                break


def _needed(own: bool, what: What, seen_as: What) -> int:
    """Return how many digits it takes that nobody calls it chance: in one study less than between two of thousands."""
    if not own:
        return 6
    return 5 if what[1:] == seen_as[1:] else 4
