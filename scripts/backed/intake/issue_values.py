"""Answers of an issue -> values at their places in a record; what has no place there is told and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Evidence, Filed, Part, part_at
from ..model.base import Text
from ..model.study import Counts
from .begin import AnswerError, Keys, faults_in, nested, taken_answer
from .countries import codes
from .decode import FORBIDDEN
from .issue_form import Filled, Section
from .people_counted import counted
from .scaffold import escaped

_KEY = re.compile(r"\s*(?:[-*] +)?(?P<key>[A-Za-z][A-Za-z _]{0,30}?)\s*[:=]\s*(?P<value>\S.*?)\s*")
_LIST = re.compile(r"[,;\s]+")
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")

_KEPT = "kept in a comment"
_COUNTRIES = ("design", "countries")

RENAMED = {"record-title": ("title",)}
"""Ids that are no path because GitHub takes the path's name for something else."""


@dataclass
class Placed:
    """What became of the answers: values by their path in the record, and what is kept in comments beside."""

    values: dict[Keys, Any] = field(default_factory=dict)
    _kept: dict[Section, list[str]] = field(default_factory=dict)
    _said: list[tuple[int, str]] = field(default_factory=list)

    def keep(self, section: Section, why: str) -> None:
        """Keep an answer, all of it and once, and note why not all of it has a place."""
        self._kept.setdefault(section, []).append(why)

    def tell(self, line: int, said: str) -> None:
        """Note what a person has to look at, at its line of the issue."""
        self._said.append((line, said))

    @property
    def told(self) -> tuple[tuple[int, str], ...]:
        """Return what a person has to look at, with its line: of an answer that is kept all reasons in one."""
        kept = (
            (section.line, f"{section.field.label}: {'; '.join(why)}; {_KEPT}") for section, why in self._in_order()
        )
        return (*kept, *self._said)

    def comments(self) -> list[str]:
        """Return the answers kept as texts of comments, each under its label, in the order of the form."""
        heads = ((f"From the issue, to be placed - {one.field.label}:", one.text) for one, _ in self._in_order())
        return [text for head, said in heads for text in ("", head, said)]

    def _in_order(self) -> list[tuple[Section, list[str]]]:
        return sorted(self._kept.items(), key=lambda one: one[0].line)


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
            placed.keep(section, "no key of a record")
        elif FORBIDDEN.search(section.text):
            placed.keep(section, "holds a character that stands in no text")
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
        placed.keep(section, "to be written as entries by hand")
    elif part.kind is Counts:
        _count(section, path, placed)
    elif part.kind is not None:
        if any(line.strip() for line in _by_key(section.text, path, part.kind, placed)):
            placed.keep(section, "not all of it has a key")
    else:
        try:
            placed.values[path] = _taken(section.text, path, part, evidence)
        except AnswerError as fault:
            placed.keep(section, str(fault))


def _taken(text: str, path: Keys, part: Part, evidence: Evidence) -> Any:
    """Return an answer as the record holds it. Raises AnswerError for a word that it cannot hold."""
    if path == _COUNTRIES:
        return list(codes(text))
    return taken_answer(",".join(filter(None, _LIST.split(text))) if part.many else text, part, evidence)


def _count(section: Section, path: Keys, placed: Placed) -> None:
    """Put the numbers of people by stage; what was read out of a sentence is told, and the answer kept."""
    found, doubts, rest = counted(section.text)
    placed.values |= {(*path, stage): number for stage, number in found.items()}
    if doubts:
        placed.keep(section, f"read as {', '.join(f'{stage} {found[stage]}' for stage in doubts)}: is that right")
    if rest:
        placed.keep(section, "not all of it is a number of people by stage, as `randomised: 120` is")


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
            placed.tell(section.line, f"{section.field.label}: not ticked: {shown(line)}")


def _refuse(kind: type[Filed], filled: Filled, placed: Placed, prefix: str) -> None:
    """Take out what has not the form of its key, and keep it in a comment."""
    for at, message in list(faults_in(kind, nested(placed.values), "x")):
        path = next((one for one in placed.values if at[: len(one)] == one), None)
        section = _asked_at(kind, filled, prefix, path) if path else None
        if path is not None and section is not None:
            placed.values.pop(path)
            placed.keep(section, message if path[-1] in {"en", "nl"} else f"{path[-1]}: {message}")


def _asked_at(kind: type[Filed], filled: Filled, prefix: str, path: Keys) -> Section | None:
    """Return the answer of which a value was made."""
    for name, section in filled.answers.items():
        found = path_of(kind, name.removeprefix(prefix)) if name.startswith(prefix) else None
        if found and path[: len(found[0])] == found[0]:
            return section
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
