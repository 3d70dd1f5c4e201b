"""The two answers to a claim as they are shown everywhere: mark, word, and the row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from ..model import Answer, Claim, Comparison, Question, Ruling, Verdict
from . import words
from .cited import uncited
from .site import Site


def verdict_view(claim: Claim, site: Site) -> dict[str, str]:
    """Return what stands for the answer to a claim: ``mark``, ``label``, ``label_nl``, and ``kind`` of answer."""
    rulings = site.syntheses.rulings.get(claim.id, ())
    if claim.judgement is not None:
        label = words.JUDGEMENTS[claim.judgement.verdict]
        return {
            "mark": f"judged-{claim.judgement.verdict}",
            "label": label["en"],
            "label_nl": label["nl"],
            "kind": "judged",
        }
    verdict = rulings[0].verdict if claim.evidence and rulings else Verdict.NOT_KNOWN
    label = words.VERDICTS[verdict]
    return {"mark": str(verdict), "label": label["en"], "label_nl": label["nl"], "kind": "computed"}


def faithfulness_view(claim: Claim) -> dict[str, str]:
    """Return what stands for the faithfulness of a claim's source."""
    judgement = claim.faithfulness.judgement
    departures = len(claim.faithfulness.departures)
    label = words.FAITHFULNESS[judgement]["en"]
    if departures:
        label += f": {departures} departure{'s' if departures > 1 else ''}"
    return {"mark": judgement, "label": label}


def claim_row(claim: Claim, site: Site) -> dict[str, Any]:
    """Return a claim as a row of a list: sentence, both answers, one line with the number."""
    rulings = site.syntheses.rulings.get(claim.id, ())
    return {
        "id": claim.id,
        "position": claim.position,
        "claim": claim.claim.en,
        "claim_nl": claim.claim.nl or "",
        "verdict": verdict_view(claim, site),
        "faithful": faithfulness_view(claim),
        "line": answer_line(rulings[0].answer, site) if rulings and claim.evidence else "",
        "judged": claim.judged.en if claim.judged else "",
        "missing": uncited(claim.missing.en) if claim.missing else "",
        "article": claim.article,
        "passage": claim.passage,
        "reviewed": claim.reviewed.on.isoformat(),
    }


def at_a_glance(rows: Sequence[dict[str, Any]], answer: Literal["verdict", "faithful"]) -> list[dict[str, Any]]:
    """Return the claims of an article by one of their two answers, in the order of the answers, those given only."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        given = row[answer]
        found.setdefault(given["mark"], {"mark": given["mark"], "label": _bare(given), "rows": []})["rows"].append(row)
    return sorted(found.values(), key=lambda group: ORDER.index(group["mark"]))


def _bare(given: dict[str, str]) -> str:
    """Return the word for an answer without what is said of one claim alone (how many departures it has)."""
    known = words.FAITHFULNESS.get(given["mark"])
    return known["en"] if known else f"{given['label']} (a judgement)" if given["kind"] == "judged" else given["label"]


ORDER = (*map(str, Verdict), *(f"judged-{judgement}" for judgement in words.JUDGEMENTS), *words.FAITHFULNESS)
"""The marks of all answers, of both kinds, in the order in which they are listed."""


def question_of(answer: Answer, site: Site) -> tuple[Comparison, Question]:
    """Return the comparison and the outcome an answer belongs to."""
    comparison = site.evidence.comparisons[answer.comparison]
    question = comparison.outcome(answer.outcome)
    assert question is not None, "an answer is made from a question"
    return comparison, question


def answer_line(answer: Answer, site: Site) -> str:
    """Return an answer in one line: the effect in words, compared with what, after how long, from how much."""
    if answer.interval is None:
        return f"Nothing to go by: {answer.missing}." if answer.missing else ""
    comparison, _ = question_of(answer, site)
    first, second = (words.mid_sentence(side) for side in sides(comparison))
    against = f"compared with {second}" if comparison.kind == "intervention" else f"with {first}"
    hedge = words.HEDGES["very-low"] if answer.certainty == "very-low" else ""
    parts = [f"{hedge}{in_words(answer, site)} {against}{after(answer, site)}", extent(answer)]
    return " · ".join(part for part in parts if part)


def after(answer: Answer, site: Site) -> str:
    """Return when an answer's effect was measured, as it ends a sentence: " after 3 months"; '' if not stated.

    For a pool of several studies it is the shortest and the longest time: " after 4 weeks to 6 months".
    """
    if answer.basis == "pool" and answer.pool is not None:
        places = [(row.study, effect) for row in answer.pool.rows for effect in row.effects]
    else:
        places = [(answer.study or "", answer.effect or "")]
    effects = [study.effect(effect) for name, effect in places if (study := site.evidence.studies.get(name))]
    times = sorted((effect.time for effect in effects if effect and effect.time), key=lambda time: time.in_weeks)
    if not times:
        return ""
    first, last = words.duration(times[0]), words.duration(times[-1])
    return f" after {first}" if times[0].in_weeks == times[-1].in_weeks else f" after {first} to {last}"


def in_words(answer: Answer, site: Site) -> str:
    """Return an answer's effect in words, with unit and direction; '' where there is none."""
    _, question = question_of(answer, site)
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    if answer.interval is None or outcome is None:
        return ""
    scale = site.evidence.vocabularies.instruments.get(question.scale or "")
    return words.effect_in_words(answer.interval, answer.measure, outcome, scale)


def extent(answer: Answer) -> str:
    """Return how much evidence an answer rests on: "35 studies, 2,746 people"."""
    studies, people = answer.studies, answer.participants
    parts = [
        f"{words.count(studies)} {'study' if studies == 1 else 'studies'}" if studies else "",
        f"{words.count(people)} people" if people else "",
    ]
    return ", ".join(part for part in parts if part)


def sides(comparison: Comparison) -> tuple[str, str]:
    """Return the names of both sides of a comparison."""
    if comparison.kind == "exposure":
        return (comparison.exposure.label.en if comparison.exposure else ""), "people without it"
    first = comparison.intervention.label.en if comparison.intervention else ""
    second = comparison.comparator.label.en if comparison.comparator else ""
    return first, second


def arithmetic(ruling: Ruling, site: Site) -> list[str]:
    """Return how the verdict follows, step by step, with the numbers put in."""
    answer = ruling.answer
    if answer.interval is None or ruling.lower is None or ruling.upper is None or ruling.threshold is None:
        reason = answer.missing or "the certainty of the evidence is very low"
        if answer.interval is not None and answer.certainty is None:
            reason = "nobody has judged how certain the evidence is"
        return [f"There is no verdict to compute: {reason}."]
    low, high = (words.number(v, answer.interval.decimals) for v in (answer.interval.lower, answer.interval.upper))
    steps = [f"The 95% interval of the effect is {low} to {high} ({words.MEASURES[answer.measure]})."]
    _, question = question_of(answer, site)
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    way: str = ruling.asked.claimed
    if outcome is not None:
        way = (outcome.less if ruling.asked.claimed == "lower" else outcome.more).en
    decimals = 2 if answer.measure.is_ratio else answer.interval.decimals
    scale = "logarithm of the ratio" if answer.measure.is_ratio else "difference"
    steps.append(
        f"The claim says: {way}. Turned so that a positive {scale} is on the claimed side: "
        f"{words.number(ruling.lower, decimals)} to {words.number(ruling.upper, decimals)}."
    )
    assert answer.threshold is not None, "a ruling with a threshold rests on an answer with one"
    limit = f"{answer.threshold:g}"
    if answer.measure.is_ratio:
        inverse = f"{words.number(1 / answer.threshold, 2)} = 1/{limit}" if ruling.asked.claimed == "lower" else limit
        limit = f"{inverse} (logarithm, without a sign: {words.number(ruling.threshold, 2)})"
    steps.append(f"The smallest important effect is {limit}.")
    steps.append(f"The interval {ruling.row}: {words.VERDICTS[ruling.verdict]['en']}.")
    return steps
