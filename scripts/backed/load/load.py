"""The evidence folder to `Evidence` and problems. Only this stage reads evidence."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..bibliography import place_of
from ..model import Evidence, Filed, Reference
from ..problem import Problem, Severity
from ..stages import stage
from .cache import Cache
from .contents import contents
from .files import files_below, read_text
from .reading import Reading
from .yaml_tree import read_yaml


@dataclass(frozen=True)
class Loaded:
    """What could be read, and the problems met on the way."""

    evidence: Evidence
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Twin:
    """Another version of the same evidence, under the same name, and the files in which the two do not differ."""

    loaded: Loaded
    same: AbstractSet[str]

    @property
    def made(self) -> dict[str, list[Filed | Reference]]:
        """Return what was made of each file that can be taken over: those of the same content and without problems."""
        found: dict[str, list[Filed | Reference]] = defaultdict(list)
        evidence = self.loaded.evidence
        everything: tuple[Filed | Reference, ...] = (*evidence.records(), *evidence.references.values())
        for one in everything:
            found[one.file].append(one)
        faulty = {problem.file for problem in self.loaded.problems}
        return {file: made for file, made in found.items() if file in self.same and file not in faulty}


def load(root: Path, shown: str = "", twin: Twin | None = None, cache: Path | None = None) -> Loaded:
    """Return all records, vocabularies and references below an evidence folder, and every problem in their form.

    Files are named in problems as ``<folder>/<path below it>``, so that they can be opened from where one stands;
    ``shown`` is another name for that folder. What a ``twin`` holds of the same content is not read again, and
    ``cache`` is a file that keeps what was read for the next time.
    """
    with _nothing_thrown_away():
        if cache is None:
            return _loaded(Reading(root, shown), twin, None)
        with Cache(cache) as kept:
            return _loaded(Reading(root, shown), twin, kept)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Let Python not look for what can be thrown away: all that loading makes is kept, and looking takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()  # the two together: what is there now counts as old, without a look at each of it
            gc.enable()


def _loaded(reading: Reading, twin: Twin | None, cache: Cache | None) -> Loaded:
    root = reading.root
    made = twin.made if twin else {}
    if not root.is_dir():
        message = "there is no such evidence folder"
        reading.problems.append(
            Problem("unreadable-file", Severity.ERROR, root.as_posix(), message, "give --evidence DIR")
        )
    files = [(path, reading.name(path), reading.has_data(path)) for path in files_below(root)]
    found = contents([(path, file) for path, file, data in files if data and file not in made], cache)
    with stage("read", len(files)) as step:
        for path, file, data in step.over(files):
            if file in made:
                reading.take(file, made[file])
            else:
                reading.read(path, next(found) if data else None)
    return Loaded(reading.evidence(), tuple(reading.problems))


def locate(problems: Iterable[Problem], root: Path | None = None, shown: str = "") -> Iterator[Problem]:
    """Yield the problems with line and column filled in, reading again only the files that have any.

    The files of a folder that is ``shown`` under another name are looked for below its ``root``.
    """
    waiting: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.line or not problem.file.endswith((".yaml", ".bib")):
            yield problem
        else:
            waiting[problem.file].append(problem)
    for file, here in waiting.items():
        path = root / Path(file).relative_to(shown) if root else Path(file)
        text = read_text(path, file)[0] or ""
        if file.endswith(".bib"):
            yield from (problem.placed(*place_of(text, *map(str, problem.at[:2]))) for problem in here)
            continue
        tree = read_yaml(text, file)[0]
        for problem in here:
            yield problem.placed(*tree.place(problem.at))
