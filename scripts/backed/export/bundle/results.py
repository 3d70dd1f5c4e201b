"""A pool as JSON: the numbers under metafor's names, and what they are numbers of."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from ...model import POOL_NOTES, Interval, Pool
from ..pooling import as_json
from .answered import Answered

TESTS = {"hksj": "knha"}
"""metafor's names for tests that have another name with us."""

_BACK: Mapping[str, Callable[[float], float]] = {"none": float, "exp": math.log, "tanh": math.atanh}


def results(answered: Answered, pool: Pool) -> str:
    """Return a JSON object: the question, how it was pooled, and all numbers; null for what does not exist.

    Numbers are on the analysis scale of yi, but for those under ``read``: there ``transform`` was applied to them.
    """
    pooled = asdict(pool.pooled)
    pooled["test"] = TESTS.get(pooled["test"], pooled["test"])
    parts = ("confint", "egger", "trimfill", "ranktest")
    found = as_json(
        {
            **_question(answered),
            "studies": pool.studies,
            "people": pool.people,
            "note": POOL_NOTES[pool.note],
            "labels": [" ".join(filter(None, (answered.cited(row.study), row.part))) for row in pool.rows],
            "yi": [row.size.yi for row in pool.rows],
            "vi": [row.size.vi for row in pool.rows],
            **pooled,
            **{name: asdict(part) if (part := getattr(pool, name)) else None for name in parts},
            "leave1out": _leave1out(pool, answered.transform),
            "read": _read(pool),
        }
    )
    return f"{found}\n"


def _question(answered: Answered) -> dict[str, Any]:
    return {
        "comparison": answered.comparison.id,
        "outcome": answered.question.id,
        "title": f"{answered.comparison.title.en}: {answered.label}",
        "question": answered.comparison.question.en,
        "measure": answered.measure.value,
        "scale": answered.answer.scale,
        "unit": answered.unit,
        "analysis_unit": answered.analysis_unit,
        "transform": answered.transform,
    }


def _leave1out(pool: Pool, transform: str) -> dict[str, list[float]] | None:
    """Return the pool without each row in turn, on the analysis scale."""
    back, ones = _BACK[transform], pool.leave1out
    if not ones:
        return None
    return {
        "estimate": [back(one.estimate) for one in ones],
        "ci_lb": [back(one.lower) for one in ones],
        "ci_ub": [back(one.upper) for one in ones],
    }


def _read(pool: Pool) -> dict[str, float | None]:
    ahead: Interval | None = pool.prediction
    return {
        "estimate": pool.interval.estimate,
        "ci_lb": pool.interval.lower,
        "ci_ub": pool.interval.upper,
        "pi_lb": ahead.lower if ahead else None,
        "pi_ub": ahead.upper if ahead else None,
    }
