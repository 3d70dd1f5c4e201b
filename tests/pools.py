"""Pools for tests of figures: real data sets from reference/metafor.json, and small made-up sets."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from backed.model import (
    Absolute,
    Appraisal,
    ArmSize,
    EffectSize,
    Interval,
    Measure,
    Pool,
    Pooled,
    PoolRow,
    Subgroup,
    Subgroups,
    Text,
    Tool,
)
from backed.model.study import Judgement
from backed.render.figures import Appraised, Chart, Forest, Ground, OnScale, People, forest
from backed.synthesise.pool import confint, pool
from backed.synthesise.sensitivity import cumulative, leave1out

REFERENCE = Path(__file__).parent / "reference/metafor.json"
RATIOS = Ground(Measure.RISK_RATIO, "risk ratio", "favours vaccine", "favours no vaccine", 1.25)
DAYS = Ground(Measure.MEAN_DIFFERENCE, "days in hospital", "favours special care", "favours routine care", 3)
HOSTILE = """<script>alert("1")</script> & 'co' ]]> <!-- {{ 7 * 7 }}"""
Z = 1.959963984540054
Turn = Callable[[float], float]
Arms = Sequence[tuple[ArmSize, ArmSize]]


def pool_of(
    yi: Sequence[float],
    vi: Sequence[float],
    measure: Measure = Measure.MEAN_DIFFERENCE,
    *,
    arms: Arms = (),
    years: Sequence[int] = (),
    groups: Sequence[str] = (),
    approximated: Sequence[int] = (),
    decimals: int = 2,
) -> Pool:
    """Return the pool of some effects on the analysis scale, by REML with the interval of Knapp and Hartung."""
    read: Turn = math.exp if measure.is_ratio else float
    pooled = pool(yi, vi, "REML", "knha")
    dates = list(years) or [2000 + n for n in range(len(yi))]
    rows = tuple(
        PoolRow(
            f"study-{n}",
            ("effect",),
            EffectSize(y, v, (), n in approximated, None, *(arms[n] if arms else (None, None))),
            _interval(y, math.sqrt(v), read, decimals),
            pooled.weights[n],
            dates[n],
        )
        for n, (y, v) in enumerate(zip(yi, vi, strict=True))
    )
    order = tuple(sorted(range(len(yi)), key=lambda n: dates[n]))
    grown = cumulative([yi[n] for n in order], [vi[n] for n in order], "REML", "z")
    left = leave1out(yi, vi, "REML", "z")
    return Pool(
        measure,
        "REML",
        "knha",
        rows,
        pooled,
        Interval(read(pooled.beta), read(pooled.ci_lb), read(pooled.ci_ub), decimals),
        _prediction(pooled, read, decimals) if len(yi) > 2 else None,
        confint(yi, vi) if len(yi) > 1 else None,
        tuple(_interval(b, s, read, decimals) for b, s in zip(left.estimate, left.se, strict=True)) if left else (),
        order,
        tuple(_interval(b, s, read, decimals) for b, s in zip(grown.estimate, grown.se, strict=True)),
        subgroups=(_subgroups(yi, vi, groups, read, decimals),) if groups else (),
    )


def _interval(centre: float, se: float, read: Turn, decimals: int) -> Interval:
    return Interval(read(centre), read(centre - Z * se), read(centre + Z * se), decimals)


def _prediction(pooled: Pooled, read: Turn, decimals: int) -> Interval:
    assert pooled.pi_lb is not None and pooled.pi_ub is not None
    return Interval(read(pooled.beta), read(pooled.pi_lb), read(pooled.pi_ub), decimals)


def _subgroups(yi: Sequence[float], vi: Sequence[float], groups: Sequence[str], read: Turn, decimals: int) -> Subgroups:
    found = []
    for value in dict.fromkeys(groups):
        rows = tuple(n for n, group in enumerate(groups) if group == value)
        one = pool([yi[n] for n in rows], [vi[n] for n in rows], "REML", "knha")
        interval = Interval(read(one.beta), read(one.ci_lb), read(one.ci_ub), decimals)
        found.append(Subgroup(value, rows, one, interval))
    return Subgroups("allocation", tuple(found), 4.1, len(found) - 1, 0.128)


def reference(dataset: str, measure: str) -> dict[str, Any]:
    """Return one pinned analysis of the reference file."""
    analyses: list[dict[str, Any]] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return next(one for one in analyses if (one["dataset"], one["measure"]) == (dataset, measure))


def bcg(*, groups: bool = False) -> Pool:
    """Return the pool of the 13 trials of dat.bcg as risk ratios, with their counts."""
    data = reference("dat.bcg", "RR")
    arms = [
        (ArmSize(n=row["ai"] + row["bi"], events=row["ai"]), ArmSize(n=row["ci"] + row["di"], events=row["ci"]))
        for row in data["input"]
    ]
    kinds = ["random"] * 4 + ["alternate"] * 2 + ["random"] * 3 + ["systematic"] * 4
    years = [1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, 1976]
    return pool_of(data["yi"], data["vi"], Measure.RISK_RATIO, arms=arms, years=years, groups=kinds if groups else ())


def normand() -> Pool:
    """Return the pool of the 9 studies of dat.normand1999 as mean differences in days, two of them approximated."""
    data = reference("dat.normand1999", "MD")
    arms = [
        (ArmSize(row["n1i"], row["m1i"], row["sd1i"]), ArmSize(row["n2i"], row["m2i"], row["sd2i"]))
        for row in data["input"]
    ]
    return pool_of(data["yi"], data["vi"], arms=arms, approximated=(2, 7), decimals=1)


def names_of(pool: Pool) -> dict[str, str]:
    """Return a name for each study of a pool."""
    return {row.study: f"Author {chr(65 + n % 26)} & Other {row.year}" for n, row in enumerate(pool.rows)}


def tool(domains: Sequence[str], judgements: Sequence[str], label: str = "A tool") -> Tool:
    """Return a risk-of-bias tool; the words of a judgement are its id with spaces."""
    return Tool(
        label=Text(en=label),
        version="1",
        domains={f"domain-{n}": Text(en=name) for n, name in enumerate(domains)},
        judgements={one: Text(en=one.replace("-", " ")) for one in judgements},
    )


ROB_2 = tool(
    ("Randomisation process", "Deviations", "Missing outcome data", "Measurement", "Selection of the reported result"),
    ("low", "some-concerns", "high"),
    "RoB 2",
)


def appraised(pool: Pool, by: Tool = ROB_2) -> Appraised:
    """Return judgements by a tool of all studies of a pool but the second, going through the judgements in turn."""
    known = tuple(by.judgements)
    found: Mapping[str, Appraisal] = {
        row.study: Appraisal(
            tool="a-tool",
            by="Backed project",
            domains={key: Judgement(judgement=known[(n + m) % len(known)]) for m, key in enumerate(by.domains)},
            overall=known[n % len(known)],
        )
        for n, row in enumerate(pool.rows)
        if n != 1
    }
    return Appraised(by, found)


def forest_of(pool: Pool, ground: Ground = DAYS, **more: Any) -> Chart:
    return forest(Forest("A forest plot", pool, names_of(pool), ground, ("walking", "usual care"), **more))


def people(risk: Interval, better: Any = "lower") -> People:
    absolute = Absolute(33, risk, 9.1, "the risk in the comparison groups")
    return People("Pain again within a year", absolute, "have pain again", ("exercise", "no treatment"), better)


def scale(difference: Interval, start: float) -> OnScale:
    sides, ends = ("exercise and advice", "usual care"), ("no pain", "worst pain imaginable")
    return OnScale("Pain", difference, start, (0, 100), ends, "points on 0-100", sides, 10)


def hostile() -> Chart:
    pool = pool_of([0.1, 0.4], [0.2, 0.1])
    ground = Ground(Measure.MEAN_DIFFERENCE, HOSTILE, HOSTILE, HOSTILE)
    names = {row.study: HOSTILE for row in pool.rows}
    return forest(Forest(HOSTILE, pool, names, ground, (HOSTILE, HOSTILE), anchor=(HOSTILE, pool.interval)))
