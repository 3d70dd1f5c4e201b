"""An effect in a table and in words: what was compared with what, how large, which way, where it stands."""

from __future__ import annotations

from typing import Any

from ..model import ArmData, Effect, Source, Study
from . import words
from .cited import Citations
from .site import Site


def source_view(source: Source, study: Study, cited: Citations) -> dict[str, Any]:
    """Return where a figure stands, ready to be shown: place, printed form, arithmetic, secondary source."""
    further = source.report in study.reports[1:]
    return {
        "place": source.locator,
        "printed": source.printed or "",
        "computed": [line.replace("-", "\u2212").replace("*", "\u00d7").replace("/", "÷") for line in source.computed],
        "report": cited.mark(source.report) if further else "",
        "via": cited.mark(source.via) if source.via else "",
    }


def effect_row(study: Study, effect: Effect, site: Site, cited: Citations | None = None) -> dict[str, Any]:
    """Return an effect as a table row: what, against what, when, the numbers, in words, and where they stand."""
    terms = site.evidence.vocabularies
    outcome = terms.outcomes.get(effect.outcome)
    instrument = terms.instruments.get(effect.instrument or "")
    return {
        "id": effect.id,
        "outcome": effect.label.en if effect.label else outcome.label.en if outcome else effect.outcome,
        "instrument": instrument.label.en if instrument else "",
        "contrast": contrast_words(study, effect, site),
        "subgroup": effect.subgroup.en if effect.subgroup else "",
        "time": words.duration(effect.time),
        "measure": words.MEASURES[effect.measure],
        "estimate": words.figure(effect.estimate),
        "ci": words.interval(effect.ci) or words.one_sided(effect.one_sided),
        "level": effect.level if effect.ci else "95",
        "p": effect.p or "",
        "words": direction_words(effect, site),
        "groups": _group_rows(study, effect),
        "adjusted": _adjusted(effect),
        "analysed": _how_analysed(effect),
        "amount": _amount(effect),
        "certainty": effect.certainty,
        "note": cited.text(effect.note.en) if effect.note and cited else "",
        "source": source_view(effect.source, study, cited) if cited else None,
    }


def contrast_words(study: Study, effect: Effect, site: Site) -> tuple[str, str]:
    """Return both sides of an effect in words; the second is '' for a change within one group."""
    if effect.arms:
        sides = [
            ", ".join(arm.label.en for arm_id in ids if (arm := study.arm(arm_id)))
            for ids in (effect.arms.intervention, effect.arms.comparator)
        ]
        return sides[0], sides[1]
    if effect.contrast:
        return effect.contrast.exposed.en, effect.contrast.reference.en
    if effect.versus:
        first, second = study.sides(effect)
        return site.labels("interventions", first), site.labels("interventions", second)
    return site.label("exposures", effect.exposure), ""


def direction_words(effect: Effect, site: Site) -> str:
    """Return which way an effect goes, in words: "less pain", "more new back pain"; '' where there is none."""
    outcome = site.evidence.vocabularies.outcomes.get(effect.outcome)
    if effect.estimate is None or outcome is None or effect.measure in {"proportion", "mean"}:
        return ""
    instrument = site.evidence.vocabularies.instruments.get(effect.instrument or "")
    value, null = effect.estimate.value, effect.measure.null
    if value == null:
        return "no difference"
    if unsaid := _unclear(effect, null):
        return unsaid
    turned = bool(instrument and outcome.better != "neither" and instrument.better not in {outcome.better, "neither"})
    return (outcome.less if (value < null) != turned else outcome.more).en


CHANCE = 0.05
"""The p-value from which on the 95% interval, where it was not seen, would hold no effect."""


def _unclear(effect: Effect, null: float) -> str:
    """Return why an estimate shows no direction, or '': its interval holds no effect, or none was seen."""
    if effect.ci is not None:
        return "no clear difference" if effect.ci[0].value < null < effect.ci[1].value else ""
    if effect.one_sided is not None:
        return "interval open on one side" if effect.one_sided.holds(null) else ""
    if effect.estimate is not None and effect.se is not None and not effect.measure.is_ratio:
        return "no clear difference" if abs(effect.estimate.value - null) < 1.96 * effect.se.value else ""
    if effect.p is None:
        return "no interval seen"
    p = float(effect.p.lstrip("<>= "))
    below = p < CHANCE or (effect.p.startswith("<") and p <= CHANCE)
    return "" if below else "no clear difference"


def _group_rows(study: Study, effect: Effect) -> list[str]:
    labels = {arm.id: arm.label.en for arm in study.arms} | {g.id: g.label.en for g in study.population.groups}
    rows = []
    for group in effect.groups:
        parts = [
            _events(group),
            f"{group.percent}%" if group.percent else "",
            f"mean {words.figure(group.mean)}" if group.mean else "",
            f"SD {words.figure(group.sd)}" if group.sd else "",
            f"SE {words.figure(group.se)}" if group.se else "",
            f"median {words.figure(group.median)}" if group.median else "",
            f"IQR {words.interval(group.iqr)}" if group.iqr else "",
            f"range {words.interval(group.range)}" if group.range else "",
            f"95% CI {words.interval(group.ci)}" if group.ci else "",
            f"n = {group.n}" if group.n and group.events is None else "",
            f"person-time {words.figure(group.person_time)}" if group.person_time else "",
            _start(group),
        ]
        rows.append(f"{labels.get(group.group, group.group)}: {', '.join(part for part in parts if part)}")
    return rows


def _events(group: ArmData) -> str:
    if group.events is None:
        return ""
    return f"{group.events} of {group.n}" if group.n else f"{group.events} events"


def _start(group: ArmData) -> str:
    """Return the mean before treatment, as it follows the figures of a group: "at the start 5.2 (SD 1.8)"."""
    if group.start is None or group.start.mean is None:
        return ""
    spread = f" (SD {words.figure(group.start.sd)})" if group.start.sd else ""
    return f"at the start {words.figure(group.start.mean)}{spread}"


def _how_analysed(effect: Effect) -> str:
    """Return whose data they are and what the means are; '' where the source does not say."""
    parts = [
        words.VALUES[effect.values] if effect.values else "",
        words.ANALYSED[effect.analysed] if effect.analysed else "",
        f"groups of {effect.clusters.size} were randomised, not accounted for" if effect.clusters else "",
    ]
    return "; ".join(part for part in parts if part)


def _adjusted(effect: Effect) -> str:
    if effect.adjusted_for is None:
        return ""
    listed = ", ".join(effect.adjusted_for.covariates)
    return f"adjusted for {listed}" if listed else "adjusted (covariates not seen)"


def _amount(effect: Effect) -> str:
    if effect.amount is None:
        return ""
    studies, people = effect.amount.studies, effect.amount.participants
    parts = [
        f"{words.count(studies)} {'study' if studies == 1 else 'studies'}" if studies else "",
        f"{words.count(people)} people" if people else "",
    ]
    return ", ".join(part for part in parts if part)
