"""What a reader's browser puts side by side: everything told of a study, row by row, as ``shards/compare/ID.js``.

Every study tells the same rows in the same order, but for its results. Those that a question asks for are on the
question's scale, brought there by synthesis; the others are as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model import Effect, Export, Found, Question, Study
from ..shards import script
from . import words
from .cited import uncited
from .effect import contrast_words, direction_words, effect_row
from .site import Site
from .study import appraisals, arm_rows, glance, people_facts, risk_of_bias

MORE, LESS = "more", "less"


def compared_file(study: Study, site: Site) -> Export:
    """Return what is told of a study beside others; every text is plain, and ready to be shown."""
    told = {
        "id": study.id,
        "name": site.name(study),
        "title": study.title,
        "state": "" if study.status.state == "current" else words.sentence_case(words.STATES[study.status.state]),
        "facts": [[group, [[label, lines] for label, lines in rows]] for group, rows in _facts(study, site)],
        "scales": _scales(study, site),
        "outcomes": _outcomes(study, site),
    }
    return script(f"compare/{study.id}", told)


def _facts(study: Study, site: Site) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """Yield the groups of rows, each row with its lines; no line where nothing is known."""
    seen, people = dict(glance(study, site)), dict(people_facts(study))

    def lines(*labels: str, of: Mapping[str, str] = seen) -> list[str]:
        return [of[label] for label in labels if of.get(label)]

    stages = ("Eligible", "Enrolled", "Randomised", "Completed", "Analysed")
    yield (
        "Design",
        [
            ("Design", lines("Design")),
            ("Where", lines("Where")),
            ("Setting", lines("Setting")),
            ("Follow-up", lines("Follow-up")),
            ("Studies in it", lines("Studies")),
            ("Searched to", lines("Searched to")),
            ("Registered", [f"{entry.registry} {entry.id}" for entry in study.registration]),
        ],
    )
    yield (
        "People",
        [
            ("Condition", lines("Condition")),
            ("People", lines("People")),
            ("By stage", [f"{stage}: {people[stage]}" for stage in stages if stage in people]),
            ("Age", [f"{label[5:]} {value}" for label, value in people.items() if label.startswith("Age, ")]),
            ("Women", lines("Women", of=people)),
            ("Recruited", lines("Recruited", of=people)),
        ],
    )
    yield "Arms", [("Arms", _arms(study, site))]
    yield (
        "How far to trust it",
        [
            ("Risk of bias", [risk_of_bias(study, site)]),
            ("Judged", _judged(study, site)),
            ("What limits it", [uncited(limit.en) for limit in study.limits]),
            ("Funding", lines("Funding")),
            ("Read", lines("Read")),
            ("Checked by", lines("Checked by")),
            ("Status", lines("Status")),
        ],
    )


def _arms(study: Study, site: Site) -> list[str]:
    return [
        "; ".join(
            part
            for part in (
                arm["label"],
                f"n = {words.count(arm['n'])}" if arm["n"] is not None else "",
                uncited(arm["dose"]),
            )
            if part
        )
        for arm in arm_rows(study, site)
    ]


def _judged(study: Study, site: Site) -> list[str]:
    return [
        f"{view['tool']}: " + "; ".join(f"{domain['name']}: {domain['judgement']}" for domain in view["domains"])
        for view in appraisals(study, site)
        if view["domains"]
    ]


def _scales(study: Study, site: Site) -> list[dict[str, Any]]:
    """Return the results on the scales of questions: by outcome, measure and scale, each effect once."""
    scales: dict[tuple[str, str, str], dict[str, Any]] = {}
    for comparison, asked, found in site.found_by_study.get(study.id, ()):
        effect = study.effect(found.effect)
        if effect is None or found.interval is None:
            continue
        question = next(q for q in site.evidence.comparisons[comparison].outcomes if q.id == asked)
        key = (question.outcome, str(question.measure), question.scale or "")
        told = scales.setdefault(key, _scale(question, site))
        if not any(one["effect"] == effect.id for one in told["results"]):
            told["results"].append(_result(study, effect, found, site))
    return list(scales.values())


def _scale(question: Question, site: Site) -> dict[str, Any]:
    """Return a scale: its name, its unit, where no effect is, what lies on both sides of that."""
    vocabularies = site.evidence.vocabularies
    outcome, scale = vocabularies.outcomes.get(question.outcome), vocabularies.instruments.get(question.scale or "")
    sides = (outcome.less.en, outcome.more.en) if outcome else (LESS, MORE)
    turned = bool(scale and outcome and outcome.better != "neither" and scale.better not in {outcome.better, "neither"})
    return {
        "key": " ".join((question.outcome, str(question.measure), question.scale or "")),
        "order": _place(question.outcome, site),
        "label": site.label("outcomes", question.outcome),
        "unit": ", ".join(filter(None, (words.MEASURES[question.measure], scale.unit.en if scale else ""))),
        "ratio": question.measure.is_ratio,
        "none": question.measure.null,
        "sides": list(reversed(sides) if turned else sides),
        "results": [],
    }


def _result(study: Study, effect: Effect, found: Found, site: Site) -> dict[str, Any]:
    i = found.interval
    assert i is not None, "asked only of effects with an interval"
    estimate, low, high = (words.number(value, i.decimals) for value in (i.estimate, i.lower, i.upper))
    return {
        "effect": effect.id,
        "text": f"{estimate} ({low} to {high})",
        "about": _about(study, effect, site),
        "interval": [round(value, 6) for value in (i.estimate, i.lower, i.upper)],
    }


def _about(study: Study, effect: Effect, site: Site) -> str:
    """Return what a result is of: who against whom, when, in whom, which way it goes."""
    first, second = contrast_words(study, effect, site)
    sides = f"{first} compared with {words.mid_sentence(second)}" if second else first
    part = f"only: {effect.subgroup.en}" if effect.subgroup else ""
    return ", ".join(filter(None, (sides, words.duration(effect.time), part, direction_words(effect, site))))


def _outcomes(study: Study, site: Site) -> list[dict[str, Any]]:
    """Return all results as the source prints them, by outcome in the order of the vocabulary."""
    found: dict[str, list[dict[str, str]]] = {}
    for effect in study.effects:
        found.setdefault(effect.outcome, []).append(_printed(study, effect, site))
    for finding in study.findings:
        found.setdefault(finding.outcome or "", []).append({"text": "", "about": uncited(finding.text.en)})
    return [
        {
            "key": outcome,
            "order": _place(outcome, site),
            "label": site.label("outcomes", outcome) if outcome else "Other",
            "results": results,
        }
        for outcome, results in found.items()
    ]


def _printed(study: Study, effect: Effect, site: Site) -> dict[str, str]:
    row = effect_row(study, effect, site)
    figures = f"{row['estimate']} ({row['ci']})" if row["ci"] else row["estimate"]
    what: Sequence[str] = (effect.label.en if effect.label else "", row["instrument"], row["measure"])
    told = [", ".join(filter(None, what)), _about(study, effect, site)]
    return {"text": figures or "; ".join(row["groups"]), "about": ". ".join(filter(None, told))}


def _place(outcome: str, site: Site) -> int:
    """Return an outcome's place in the vocabulary; one that is not in it comes last."""
    terms = list(site.evidence.vocabularies.outcomes)
    return terms.index(outcome) if outcome in terms else len(terms)
