"""Groups and results of an issue -> entries of a record to begin with: what a line says plainly, the rest empty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ..bibliography.slug import slug_of
from ..model import Vocabularies
from .nearest import nearest

_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_LABEL = re.compile(r"\s*(?P<label>[^:,;()]{1,60}?)\s*[:,;(]")
_PEOPLE = re.compile(
    r"(?<![\d.,])(\d{1,7})\s+(?:people|persons|patients|participants|adults)\b|\bn\s*=\s*(\d{1,7})\b", re.I
)
_TIME = re.compile(r"(?<![\d.,])(\d{1,3})[\s-]+(day|week|month|year)s?\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_MOST = 40


def arm_entries(text: str, vocabularies: Vocabularies) -> Iterator[str]:
    """Yield the lines of ``arms``: an entry for each line of the answer, with its label and its number of people."""
    yield "arms:"
    for line in _lines(text):
        label = _label(line)
        said = [one or other for one, other in _PEOPLE.findall(line)]
        yield f"  # {line}"
        yield f"  - id: {_id(label)}"
        yield f"    label: {{en: {_quoted(label)}}}"
        yield f"    interventions: []{_near(line, vocabularies, 'interventions')}"
        yield f"    n: {{randomised: {said[0] if len(said) == 1 else ''}}}"
        yield '    dose: {en: ""}'


def effect_entries(text: str, report: str, vocabularies: Vocabularies) -> Iterator[str]:
    """Yield the lines of ``effects``: an entry for each line of the answer that holds a figure, which is left out.

    Figures are taken from the paper, not from the issue; the line stands above its entry.
    """
    yield "effects:"
    for number, line in enumerate((line for line in _lines(text) if _FIGURE.search(line)), 1):
        times = {f"{unit.lower()}s: {_quoted(amount)}" for amount, unit in _TIME.findall(line)}
        yield f"  # {line}"
        yield f"  - id: result-{number}"
        yield f"    outcome: {_near(line, vocabularies, 'outcomes')}".rstrip()
        yield f"    time: {{{times.pop() if len(times) == 1 else ''}}}"
        yield "    arms: {intervention: [], comparator: []}"
        yield "    measure:"
        yield '    estimate: ""  # signs as on the instrument: 8.65 points less disabled is -8.65'
        yield '    ci: ["", ""]'
        yield f'    source: {{report: {report}, locator: "", printed: ""}}'


def _lines(text: str) -> list[str]:
    lines = (_BULLET.sub("", line, count=1).strip() for line in text.split("\n"))
    return [line for line in lines if line][:_MOST]


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return (found["label"] if found else line[:60]).strip()


def _id(label: str) -> str:
    return "-".join(slug_of(label).split("-")[:4]) or "group"


def _near(line: str, vocabularies: Vocabularies, name: str) -> str:
    near = nearest(line, vocabularies, [name])[:3]
    return f"  # near: {', '.join(near)}" if near else f"  # a term of evidence/vocabularies/{name}.yaml"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
