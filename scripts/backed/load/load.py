"""The evidence folder to `Evidence` and problems. Only this stage reads evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..bibliography import place_of
from ..model import Evidence
from ..problem import Problem, Severity
from .cache import Cache
from .files import files_below, read_text
from .reading import Reading
from .yaml_tree import read_yaml


@dataclass(frozen=True)
class Loaded:
    """What could be read, and the problems met on the way."""

    evidence: Evidence
    problems: tuple[Problem, ...]


def load(root: Path, cache: Path | None = None) -> Loaded:
    """Return all records, vocabularies and references below an evidence folder, and every problem in their form.

    ``cache`` is a file that keeps what was read for the next time. Files are named in problems as
    ``<folder>/<path below it>``, so that they can be opened from where one stands.
    """
    if cache is None:
        return _loaded(Reading(root))
    with Cache(cache) as kept:
        return _loaded(Reading(root, cache=kept))


def _loaded(reading: Reading) -> Loaded:
    root = reading.root
    if not root.is_dir():
        message = "there is no such evidence folder"
        reading.problems.append(
            Problem("unreadable-file", Severity.ERROR, root.as_posix(), message, "give --evidence DIR")
        )
    for path in files_below(root):
        reading.read(path)
    return Loaded(reading.evidence(), tuple(reading.problems))


def locate(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems with line and column filled in, reading again only the files that have any."""
    waiting: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.line or not problem.file.endswith((".yaml", ".bib")):
            yield problem
        else:
            waiting[problem.file].append(problem)
    for file, here in waiting.items():
        text = read_text(Path(file), file)[0] or ""
        if file.endswith(".bib"):
            yield from (problem.placed(*place_of(text, *map(str, problem.at[:2]))) for problem in here)
            continue
        tree = read_yaml(text, file)[0]
        for problem in here:
            yield problem.placed(*tree.place(problem.at))
