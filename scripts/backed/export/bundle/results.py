"""A pool as JSON: the numbers under metafor's names, and what they are numbers of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ...model import POOL_NOTES, Pool
from ..pooling import as_json
from .answered import Answered


def results(answered: Answered, pool: Pool) -> str:
    """Return a JSON object: the question, how it was pooled, and all numbers; null for what does not exist.

    Numbers are on the analysis scale of yi, but for those under ``read``: there ``transform`` was applied to them.
    """
    pooled = asdict(pool.pooled)
    pooled["test"] = metafor_test(pool)
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


def _read(pool: Pool) -> dict[str, Any]:
    """Return what is read: the estimate, its interval, the prediction interval, and all of it without each row."""
    ahead, without = pool.prediction, pool.leave1out
    return {
        "estimate": pool.interval.estimate,
        "ci_lb": pool.interval.lower,
        "ci_ub": pool.interval.upper,
        "pi_lb": ahead.lower if ahead else None,
        "pi_ub": ahead.upper if ahead else None,
        "leave1out": {
            "estimate": [one.estimate for one in without],
            "ci_lb": [one.lower for one in without],
            "ci_ub": [one.upper for one in without],
        }
        if without
        else None,
    }


def metafor_test(pool: Pool) -> str:
    """Return what metafor calls the test of a pool: z, knha or adhoc."""
    return "knha" if pool.pooled.test == "hksj" else pool.pooled.test
