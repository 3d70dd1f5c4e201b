"""The page of a comparison: the question, the answer per outcome, the studies side by side."""

from __future__ import annotations

from typing import Any

from ..model import Comparison, Page, SearchEntry
from . import words
from .behind import behind_comparison
from .cited import Citations, uncited
from .citing import citable
from .conflict import conflict_view
from .looked import looked_view
from .overlap import overlap_words, pool_and_review_words
from .side_by_side import rows_found
from .site import Site, base_of
from .summary import answer_view, certainty_view
from .verdicts import answer_line, sides

HEADINGS = [
    ("answer", "The answer"),
    ("our-own-pool", "Our own pool"),
    ("studies-that-disagree", "Studies that disagree"),
    ("studies-side-by-side", "Studies side by side"),
    ("claims", "Claims judged by this"),
    ("how", "How this was answered"),
    ("references", "References"),
    ("cite", "Cite"),
]


def comparison_page(comparison: Comparison, site: Site) -> Page:
    """Return the page of one comparison."""
    url = f"comparisons/{comparison.id}/"
    cited = Citations(site.evidence, base_of(url))
    answers = [(question, site.syntheses.answers[comparison.id, question.id]) for question in comparison.outcomes]
    view: dict[str, Any] = {
        "comparison": comparison,
        "looked": looked_view("comparisons", comparison, site),
        "sides": sides(comparison),
        "answers": [answer_view(question, answer, site, cited) for question, answer in answers],
        "rows": rows_found(answers, site),
        "conflicts": [disagreed for one in answers if (disagreed := conflict_view(*one, site))],
        "answered": any(answer.interval for _, answer in answers),
        "claims": _claims(comparison, site),
        "excluded": _excluded(comparison, site),
        "bundle": any(answer.pool for _, answer in answers),
        "terms": _selected_terms(comparison, site),
        "answer": cited.text(comparison.answer.en),
        "notes": [cited.text(note.en) for note in comparison.notes],
        "overlap": [
            *pool_and_review_words(answers, site),
            *overlap_words(site.syntheses.overlaps.get(("comparisons", comparison.id)), site),
        ],
    }
    view["references"] = cited.listed()
    shown = f"{comparison.question.en} {comparison.question.nl or ''}".strip()
    search = SearchEntry(url, comparison.title.en, shown, ("Comparison",), 1.5, _search_words(comparison, site))
    return site.page(
        "comparison.html",
        url,
        comparison.title.en,
        uncited(comparison.answer.en),
        headings=HEADINGS,
        search=search,
        source=comparison.file,
        **citable(url, comparison.title.en, behind_comparison(comparison, site), cited.uses, site),
        files=[file for shown in view["answers"] for file in shown["figures"].files],
        **view,
    )


def _excluded(comparison: Comparison, site: Site) -> list[dict[str, Any]]:
    return [
        {"study": study, "name": site.name(study), "reason": exclusion.reason.en}
        for exclusion in comparison.exclude
        if (study := site.evidence.studies.get(exclusion.study))
    ]


def _claims(comparison: Comparison, site: Site) -> list[dict[str, Any]]:
    """Return each claim with the verdicts that follow from this comparison, which need not be its first."""
    return [
        {"claim": claim, "verdict": {"mark": str(r.verdict), "label": words.VERDICTS[r.verdict]["en"]}}
        for claim in site.evidence.claims.values()
        for r in site.syntheses.rulings.get(claim.id, ())
        if r.answer.comparison == comparison.id
    ]


def _selected_terms(comparison: Comparison, site: Site) -> list[tuple[str, str]]:
    rows = [("People", site.labels("conditions", comparison.population.conditions))]
    for name, side, vocabulary in (
        ("Tested", comparison.intervention, "interventions"),
        ("Compared with", comparison.comparator, "interventions"),
        ("Exposure", comparison.exposure, "exposures"),
    ):
        if side is not None:
            rows.append((name, site.labels(vocabulary, side.terms)))
    return rows


def comparison_row(comparison: Comparison, site: Site) -> dict[str, Any]:
    """Return a comparison as a row of the list, with the answer to its first outcome."""
    question = comparison.outcomes[0]
    answer = site.syntheses.answers[comparison.id, question.id]
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    return {
        "comparison": comparison,
        "sides": sides(comparison),
        "outcome": outcome.label.en if outcome else question.outcome,
        "line": answer_line(answer, site),
        "certainty": certainty_view(answer.certainty, question),
        "effects": sum(len(site.syntheses.answers[comparison.id, q.id].found) for q in comparison.outcomes),
    }


def _search_words(comparison: Comparison, site: Site) -> str:
    terms = site.evidence.vocabularies
    found = [comparison.title.nl or "", comparison.answer.en, comparison.answer.nl or ""]
    for side in (comparison.intervention, comparison.comparator, comparison.exposure):
        for term in side.terms if side else ():
            entry = terms.interventions.get(term) or terms.exposures.get(term)
            found += entry.words if entry else ()
    return uncited(" ".join(dict.fromkeys(text for text in found if text)))
