"""Answers of an issue -> values at their places in a record; what has no place there is told and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Evidence, Filed, Part, part_at
from ..model.base import Text
from .begin import AnswerError, Keys, faults_in, nested, taken_answer
from .decode import FORBIDDEN
from .issue_form import Filled, Section
from .scaffold import escaped

_KEY = re.compile(r"\s*(?:[-*] +)?(?P<key>[A-Za-z][A-Za-z _]{0,30}?)\s*[:=]\s*(?P<value>\S.*?)\s*")
_LIST = re.compile(r"[,;\s]+")
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")

_KEPT = "kept in a comment"

RENAMED = {"record-title": ("title",)}
"""Ids that are no path because GitHub takes the path's name for something else."""


@dataclass
class Placed:
    """What became of the answers: values by their path in the record, and what is kept in comments beside."""

    values: dict[Keys, Any] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    told: list[tuple[int, str]] = field(default_factory=list)

    def keep(self, section: Section, text: str, why: str) -> None:
        """Keep a text under its label, and note why it has no place."""
        self.kept.append((section.field.label, text))
        self.told.append((section.line, f"{section.field.label}: {why}"))

    def comments(self) -> list[str]:
        """Return what is kept as texts of comments, each under its label."""
        return [text for label, said in self.kept for text in ("", f"From the issue, not placed yet - {label}:", said)]


def path_of(kind: type[Filed], name: str) -> tuple[Keys, Part] | None:
    """Return the path in a record that the id of a field stands for (``design-type``), and the key there, or None."""
    path = RENAMED.get(name, tuple(name.split("-")))
    part = part_at(kind, path)
    return (path, part) if part else None


def place(
    kind: type[Filed], filled: Filled, evidence: Evidence, prefix: str = "", without: Sequence[str] = ()
) -> Placed:
    """Return the answers at their places in a record of a kind.

    ``prefix`` begins the ids that are meant, and is no part of their path; ids in ``without`` are passed over. A tick
    box is told only where it is not ticked.
    """
    placed = Placed()
    for name, section in filled.answers.items():
        if not name.startswith(prefix) or name in without or not section.text:
            continue
        if section.field.ticked:
            _ticks(section, placed)
            continue
        found = path_of(kind, name.removeprefix(prefix))
        if found is None:
            placed.keep(section, section.text, f"no key of a record; {_KEPT}")
        elif FORBIDDEN.search(section.text):
            placed.keep(section, section.text, f"holds a character that stands in no text; {_KEPT}")
        else:
            _put(section, *found, evidence, placed)
    _refuse(kind, filled, placed, prefix)
    return placed


def _put(section: Section, path: Keys, part: Part, evidence: Evidence, placed: Placed) -> None:
    """Put an answer at its path: a value, several, texts by line, or ``key: value`` lines of the record there."""
    if part.kind is Text and part.many:
        lines = [_BULLET.sub("", line, count=1).strip() for line in section.text.split("\n")]
        placed.values[path] = [{"en": line} for line in lines if line]
    elif part.kind is not None and part.many:
        placed.keep(section, section.text, f"to be written as entries by hand; {_KEPT}")
    elif part.kind is not None:
        rest = "\n".join(_by_key(section.text, path, part.kind, placed))
        if rest.strip():
            placed.keep(section, rest, f"not all of it has a key; the rest is {_KEPT}")
    else:
        text = ",".join(filter(None, _LIST.split(section.text))) if part.many else section.text
        try:
            placed.values[path] = taken_answer(text, part, evidence)
        except AnswerError as fault:
            placed.keep(section, section.text, f"{fault}; {_KEPT}")


def _by_key(text: str, path: Keys, kind: Any, placed: Placed) -> Iterator[str]:
    """Put ``key: value`` lines at their keys; yield the other lines."""
    for line in text.split("\n"):
        found = _KEY.fullmatch(line)
        key = found["key"].strip().lower().replace(" ", "_") if found else ""
        part = part_at(kind, (key,))
        if found and part and part.kind is None and not part.many and (*path, key) not in placed.values:
            placed.values[*path, key] = found["value"]
        else:
            yield line


def _ticks(section: Section, placed: Placed) -> None:
    for line in section.text.split("\n"):
        if line.strip() and not re.match(r"\s*[-*] \[[xX]\]", line):
            placed.told.append((section.line, f"{section.field.label}: not ticked: {shown(line)}"))


def _refuse(kind: type[Filed], filled: Filled, placed: Placed, prefix: str) -> None:
    """Take out what has not the form of its key, and keep it in a comment."""
    for at, message in list(faults_in(kind, nested(placed.values), "x")):
        path = next((one for one in placed.values if at[: len(one)] == one), None)
        asked = _asked_at(kind, filled, prefix, path) if path else None
        if path is None or asked is None:
            continue
        section, whole = asked
        value = placed.values.pop(path)
        placed.keep(section, section.text if whole else f"{path[-1]}: {value}", f"{path[-1]}: {message}; {_KEPT}")


def _asked_at(kind: type[Filed], filled: Filled, prefix: str, path: Keys) -> tuple[Section, bool] | None:
    """Return the answer of which a value was made, and whether the value is all of it."""
    for name, section in filled.answers.items():
        found = path_of(kind, name.removeprefix(prefix)) if name.startswith(prefix) else None
        if found and path[: len(found[0])] == found[0]:
            return section, path == found[0]
    return None


def shown(text: str, longest: int = 200) -> str:
    """Return a text as it may be said in a line: nothing in it steers a terminal or begins a line of its own."""
    short = " ".join(escaped(text).split())
    return short if len(short) <= longest else f"{short[: longest - 1]}…"


def answer(filled: Filled, name: str) -> str:
    """Return the text of an answer, '' where there is none."""
    return filled.answers[name].text if name in filled.answers else ""


def lines_of(filled: Filled) -> Mapping[str, int]:
    """Return the line of each answer's label."""
    return {name: section.line for name, section in filled.answers.items()}
