"""Rules about questions and claims: do they point at something, and does what they say still hold?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..model import Article, Asked, Claim, Comparison, Interval, Question, Study
from ..problem import Where
from .rule import Base, Finding, rule


@rule("study", in_browser=True)
def contrast_named(study: Study, base: Base) -> Iterator[Finding]:
    """Every effect says what was compared with what.

    A trial's effect names its own arms (`arms`), a review's effect names terms (`versus`), an observed association
    names the exposure. A number without a comparison means nothing.
    """
    own = {arm.id for arm in study.arms}
    groups = own | {group.id for group in study.population.groups}
    for index, effect in enumerate(study.effects):
        at: Where = ("effects", index)
        if effect.arms is None and effect.versus is None and effect.exposure is None and effect.measure.is_contrast:
            yield Finding(at, "it does not say what was compared with what", "add `arms`, `versus` or `exposure`")
        if effect.arms:
            for side in ("intervention", "comparator"):
                for position, arm in enumerate(getattr(effect.arms, side)):
                    if arm not in own:
                        message = f"there is no arm `{arm}`"
                        yield Finding((*at, "arms", side, position), message, f"arms here: {', '.join(sorted(own))}")
        for position, group in enumerate(effect.groups):
            if group.group not in groups:
                place = (*at, "groups", position, "group")
                yield Finding(place, f"there is no arm or group `{group.group}`", f"here: {', '.join(sorted(groups))}")


_SIDE = "add it: {terms: [walking], label: {en: Walking}}"


@rule("comparison", in_browser=True)
def comparison_sides(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """A comparison of treatments names both sides, one of exposures the exposure.

    Studies are selected by these terms; a side that is missing would select nothing, and the page would say that
    nothing is recorded.
    """
    if comparison.kind == "intervention" and not (comparison.intervention and comparison.comparator):
        yield Finding(("kind",), "a comparison of treatments needs `intervention` and `comparator`", _SIDE)
    if comparison.kind == "exposure" and not comparison.exposure:
        yield Finding(("kind",), "a comparison of exposures needs `exposure`", _SIDE)


@rule("comparison")
def answer_fits(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """The effect that answers a question exists and measures what is asked.

    An anchor is an effect of a systematic review; `single` is the one effect there is where no review was made. Outcome
    and measure agree with the question, and there is an interval to judge by.
    """
    for index, question in enumerate(comparison.outcomes):
        for name in ("anchor", "single"):
            pointed = getattr(question, name)
            study = base.evidence.studies.get(pointed.study) if pointed else None
            if pointed and study:
                yield from _fits(comparison.id, question, study, pointed.effect, ("outcomes", index, name), base)
        if question.anchor and question.single:
            yield Finding(("outcomes", index, "single"), "a question has one answer", "keep `anchor` or `single`")


def _fits(
    comparison: str, question: Question, study: Study, effect_id: str, at: Where, base: Base
) -> Iterator[Finding]:
    effect = study.effect(effect_id)
    if effect is None:
        known = ", ".join(effect.id for effect in study.effects)
        yield Finding((*at, "effect"), f"`{study.id}` has no effect `{effect_id}`", f"it has: {known}")
        return
    if effect.outcome != question.outcome:
        yield Finding((*at, "effect"), f"it measures {effect.outcome}, the question asks for {question.outcome}")
    if effect.measure != question.measure:
        yield Finding((*at, "effect"), f"it is a {effect.measure}, the question asks for a {question.measure}")
    found = base.syntheses.answers.get((comparison, question.id))
    if found and found.basis == "nothing" and effect.measure == question.measure and not base.evidence.unreadable:
        yield Finding((*at, "effect"), f"it cannot answer the question: {found.missing}", "choose another, or none")
    if effect.ci is None:
        yield Finding((*at, "effect"), "it has no confidence interval to judge by", "leave the question open instead")
    design = base.evidence.vocabularies.designs.get(study.design.type)
    if at[-1] == "anchor" and design and design.kind != "review":
        yield Finding((*at, "study"), f"`{study.id}` is no review", "use `single` for the effect of one study")


@rule("comparison")
def threshold_known(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """Every outcome has a smallest important effect: the scale's MID, or one stated with its reason.

    Without it nobody can say whether an effect matters. For ratios it is written as a number above 1 and counts in both
    directions (1.25 also means 0.80); for correlations and standardised differences it is a number above 0.
    """
    for index, question in enumerate(comparison.outcomes):
        scale = base.evidence.vocabularies.instruments.get(question.scale or "")
        unread = base.unread("instruments", question.scale or "")
        by_scale = scale is not None and scale.mid is not None and question.measure == "mean-difference"
        if question.important is None and not by_scale and not unread:
            hint = "add `important: {value, reason, source}`, or a MID to the instrument"
            yield Finding(("outcomes", index), "there is no smallest important effect", hint)
        elif question.important is None and scale and scale.mid and scale.mid.value.value <= 0:
            message = f"the MID of {question.scale} is {scale.mid.value}; it is a number above 0"
            yield Finding(("outcomes", index, "scale"), message, "correct it in vocabularies/instruments.yaml")
        elif question.important and question.important.value.value <= question.measure.null:
            place: Where = ("outcomes", index, "important", "value")
            message = f"for the measure {question.measure} it is a number above {question.measure.null:g}"
            hint = "it counts in both directions: 1.25 also means 0.80, 10 also means -10"
            yield Finding(place, f"{message}, not {question.important.value}", hint)


@rule("comparison")
def scale_direction(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """A question is answered on a scale that runs the way of its outcome.

    Verdicts and sentences read a negative number as less of the outcome: less pain, less disability. A scale that
    counts the other way (freedom from pain, where more is better) would turn every one of them round. Effects recorded
    on such an instrument are fine: they are turned when they are brought to the question's scale.
    """
    vocabularies = base.evidence.vocabularies
    for index, question in enumerate(comparison.outcomes):
        scale = vocabularies.instruments.get(question.scale or "")
        outcome = vocabularies.outcomes.get(question.outcome)
        if scale and outcome and {scale.better, outcome.better} == {"lower", "higher"}:
            message = (
                f"{scale.better} is better on {question.scale}, but {outcome.better} is better for {question.outcome}"
            )
            hint = "choose a scale that runs the same way; effects on the other one are turned by themselves"
            yield Finding(("outcomes", index, "scale"), message, hint)


@rule("claim")
def claim_points(claim: Claim, base: Base) -> Iterator[Finding]:
    """A claim names an existing passage of its article, and an existing outcome of a comparison.

    The passage says where the claim stands; the outcome says which answer it is judged by.
    """
    article = base.evidence.articles.get(claim.article)
    if article and article.passage(claim.passage) is None:
        known = ", ".join(passage.id for passage in article.passages)
        yield Finding(("passage",), f"`{claim.article}` has no passage `{claim.passage}`", f"it has: {known}")
    for at, asked in _asked(claim):
        comparison = base.evidence.comparisons.get(asked.comparison)
        if comparison and comparison.outcome(asked.outcome) is None:
            known = ", ".join(question.id for question in comparison.outcomes)
            message = f"`{asked.comparison}` has no outcome `{asked.outcome}`"
            yield Finding((*at, "outcome"), message, f"it has: {known}")


def _asked(claim: Claim) -> Iterator[tuple[Where, Asked]]:
    if claim.evidence:
        yield ("evidence",), claim.evidence
    for index, asked in enumerate(claim.also):
        yield ("also", index), asked


@rule("claim", in_browser=True)
def departures_named(claim: Claim, base: Base) -> Iterator[Finding]:
    """The judgement on faithfulness and the list of departures agree.

    "Bent" and "wrong" name at least one departure; "faithful" names none; "no source" is for claims that point to no
    study.
    """
    judgement, departures = claim.faithfulness.judgement, claim.faithfulness.departures
    at: Where = ("faithfulness", "judgement")
    if judgement in {"bent", "wrong"} and not departures:
        yield Finding(at, f"`{judgement}` without a departure", "say what the article says and what the study says")
    if judgement == "faithful" and departures:
        yield Finding(at, "`faithful` with departures", "call it bent, or remove the departures")
    if judgement == "no-source" and claim.rests_on.studies:
        yield Finding(at, "`no-source`, but `rests_on` names studies", "judge how they are portrayed")


@rule("article")
def positions_unique(article: Article, base: Base) -> Iterator[Finding]:
    """No two claims of an article have the same position, and every passage has a claim.

    The page of the article lists its claims in the order of their positions, so that it can be read beside the article.
    A passage without a claim was found checkable and then forgotten.
    """
    claims = base.evidence.claims_of(article.id)
    counted = Counter(claim.position for claim in claims)
    for claim in claims:
        if counted[claim.position] > 1:
            message = f"position {claim.position} of {article.id} is taken {counted[claim.position]} times"
            yield Finding(("position",), message, "number the claims in the order of the article", claim.file)
    used = {claim.passage for claim in claims}
    for index, passage in enumerate(article.passages):
        if passage.id not in used and not base.evidence.unreadable:
            yield Finding(("passages", index), f"no claim stands at passage `{passage.id}`", "add the claim or drop it")


@rule("claim")
def claim_outdated(claim: Claim, base: Base) -> Iterator[Finding]:
    """A claim was last judged on the numbers the synthesis gives now.

    `as_of` keeps the verdict and the numbers a person last looked at. When a new study or a corrected figure moves
    them, the claim's words may no longer be true: read it again, then write the new numbers and today's date. Where the
    verdict moved, keep the old one under `earlier` with what moved it: whoever knew it is told.
    """
    rulings = base.syntheses.rulings.get(claim.id, ())
    if not rulings or claim.evidence is None or _rests_on_unread(claim.evidence, base):
        return
    now = rulings[0]
    interval = now.answer.interval
    if claim.as_of is None:
        yield Finding(
            ("evidence",), "it does not say on which numbers it was judged", f"add {_as_of(now.verdict, interval)}"
        )
        return
    then = claim.as_of
    same = then.verdict == now.verdict and (then.estimate is None) == (interval is None)
    same = same and (then.ci is None) == (interval is None)
    if same and interval is not None and then.estimate is not None and then.ci is not None:
        pairs = ((then.estimate, interval.estimate), (then.ci[0], interval.lower), (then.ci[1], interval.upper))
        same = all(abs(figure.value - value) <= figure.half_unit * 1.000001 for figure, value in pairs)
    if not same:
        hint = "read it again"
        if then.verdict != now.verdict:
            hint += (
                f", and keep the old verdict: earlier: [{{on: {then.on}, until: …, verdict: {then.verdict}, why: …}}]"
            )
        yield Finding(("as_of",), f"it was judged `{then.verdict}`; now it is {_as_of(now.verdict, interval)}", hint)


def _rests_on_unread(asked: Asked, base: Base) -> bool:
    comparison = base.evidence.comparisons.get(asked.comparison)
    question = comparison.outcome(asked.outcome) if comparison else None
    pointed = (question.anchor or question.single) if question else None
    # a pool rests on every study there is, so that one that cannot be read may be the one that is missing
    study = pointed.study in base.evidence.unreadable if pointed else bool(base.evidence.unreadable)
    trees = {"conditions", "interventions", "exposures"} & base.evidence.unreadable
    return question is None or study or bool(trees) or base.unread("instruments", question.scale or "")


def _as_of(verdict: str, interval: Interval | None) -> str:
    if interval is None:
        return f"as_of: {{verdict: {verdict}}}"
    numbers = [f"{value:.{interval.decimals}f}" for value in (interval.estimate, interval.lower, interval.upper)]
    return f'as_of: {{verdict: {verdict}, estimate: "{numbers[0]}", ci: ["{numbers[1]}", "{numbers[2]}"]}}'
