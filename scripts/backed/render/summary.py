"""The answer to one outcome as a row of the summary of findings, with its certainty and how it was reached."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ..model import Absolute, Answer, Found, Interval, Outcome, Proposal, Question
from ..model.effect import Level
from . import words
from .cited import Citations
from .figures import Plot, plots
from .own_pool import pool_view
from .pool_figures import figures_of
from .side_by_side import tally
from .site import Site
from .verdicts import after, answer_line, extent, in_words, sides


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
    """Return the answer to one outcome as a row of the summary of findings, with its figure and our own pool."""
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    study = site.evidence.studies.get(answer.study or "")
    scale = site.evidence.vocabularies.instruments.get(question.scale or "")
    threshold = question.important or (scale.mid if scale else None)
    expected = site.syntheses.expected.get((answer.comparison, answer.outcome))
    label = outcome.label.en if outcome else question.outcome
    return {
        "id": question.id,
        "mark": cited.mark(study.id) if study else "",
        "note": cited.text(question.note.en) if question.note else "",
        "outcome": label,
        "scale": scale.label.en if scale else "",
        "words": in_words(answer, site),
        "line": answer_line(answer, site),
        "extent": extent(answer),
        "certainty": certainty_view(answer.certainty, question, cited),
        "verdict": (
            {"mark": str(expected.verdict), "label": words.VERDICTS[expected.verdict]["en"]} if expected else None
        ),
        "expected": _expected(expected.asked.claimed, outcome) if expected and outcome else "",
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
        "effect": after(answer, site).removeprefix(" after "),
        "tally": tally(answer),
        "pool": pool_view(question, answer, site),
        "figures": figures_of(site.evidence.comparisons[answer.comparison], question, answer, site),
        "absolute": absolute_words(answer.absolute, label, sides(site.evidence.comparisons[answer.comparison])),
        "proposals": [_proposal(one, question) for one in answer.proposals],
    }


def _expected(claimed: str, outcome: Outcome) -> str:
    return (outcome.less if claimed == "lower" else outcome.more).en


def _proposal(proposal: Proposal, question: Question) -> dict[str, Any]:
    """Return what the figures suggest for a domain beside what the record decides."""
    changes = question.certainty.changes if question.certainty else ()
    decided = sum(change.steps for change in changes if change.domain == proposal.domain)
    return {
        "domain": words.DOMAINS[proposal.domain],
        "suggested": _steps(proposal.steps),
        "reason": proposal.reason,
        "decided": _steps(decided),
        "differs": decided != proposal.steps,
    }


def _steps(steps: int) -> str:
    return "no step" if not steps else f"{'down' if steps < 0 else 'up'} {abs(steps)}"


def absolute_words(absolute: Absolute | None, outcome: str, sides: tuple[str, str]) -> dict[str, str] | None:
    """Return an effect per 100 people in words: how many with each side, the difference, the number needed to treat."""
    if absolute is None:
        return None
    i = absolute.intervention
    with_it, without = words.number(i.estimate), words.number(absolute.comparator)
    difference = round(i.estimate) - round(absolute.comparator)
    more = f"{abs(difference)} {'more' if difference > 0 else 'fewer'} of 100" if difference else "no difference in 100"
    return {
        "line": (
            f"{words.mid_sentence(outcome)}: {with_it} of 100 people "
            f"({words.number(i.lower)} to {words.number(i.upper)}) with {words.mid_sentence(sides[0])}, "
            f"{without} of 100 with {words.mid_sentence(sides[1])}"
        ),
        "difference": more,
        "nnt": f"{absolute.nnt:.0f}" if absolute.nnt is not None else "",
        "basis": absolute.basis,
    }


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
    """Return the figure of an answer, wide and narrow, with the other effects of its measure and scale beside it.

    Effects that have a forest plot of their own, as they are in our pool, are left to it.
    """
    comparison = site.evidence.comparisons[answer.comparison]
    question = comparison.outcome(answer.outcome)
    if question is None:
        return ()
    rows: list[tuple[str, Interval, bool]] = []
    if answer.interval is not None and answer.study in site.evidence.studies:
        rows.append((site.name(site.evidence.studies[answer.study or ""]), answer.interval, True))
    drawn = {"pooled"} if answer.pool is not None and len(answer.pool.rows) > 1 else set()
    for found in answer.found if others else ():
        if not found.used and found.role not in drawn and (row := _plotted(found, site)):
            rows.append(row)
    outcome = site.evidence.vocabularies.outcomes.get(question.outcome)
    scale = site.evidence.vocabularies.instruments.get(question.scale or "")
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
