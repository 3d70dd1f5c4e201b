"""Made-up comparisons, claims and articles about made-up studies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Literal

from backed.model import Answer, Asked, Figure, Interval, Vocabularies
from backed.model.effect import Level, Measure
from backed.synthesise.verdict import rule_on

from .studies import METHODS, Made
from .topics import Topic, current
from .yaml_text import Plain

REVIEWED: Plain = {"on": "2026-01-31", "by": "Benchmark generator"}
PER_ARTICLE = 20
"""Claims an article makes."""


def important(measure: str, topic: Topic, terms: Vocabularies) -> str:
    """Return the smallest important effect of an outcome: a tenth of the scale, or a quarter more."""
    scale = terms.instruments[topic.scale].range
    assert scale, "topics are measured on scales with a range"
    return f"{(scale[1].value - scale[0].value) / 10:.1f}" if measure == "mean-difference" else "1.25"


def comparison(topic: Topic, anchor: Made, terms: Vocabularies, random: Random) -> dict[str, Plain]:
    """Return the question that a topic asks, answered by its anchor review."""
    condition = terms.conditions[topic.condition].label.en
    tested = (terms.interventions if topic.treats else terms.exposures)[topic.tested].label
    sides: dict[str, Plain] = {"exposure": {"terms": [topic.tested], "label": {"en": tested.en}}}
    if topic.treats:
        other = terms.interventions[topic.comparator].label
        sides = {
            "intervention": {"terms": [topic.tested], "label": {"en": tested.en}},
            "comparator": {"terms": [topic.comparator], "label": {"en": other.en}},
        }
    scale: dict[str, Plain] = {"outcome": terms.instruments[topic.scale].outcome, "scale": topic.scale}
    return {
        "title": {
            "en": f"{tested.en} and made-up question {topic.number}",
            "nl": f"{tested.text('nl')}, vraag {topic.number}",
        },
        "question": {"en": f"Does it make a difference in invented people: {tested.en}?", "nl": "Maakt het iets uit?"},
        "answer": {"en": "Nobody knows, since every figure was drawn at random.", "nl": "Niemand weet het."},
        "kind": "intervention" if topic.treats else "exposure",
        "population": {"conditions": [topic.condition], "label": {"en": condition}},
        **sides,
        "outcomes": [
            _question("main", scale, anchor, topic, terms, random),
            _question("event", {"outcome": topic.event}, anchor, topic, terms, random),
        ],
        "notes": [{"en": f"The threshold was chosen as for any other made-up question [@{METHODS}]."}],
        "reviewed": REVIEWED,
    }


LEVELS: tuple[Level, ...] = ("high", "moderate", "low")


def certainty(random: Random) -> dict[str, Plain]:
    """Return a rating that starts at high and comes down by as many steps as its level says."""
    steps = random.choice(range(len(LEVELS)))
    change: Plain = {"domain": "imprecision", "steps": -steps, "reason": {"en": "Few people, and none of them real."}}
    return {"level": LEVELS[steps], "by": "backed", "changes": [change] if steps else []}


def _question(
    name: str, asked: Mapping[str, Plain], anchor: Made, topic: Topic, terms: Vocabularies, random: Random
) -> dict[str, Plain]:
    measure = str((anchor.main if name == "main" else anchor.event).fields["measure"])
    value = important(measure, topic, terms)
    reason = {"en": "Invented people said so.", "nl": "Verzonnen mensen zeiden dat."}
    return {
        "id": name,
        **asked,
        "measure": measure,
        "window": {"start": {"weeks": "4"}, "end": {"months": "13"}},
        "anchor": {"study": anchor.planned.id, "effect": name},
        "certainty": certainty(random),
        "important": {
            "value": value,
            "reason": reason,
            "source": {"report": METHODS, "locator": "page 5", "printed": value},
        },
    }


def claim(
    number: int, question: Mapping[str, Plain], anchor: Made, terms: Vocabularies, random: Random
) -> dict[str, Plain]:
    """Return the claim of that number: eight in ten are answered by a comparison, one is judged, one has no answer."""
    topic = anchor.planned.topic
    record: dict[str, Plain] = {
        "article": article_id(number),
        "passage": f"passage-{number % PER_ARTICLE + 1}",
        "position": number % PER_ARTICLE + 1,
        "claim": {
            "en": f"Claim {number}: {topic.tested} changes everything.",
            "nl": f"Bewering {number}: alles wordt anders.",
        },
        "rests_on": _rests_on(anchor),
        "faithfulness": _faithfulness(terms, random),
    }
    key = anchor.planned.id
    answers: Sequence[dict[str, Plain]] = (
        {"judgement": {"verdict": "open", "reason": {"en": f"It cannot be told [@{key}]."}, "studies": [key]}},
        {"missing": {"en": "Even among invented studies none was found."}},
    )
    record |= answers[number % 10 - 8] if number % 10 > 7 else _asked(question, anchor, terms)
    en = f"One made-up review found {' to '.join(anchor.main.interval[1:])} [@{key}]; made-up numbers prove nothing."
    return record | {
        "explanation": {"en": en, "nl": f"Verzonnen getallen bewijzen niets [@{key}]."},
        "reviewed": REVIEWED,
    }


def _rests_on(anchor: Made) -> dict[str, Plain]:
    return {
        "kind": "named-study",
        "text": {"en": "An invented study from somewhere.", "nl": "Een verzonnen onderzoek van ergens."},
        "studies": [anchor.planned.id],
        "match": "certain",
        "why": {"en": "It was made up together with the claim."},
    }


def _faithfulness(terms: Vocabularies, random: Random) -> dict[str, Plain]:
    kinds = list(current(terms.departures))
    departures: list[Plain] = [
        {"kind": kind, "article": {"en": "It says more than it knows."}, "study": {"en": "It found what it found."}}
        for kind in random.sample(kinds, min(len(kinds), random.randint(0, 3)))
    ]
    return {"judgement": "bent", "departures": departures} if departures else {"judgement": "faithful"}


def _way(better: str, topic: Topic) -> Literal["lower", "higher"]:
    """Return which way people say an outcome goes: a treatment makes it better, an exposure makes it worse."""
    return "higher" if (better == "higher") == topic.treats else "lower"


def _asked(question: Mapping[str, Plain], anchor: Made, terms: Vocabularies) -> dict[str, Plain]:
    topic = anchor.planned.topic
    claimed = _way(terms.instruments[topic.scale].better, topic)
    event = _way(terms.outcomes[topic.event].better, topic)
    asked = Asked(comparison=topic.comparison, outcome="main", claimed=claimed)
    estimate, low, high = anchor.main.interval
    as_of = {"on": "2026-01-31", "verdict": _verdict(asked, question, anchor), "estimate": estimate, "ci": [low, high]}
    return {
        "evidence": {"comparison": topic.comparison, "outcome": "main", "claimed": claimed},
        "also": [{"comparison": topic.comparison, "outcome": "event", "claimed": event}],
        "as_of": as_of,
    }


def _verdict(asked: Asked, question: Mapping[str, Plain], anchor: Made) -> str:
    """Return the verdict by the published rule, as the synthesis will find it."""
    estimate, low, high = (Figure(figure).value for figure in anchor.main.interval)
    level: Level = question["certainty"]["level"]  # type: ignore[index, call-overload, assignment]
    answer = Answer(
        asked.comparison,
        "main",
        Measure.MEAN_DIFFERENCE,
        anchor.planned.topic.scale,
        "anchor",
        (),
        interval=Interval(estimate, low, high, 1),
        certainty=level,
        threshold=float(question["important"]["value"]),  # type: ignore[index, call-overload, arg-type]
    )
    return str(rule_on(asked, answer).verdict)


def article_id(claim_number: int) -> str:
    """Return the id of the article that makes the claim of that number."""
    return f"synthetic-article-{claim_number // PER_ARTICLE + 1:03}"


def article(first_claim: int, claims: int) -> dict[str, Plain]:
    """Return the article that makes so many claims, each in a passage of its own."""
    return {
        "title": f"Verzonnen artikel over alles, deel {first_claim // PER_ARTICLE + 1}",
        "title_en": "A made-up article about everything",
        "language": "nl",
        "publisher": "Benchmark generator",
        "read": {"en": "A copy that never existed."},
        "summary": {"en": "Its claims were made up together with the studies."},
        "passages": [
            {"id": f"passage-{place}", "at": {"paragraph": place}, "about": {"en": f"Made-up advice {place}"}}
            for place in range(1, claims + 1)
        ],
        "omits": [
            {
                "title": {"en": "Signs that need a doctor"},
                "text": {"en": "Some signs need a doctor at once."},
                "signs": [{"en": "A made-up sign"}],
                "sources": [{"report": METHODS, "locator": "page 2"}],
            }
        ],
        "reviewed": REVIEWED,
    }
