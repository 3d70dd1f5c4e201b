"""Numbers and verdicts in words: one table for each, so that the same thing is said the same way everywhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date

from ..model import Duration, Figure, Instrument, Interval, Language, Measure, OneSided, Outcome, Verdict
from ..model.effect import Level

VERDICTS: Final[dict[Verdict, dict[Language, str]]] = {
    Verdict.SUPPORTED: {"en": "supported", "nl": "ondersteund"},
    Verdict.SIZE_UNCERTAIN: {"en": "supported, size uncertain", "nl": "ondersteund, omvang onzeker"},
    Verdict.TOO_SMALL: {"en": "supported, but too small to matter", "nl": "ondersteund, maar te klein om uit te maken"},
    Verdict.NO_IMPORTANT_EFFECT: {"en": "no important effect", "nl": "geen belangrijk effect"},
    Verdict.INCONCLUSIVE: {"en": "inconclusive", "nl": "geen uitsluitsel"},
    Verdict.CONTRADICTED: {"en": "contradicted", "nl": "tegengesproken"},
    Verdict.NOT_KNOWN: {"en": "not known", "nl": "niet bekend"},
}

VERDICT_MEANINGS: Final[dict[Verdict, str]] = {
    Verdict.SUPPORTED: "Studies show the effect, and it is large enough to matter to patients.",
    Verdict.SIZE_UNCERTAIN: "Studies show the effect; it may or may not be large enough to matter.",
    Verdict.TOO_SMALL: "Studies show the effect, but it is smaller than what patients notice as important.",
    Verdict.NO_IMPORTANT_EFFECT: "Studies are good enough to rule out an effect that matters, in either direction.",
    Verdict.INCONCLUSIVE: "The studies fit both with no effect and with one that matters.",
    Verdict.CONTRADICTED: "Studies show an effect in the opposite direction.",
    Verdict.NOT_KNOWN: "No usable study is recorded, or what there is is very uncertain.",
}

JUDGEMENTS: Final[dict[str, dict[Language, str]]] = {
    "holds": {"en": "holds", "nl": "klopt"},
    "holds-in-part": {"en": "holds in part", "nl": "klopt deels"},
    "does-not-hold": {"en": "does not hold", "nl": "klopt niet"},
    "open": {"en": "open", "nl": "open"},
}

FAITHFULNESS: Final[dict[str, dict[Language, str]]] = {
    "faithful": {"en": "portrayed faithfully", "nl": "getrouw weergegeven"},
    "bent": {"en": "bent", "nl": "verbogen"},
    "wrong": {"en": "wrong", "nl": "onjuist"},
    "no-source": {"en": "no source given", "nl": "geen bron genoemd"},
}

CERTAINTY: Final[dict[Level, dict[Language, str]]] = {
    "high": {"en": "high", "nl": "hoog"},
    "moderate": {"en": "moderate", "nl": "redelijk"},
    "low": {"en": "low", "nl": "laag"},
    "very-low": {"en": "very low", "nl": "zeer laag"},
}
CERTAINTY_DOTS: Final[dict[Level, int]] = {"high": 4, "moderate": 3, "low": 2, "very-low": 1}
HEDGES: Final[dict[Level, str]] = {
    "high": "",
    "moderate": "Probably: ",
    "low": "Possibly: ",
    "very-low": "Very uncertain: ",
}
"""How sure a sentence sounds at each level of certainty (GRADE guidelines 26, santesso-2020-grade-26)."""

MEASURES: Final[dict[Measure, str]] = {
    Measure.MEAN_DIFFERENCE: "mean difference",
    Measure.STANDARDISED_MEAN_DIFFERENCE: "standardised mean difference",
    Measure.RISK_RATIO: "risk ratio",
    Measure.ODDS_RATIO: "odds ratio",
    Measure.PETO_ODDS_RATIO: "odds ratio (Peto)",
    Measure.RATE_RATIO: "rate ratio",
    Measure.HAZARD_RATIO: "hazard ratio",
    Measure.RATIO_OF_MEANS: "ratio of means",
    Measure.RISK_DIFFERENCE: "risk difference",
    Measure.CORRELATION: "correlation",
    Measure.REGRESSION_COEFFICIENT: "regression coefficient",
    Measure.MEAN_CHANGE: "mean change",
    Measure.PERCENT_CHANGE: "change in percent",
    Measure.PROPORTION: "percent of people",
    Measure.MEAN: "mean",
    Measure.ARM_LEVEL: "per group",
}

METHODS: Final[dict[str, str]] = {
    "EE": "equal effects, inverse variance",
    "DL": "random effects, DerSimonian-Laird",
    "REML": "random effects, restricted maximum likelihood (REML)",
    "PM": "random effects, Paule-Mandel",
    "ML": "random effects, maximum likelihood (ML)",
    "SJ": "random effects, Sidik-Jonkman",
    "HE": "random effects, Hedges",
    "EB": "random effects, empirical Bayes",
}
TESTS: Final[dict[str, str]] = {
    "z": "Wald, normal",
    "knha": "Hartung-Knapp-Sidik-Jonkman, t(k-1)",
    "adhoc": "Hartung-Knapp-Sidik-Jonkman, never below the Wald standard error, t(k-1)",
}
VALUES: Final[dict[str, str]] = {
    "end": "values at the end",
    "change": "changes since the start",
    "adjusted": "adjusted for the values at the start",
}
ANALYSED: Final[dict[str, str]] = {
    "intention-to-treat": "by intention to treat",
    "modified-intention-to-treat": "by modified intention to treat",
    "per-protocol": "per protocol",
    "completers": "completers only",
}
READ: Final[dict[str, str]] = {"abstract": "abstract", "full-text": "full text", "secondary": "secondary source"}
STATES: Final[dict[str, str]] = {
    "current": "current",
    "retracted": "retracted",
    "expression-of-concern": "expression of concern",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
}
RESTS_ON: Final[dict[str, str]] = {
    "named-study": "a study",
    "unnamed-research": "“research”, without naming it",
    "expert-opinion": "experts’ opinion",
    "nothing": "no source",
}
MATCH: Final[dict[str, str]] = {"certain": "certain", "near-certain": "nearly certain", "likely": "likely"}
RELATIONS: Final[dict[str, str]] = {
    "newer-review": "Newer review",
    "older-version": "Older version",
    "follow-up": "Follow-up",
    "same-sample": "Same people, possibly",
    "same-authors": "Same authors",
    "replication": "Replication",
    "contradicts": "Points the other way",
}
DOMAINS: Final[dict[str, str]] = {
    "risk-of-bias": "risk of bias",
    "inconsistency": "inconsistency",
    "indirectness": "indirectness",
    "imprecision": "imprecision",
    "publication-bias": "publication bias",
    "large-effect": "large effect",
    "dose-response": "dose-response",
    "confounding": "confounding",
}
_TO: Final[dict[Language, str]] = {"en": "to", "nl": "tot"}
_UNITS: Final[dict[Language, dict[str, tuple[str, str]]]] = {
    "en": {
        "days": ("day", "days"),
        "weeks": ("week", "weeks"),
        "months": ("month", "months"),
        "years": ("year", "years"),
    },
    "nl": {
        "days": ("dag", "dagen"),
        "weeks": ("week", "weken"),
        "months": ("maand", "maanden"),
        "years": ("jaar", "jaar"),
    },
}


def signed(text: str) -> str:
    """Return a printed number with a true minus sign."""
    return text.replace("-", "\u2212")


def number(value: float, decimals: int = 0, *, plain: bool = False) -> str:
    """Return a number rounded to that many decimals, with a true minus sign unless ``plain``."""
    text = f"{value:.{decimals}f}"
    if text.startswith("-") and float(text) == 0:
        text = text.lstrip("-")
    return text if plain else signed(text)


def count(value: int) -> str:
    """Return a count with a comma for thousands: ``24,486``."""
    return f"{value:,}"


READABLE = 4
"""Decimals beyond which a figure is shortened on the page; its source beside it still shows it as printed."""


def figure(value: Figure | None) -> str:
    """Return a recorded figure as printed, with a true minus sign; '' for none. Binary noise is cut: "1.98…"."""
    if value is None:
        return ""
    return signed(value) if value.decimals <= READABLE else f"{number(value.value, 2)}…"


def interval(bounds: tuple[Figure, Figure] | None) -> str:
    """Return an interval as "12 to 18"; '' for none."""
    return "" if bounds is None else f"{figure(bounds[0])} to {figure(bounds[1])}"


def one_sided(side: OneSided | None) -> str:
    """Return an interval with one bound as "up to 0.83, one-sided 95%"; '' for none."""
    if side is None:
        return ""
    return f"{'up to' if side.lower is None else 'from'} {figure(side.bound)}, one-sided {side.level}%"


def duration(time: Duration | None, language: Language = "en") -> str:
    """Return a length of time in words: "12 weeks"; '' for none."""
    if time is None:
        return ""
    amount, unit = time.amount
    singular, plural = _UNITS[language][unit]
    return f"{amount} {singular if amount.value == 1 else plural}"


def effect_in_words(
    interval: Interval, measure: Measure, outcome: Outcome, scale: Instrument | None, language: Language = "en"
) -> str:
    """Return an effect with its interval, unit and direction: "15 points less pain on 0-100 (12 to 18)".

    Ratios below 1 are said as percent lower, those above 1 as times as high; what is lower or higher is named.
    """
    if measure.is_ratio:
        return _ratio(interval, measure, outcome, language)
    if measure is Measure.CORRELATION:
        spread = f"({number(interval.lower, interval.decimals)} to {number(interval.upper, interval.decimals)})"
        way = (outcome.less if interval.estimate < 0 else outcome.more).text(language)
        return f"correlation {number(interval.estimate, interval.decimals)} {spread}: {way}"
    if measure is Measure.STANDARDISED_MEAN_DIFFERENCE:
        unit, scale_text = ("standard deviations", "") if language == "en" else ("standaarddeviaties", "")
    else:
        unit, scale_text = _unit(scale, language)
    way = (outcome.less if interval.estimate < 0 else outcome.more).text(language)
    size = number(abs(interval.estimate), interval.decimals)
    return f"{size} {unit} {way}{scale_text} ({_spread(interval, outcome, language)})".replace("  ", " ")


def _unit(scale: Instrument | None, language: Language) -> tuple[str, str]:
    if scale is None:
        return ("points" if language == "en" else "punten"), ""
    joint = " on " if language == "en" else " op "
    unit, on, rest = scale.unit.text(language).partition(joint)
    return unit, f"{on}{rest}"


def _spread(interval: Interval, outcome: Outcome, language: Language) -> str:
    low, high = interval.lower, interval.upper
    first, second = sorted((abs(low), abs(high)))
    if low * high >= 0:
        return f"{number(first, interval.decimals)} {_TO[language]} {number(second, interval.decimals)}"
    less, more = ("less", "more") if language == "en" else ("minder", "meer")
    if _word(outcome.less.text(language)) not in {"less", "minder", "fewer"}:
        less, more = _word(outcome.less.text(language)), _word(outcome.more.text(language))
    lower, upper = number(abs(low), interval.decimals), number(high, interval.decimals)
    return f"{lower} {less} {_TO[language]} {upper} {more}"


def _word(text: str) -> str:
    return text.split()[0]


def _ratio(interval: Interval, measure: Measure, outcome: Outcome, language: Language) -> str:
    numbers = [number(value, interval.decimals) for value in (interval.estimate, interval.lower, interval.upper)]
    spread = f"{numbers[1]} {_TO[language]} {numbers[2]}"
    noun = {Measure.ODDS_RATIO: "odds", Measure.RISK_RATIO: "risk", Measure.RATE_RATIO: "rate"}.get(measure, "hazard")
    if measure is Measure.RISK_RATIO and outcome.better == "higher":
        noun = "chance"  # nobody runs a risk of getting better
    of = outcome.label.text(language)
    of = mid_sentence(of)
    if language == "nl":
        noun = {"odds": "odds", "risk": "kans", "chance": "kans", "rate": "aantal keer"}.get(noun, "hazard")
        return f"{numbers[0]} keer zoveel {noun} op {of} ({spread})"
    if interval.estimate < 1:
        lower = number(100 * (1 - interval.estimate))
        return f"{lower}% lower {noun} of {of} ({MEASURES[measure]} {numbers[0]}, {spread})"
    return f"{numbers[0]} times the {noun} of {of} ({spread})"


@cache  # asked for on every page, and the library starts anew each time
def country(code: str, language: Language = "en") -> str:
    """Return a country's name, or its ISO code where the library does not know it."""
    return country_names(language).get(code, code)


@cache
def country_names(language: Language = "en") -> Mapping[str, str]:
    """Return the name of every country that the library knows by its ISO code."""
    names = Locale(language).territories.items()
    return {code: str(name) for code, name in names if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES}


_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of the library for groups of countries, regions and tests."""


def sentence_case(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def mid_sentence(text: str) -> str:
    """Return a label as it stands in a sentence: its first letter in lower case, but for names (McKenzie, SSRIs)."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


@cache  # as above
def day(date: datetime.date, language: Language = "en") -> str:
    """Return a day as people write it: "8 July 2025"."""
    return str(format_date(date, "d MMMM y", locale=language))


@cache  # as above
def month(date: datetime.date, language: Language = "en") -> str:
    """Return the month of a day as people write it: "July 2025"."""
    return str(format_date(date, "MMMM y", locale=language))


def conclusion(verdict: str, language: Language = "en") -> str:
    """Return the word for a verdict or a judgement by its id."""
    return JUDGEMENTS[verdict][language] if verdict in JUDGEMENTS else VERDICTS[Verdict(verdict)][language]
