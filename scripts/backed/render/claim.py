"""The page of a claim: the sentence, the two answers, the numbers, the departures, the studies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model import Claim, Export, Flip, Page, Ruling, SearchEntry
from . import words
from .behind import behind_claim
from .changes import of, told
from .cited import Citations, uncited
from .citing import citable
from .feeds import feed_link, feed_of_claim
from .figures import Drawing, draw
from .json_ld import claim_data, script
from .looked import looked_view
from .overlap import overlap_words
from .pool_figures import as_they_came, tells
from .site import Site, base_of
from .social import card_of_claim, social_tags
from .summary import absolute_words, answer_plot, certainty_view
from .verdicts import (
    after,
    answer_line,
    arithmetic,
    extent,
    faithfulness_view,
    in_words,
    question_of,
    sides,
    verdict_view,
)

HEADINGS = [
    ("is-the-source-portrayed-faithfully", "Is the source portrayed faithfully?"),
    ("does-the-evidence-support-it", "Does the evidence support it?"),
    ("what-it-means", "What it means"),
    ("studies", "Studies"),
    ("cite", "Cite"),
]


def claim_page(claim: Claim, site: Site) -> Page:
    """Return the page of one claim."""
    url = f"claims/{claim.id}/"
    cited = Citations(site.evidence, base_of(url))
    rulings = site.syntheses.rulings.get(claim.id, ())
    verdict = verdict_view(claim, site)
    line = answer_line(rulings[0].answer, site) if rulings and claim.evidence else ""
    view = _view(claim, rulings, cited, site) | {"verdict": verdict, "line": line}
    histories = [_history(ruling, site) for ruling in rulings]
    drawings = [Export(f"{url}{drawn.file}", drawn.standalone.encode()) for drawn in histories if drawn]
    for answered, drawn in zip(view["rulings"], histories, strict=True):
        answered["history"] = drawn.inline if drawn else ""
    view["references"] = cited.listed()
    shown = f"{claim.claim.nl or ''} {line}".strip() or claim.rests_on.text.en
    search = SearchEntry(url, claim.claim.en, shown, ("Claim", verdict["label"]), 2.0, _search_words(claim, site))
    about = f" Judged: {claim.judged.en}" if claim.judged else ""
    description = f"{claim.claim.en} Verdict: {verdict['label']}.{about}"
    citing = citable(url, claim.claim.en, behind_claim(claim, site), cited.uses, site)
    card = card_of_claim(claim, site)
    head = [
        script(claim_data(claim, verdict, site.url + url, site)),
        social_tags(url, claim.claim.en, description, card, site),
        feed_link("feed.xml", "When this conclusion changes"),
        citing["head"],
    ]
    return site.page(
        "claim.html",
        url,
        claim.claim.en,
        description,
        headings=HEADINGS,
        search=search,
        source=claim.file,
        files=[*drawings, feed_of_claim(claim, site), card.file],
        **{**citing, "head": "\n".join(filter(None, head))},
        **view,
    )


def _view(claim: Claim, rulings: Sequence[Ruling], cited: Citations, site: Site) -> dict[str, Any]:
    """Return what a claim's page says of it, in the order in which it is said: works are numbered as they come."""
    return {
        "claim": claim,
        "looked": looked_view("claims", claim, site),
        "earlier": [told(event, site) for event in of(claim) if event.kind == "verdict"][::-1],
        **_place(claim, site),
        "faithful": faithfulness_view(claim),
        "rests_on": _rests_on(claim, site, cited),
        "departures": [
            {
                "kind": site.label("departures", departure.kind),
                "article": cited.text(departure.article.en),
                "study": cited.text(departure.study.en),
            }
            for departure in claim.faithfulness.departures
        ],
        "faithful_text": cited.text(claim.faithfulness.text.en) if claim.faithfulness.text else "",
        "rulings": [ruling_view(ruling, site, cited) for ruling in rulings],
        "explanation": cited.text(claim.explanation.en),
        "explanation_nl": cited.text(claim.explanation.nl) if claim.explanation.nl else "",
        "judgement": cited.text(claim.judgement.reason.en) if claim.judgement else "",
        "judged_on": [cited.mark(study) for study in claim.judgement.studies] if claim.judgement else [],
        "missing": cited.text(claim.missing.en) if claim.missing else "",
        "overlap": overlap_words(site.syntheses.overlaps.get(("claims", claim.id)), site),
    }


def _place(claim: Claim, site: Site) -> dict[str, Any]:
    """Return where in its article a claim stands, and the claims before and after it."""
    article = site.evidence.articles.get(claim.article)
    siblings = site.evidence.claims_of(claim.article)
    place = siblings.index(claim)
    return {
        "article": article,
        "total": len(siblings),
        "place": place + 1,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
        "passage": article.passage(claim.passage) if article else None,
    }


def _rests_on(claim: Claim, site: Site, cited: Citations) -> dict[str, Any]:
    rests = claim.rests_on
    return {
        "kind": words.RESTS_ON[rests.kind],
        "text": cited.text(rests.text.en),
        "match": words.MATCH[rests.match] if rests.match else "",
        "why": cited.text(rests.why.en) if rests.why else "",
        "studies": [
            {"study": study, "name": site.name(study), "mark": cited.mark(study.id)}
            for study_id in rests.studies
            if (study := site.evidence.studies.get(study_id))
        ],
    }


def ruling_view(ruling: Ruling, site: Site, cited: Citations) -> dict[str, Any]:
    """Return a computed answer ready to be shown: sentence, figure, certainty, and how the verdict follows."""
    answer = ruling.answer
    comparison, question = question_of(answer, site)
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    first, second = sides(comparison)
    study = site.evidence.studies.get(answer.study or "")
    return {
        "comparison": comparison,
        "question": question,
        "outcome": outcome.label.en if outcome else question.outcome,
        "first": first,
        "second": second,
        "verdict": {"mark": str(ruling.verdict), "label": words.VERDICTS[ruling.verdict]["en"]},
        "time": after(answer, site).removeprefix(" after "),
        "sentence": _sentence(ruling, site),
        "extent": extent(answer),
        "certainty": certainty_view(answer.certainty, question),
        "steps": arithmetic(ruling, site),
        "flips": [_flip(flip, ruling, site) for flip in ruling.flips if flip.verdict is not ruling.verdict],
        "kept": [_flip(flip, ruling, site) for flip in ruling.flips if flip.verdict is ruling.verdict],
        "absolute": absolute_words(answer.absolute, outcome.label.en if outcome else question.outcome, (first, second)),
        "pooled": answer.basis == "pool",
        "plot": answer_plot(answer, site, others=False),
        "study": study,
        "mark": cited.mark(answer.study) if answer.study else "",
        "name": site.name(study) if study else "",
    }


def _history(ruling: Ruling, site: Site) -> Drawing | None:
    """Return the figure of a verdict as studies came in, where it rests on our own pool of several years."""
    if ruling.answer.basis != "pool" or not tells(ruling):
        return None
    return draw(as_they_came(ruling, site), site, f"{ruling.asked.comparison}-{ruling.asked.outcome}-timeline")


def _flip(flip: Flip, ruling: Ruling, site: Site) -> dict[str, Any]:
    """Return a change that was tried on a verdict: what, the interval it gives, and the verdict."""
    study = site.evidence.studies.get(flip.study)
    interval = ""
    if flip.interval is not None and flip.interval != ruling.answer.interval:
        i = flip.interval
        estimate, low, high = (words.number(value, i.decimals) for value in (i.estimate, i.lower, i.upper))
        interval = f"{estimate} ({low} to {high})"
    elif flip.interval is None:
        interval = "no study would be left"
    return {
        "change": f"{flip.change} {site.name(study)}" if study else flip.change,
        "interval": interval,
        "verdict": {"mark": str(flip.verdict), "label": words.VERDICTS[flip.verdict]["en"]},
    }


def _sentence(ruling: Ruling, site: Site) -> str:
    """Return the answer as one sentence with its certainty word, its number and what was compared with what."""
    answer = ruling.answer
    comparison, _ = question_of(answer, site)
    first, second = sides(comparison)
    if answer.interval is None:
        return ""
    hedge = words.HEDGES[answer.certainty] if answer.certainty else ""
    effect = in_words(answer, site) + after(answer, site)
    people = words.mid_sentence(comparison.population.label.en)
    between = f"with {words.mid_sentence(first)}"
    if comparison.kind == "intervention":
        between = f"with {words.mid_sentence(first)}, compared with {words.mid_sentence(second)}"
    return f"{hedge}{words.sentence_case(effect) if not hedge else effect} {between}, in {people}."


def _search_words(claim: Claim, site: Site) -> str:
    terms = site.evidence.vocabularies
    words_found = [claim.explanation.en, claim.explanation.nl or "", claim.rests_on.text.en]
    for ruling in site.syntheses.rulings.get(claim.id, ()):
        comparison, question = question_of(ruling.answer, site)
        for side in (comparison.intervention, comparison.exposure):
            for term in side.terms if side else ():
                entry = terms.interventions.get(term) or terms.exposures.get(term)
                words_found += entry.words if entry else ()
        outcome = terms.outcomes.get(question.outcome)
        words_found += outcome.words if outcome else ()
    text = " ".join(dict.fromkeys(word for word in words_found if word))
    return uncited(text)
