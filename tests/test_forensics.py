"""What the rules on figures say of sound data: nothing; and of one planted mistake: its name, at its place."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from backed.check.check import RULES
from backed.check.rule import Base
from backed.load import load
from backed.model import Effect, Evidence, Measure, Study, Syntheses

RULE = {rule.doc.id: rule for rule in RULES}
VOCABULARIES = load(Path(__file__).parent / "toy/evidence").evidence.vocabularies
TODAY = date(2026, 11, 25)
FORENSIC = [
    "ci-contains-estimate",
    "ci-symmetric",
    "level-fits",
    "statistics-agree",
    "arms-make-interval",
    "events-make-ratio",
    "effect-size-likely",
    "spread-within-scale",
    "spread-wide-enough",
    "mean-of-steps",
    "spread-of-steps",
    "spread-like-others",
    "mean-like-others",
    "rows-differ",
    "percent-alone-fits",
    "percent-fits-events",
    "means-make-difference",
    "baseline-balanced",
    "group-within-arm",
    "group-of-own-arm",
    "sign-as-printed",
    "arms-as-told",
    "scale-fits",
    "interval-fits-scale",
    "figure-printed-each-time",
    "count-no-percentage",
    "result-told-once",
]


def printed_p(p: float) -> str:
    return "<0.001" if p < 0.001 else ">0.99" if p > 0.99 else f"{p:.3f}"


@dataclass(frozen=True)
class Trial:
    """People of two arms with whole-number answers on 0-10, from whom every figure is worked out as papers do."""

    first: list[int]
    second: list[int]
    decimals: int
    level: float

    @property
    def effect(self) -> dict[str, Any]:
        """Return the effect as a record would hold it, rounded."""
        rows = [self.row(name, values) for name, values in (("a", self.first), ("b", self.second))]
        difference = mean(self.first) - mean(self.second)
        n1, n2 = len(self.first), len(self.second)
        error = math.sqrt(stdev(self.first) ** 2 / n1 + stdev(self.second) ** 2 / n2)
        reach = stats.t.ppf(0.5 + self.level / 200, n1 + n2 - 2) * error
        p = 2 * stats.t.sf(abs(difference / error), n1 + n2 - 2)
        figures = [self.rounded(value) for value in (difference, difference - reach, difference + reach)]
        printed = "; ".join(f"{row['mean']} ({row['sd']}), {row['n']}" for row in rows) + "; " + " ".join(figures)
        return {
            "id": "pain",
            "outcome": "pain-intensity",
            "instrument": "pain-nrs-0-10",
            "arms": {"intervention": ["a"], "comparator": ["b"]},
            "measure": "mean-difference",
            "estimate": figures[0],
            "ci": figures[1:],
            "level": f"{self.level:g}",
            "se": f"{error:.4f}",
            "t": f"{difference / error:.2f}",
            "p": printed_p(p),
            "groups": rows,
            "source": {"report": "x", "locator": "Table 2", "printed": printed},
        }

    def row(self, name: str, values: list[int]) -> dict[str, Any]:
        spread = self.rounded(stdev(values))
        return {"group": name, "n": len(values), "mean": self.rounded(mean(values)), "sd": spread}

    def rounded(self, number: float) -> str:
        return f"{number:.{self.decimals}f}"


def study(*effects: dict[str, Any], **more: Any) -> Study:
    arms = [{"id": name, "label": {"en": name}, "interventions": [name]} for name in ("a", "b")]
    extraction = {"read": "abstract", "by": "x", "on": "2026-11-20"}
    record = {
        "id": "x-2020",
        "file": "studies/2020/x-2020.yaml",
        "title": "x",
        "summary": {"en": "x"},
        "reports": ["x"],
        "design": {"type": "randomised-trial"},
        "funding": {"statement": "not seen"},
        "population": {"condition": "chronic-low-back-pain"},
        "arms": arms,
        "extraction": extraction,
        "effects": effects,
    }
    return Study.model_validate({**record, **more})


def found(of: Study) -> set[str]:
    """Return the names of the forensic rules that find something in a study standing alone beside the vocabularies."""
    alone = Evidence({of.id: of}, {}, {}, {}, VOCABULARIES, {}, 1)
    base = Base(alone, Syntheses({}, {}, {}), TODAY)
    return {name for name in FORENSIC if list(RULE[name].problems(of, base, of.file))}


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    rng = random.Random(draw(st.integers(0, 10**6)))
    centres = [
        draw(st.floats(4, 6)) for _ in range(2)
    ]  # further apart, and an effect this large is rightly asked about
    spread = draw(st.floats(1.6, 2.6))
    sizes = [draw(st.integers(20, 150)) for _ in range(2)]
    first, second = (
        [min(10, max(0, round(rng.gauss(centre, spread)))) for _ in range(size)]
        for centre, size in zip(centres, sizes, strict=True)
    )
    return Trial(first, second, draw(st.sampled_from([1, 2])), draw(st.sampled_from([90.0, 95.0, 99.0])))


@settings(max_examples=150, deadline=None)
@given(trials())
def test_sound_data_give_no_finding(trial: Trial) -> None:
    assert found(study(trial.effect)) == set(), trial.effect


TRIAL = Trial(
    [round(3 + 2 * math.sin(i)) for i in range(40)], [round(5 + 2.5 * math.cos(2 * i)) for i in range(44)], 2, 95.0
)


def planted(change: dict[str, Any]) -> dict[str, Any]:
    """Return the sound effect with something changed; the printed form stays as it was."""
    return {**TRIAL.effect, **change}


def with_row(position: int, **change: Any) -> dict[str, Any]:
    rows = [dict(row) for row in TRIAL.effect["groups"]]
    rows[position] |= change
    return planted({"groups": rows})


EFFECT = Effect.model_validate(TRIAL.effect)
A, B = TRIAL.effect["groups"]
LOWER, UPPER = EFFECT.ci or (EFFECT.estimate, EFFECT.estimate)


def turned(figure: object) -> str:
    return str(figure).removeprefix("-") if str(figure).startswith("-") else f"-{figure}"


MISTAKES = {
    "bound with a wrong digit": (planted({"ci": [f"{float(LOWER or 0) - 0.3:.2f}", UPPER]}), "ci-symmetric"),
    "error ten times too large": (planted({"se": f"{10 * float(EFFECT.se or 0):.3f}"}), "statistics-agree"),
    "p without its first nought": (planted({"p": "0.6"}), "statistics-agree"),
    "t without its minus": (planted({"t": (EFFECT.t or "").lstrip("-")}), "statistics-agree"),
    "level of another interval": (planted({"level": "90"}), "level-fits"),
    "error typed as deviation": (with_row(0, sd=f"{float(A['sd']) / math.sqrt(40):.2f}"), "spread-like-others"),
    "deviation typed as error": (with_row(0, sd=None, se=A["sd"]), "spread-like-others"),
    "deviation too large for the scale": (with_row(0, sd="6.10"), "spread-within-scale"),
    "start on another scale": (with_row(0, start={"mean": "51"}), "scale-fits"),
    "quartile beyond the scale": (with_row(0, median="3", iqr=["2", "50"]), "scale-fits"),
    "mean no whole numbers make": (with_row(0, mean="3.01"), "mean-of-steps"),
    "arms exchanged": (planted({"groups": [{**A, "group": "b"}, {**B, "group": "a"}]}), "means-make-difference"),
    "deviations exchanged": (planted({"groups": [{**A, "sd": B["sd"]}, {**B, "sd": A["sd"]}]}), "arms-as-told"),
    "mean typed for the deviation": (with_row(0, sd=A["mean"]), "figure-printed-each-time"),
    "people of the other arm": (with_row(1, n=A["n"]), "figure-printed-each-time"),
    "figures on 0-10 under 0-100": (planted({"instrument": "pain-0-100"}), "interval-fits-scale"),
    "signs turned": (
        planted({"estimate": turned(EFFECT.estimate), "ci": [turned(UPPER), turned(LOWER)]}),
        "sign-as-printed",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_found(mistake: str) -> None:
    effect, rule = MISTAKES[mistake]
    assert found(study(TRIAL.effect)) == set()
    assert rule in found(study(effect))


@settings(max_examples=100, deadline=None)
@given(st.integers(20, 200), st.integers(20, 200), st.integers(0, 10**6), st.sampled_from(["risk-ratio", "odds-ratio"]))
def test_sound_counts_give_no_finding(n1: int, n2: int, seed: int, measure: str) -> None:
    rng = random.Random(seed)
    a, c = rng.randint(2, n1 - 2), rng.randint(2, n2 - 2)
    if measure == "risk-ratio":
        value, error = a / n1 / (c / n2), math.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n2)
    else:
        value = a * (n2 - c) / (c * (n1 - a))
        error = math.sqrt(1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c))
    figures = [f"{value * math.exp(error * reach):.2f}" for reach in (0, -1.959964, 1.959964)]
    p = 2 * stats.norm.sf(abs(math.log(value)) / error)
    effect = {
        "id": "better",
        "outcome": "back-pain-onset",
        "arms": {"intervention": ["a"], "comparator": ["b"]},
        "measure": measure,
        "estimate": figures[0],
        "ci": figures[1:],
        "p": printed_p(p),
        "groups": [{"group": "a", "n": n1, "events": a}, {"group": "b", "n": n2, "events": c}],
        "source": {"report": "x", "locator": "Table 2", "printed": " ".join(figures)},
    }
    if min(float(figure) for figure in figures) <= 0:
        return
    if min(float(figure) for figure in figures) > 0:
        assert found(study(effect)) == set()


FIGURES = st.from_regex(r"-?(\d{1,3}|\d{1,15})(\.(\d{1,2}|\d{1,20}))?", fullmatch=True)
COUNTS = st.one_of(st.integers(0, 200), st.integers(0, 10**10))
TEXTS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"(-?\d{1,4}(\.\d)?( |%|, )(less|better|weeks|RMDQ|95% CI|against|\(|\))? ?){0,6}", fullmatch=True),
)


def maybe(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), value)


GROUP = st.fixed_dictionaries(
    {
        "group": st.sampled_from(["a", "b", "c"]),
        "n": maybe(COUNTS),
        **{name: maybe(FIGURES) for name in ("mean", "sd", "se", "median", "percent", "person_time")},
        "ci": maybe(st.tuples(FIGURES, FIGURES)),
        "events": maybe(COUNTS),
        "start": maybe(
            st.fixed_dictionaries({"n": maybe(COUNTS), "mean": maybe(FIGURES), "sd": maybe(FIGURES)}),
        ),
    }
)
ANY_EFFECT = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["pain-12-weeks", "x", "function-1-year"]),
        "outcome": st.sampled_from(["pain-intensity", "function", "nothing"]),
        "instrument": st.sampled_from([None, "pain-nrs-0-10", "pain-0-100", "nothing"]),
        "arms": st.sampled_from([None, {"intervention": ["a"], "comparator": ["b"]}, {"intervention": ["z"]}]),
        "measure": st.sampled_from(list(Measure)),
        "estimate": FIGURES,
        "ci": maybe(st.tuples(FIGURES, FIGURES)),
        "level": FIGURES,
        "se": maybe(FIGURES),
        "t": maybe(FIGURES),
        "p": maybe(st.from_regex(r"[<>]?[01]?\.\d{1,30}", fullmatch=True)),
        "time": st.sampled_from([None, {"weeks": "12"}, {"years": "1"}, {"days": "0"}]),
        "groups": st.lists(GROUP, max_size=3),
        "source": st.fixed_dictionaries({"report": st.just("x"), "locator": st.just("Abstract"), "printed": TEXTS}),
    }
)
AGE = st.fixed_dictionaries({name: maybe(FIGURES) for name in ("mean", "sd", "median", "min", "max")})
PEOPLE = st.fixed_dictionaries(
    {
        "condition": st.just("chronic-low-back-pain"),
        "n": st.fixed_dictionaries({name: maybe(st.integers(0, 10**30)) for name in ("randomised", "analysed")}),
        "age": maybe(AGE),
        "women": maybe(st.fixed_dictionaries({"percent": maybe(FIGURES), "n": maybe(st.integers(0, 10**30))})),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_EFFECT, max_size=3), PEOPLE, TEXTS.filter(str.strip))
def test_no_figure_however_absurd_makes_a_rule_fail(
    effects: list[dict[str, Any]], population: dict[str, Any], summary: str
) -> None:
    record = study(*effects, population=population, summary={"en": summary, "nl": summary})
    alone = Evidence({record.id: record}, {}, {}, {}, VOCABULARIES, {}, 1)
    base = Base(alone, Syntheses({}, {}, {}), TODAY)
    problems = [p for rule in RULES if rule.doc.subject == "study" for p in rule.problems(record, base, record.file)]
    assert all(problem.message and problem.at is not None for problem in problems)
