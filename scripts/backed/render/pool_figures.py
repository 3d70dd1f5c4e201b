"""The figures of an answer and of our own pool, in the words of the question, drawn for the page and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..model import Answer, Appraisal, Comparison, Export, Interval, Pool, Question
from . import words
from .figures import Appraised, Chart, Forest, Ground, draw, forest
from .site import Site
from .verdicts import sides


@dataclass(frozen=True)
class PoolFigures:
    """The figures of one pool: the forest plot, and those below it."""

    forest: Markup
    further: tuple[Markup, ...]
    files: tuple[Export, ...]


def pool_figures(comparison: Comparison, question: Question, answer: Answer, pool: Pool, site: Site) -> PoolFigures:
    """Return the figures of a pool of two studies or more, and the files that the page links to."""
    drawn = [
        draw(chart, site, f"{question.id}-{chart.name}") for chart in _charts(comparison, question, answer, pool, site)
    ]
    folder = f"comparisons/{comparison.id}"
    files = tuple(Export(f"{folder}/{one.file}", one.standalone.encode()) for one in drawn)
    first, *further = (one.inline for one in drawn)
    return PoolFigures(first, tuple(further), files)


def _charts(comparison: Comparison, question: Question, answer: Answer, pool: Pool, site: Site) -> Iterator[Chart]:
    outcome = site.label("outcomes", question.outcome)
    named = sides(comparison)
    about = f"{outcome}: {named[0]} compared with {words.mid_sentence(named[1])}"
    names = {row.study: site.name(site.evidence.studies[row.study]) for row in pool.rows}
    ground = ground_of(comparison, question, answer, site)
    yield forest(
        Forest(
            about,
            pool,
            names,
            ground,
            named,
            anchor=_anchor(answer, site),
            appraised=appraised_of(pool, site),
        )
    )


def _anchor(answer: Answer, site: Site) -> tuple[str, Interval] | None:
    study = site.evidence.studies.get(answer.study or "")
    if answer.basis != "anchor" or answer.interval is None or study is None:
        return None
    return site.name(study), answer.interval


def appraised_of(pool: Pool, site: Site) -> Appraised | None:
    """Return the tool by which most of a pool's studies were judged, with what it says of each; None without any."""
    found: dict[str, dict[str, Appraisal]] = {}
    for row in pool.rows:
        for appraisal in site.evidence.studies[row.study].appraisal:
            if appraisal.domains or appraisal.overall:
                found.setdefault(appraisal.tool, {}).setdefault(row.study, appraisal)
    known = [(tool, own) for tool, own in found.items() if tool in site.evidence.vocabularies.appraisal]
    if not known:
        return None
    tool, own = max(known, key=lambda one: len(one[1]))
    shown = site.evidence.vocabularies.appraisal[tool]
    return Appraised(shown, own) if shown.judgements else None


def ground_of(comparison: Comparison, question: Question, answer: Answer, site: Site) -> Ground:
    """Return the axis of a question's figures: its unit, the smallest important effect, what each side favours."""
    scale = site.evidence.vocabularies.instruments.get(question.scale or "")
    unit = scale.unit.en if scale else words.MEASURES[question.measure]
    left, right = _ends(comparison, question, site)
    return Ground(question.measure, unit, left, right, answer.threshold)


def _ends(comparison: Comparison, question: Question, site: Site) -> tuple[str, str]:
    """Return what an effect to the left and to the right means: "favours walking", or less and more of the outcome."""
    if question.pool.sides is not None:
        return question.pool.sides[0].en, question.pool.sides[1].en
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    if outcome is None:
        return "", ""
    if comparison.kind == "exposure" or outcome.better == "neither":
        return outcome.less.en, outcome.more.en
    first, second = (f"favours {words.mid_sentence(side)}" for side in sides(comparison))
    return (first, second) if outcome.better == "lower" else (second, first)
