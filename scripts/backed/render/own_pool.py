"""Our own pool of the studies of a question, ready to be shown: numbers in words, sensitivity, conversions."""

from __future__ import annotations

from typing import Any

from ..model import FORMULAS, POOL_NOTES, Answer, Interval, MetaRegression, Pool, PoolRow, Question, Subgroup, Subgroups
from . import words
from .site import Site

ATTRIBUTES = {
    "risk-of-bias": "Risk of bias",
    "comparator": "Compared with",
    "intervention": "Treatment",
    "instrument": "Instrument",
    "country": "Country",
    "industry": "Industry money",
    "read": "How much was read",
}
MODERATORS = {
    "year": "year of publication",
    "participants": "number of people",
    "age": "mean age (years)",
    "women": "share of women (percent)",
    "follow-up": "length of follow-up (weeks)",
    "control-mean": "mean in the comparison group",
}


def pool_view(question: Question, answer: Answer, site: Site) -> dict[str, Any] | None:
    """Return all that the page says of our own pool beside its figures, or None where there is none."""
    pool = answer.pool
    if pool is None:
        return None
    return {
        "pool": pool,
        "rests": answer.basis == "pool",
        "alone": len(pool.rows) == 1,
        "studies": pool.studies,
        "people": words.count(pool.people) if pool.people is not None else "",
        "words": pool_words(pool.interval, question, site),
        "prediction": shown(pool.prediction, pool) if pool.prediction else "",
        "note": POOL_NOTES[pool.note],
        "small_studies": small_study_words(pool),
        "subgroups": [_subgroups(one, pool, site) for one in pool.subgroups],
        "regressions": [_regression(one, pool) for one in pool.regressions],
        "conversions": [_conversion(row, site) for row in pool.rows],
    }


def pool_words(interval: Interval, question: Question, site: Site) -> str:
    """Return a pooled effect in words, with unit and direction; '' without a known outcome."""
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    scale = site.evidence.vocabularies.instruments.get(question.scale or "")
    return words.effect_in_words(interval, question.measure, outcome, scale) if outcome else ""


def shown(interval: Interval, pool: Pool) -> str:
    """Return the bounds of an interval as "−0.9 to 0.3", with the decimals of the pool."""
    low, high = (words.number(bound, pool.interval.decimals) for bound in (interval.lower, interval.upper))
    return f"{low} to {high}"


def row_name(row: PoolRow, site: Site) -> str:
    """Return how a row of a pool is called: the study's short name, with the arm where a study has several rows."""
    name = site.name(site.evidence.studies[row.study])
    return f"{name}, {words.mid_sentence(row.part)}" if row.part else name


def chance(p: float) -> str:
    """Return a p-value as it follows the letter: "= 0.03", "< 0.001"."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.01 else f"= {p:.2f}"


def small_study_words(pool: Pool) -> str:
    """Return what the tests of small-study effects say, or why none was made."""
    if pool.egger is None:
        return (
            f"With {pool.pooled.k} {'study' if pool.pooled.k == 1 else 'studies'} nobody can tell whether small "
            "studies report larger effects; tests are made from ten studies on."
        )
    parts = [f"Egger’s regression p {chance(pool.egger.pval)}"]
    if pool.ranktest:
        parts.append(f"Begg’s rank correlation {words.number(pool.ranktest.tau, 2)}, p {chance(pool.ranktest.pval)}")
    if pool.trimfill:
        count = pool.trimfill.k0
        parts.append(f"trim and fill adds {count} {'study' if count == 1 else 'studies'} on the {pool.trimfill.side}")
    return "; ".join(parts) + "."


def _subgroups(one: Subgroups, pool: Pool, site: Site) -> dict[str, Any]:
    vocabulary = {"comparator": "interventions", "intervention": "interventions", "instrument": "instruments"}
    named = vocabulary.get(one.attribute)
    return {
        "attribute": ATTRIBUTES[one.attribute],
        "rows": [
            {
                "name": site.label(named, group.value) if named else _value(one.attribute, group, pool, site),
                "studies": group.pooled.k,
                "effect": words.number(group.interval.estimate, pool.interval.decimals),
                "interval": shown(group.interval, pool),
                "I2": f"{group.pooled.I2:.0f}%" if group.pooled.k > 1 else "–",
            }
            for group in one.groups
        ],
        "test": f"Q {one.q:.1f} on {one.freedom}, p {chance(one.p)}" if one.q is not None and one.p is not None else "",
        "unknown": one.unknown,
    }


def _value(attribute: str, group: Subgroup, pool: Pool, site: Site) -> str:
    if attribute == "country":
        return words.country(group.value)
    if attribute == "read":
        return words.READ[group.value]
    if attribute == "risk-of-bias":
        return _judgement(group, pool, site)
    return group.value


def _judgement(group: Subgroup, pool: Pool, site: Site) -> str:
    """Return the name that the tool of the group's first study has for its judgement."""
    study = site.evidence.studies[pool.rows[group.rows[0]].study]
    for appraisal in study.appraisal:
        tool = site.evidence.vocabularies.appraisal.get(appraisal.tool)
        if tool is not None and group.value in tool.judgements:
            return tool.judgements[group.value].en
    return group.value


def _regression(one: MetaRegression, pool: Pool) -> dict[str, Any]:
    return {
        "name": MODERATORS[one.moderators[0]],
        "studies": one.k,
        "slope": f"{one.beta[1]:.3g}".replace("-", "\u2212"),
        "interval": f"{one.ci_lb[1]:.3g} to {one.ci_ub[1]:.3g}".replace("-", "\u2212"),
        "p": chance(one.pval[1]),
        "logarithm": pool.measure.is_ratio,
        "R2": "" if one.R2 is None else f"{one.R2:.0f}%",
    }


def _conversion(row: PoolRow, site: Site) -> dict[str, Any]:
    """Return how a row's figures were brought to the scale: each step in order, with its formula."""
    return {
        "name": row_name(row, site),
        "study": row.study,
        "approximated": row.size.approximated,
        "combined": len(row.effects) > 1,
        "steps": [
            {"id": step.formula, "said": step.said, "title": FORMULAS[step.formula].title} for step in row.size.steps
        ],
    }
