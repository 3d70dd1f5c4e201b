"""What is known of each study in a pool beside its effect: year, risk of bias, money, people, what it is grouped by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..model import Evidence, PoolRow, Question, Study
from ..model.comparison import Attribute, Moderator
from .choose import Chosen
from .convert import interval_of, printed_interval
from .reading import decimals_of

Risk = Literal["low", "some", "high", "unknown"]


def pool_row(chosen: Chosen, question: Question, evidence: Evidence) -> PoolRow:
    """Return the row of a study, its weight still 0. Its interval is the printed one where the source prints it."""
    study, size = chosen.study, chosen.size
    printed = None
    if len(chosen.effects) == 1 and not chosen.part:
        printed, _ = printed_interval(chosen.effects[0], question, evidence.vocabularies)
    judgement, risk = risk_of(study, evidence)
    return PoolRow(
        study=study.id,
        effects=tuple(effect.id for effect in chosen.effects),
        size=size,
        interval=printed or interval_of(size, question.measure, decimals_of(question.measure)),
        weight=0.0,
        year=year_of(study, evidence),
        bias=judgement,
        risk=risk,
        industry=study.funding.industry,
        people=size.n,
        part=chosen.part,
    )


def risk_of(study: Study, evidence: Evidence) -> tuple[str, Risk]:
    """Return the overall judgement of the first appraisal that has one, and where it stands among its tool's.

    The best judgement of the tool is low risk, its worst high; '' and unknown without an appraisal.
    """
    for appraisal in study.appraisal:
        tool = evidence.vocabularies.appraisal.get(appraisal.tool)
        order = list(tool.judgements) if tool else []
        if appraisal.overall in order:
            place = order.index(appraisal.overall)
            risk: Risk = "low" if place == 0 else "high" if place == len(order) - 1 else "some"
            return appraisal.overall, risk
    return "", "unknown"


def year_of(study: Study, evidence: Evidence) -> int | None:
    """Return the year of the main report, or None."""
    reference = evidence.main_reference(study)
    return int(reference.year) if reference and reference.year.isdecimal() else None


def attribute_of(chosen: Chosen, attribute: Attribute, evidence: Evidence) -> str:
    """Return the value by which a study is grouped: an id of a term or a word, or '' where it is not known."""
    study, effect = chosen.study, chosen.effects[0]
    sides = study.sides(effect)
    found: Mapping[str, str] = {
        "risk-of-bias": risk_of(study, evidence)[0],
        "intervention": next(iter(sides[0]), ""),
        "comparator": next(iter(sides[1]), ""),
        "instrument": effect.instrument or "",
        "country": study.design.countries[0] if len(study.design.countries) == 1 else "",
        "industry": "" if study.funding.industry == "not-seen" else study.funding.industry,
        "read": study.extraction.read,
    }
    return found[attribute]


def moderator_of(chosen: Chosen, moderator: Moderator, evidence: Evidence) -> float | None:
    """Return the number of a study that a meta-regression uses, or None where it is not known."""
    study, effect = chosen.study, chosen.effects[0]
    age, women = study.population.age, study.population.women
    found: Mapping[str, float | None] = {
        "year": year_of(study, evidence),
        "participants": chosen.size.n,
        "age": age.mean.value if age and age.mean else None,
        "women": women.percent.value if women and women.percent else None,
        "follow-up": effect.time.in_weeks if effect.time else None,
        "control-mean": chosen.size.second.mean if chosen.size.second else None,
    }
    return found[moderator]


def control_mean(chosen: Chosen, question: Question, evidence: Evidence) -> float | None:
    """Return the comparator's mean at the end on the question's scale, rescaled by the ranges; None for changes."""
    effect, second = chosen.effects[0], chosen.size.second
    instruments = evidence.vocabularies.instruments
    own, scale = instruments.get(effect.instrument or ""), instruments.get(question.scale or "")
    if second is None or second.mean is None or effect.values == "change" or not (own and scale):
        return None
    if own.range is None or scale.range is None:
        return None
    (low, high), (lowest, highest) = ((edge.value for edge in one.range) for one in (own, scale) if one.range)
    share = (second.mean - low) / (high - low)
    if {own.better, scale.better} == {"lower", "higher"}:
        share = 1 - share
    return lowest + share * (highest - lowest)
