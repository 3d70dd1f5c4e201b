"""Plant mistakes, one at a time, and count those that checking tells of."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random

from . import figures, identities, judgements, rows, terms
from .document import Change, documents
from .examination import Examination, Found
from .kind import KINDS

MODULES = (figures, rows, terms, identities, judgements)
"""Where the kinds are; importing them fills `KINDS`."""


@dataclass(frozen=True)
class Mutant:
    """One planted mistake and what came of it.

    ``lines`` are those that were changed in its files; ``own`` the new problems in these files (or in the .bib or .yaml
    beside), ``elsewhere`` those in other records.
    """

    kind: str
    file: str
    said: str
    lines: frozenset[tuple[str, int]]
    own: tuple[Found, ...] = ()
    elsewhere: tuple[Found, ...] = ()

    @property
    def pointed(self) -> bool:
        """Say whether a problem stands in a line that was changed."""
        return any((found.file, found.line) in self.lines for found in self.own)


@dataclass(frozen=True)
class Tally:
    """All mutants of one kind: how many were caught, where they were pointed at, and by which rules."""

    kind: str
    story: str
    mutants: tuple[Mutant, ...]

    @property
    def caught(self) -> int:
        """Return how many brought a problem into their own file."""
        return sum(bool(mutant.own) for mutant in self.mutants)

    @property
    def pointed(self) -> int:
        """Return how many brought a problem into a line that was changed."""
        return sum(mutant.pointed for mutant in self.mutants)

    @property
    def elsewhere(self) -> int:
        """Return how many brought a problem into another record only, such as a claim that is outdated."""
        return sum(bool(mutant.elsewhere) and not mutant.own for mutant in self.mutants)

    @property
    def share(self) -> float:
        """Return the share caught; nothing planted is nothing caught."""
        return self.caught / len(self.mutants) if self.mutants else 0.0

    @property
    def rules(self) -> list[tuple[str, int]]:
        """Return the rules that caught, with how many each, the busiest first."""
        return Counter(rule for mutant in self.mutants for rule in {found.rule for found in mutant.own}).most_common()


@dataclass(frozen=True)
class Proof:
    """What came out for every kind, and how many problems the base had before anything was planted."""

    base: int
    seed: int
    tallies: tuple[Tally, ...]


def prove(root: Path, seed: int, each: int, kinds: Sequence[str] = (), workers: int = 0) -> Proof:
    """Return what checking finds of up to so many mistakes of each kind, planted in the records below a folder.

    The same seed plants the same mistakes in the same records. A mistake that changes nothing that is read is not
    counted. ``workers`` is the number of processes (0: one a core). KeyError for a kind that does not exist.
    """
    names = list(kinds) or list(KINDS)
    examination = _examination(root.as_posix())
    planted = [(name, change) for name in names for change in _planted(examination, name, seed, each)]
    jobs = [(root.as_posix(), name, change) for name, change in planted]
    workers = workers or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else workers or 1
    if workers == 1:
        mutants = [_judged(*job) for job in jobs]
    else:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            mutants = list(pool.map(_judged, *zip(*jobs, strict=True), chunksize=8))
    tallies = [
        Tally(name, KINDS[name].story, tuple(mutant for mutant in mutants if mutant.kind == name)) for name in names
    ]
    return Proof(len(examination.problems), seed, tuple(tallies))


@cache
def _examination(root: str) -> Examination:
    return Examination(Path(root))


def _planted(examination: Examination, name: str, seed: int, each: int) -> Iterator[Change]:
    """Yield up to so many mistakes of a kind, chosen by the seed among all that could be made of it."""
    kind, rng = KINDS[name], Random(f"{seed} {name}")
    possible = [
        change
        for document in documents(examination.evidence, examination.texts)
        if document.file.startswith(f"{kind.folder}/")
        for change in kind.plant(document, rng)
        if change and any(examination.texts.get(file) != text for file, text in change.items())
    ]
    rng.shuffle(possible)
    left = each
    for change in possible:
        if left and examination.differs(change):
            left -= 1
            yield change


def _judged(root: str, name: str, change: Change) -> Mutant:
    examination = _examination(root)
    found = examination.new_problems(change)
    beside = {file.rsplit(".", 1)[0] for file in change}
    own = tuple(one for one in found if one.file.rsplit(".", 1)[0] in beside)
    lines = frozenset((file, number) for file in change for number in _changed_lines(examination.texts, file, change))
    elsewhere = tuple(one for one in found if one not in own)
    return Mutant(name, next(iter(change)), _said(examination.texts, change), lines, own, elsewhere)


def _changed_lines(texts: dict[str, str], file: str, change: Change) -> list[int]:
    old, new = texts.get(file, "").splitlines(), (change[file] or "").splitlines()
    if len(old) == len(new):
        return [number for number, (one, other) in enumerate(zip(old, new, strict=True), 1) if one != other]
    same = next((i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    added = max(len(new) - len(old), 0) if old else len(new)
    return list(range(same + 1, same + max(added, 1) + 1))


def _said(texts: dict[str, str], change: Change) -> str:
    """Return the first line that was changed, as it was and as it is."""
    for file, text in change.items():
        for number in _changed_lines(texts, file, change):
            old, new = texts.get(file, "").splitlines(), (text or "").splitlines()
            pair = [lines[number - 1].strip() if number <= len(lines) else "" for lines in (old, new)]
            return " -> ".join(pair)
    return ""
