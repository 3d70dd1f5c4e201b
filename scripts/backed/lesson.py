"""The tutorial's lesson: which record it teaches with, and what a check says of a mistake planted in a copy of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from .check import Base, check_part
from .diagnostics import Diagnostics, as_lines
from .examine import ALL_RULES, Checked
from .load import read_text, read_yaml
from .model import Evidence, Lesson, Study, parse
from .problem import Problem, in_order

NAMED = "data/lesson.json"
"""Where the study to teach with is named, below the folder of the site's sources."""


def text_of(file: str) -> str:
    """Return the text of a file of the evidence, '' where it cannot be read."""
    return read_text(Path(file), file)[0] or ""


def lesson_of(checked: Checked, sources: Path) -> Lesson | None:
    """Return the lesson: on the study named below ``sources``, else on the first that would do; None without any."""
    for study in _candidates(checked.evidence, sources / NAMED):
        record = text_of(study.file)
        found = re.search(r'^ *estimate: "[^"\n]+"$', record, re.MULTILINE)
        if found is None:
            continue
        typed = _mistyped(found[0])
        problems = _problems(study, record[: found.start()] + typed + record[found.end() :], checked)
        if problems:
            told = as_lines(Diagnostics(problems, ALL_RULES, 1, (), "")).rstrip()
            works = text_of(str(Path(study.file).with_suffix(".bib")))
            return Lesson(study, record, works, found[0], typed, told)
    return None


def _candidates(evidence: Evidence, named: Path) -> Iterator[Study]:
    """Yield the study that is named, then every current trial with an interval, those read in the abstract first."""
    text = read_text(named, named.name)[0]
    if text and (study := evidence.studies.get(json.loads(text)["study"])):
        yield study
    current = [study for study in evidence.studies.values() if study.status.state == "current" and study.arms]
    usable = [study for study in current if any(effect.ci for effect in study.effects)]
    yield from sorted(usable, key=lambda study: study.extraction.read != "abstract")


def _mistyped(line: str) -> str:
    """Return the line with its last two digits exchanged, or with a digit too many where they are the same."""
    swapped = re.sub(r'(\d)(\.?)(\d)"$', r'\3\2\1"', line)
    return swapped if swapped != line else re.sub(r'(\d)"$', r'\g<1>9"', line)


def _problems(study: Study, text: str, checked: Checked) -> list[Problem]:
    """Return what the rules say of a study whose file had that text, placed and in order."""
    tree, _ = read_yaml(text, study.file)
    data = tree.data if isinstance(tree.data, dict) else {}
    changed, faults = parse(Study, {**data, "id": study.id, "file": study.file})
    if changed is None or faults:
        return []
    found = check_part([changed], (), Base(checked.evidence, checked.syntheses, None)).problems
    known = {(problem.rule, problem.at, problem.message) for problem in checked.problems}
    new = [one for one in found if (one.rule, one.at, one.message) not in known]
    return in_order(one.placed(*tree.place(one.at)) for one in new)
