"""Issue forms, and the body of an issue that was made by one -> what stands under each of its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..load import read_text, read_yaml
from ..problem import Problem

LARGEST_BODY = 300_000
"""Bytes; GitHub takes 65,536 characters, of four bytes at most, and ends lines with two."""

_HEADING = re.compile(r"### +(?P<label>\S.*?) *")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)")
_EMPTY = frozenset({"", "_No response_"})


@dataclass(frozen=True)
class Field:
    """What a form asks: its id, the label that stands above the answer, whether it is a list of boxes to tick."""

    id: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Form:
    """An issue form: the name of its file without the ending (``new-study``), and what it asks, in order."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Section:
    """An answer: what is asked, the text below its label ('' where there is none), and lines, from 1.

    ``line`` is the label's, ``begins`` that of the text.
    """

    field: Field
    text: str
    line: int
    begins: int


@dataclass
class Filled:
    """An issue as its form has it: answers by id, and the text before the first label."""

    form: Form
    answers: dict[str, Section] = field(default_factory=dict)
    before: str = ""

    @property
    def without(self) -> tuple[str, ...]:
        """Return the labels of the form that do not stand in the issue."""
        return tuple(asked.label for asked in self.form.fields if asked.id not in self.answers)


def read_forms(folder: Path) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    """Return the issue forms of a folder (`*.yml`), and the problems in them; other files are no forms."""
    forms, problems = list[Form](), list[Problem]()
    for path in sorted(folder.glob("*.yml")):
        text, found = read_text(path, path.as_posix(), links=True)
        tree = None
        if text is not None:
            tree, found = read_yaml(text, path.as_posix())
        problems += found
        body = tree.data.get("body") if tree is not None and isinstance(tree.data, dict) else None
        if isinstance(body, list):
            forms.append(Form(path.stem, tuple(_fields(body))))
    return tuple(forms), tuple(problems)


def _fields(body: Sequence[object]) -> Iterator[Field]:
    for element in body:
        if isinstance(element, dict) and element.get("id") and isinstance(element.get("attributes"), dict):
            label = element["attributes"].get("label")
            yield Field(str(element["id"]), str(label or element["id"]), element.get("type") == "checkboxes")


def form_of(body: str, forms: Sequence[Form]) -> Form | None:
    """Return the form by which an issue was made: of which most labels stand in it; None where none or several fit."""
    labels = {found["label"] for line in body.split("\n") if (found := _HEADING.fullmatch(line))}
    shares = {form: sum(asked.label in labels for asked in form.fields) for form in forms}
    best = max(shares.values(), default=0)
    fitting = [form for form, share in shares.items() if share == best]
    return fitting[0] if best and len(fitting) == 1 else None


def read_body(body: str, form: Form) -> Filled:
    """Return the answers of an issue, in which lines end in a newline character.

    A label counts once, outside of code blocks, and in the order of the form: where an answer holds headings that are
    labels too, those are taken of which most are in order, and the others stay in their answer.
    """
    filled, lines = Filled(form), body.split("\n")
    parts = list(_labels(lines, [asked.label for asked in form.fields]))
    filled.before = "\n".join(lines[: parts[0][1]] if parts else lines).strip()
    ends = [*(line for _, line in parts), len(lines)][1:]
    for (which, line), end in zip(parts, ends, strict=True):
        asked = form.fields[which]
        text = _answer(whole := "\n".join(lines[line + 1 : end]))
        begins = line + 2 + whole[: whole.find(text)].count("\n")
        filled.answers[asked.id] = Section(asked, text, line + 1, begins)
    return filled


@dataclass(frozen=True)
class _Run:
    """Labels in the order of the form: how many, the number of the first, its line, and those after it."""

    count: int
    which: int
    line: int
    rest: _Run | None


def _labels(lines: Sequence[str], order: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the number of the label and of the line for the longest run of labels that are in order."""
    longest: dict[int, _Run] = {}  # the longest run that begins with a label, among the lines below
    for number in sorted(_outside_code(lines), reverse=True):
        found = _HEADING.fullmatch(lines[number])
        if not found or found["label"] not in order:
            continue
        which = order.index(found["label"])
        rest = _longest(run for label, run in longest.items() if label > which)
        count = rest.count + 1 if rest else 1
        if which not in longest or count >= longest[which].count:
            longest[which] = _Run(count, which, number, rest)
    run = _longest(longest.values())
    while run:
        yield run.which, run.line
        run = run.rest


def _longest(runs: Iterable[_Run]) -> _Run | None:
    return max(runs, key=lambda run: (run.count, -run.line), default=None)


def _outside_code(lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of lines in no code block; a block that is never closed is none."""
    closing = _closings(lines)
    number = 0
    while number < len(lines):
        if number in closing:
            number = closing[number]
        else:
            yield number
        number += 1


def _closings(lines: Sequence[str]) -> Mapping[int, int]:
    """Return the first line of each code block with its last."""
    found: dict[int, int] = {}
    begun: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        fence = _FENCE.fullmatch(line.rstrip())
        if not fence:
            continue
        if begun is None:
            begun = number, fence["mark"]
        elif fence["mark"].startswith(begun[1]) and not fence["info"].strip():
            found[begun[0]], begun = number, None
    return found


def _answer(text: str) -> str:
    """Return an answer without blank lines around it and without the code block that holds all of it."""
    short = text.strip()
    lines = short.split("\n")
    if len(lines) > 1 and _closings(lines) == {0: len(lines) - 1}:
        short = "\n".join(lines[1:-1]).strip("\n").rstrip()
    return "" if short in _EMPTY else short
