"""The tables of one outcome: the rows of its pool, and every effect that was found with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from ...model import ArmSize, Effect, EffectSize, Found, PoolRow
from ...model.synthesis import Role
from .answered import Answered
from .table import Cell, Column, Table

_OWN = "units of the instrument"


def _without(arm: ArmSize) -> float | None:
    if arm.n is None or arm.events is None or arm.person_time is not None:
        return None
    return arm.n - arm.events


_ARMS: tuple[tuple[str, str, str, Callable[[ArmSize], float | None]], ...] = (
    ("m1i m2i", "mean", _OWN, lambda arm: arm.mean),
    ("sd1i sd2i", "standard deviation", _OWN, lambda arm: arm.sd),
    ("n1i n2i", "people, as they entered the effect size", "people", lambda arm: arm.n),
    ("ai ci", "people with the event", "people", lambda arm: arm.events if arm.person_time is None else None),
    ("bi di", "people without the event", "people", _without),
    ("x1i x2i", "events in the time at risk", "events", lambda arm: None if arm.person_time is None else arm.events),
    ("t1i t2i", "time at risk", "one unit in both arms", lambda arm: arm.person_time),
)
"""The figures of an arm: metafor's names for the first and the second, what they are, their unit, where they stand."""


def data_table(answered: Answered) -> Table[PoolRow]:
    """Return the pool's rows, in their order; empty where there is no pool."""
    pool = answered.answer.pool
    columns = (*_who(answered), *_sizes(answered), *_arm_columns(), *_quality())
    title = f"{answered.label}: the studies in the pool"
    return Table(f"{answered.question.id}/data.csv", title, columns, pool.rows if pool else ())


def found_table(answered: Answered) -> Table[Found]:
    """Return every effect found for the question, used or not."""
    columns = (*_found_what(answered), *_found_sizes(answered), *_found_source(answered))
    title = f"{answered.label}: every effect found, used or not, and why"
    return Table(f"{answered.question.id}/found.csv", title, columns, answered.answer.found)


def _who(answered: Answered) -> tuple[Column[PoolRow], ...]:
    return (
        Column("study", "string", "Id of the study's record.", lambda row: row.study),
        Column("label", "string", "Who and when, as cited in a sentence.", lambda row: answered.cited(row.study)),
        Column("part", "string", "Which part, where a study stands in several rows.", lambda row: row.part),
        Column("year", "integer", "Year of publication.", lambda row: row.year),
        Column("effects", "string", "Ids of the effects in the study's record.", lambda row: "; ".join(row.effects)),
        Column(
            "instrument",
            "string",
            "Ids of the instruments used.",
            lambda row: answered.instruments(row.study, row.effects),
        ),
    )


def _sizes(answered: Answered) -> tuple[Column[PoolRow], ...]:
    unit, analysis = answered.unit, answered.analysis_unit
    return (
        Column("yi", "number", "Effect size as it is pooled.", lambda row: row.size.yi, analysis),
        Column("vi", "number", "Sampling variance of yi.", lambda row: row.size.vi, f"({analysis})²"),
        Column("weight", "number", "Weight in the pool.", lambda row: row.weight, "percent"),
        Column("n", "integer", "People the row rests on.", lambda row: row.people, "people"),
        Column("estimate", "number", "The effect as it is read.", lambda row: row.interval.estimate, unit),
        Column("ci_lb", "number", "Lower end of its 95% interval.", lambda row: row.interval.lower, unit),
        Column("ci_ub", "number", "Upper end of its 95% interval.", lambda row: row.interval.upper, unit),
    )


def _arm_columns() -> list[Column[PoolRow]]:
    sides = ((0, "intervention (or exposed)"), (1, "comparator"))
    return [
        Column(names.split()[side], "number", f"{what.capitalize()}: {who}.", _arm_cell(side, figure), unit)
        for names, what, unit, figure in _ARMS
        for side, who in sides
    ]


def _arm_cell(side: int, figure: Callable[[ArmSize], float | None]) -> Callable[[PoolRow], Cell]:
    def cell(row: PoolRow) -> Cell:
        arm = (row.size.first, row.size.second)[side]
        return figure(arm) if arm else None

    return cell


def _quality() -> tuple[Column[PoolRow], ...]:
    paid = "Whether a company with an interest in the result paid."
    return (
        Column("risk_of_bias", "string", "Overall judgement of the study's first appraisal.", lambda row: row.bias),
        Column("industry", "string", paid, lambda row: row.industry),
        Column("approximated", "boolean", "Whether a conversion is an approximation.", lambda row: _rough(row.size)),
        Column("steps", "string", "Conversions from what is recorded, in order.", lambda row: steps(row.size)),
    )


def _found_what(answered: Answered) -> tuple[Column[Found], ...]:
    return (
        Column("study", "string", "Id of the study's record.", lambda found: found.study),
        Column("label", "string", "Who and when, as cited in a sentence.", lambda found: answered.cited(found.study)),
        Column("effect", "string", "Id of the effect in the study's record.", lambda found: found.effect),
        Column(
            "instrument",
            "string",
            "Id of the instrument.",
            lambda found: answered.instruments(found.study, (found.effect,)),
        ),
        Column("weeks", "number", "When, counted from the start.", lambda found: _weeks(answered, found), "weeks"),
        Column("role", "string", _ROLES, lambda found: found.role, values=get_args(Role)),
        Column("reason", "string", "Why it has that role.", lambda found: found.reason),
    )


_ROLES = (
    "What became of it: it answers the question; it is in our pool; it stands beside; it is left out; or its figures "
    "cannot be used."
)


def _found_sizes(answered: Answered) -> tuple[Column[Found], ...]:
    unit, analysis = answered.unit, answered.analysis_unit
    return (
        Column(
            "estimate",
            "number",
            "The effect, as printed by the source where it can be.",
            lambda found: _end(found, 0),
            unit,
        ),
        Column("ci_lb", "number", "Lower end of its 95% interval.", lambda found: _end(found, 1), unit),
        Column("ci_ub", "number", "Upper end of its 95% interval.", lambda found: _end(found, 2), unit),
        Column("yi", "number", "Effect size.", lambda found: found.size.yi if found.size else None, analysis),
        Column(
            "vi",
            "number",
            "Sampling variance of yi.",
            lambda found: found.size.vi if found.size else None,
            f"({analysis})²",
        ),
        Column(
            "approximated", "boolean", "Whether a conversion is an approximation.", lambda found: _rough(found.size)
        ),
        Column("steps", "string", "Conversions from what is recorded, in order.", lambda found: steps(found.size)),
    )


def _found_source(answered: Answered) -> tuple[Column[Found], ...]:
    def source(name: str) -> Callable[[Found], Cell]:
        return lambda found: getattr(effect.source, name) if (effect := _effect(answered, found)) else None

    return (
        Column("source", "string", "Citation key of the report with the figures.", source("report")),
        Column("locator", "string", "Where they stand in it.", source("locator")),
        Column("printed", "string", "The figures as printed there.", source("printed")),
    )


def _end(found: Found, which: int) -> float | None:
    interval = found.interval
    return (interval.estimate, interval.lower, interval.upper)[which] if interval else None


def _effect(answered: Answered, found: Found) -> Effect | None:
    study = answered.evidence.studies.get(found.study)
    return study.effect(found.effect) if study else None


def _weeks(answered: Answered, found: Found) -> float | None:
    effect = _effect(answered, found)
    return effect.time.in_weeks if effect and effect.time else None


def _rough(size: EffectSize | None) -> bool | None:
    return size.approximated if size else None


def steps(size: EffectSize | None) -> str:
    """Return the conversions in order, each as the id of its formula and the formula with the numbers put in."""
    return "; ".join(f"{step.formula}: {step.said}" for step in size.steps) if size else ""
