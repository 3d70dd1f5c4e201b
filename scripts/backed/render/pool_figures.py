"""The figures of an answer and of our own pool, in the words of the question, drawn for the page and as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..model import Answer, Appraisal, Comparison, Export, Interval, Pool, Question, Ruling, Verdict
from . import words
from .figures import (
    Appraised,
    Chart,
    Forest,
    Ground,
    OnScale,
    People,
    cumulative,
    draw,
    forest,
    funnel,
    icon_array,
    leave_one_out,
    on_scale,
    traffic_light,
    verdict_timeline,
    weighted_bars,
)
from .site import Site
from .verdicts import question_of, sides

SENSIBLE = 3
"""Studies from which on it is worth looking at a pool without one of them, or as it grew."""


@dataclass(frozen=True)
class Figures:
    """Drawn figures, by name, and the files that the page links to."""

    drawn: Mapping[str, Markup]
    files: tuple[Export, ...]


def figures_of(comparison: Comparison, question: Question, answer: Answer, site: Site) -> Figures:
    """Return the figures of an answer: what it means for people, and those of a pool of two studies or more."""
    charts = tuple(_charts(comparison, question, answer, site))
    drawn = [draw(chart, site, f"{question.id}-{chart.name}") for chart in charts]
    folder = f"comparisons/{comparison.id}"
    files = tuple(Export(f"{folder}/{one.file}", one.standalone.encode()) for one in drawn)
    return Figures({chart.name: one.inline for chart, one in zip(charts, drawn, strict=True)}, files)


def _charts(comparison: Comparison, question: Question, answer: Answer, site: Site) -> Iterator[Chart]:
    first, second = sides(comparison)
    about = f"{site.label('outcomes', question.outcome)}: {first} compared with {words.mid_sentence(second)}"
    yield from _for_people(about, comparison, question, answer, site)
    pool = answer.pool
    if pool is None or len(pool.rows) < 2:
        return
    names = {row.study: site.name(site.evidence.studies[row.study]) for row in pool.rows}
    ground, appraised = ground_of(comparison, question, answer, site), appraised_of(pool, site)
    yield forest(Forest(about, pool, names, ground, (first, second), anchor=_anchor(answer, site), appraised=appraised))
    if appraised is not None:
        yield traffic_light(f"Risk of bias. {about}", names, appraised)
        yield weighted_bars(f"Risk of bias by weight. {about}", pool, appraised)
    if len(pool.rows) >= SENSIBLE:
        yield leave_one_out(f"Without each study in turn. {about}", pool, names, ground)
    expected = site.syntheses.expected.get((answer.comparison, answer.outcome))
    if expected is not None and tells(expected):
        yield as_they_came(expected, site)
    elif len(pool.rows) >= SENSIBLE:
        yield cumulative(f"As the studies came in. {about}", pool, names, ground)
    if len(pool.rows) >= SENSIBLE:
        filled = pool.trimfill.filled if pool.trimfill else ()
        yield funnel(f"Small and large studies. {about}", pool, names, ground, filled)


def tells(ruling: Ruling) -> bool:
    """Say whether a verdict has a history: our pool of two years or more, and not unknown throughout."""
    return len(ruling.timeline) > 1 and any(one.verdict is not Verdict.NOT_KNOWN for one in ruling.timeline)


def as_they_came(ruling: Ruling, site: Site) -> Chart:
    """Return the figure of a verdict that `tells` something: our pool year by year, each with its verdict."""
    comparison, question = question_of(ruling.answer, site)
    pool = ruling.answer.pool
    assert pool is not None, "a timeline is made of a pool"
    first, second = sides(comparison)
    outcome = site.evidence.vocabularies.outcomes[question.outcome]
    claimed = (outcome.less if ruling.asked.claimed == "lower" else outcome.more).en
    title = f"The verdict on “{claimed}” as studies came in. {first} compared with {words.mid_sentence(second)}"
    names = {row.study: site.name(site.evidence.studies[row.study]) for row in pool.rows}
    return verdict_timeline(title, pool, ruling.timeline, names, ground_of(comparison, question, ruling.answer, site))


def _for_people(about: str, comparison: Comparison, question: Question, answer: Answer, site: Site) -> Iterator[Chart]:
    """Yield what the answer means for people: how many in 100, or where they are on their own scale."""
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    scale = site.evidence.vocabularies.instruments.get(question.scale or "")
    named = words.mid_sentence(sides(comparison)[0]), words.mid_sentence(sides(comparison)[1])
    if outcome is None or answer.interval is None:
        return
    if answer.absolute is not None and outcome.having is not None:
        yield icon_array(People(about, answer.absolute, outcome.having.en, named, outcome.better))
    start = answer.pool.control_mean if answer.pool and answer.basis in {"pool", "single"} else None
    if start is not None and scale is not None and scale.range is not None:
        low, high = (bound.value for bound in scale.range)
        ends = outcome.less.en, outcome.more.en
        yield on_scale(
            OnScale(about, answer.interval, start, (low, high), ends, scale.unit.en, named, answer.threshold)
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
