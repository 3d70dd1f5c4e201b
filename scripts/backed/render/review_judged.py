"""The pages on which comparisons and claims are reviewed: what was chosen and judged, beside what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Answer, Claim, Comparison, Page, Question, Study
from . import words
from .checks import Check, Part, Place, places
from .cited import uncited
from .review import review_page
from .site import Site

ASK_QUESTION = "The terms select the studies that the words promise: none too many, none too few."
ASK_ANSWER = "The figure is the one that answers this question, on this scale and at this time."
ASK_LIMIT = "The limit stands in the source named, for these people and this scale."
ASK_CERTAINTY = "Each step has a reason that the figures bear out; none is counted twice."
ASK_EXCLUDED = "The reason holds, and would hold had the study found the opposite."
ASK_SAID = "Our words say what the article says at that place, no more and no less. Judge it there, not by the heading."
ASK_DEPARTURE = "The article says the one, the study says the other, and the difference is of that kind."
ASK_JUDGED = "The verdict follows, and the words around it promise no more than the figures."


def comparison_review(comparison: Comparison, site: Site) -> Page:
    """Return the page on which a comparison is reviewed."""
    return review_page(
        f"comparisons/{comparison.id}/",
        comparison.title.en,
        site,
        parts=_of_comparison(comparison, site),
        source=comparison.file,
        confirmed=comparison.checked_by,
        made=f"Last judged by {comparison.reviewed.by} on {words.day(comparison.reviewed.on)}.",
    )


def claim_review(claim: Claim, site: Site) -> Page:
    """Return the page on which a claim is reviewed."""
    return review_page(
        f"claims/{claim.id}/",
        claim.claim.en,
        site,
        parts=_of_claim(claim, site),
        source=claim.file,
        confirmed=claim.checked_by,
        made=f"Last judged by {claim.reviewed.by} on {words.day(claim.reviewed.on)}.",
    )


def _of_comparison(comparison: Comparison, site: Site) -> Iterator[Part]:
    asked = [Check("question", "The question", comparison.question.en)]
    for name, side, vocabulary in (
        ("intervention", comparison.intervention, "interventions"),
        ("comparator", comparison.comparator, "interventions"),
        ("exposure", comparison.exposure, "exposures"),
    ):
        if side:
            asked.append(Check(f"{name}.terms", side.label.en, site.labels(vocabulary, side.terms)))
    people = site.labels("conditions", comparison.population.conditions)
    asked.append(Check("population.conditions", comparison.population.label.en, people))
    yield Part("What is asked", ASK_QUESTION, tuple(asked))
    for question in comparison.outcomes:
        yield from _of_outcome(comparison, question, site)
    out = [
        Check(f"exclude.{index}", _study_name(one.study, site), one.reason.en)
        for index, one in enumerate(comparison.exclude)
    ]
    yield Part("Left out", ASK_EXCLUDED, tuple(out))


def _of_outcome(comparison: Comparison, question: Question, site: Site) -> Iterator[Part]:
    at, name = f"outcomes.{question.id}", site.label("outcomes", question.outcome)
    yield from _answered_by(at, name, question, site)
    yield _pooled(at, name, site.syntheses.answers[comparison.id, question.id], site)
    if question.important:
        limit = Check(f"{at}.important.value", "Smallest important effect", str(question.important.value))
        why = Check(f"{at}.important.reason", "Because", question.important.reason.en)
        yield Part(f"{name}: what matters", ASK_LIMIT, (limit, why), places((question.important.source,), site))
    if risk := question.assumed_risk:
        tick = Check(f"{at}.assumed_risk.percent", "Risk without it, percent", str(risk.percent))
        yield Part(f"{name}: assumed risk", ASK_LIMIT, (tick,), places((risk.source,), site))
    if rated := question.certainty:
        steps = [
            Check(
                f"{at}.certainty.changes.{i}",
                f"{words.sentence_case(words.DOMAINS[step.domain])}, {words.signed(f'{step.steps:+d}')}",
                step.reason.en,
            )
            for i, step in enumerate(rated.changes)
        ]
        level = Check(f"{at}.certainty.level", f"Starts at {rated.start}, ends at", rated.level)
        yield Part(f"{name}: certainty", ASK_CERTAINTY, (*steps, level))


def _pooled(at: str, name: str, answer: Answer, site: Site) -> Part:
    """Return the studies in our own pool, where that answers the question: each has its own page to be reviewed."""
    ids = dict.fromkeys(found.study for found in answer.found if found.used) if answer.basis == "pool" else {}
    studies = [study for one in ids if (study := site.evidence.studies.get(one))]
    ticks = tuple(Check(f"{at}.pool.{study.id}", "In our own pool", site.name(study)) for study in studies)
    return Part(f"{name}: what answers it", ASK_ANSWER, ticks, tuple(map(_way, studies)))


def _answered_by(at: str, name: str, question: Question, site: Site) -> Iterator[Part]:
    for key, anchor in (("anchor", question.anchor), ("single", question.single)):
        study = site.evidence.studies.get(anchor.study) if anchor else None
        effect = study.effect(anchor.effect) if study and anchor else None
        if study and effect:
            shown = words.signed(effect.estimate or "")
            shown += f" ({words.interval(effect.ci)})" if effect.ci else ""
            tick = Check(f"{at}.{key}", site.name(study), f"{words.MEASURES[effect.measure]} {shown}".strip())
            scale = [Check(f"{at}.scale", "In points of", site.label("instruments", question.scale))] * bool(
                question.scale
            )
            yield Part(
                f"{name}: what answers it", ASK_ANSWER, (tick, *scale), (*places((effect.source,), site), _way(study))
            )


def _of_claim(claim: Claim, site: Site) -> Iterator[Part]:
    article = site.evidence.articles.get(claim.article)
    passage = article.passage(claim.passage) if article else None
    where = list[Place]()
    if article and passage:
        under = f"under “{passage.at.heading}”, " if passage.at.heading else ""
        where.append(Place(article.title, f"{under}paragraph {passage.at.paragraph}"))
    said = [Check("claim", "The claim", claim.claim.en), Check("rests_on", "It rests on", claim.rests_on.text.en)]
    said += [
        Check(f"rests_on.studies.{index}", "Study meant", _study_name(one, site))
        for index, one in enumerate(claim.rests_on.studies)
    ]
    yield Part("What the article says", ASK_SAID, tuple(said), tuple(where))
    meant = [study for one in claim.rests_on.studies if (study := site.evidence.studies.get(one))]
    for index, departure in enumerate(claim.faithfulness.departures):
        at = f"faithfulness.departures.{index}"
        ticks = (
            Check(f"{at}.article", "The article says", uncited(departure.article.en)),
            Check(f"{at}.study", "The study says", uncited(departure.study.en)),
        )
        kind = site.label("departures", departure.kind)
        yield Part(f"Departure: {words.mid_sentence(kind)}", ASK_DEPARTURE, ticks, tuple(map(_way, meant)))
    yield _verdict_part(claim, site)


def _verdict_part(claim: Claim, site: Site) -> Part:
    ticks, rests = list[Check](), list[Study]()
    if claim.as_of:
        figures = words.signed(claim.as_of.estimate or "")
        figures += f" ({words.interval(claim.as_of.ci)})" if claim.as_of.ci else ""
        ticks.append(Check("as_of", f"Judged on {words.day(claim.as_of.on)} on these figures", figures or "no figure"))
        ticks.append(Check("as_of.verdict", "Verdict then", words.VERDICTS[claim.as_of.verdict]["en"]))
    if claim.judgement:
        verdict = words.JUDGEMENTS[claim.judgement.verdict]["en"]
        ticks.append(Check("judgement", f"A judgement: {verdict}", uncited(claim.judgement.reason.en)))
        rests = [study for one in claim.judgement.studies if (study := site.evidence.studies.get(one))]
    if claim.missing:
        ticks.append(Check("missing", "Nothing is recorded", uncited(claim.missing.en)))
    ticks.append(Check("explanation", "What it means", uncited(claim.explanation.en)))
    ways = [_way(study) for study in rests]
    for asked in (claim.evidence, *claim.also):
        comparison = site.evidence.comparisons.get(asked.comparison) if asked else None
        if comparison:
            way = Place(comparison.title.en, href=f"comparisons/{comparison.id}/review/")
            ways += [] if way in ways else [way]
    return Part("Does the verdict follow?", ASK_JUDGED, tuple(ticks), tuple(ways))


def _way(study: Study) -> Place:
    """Return the way to the page on which a study's own figures are reviewed."""
    return Place(study.title, href=f"studies/{study.id}/review/")


def _study_name(study_id: str, site: Site) -> str:
    study = site.evidence.studies.get(study_id)
    return site.name(study) if study else study_id
