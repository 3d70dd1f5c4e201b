"""One arm: from what a paper reports of it to a mean with SD, to events of people, or to events in a time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri, stdtrit

from ...model import ArmData, Figure
from .working import Working, less, shown

TAIL = 0.025
NO_SD = "the source gives no standard deviation and nothing to work it out from"


@dataclass(frozen=True)
class Means:
    """Mean and SD of ``n`` people, in the units of the instrument."""

    n: float
    mean: float
    sd: float

    def divided(self, by: float) -> Means:
        """Return them with that part of the people; mean and SD stay."""
        return Means(self.n / by, self.mean, self.sd)


@dataclass(frozen=True)
class Count:
    """``events`` of ``n`` people."""

    n: float
    events: float

    def divided(self, by: float) -> Count:
        """Return that part of the people and events; the proportion stays."""
        return Count(self.n / by, self.events / by)


@dataclass(frozen=True)
class Rate:
    """``events`` in a time at risk."""

    events: float
    time: float

    def divided(self, by: float) -> Rate:
        """Return that part of the events and the time; the rate stays."""
        return Rate(self.events / by, self.time / by)


def means_of(data: ArmData, n: int | None, name: str, working: Working) -> Means | str:
    """Return mean and SD of an arm of n people, worked out where the source gives other figures, or why not.

    SD: as given, from the standard error, from the 95% interval of the mean, from quartiles and range.
    Mean: as given, or from the median with quartiles or range.
    """
    if n is None:
        return f"how many people were measured is not given ({name})"
    if n < 2:
        return f"{n} measured ({name}): one person shows no spread"
    mean = data.mean.value if data.mean is not None else _mean_from_median(data, n, name, working)
    if isinstance(mean, str):
        return mean
    sd = spread_of(data, n, name, working)
    return sd if isinstance(sd, str) else Means(n, mean, sd)


def spread_of(data: ArmData, n: int, name: str, working: Working) -> float | str:
    """Return the SD of an arm, in the units of the instrument, or why there is none."""
    if data.sd is not None:
        return data.sd.value if data.sd.value > 0 else f"a standard deviation of {data.sd} cannot be ({name})"
    if data.se is not None:
        if data.se.value <= 0:
            return f"a standard error of {data.se} cannot be ({name})"
        sd = data.se.value * math.sqrt(n)
        working.note("sd-from-se", f"{name}: SD = SE × √n = {shown(data.se)} × √{n} = {shown(sd)}")
        return sd
    if data.ci is not None:
        return _sd_from_interval(data, data.ci, n, name, working)
    return _sd_from_quantiles(data, n, name, working)


def _sd_from_interval(data: ArmData, ci: tuple[Figure, Figure], n: int, name: str, working: Working) -> float | str:
    lower, upper = ci
    if lower.value >= upper.value or (data.mean is not None and not lower.value <= data.mean.value <= upper.value):
        return f"the interval {shown(lower)} to {shown(upper)} cannot be that of the mean ({name})"
    t = -float(stdtrit(n - 1, TAIL))
    sd: float = math.sqrt(n) * (upper.value - lower.value) / (2 * t)
    said = f"{name}: SD = √{n} × ({less(upper, lower)}) / (2 × {shown(t)}) = {shown(sd)}"
    working.note("sd-from-interval", said)
    return sd


def _mean_from_median(data: ArmData, n: int, name: str, working: Working) -> float | str:
    if data.median is None:
        return f"no mean is given ({name})"
    if fault := _disorder(data, name):
        return fault
    middle = data.median.value
    mean: float
    quarters = None if data.iqr is None else (data.iqr[0].value + data.iqr[1].value) / 2
    ends = None if data.range is None else (data.range[0].value + data.range[1].value) / 2
    if quarters is not None and ends is not None:
        w1, w2 = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
        formula, mean = "mean-from-both", w1 * ends + w2 * quarters + (1 - w1 - w2) * middle
    elif quarters is not None:
        w = 0.7 + 0.39 / n
        formula, mean = "mean-from-quartiles", w * quarters + (1 - w) * middle
    elif ends is not None:
        w = 4 / (4 + n**0.75)
        formula, mean = "mean-from-range", w * ends + (1 - w) * middle
    else:
        return f"a median without quartiles or range ({name})"
    working.note(formula, f"{name}: mean = {shown(mean)} from the {_quantiles(data)}, n = {n}")
    return mean


def _sd_from_quantiles(data: ArmData, n: int, name: str, working: Working) -> float | str:
    if data.iqr is None and data.range is None:
        return NO_SD
    if fault := _disorder(data, name):
        return fault
    found: list[float] = []
    for pair, chance in ((data.range, (n - 0.375) / (n + 0.25)), (data.iqr, (0.75 * n - 0.125) / (n + 0.25))):
        if pair is not None:
            found.append((pair[1].value - pair[0].value) / (2 * float(ndtri(chance))))
    sd = sum(found) / len(found)
    if sd <= 0:
        return f"a spread of 0 cannot be ({name})"
    formula = "sd-from-both" if len(found) == 2 else "sd-from-quartiles" if data.iqr else "sd-from-range"
    working.note(formula, f"{name}: SD = {shown(sd)} from the {_quantiles(data)}, n = {n}")
    return sd


def _disorder(data: ArmData, name: str) -> str:
    quartiles, ends = data.iqr or (), data.range or ()
    order = [*ends[:1], *quartiles[:1], *([data.median] if data.median else []), *quartiles[1:], *ends[1:]]
    values = [figure.value for figure in order]
    return "" if values == sorted(values) else f"median, quartiles and range are out of order ({name})"


def _quantiles(data: ArmData) -> str:
    parts = []
    if data.median is not None:
        parts.append(f"median {shown(data.median)}")
    if data.iqr is not None:
        parts.append(f"quartiles {shown(data.iqr[0])} to {shown(data.iqr[1])}")
    if data.range is not None:
        parts.append(f"range {shown(data.range[0])} to {shown(data.range[1])}")
    return ", ".join(parts)


def change_of(data: ArmData, n: int | None, name: str, working: Working) -> Means | str:
    """Return mean change and its SD from the values at the start and at the end and their correlation, or why not."""
    start = data.start
    if start is None or start.mean is None or start.sd is None or data.correlation is None:
        return f"no values at the start with their correlation to the end ({name})"
    end = means_of(data, n, name, working)
    if isinstance(end, str):
        return end
    r, before = data.correlation.value, start.sd.value
    if not -1 < r < 1 or before <= 0:
        return f"the correlation or the standard deviation at the start cannot be ({name})"
    sd = math.sqrt(before**2 + end.sd**2 - 2 * r * before * end.sd)
    change = end.mean - start.mean.value
    said = (
        f"{name}: change = {less(end.mean, start.mean)} = {shown(change)}, SD = √({shown(start.sd)}² + {shown(end.sd)}²"
        f" − 2 × {shown(data.correlation)} × {shown(start.sd)} × {shown(end.sd)}) = {shown(sd)}"
    )
    working.note("change-from-ends", said)
    return Means(end.n, change, sd)


def count_of(data: ArmData, n: int | None, name: str, working: Working) -> Count | str:
    """Return the people with the event in an arm of n people, or why that is not known."""
    if n is None or n < 1:
        return f"how many people were counted is not given ({name})"
    events = data.events
    if events is None and data.percent is not None:
        if not 0 <= data.percent.value <= 100:
            return f"{shown(data.percent)}% of people cannot be ({name})"
        events = math.floor(data.percent.value * n / 100 + 0.5)
        working.note("events-from-percent", f"{name}: {shown(data.percent)}% of {n} = {events} people")
    if events is None:
        return f"the number of people with the event is not given ({name})"
    return Count(n, events) if events <= n else f"{events} people with the event of only {n} ({name})"


def rate_of(data: ArmData, name: str) -> Rate | str:
    """Return events and time at risk of an arm, or why they are not known."""
    if data.events is None or data.person_time is None:
        return f"events or time at risk are not given ({name})"
    if data.person_time.value <= 0:
        return f"a time at risk of {data.person_time} cannot be ({name})"
    return Rate(data.events, data.person_time.value)
