"""The page of a comparison: the question, the answer per outcome, the studies side by side."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ..model import Answer, Comparison, Effect, Found, Interval, Page, Question, SearchEntry, Study
from ..model.effect import Level
from . import words
from .cited import Citations, uncited
from .effect import contrast_words, direction_words, effect_row
from .plot import Plot, plots
from .site import Site, base_of
from .study import risk_of_bias
from .verdicts import answer_line, extent, in_words, sides

HEADINGS = [
    ("answer", "The answer"),
    ("studies-side-by-side", "Studies side by side"),
    ("claims", "Claims judged by this"),
    ("how", "How this was answered"),
    ("references", "References"),
]


def comparison_page(comparison: Comparison, site: Site) -> Page:
    """Return the page of one comparison."""
    url = f"comparisons/{comparison.id}/"
    cited = Citations(site.evidence, base_of(url))
    answers = [(question, site.syntheses.answers[comparison.id, question.id]) for question in comparison.outcomes]
    view: dict[str, Any] = {
        "comparison": comparison,
        "sides": sides(comparison),
        "answers": [answer_view(question, answer, site, cited) for question, answer in answers],
        "rows": _rows(answers, site),
        "claims": _claims(comparison, site),
        "excluded": [
            {"study": study, "name": site.name(study), "reason": exclusion.reason.en}
            for exclusion in comparison.exclude
            if (study := site.evidence.studies.get(exclusion.study))
        ],
        "terms": _selected_terms(comparison, site),
        "answer": cited.text(comparison.answer.en),
        "notes": [cited.text(note.en) for note in comparison.notes],
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
        **view,
    )


def certainty_view(level: Level | None, question: Question, cited: Citations | None = None) -> dict[str, Any] | None:
    """Return a certainty rating ready to be shown: four dots, the word, who judged, why."""
    if level is None or question.certainty is None:
        return None
    return {
        "level": level,
        "word": words.CERTAINTY[level]["en"],
        "dots": words.CERTAINTY_DOTS[level],
        "by": "the review’s authors" if question.certainty.by == "anchor" else "this project",
        "start": words.CERTAINTY[question.certainty.start]["en"],
        "changes": [
            {"domain": words.DOMAINS[change.domain], "steps": change.steps, "reason": _told(change.reason.en, cited)}
            for change in question.certainty.changes
        ],
        "note": _told(question.certainty.note.en, cited) if question.certainty.note else "",
    }


def _told(text: str, cited: Citations | None) -> Markup | str:
    return cited.text(text) if cited else text


def answer_view(question: Question, answer: Answer, site: Site, cited: Citations) -> dict[str, Any]:
    """Return the answer to one outcome as a row of the summary of findings, with its figure."""
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    study = site.evidence.studies.get(answer.study or "")
    threshold = question.important or (scale.mid if (scale := _scale(question, site)) else None)
    return {
        "mark": cited.mark(study.id) if study else "",
        "note": cited.text(question.note.en) if question.note else "",
        "outcome": outcome.label.en if outcome else question.outcome,
        "scale": scale.label.en if (scale := _scale(question, site)) else "",
        "words": in_words(answer, site),
        "line": answer_line(answer, site),
        "extent": extent(answer),
        "certainty": certainty_view(answer.certainty, question, cited),
        "study": study,
        "name": site.name(study) if study else "",
        "basis": answer.basis,
        "conversion": answer.conversion,
        "plot": answer_plot(answer, site),
        "threshold": threshold,
        "threshold_reason": cited.text(threshold.reason.en) if threshold else "",
        "threshold_mark": cited.mark(threshold.source.report) if threshold else "",
        "window": _window(question),
        "missing": answer.missing,
        "effect": _time_of(answer, site),
    }


def _time_of(answer: Answer, site: Site) -> str:
    study = site.evidence.studies.get(answer.study or "")
    effect = study.effect(answer.effect or "") if study else None
    return words.duration(effect.time) if effect else ""


def _scale(question: Question, site: Site) -> Any:
    return site.evidence.vocabularies.instruments.get(question.scale or "")


def _window(question: Question) -> str:
    window = question.window
    told = "any time"
    if window.start and window.end:
        told = f"{words.duration(window.start)} to {words.duration(window.end)}"
    elif window.end:
        told = f"up to {words.duration(window.end)}"
    elif window.start:
        told = f"{words.duration(window.start)} or later"
    return f"{told}, preferably {words.duration(window.target)}" if window.target else told


def answer_plot(answer: Answer, site: Site, *, others: bool = True) -> tuple[Plot, ...]:
    """Return the figure of an answer, wide and narrow, with the other effects of its measure and scale beside it."""
    comparison = site.evidence.comparisons[answer.comparison]
    question = comparison.outcome(answer.outcome)
    if question is None:
        return ()
    rows: list[tuple[str, Interval, bool]] = []
    if answer.interval is not None and answer.study in site.evidence.studies:
        rows.append((site.name(site.evidence.studies[answer.study or ""]), answer.interval, True))
    for found in answer.found if others else ():
        if not found.used and (row := _plotted(found, site)):
            rows.append(row)
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    scale = _scale(question, site)
    axis = scale.unit.en if scale else words.MEASURES[question.measure]
    turned = bool(scale and outcome and outcome.better != "neither" and scale.better not in {outcome.better, "neither"})
    less, more = (outcome.less.en, outcome.more.en) if outcome else ("lower", "higher")
    sides_said = (more, less) if turned else (less, more)
    return plots(rows, answer.measure, answer.threshold, sides_said, axis)


def _plotted(found: Found, site: Site) -> tuple[str, Interval, bool] | None:
    study = site.evidence.studies[found.study]
    effect = study.effect(found.effect)
    if effect is None or found.interval is None:
        return None
    label = site.name(study)
    part = effect.subgroup or effect.label
    if part is not None:
        label += f", {words.mid_sentence(part.en)}"
    if effect.time is not None:
        label += f", {words.duration(effect.time)}"
    return label, found.interval, False


def _rows(answers: list[tuple[Question, Answer]], site: Site) -> list[dict[str, Any]]:
    """Return every effect found, once, those that answer an outcome first."""
    found: dict[tuple[str, str], list[Found]] = {}
    for _, answer in answers:
        for one in answer.found:
            found.setdefault((one.study, one.effect), []).append(one)
    rows = [
        side_by_side(site.evidence.studies[study_id], effect, roles, site)
        for (study_id, effect_id), roles in found.items()
        if (effect := site.evidence.studies[study_id].effect(effect_id))
    ]
    return sorted(rows, key=lambda row: not row["used"])


def _role(roles: list[Found]) -> str:
    if any(found.used for found in roles):
        return "answers the question"
    reasons = list(dict.fromkeys(found.reason for found in roles if found.reason))
    return "left out: " + "; ".join(reasons) if len(reasons) and all(found.reason for found in roles) else "beside it"


def side_by_side(study: Study, effect: Effect, roles: list[Found], site: Site) -> dict[str, Any]:
    """Return one effect as a row of the table of studies: who, what, against what, when, how much, how well."""
    first, second = contrast_words(study, effect, site)
    row = effect_row(study, effect, site)
    return {
        "study": study,
        "name": site.name(study),
        "design": site.label("designs", study.design.type),
        "population": site.label("conditions", study.population.condition),
        "n": study.people_in(effect),
        "first": first,
        "second": second,
        "outcome": row["outcome"],
        "instrument": row["instrument"],
        "time": row["time"],
        "weeks": effect.time.in_weeks if effect.time else "",
        "effect": f"{row['estimate']} ({row['ci']})" if row["ci"] else row["estimate"],
        "groups": row["groups"],
        "value": effect.estimate.value if effect.estimate else "",
        "measure": row["measure"],
        "direction": direction_words(effect, site),
        "bias": risk_of_bias(study, site),
        "used": any(found.used for found in roles),
        "role": (role := _role(roles)),
        "part": role.partition(":")[0],
    }


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
