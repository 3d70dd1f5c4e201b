"""Made-up studies: trials, cohorts and reviews as records, with their publications. Every name says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from backed.model import Vocabularies

from .figures import Draws, Figures
from .topics import Topic, current, designs
from .yaml_text import Plain

METHODS = "synthetic-methods"
"""Citation key of the made-up work in which the smallest important effects stand."""

_FAMILIES = (
    "Bogus Dummy Ersatz Exemplar Fictive Invented Lorem Madeup Mockup Placeholder Pretend Sample Specimen Testcase"
)
_GIVEN = (
    "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo Lima Mike November Oscar Papa Quebec Romeo"
)
_COUNTRIES = ("AU", "BR", "CA", "DE", "DK", "GB", "NL", "NO", "SE", "US")

Kind = Literal["trial", "cohort", "review"]


@dataclass(frozen=True)
class Planned:
    """A study to be made up: its place in the base decides its id and what it is about."""

    id: str
    year: int
    topic: Topic
    kind: Kind
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A made-up study: its record, its BibTeX, and the figures of its main and its second outcome."""

    planned: Planned
    record: Mapping[str, Plain]
    bib: str
    main: Figures
    event: Figures


def plan(number: int, topic: Topic, *, anchor: bool, random: Random) -> Planned:
    """Return the plan of a study; an ``anchor`` is the review that answers its topic's question."""
    authors = tuple(
        f"{random.choice(_FAMILIES.split())}, {random.choice(_GIVEN.split())} {chr(65 + random.randrange(26))}."
        for _ in range(random.randint(2, 9))
    )
    year = random.randint(2022 if anchor else 1990, 2025)  # the review that answers searched lately
    family = authors[0].partition(",")[0].lower()
    primary: Kind = "trial" if topic.treats else "cohort"
    kind: Kind = "review" if anchor or random.random() < 0.2 else primary
    return Planned(f"{family}-{year}-{topic.tested}-{number:05}", year, topic, kind, authors)


def make(planned: Planned, siblings: Sequence[Planned], terms: Vocabularies, random: Random, draws: Draws) -> Made:
    """Return the study that was planned; ``siblings`` are the other studies of its topic, ``draws`` its figures."""
    return _Maker(planned, siblings, terms, random).made(draws)


class _Maker:
    """What the parts of one record have in common while it is being made up."""

    def __init__(self, planned: Planned, siblings: Sequence[Planned], terms: Vocabularies, random: Random) -> None:
        self.planned, self.topic, self.terms, self.random = planned, planned.topic, terms, random
        self.siblings = [one.id for one in siblings if one.id != planned.id and one.year <= planned.year]
        self.trial, self.review = planned.kind == "trial", planned.kind == "review"
        names = ("tested", "compared") if self.trial else () if self.review else ("exposed", "unexposed")
        self.groups = {name: random.randint(20, 400) for name in names}
        self.people = sum(self.groups.values()) or random.randint(400, 9000)
        self.included = random.randint(5, 60)

    def made(self, draws: Draws) -> Made:
        scale = self.terms.instruments[self.topic.scale]
        assert scale.range, "topics are measured on scales with a range"
        low, high = (bound.value for bound in scale.range)
        main = draws.difference(low, high, self.groups)
        later = draws.difference(low, high, self.groups, beside=main)
        event = draws.ratio("risk-ratio" if self.topic.treats else "odds-ratio", self.groups)
        effects = [
            self.effect("main", main, {"weeks": "12"}),
            self.effect("main-later", later, {"months": "12"}),
            self.effect("event", event, {"months": "12"}),
        ]
        record = {**self.head(), **self.design(), **self.people_part(), **self.sides()}
        record |= {"effects": effects, **self.told(main), **self.standing()}
        return Made(self.planned, record, self.bib(), main, event)

    def label(self, vocabulary: str, term: str, language: Literal["en", "nl"] = "en") -> str:
        terms = getattr(self.terms, vocabulary)
        text: str = terms[term].label.text(language)
        return text

    @property
    def subject(self) -> tuple[str, str]:
        """Return what the study is about in English and Dutch."""
        vocabulary = "interventions" if self.topic.treats else "exposures"
        tested = [self.label(vocabulary, self.topic.tested, language) for language in ("en", "nl")]
        if not self.topic.treats:
            return f"{tested[0]} in people who were followed", f"{tested[1]} bij mensen die gevolgd zijn"
        other = [self.label("interventions", self.topic.comparator, language) for language in ("en", "nl")]
        return f"{tested[0]} against {other[0]}", f"{tested[1]} tegenover {other[1]}"

    def source(self, printed: str = "", place: str = "Abstract") -> dict[str, Plain]:
        source: dict[str, Plain] = {"report": self.planned.id, "locator": place}
        return source | ({"printed": printed} if printed else {})

    def head(self) -> dict[str, Plain]:
        (en, nl), condition = self.subject, [self.label("conditions", self.topic.condition, x) for x in ("en", "nl")]
        return {
            "title": f"{en}, made-up {self.planned.kind} number {self.planned.id[-5:]}",
            "summary": {
                "en": f"Among {self.people} invented people ({condition[0]}), {en} was looked at after 12 weeks and "
                f"after 12 months; the figures of this {self.planned.kind} were drawn at random: nothing follows.",
                "nl": f"Bij {self.people} verzonnen mensen ({condition[1]}) is na 12 weken en na 12 maanden "
                f"gekeken naar {nl}; de getallen zijn willekeurig getrokken, dus er volgt niets uit.",
            },
            "reports": [self.planned.id],
            "registration": [{"registry": "Register of nothing", "id": f"SYN{self.planned.id.rpartition('-')[2]:>08}"}],
        }

    def design(self) -> dict[str, Plain]:
        design: dict[str, Plain] = {
            "type": self.random.choice(designs(self.terms.designs, self.planned.kind)),
            "setting": self.random.choice(list(current(self.terms.settings))),
            "countries": sorted(self.random.sample(_COUNTRIES, self.random.randint(1, 3))),
            "follow_up": {"months": "12"},
            "note": {"en": "Made up for a benchmark: how it was done is as random as what it found."},
        }
        return {"design": design, "funding": {"statement": "Foundation for Invented Research", "industry": "none"}}

    def people_part(self) -> dict[str, Plain]:
        condition = self.label("conditions", self.topic.condition)
        population: dict[str, Plain] = {
            "condition": self.topic.condition,
            "description": {"en": f"Invented adults; condition: {condition}", "nl": "Verzonnen volwassenen"},
        }
        if self.review:
            printed = f"{self.included} studies with {self.people} people"
            return {"population": population | {"sources": [self.source(printed)]}}
        lost, age, sd = self.random.randint(0, 9), self.random.randint(30, 65), f"{self.random.uniform(6, 15):.1f}"
        women = self.random.randint(30, 80)
        eligible = self.people + lost + self.random.randint(1, 200)
        stage = "randomised" if self.trial else "enrolled"
        counts = {"eligible": eligible, stage: self.people + lost, "analysed": self.people}
        told = [f"{eligible} were asked, {self.people + lost} took part, {self.people} were analysed"]
        told += [f"{n} in one group" for n in self.groups.values()] + [f"age {age} (SD {sd}), {women}% women"]
        population |= {"n": counts, "age": {"mean": str(age), "sd": sd}, "women": {"percent": str(women)}}
        if not self.trial:
            population["groups"] = [
                {"id": name, "label": {"en": name.capitalize()}, "n": n} for name, n in self.groups.items()
            ]
        return {"population": population | {"sources": [self.source(" … ".join(told), "Table 1")]}}

    def sides(self) -> dict[str, Plain]:
        if self.trial:
            return {"arms": [self.arm(*pair) for pair in zip(self.groups, self.both_sides, strict=True)]}
        if not self.review:
            return {}
        review: dict[str, Plain] = {
            "studies": self.included,
            "participants": self.people,
            "searched_to": f"{self.planned.year}-01",
            "interventions" if self.topic.treats else "exposures": [self.topic.tested],
            "includes": self.random.sample(self.siblings, min(len(self.siblings), 5)),
        }
        return {"review": review}

    @property
    def both_sides(self) -> tuple[str, str]:
        return self.topic.tested, self.topic.comparator

    def arm(self, group: str, term: str) -> dict[str, Plain]:
        sessions = self.random.randint(4, 30)
        return {
            "id": group,
            "label": {lang: self.label("interventions", term, lang) for lang in ("en", "nl")},
            "interventions": [term],
            "n": {"analysed": self.groups[group]},
            "dose": {"en": f"{sessions} invented sessions of half an hour", "nl": f"{sessions} verzonnen sessies"},
        }

    def effect(self, name: str, figures: Figures, time: Plain) -> dict[str, Plain]:
        scaled = name.startswith("main")
        outcome = self.terms.instruments[self.topic.scale].outcome if scaled else self.topic.event
        effect: dict[str, Plain] = {"id": name, "outcome": outcome}
        effect |= {"instrument": self.topic.scale} if scaled else {}
        effect |= {"time": time, **self.compared(), **figures.fields}
        printed = figures.printed
        if self.review:
            effect["amount"] = {"studies": self.included, "participants": self.people}
            effect["certainty"] = {"level": self.random.choice(("low", "moderate", "high"))}
            printed = f"{self.included} studies, {self.people} people: {printed}"
        elif not self.trial:
            effect["adjusted_for"] = {"listed": True, "covariates": ["age", "sex", "number of invented siblings"]}
        return effect | {"source": self.source(printed, self.random.choice(("Abstract", "Table 2", "Table 3")))}

    def compared(self) -> dict[str, Plain]:
        if self.trial:
            return {"arms": {"intervention": ["tested"], "comparator": ["compared"]}}
        if self.topic.treats:
            return {"versus": {"intervention": [self.topic.tested], "comparator": [self.topic.comparator]}}
        label = self.label("exposures", self.topic.tested)
        contrast: Plain = {"exposed": {"en": f"{label}: yes"}, "reference": {"en": f"{label}: no"}}
        return {"exposure": self.topic.tested, "contrast": contrast}

    def told(self, main: Figures) -> dict[str, Plain]:
        estimate, low, high = main.interval
        return {
            "findings": [
                {
                    "id": "in-words",
                    "outcome": self.topic.event,
                    "text": {
                        "en": f"The invented authors call {estimate} ({low} to {high}) remarkable, as authors do.",
                        "nl": f"De verzonnen auteurs noemen {estimate} ({low} tot {high}) opmerkelijk, zoals dat gaat.",
                    },
                    "source": self.source(place="Discussion"),
                }
            ],
            "limits": [
                {"en": "Nobody took part: every figure was drawn at random.", "nl": "Niemand deed mee."},
                {
                    "en": "People knew what they were given and rated it themselves.",
                    "nl": "Mensen wisten wat ze kregen.",
                },
                {"en": "One in ten did not answer after a year; who they were is not known."},
            ],
        }

    def standing(self) -> dict[str, Plain]:
        related: list[Plain] = [
            {"study": other, "how": "replication", "note": {"en": "Another made-up study of the same question."}}
            for other in self.random.sample(self.siblings, min(len(self.siblings), 1))
        ]
        return {
            "appraisal": self.appraisals(),
            "related": related,
            "extraction": {
                "read": self.random.choice(("abstract", "full-text")),
                "by": "Benchmark generator",
                "on": "2026-01-31",
                "checked_by": None,
                "unseen": [
                    {"en": "How chance was made, since there was none but a generator of random numbers"},
                    {"en": "Who paid for the coffee", "nl": "Wie de koffie betaalde"},
                ],
            },
            "status": {"state": "current"},
        }

    def appraisals(self) -> list[Plain]:
        tools = {name: tool for name, tool in current(self.terms.appraisal).items() if tool.domains and tool.judgements}
        if not tools:
            return []
        name = self.random.choice(list(tools))
        judgements = list(tools[name].judgements)
        domains = {domain: {"judgement": self.random.choice(judgements)} for domain in tools[name].domains}
        overall = self.random.choice(judgements)
        return [{"tool": name, "by": "Benchmark generator", "domains": domains, "overall": overall}]

    def bib(self) -> str:
        number, volume = self.planned.id[-5:], self.random.randint(1, 90)
        return entry(
            "article",
            self.planned.id,
            title=f"{self.subject[0]}: a synthetic {self.planned.kind}, number {number}",
            author=" and ".join(self.planned.authors),
            journal="Journal of Synthetic Records",
            year=str(self.planned.year),
            volume=str(volume),
            pages=f"{volume * 10}--{volume * 10 + 9}",
            doi=f"10.5555/synthetic.{number}",
            abstract="Background: none. Methods: a generator of random numbers. Findings: as many as were asked for.",
        )


def entry(kind: str, key: str, **fields: str) -> str:
    """Return a BibTeX entry."""
    return "\n".join([f"@{kind}{{{key},", *(f"  {name} = {{{text}}}," for name, text in fields.items()), "}", ""])
