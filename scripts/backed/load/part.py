"""A few files of the evidence, and of the rest only what somebody looks up."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ..model import KINDS, VOCABULARIES, Evidence, Filed, Reference, Term, Vocabularies
from ..problem import Problem
from .files import files_below, read_text
from .reading import Reading
from .shelf import Opened, Shelf

_KEY = re.compile(r"@[ \t]*[A-Za-z]+\s*[{(]\s*([^\s,{}()=]+)\s*,")


@dataclass(frozen=True)
class Part:
    """The files asked for, and an evidence base in which everything else is read when it is looked up.

    ``files`` are their names as they stand in problems, ``records`` and ``references`` what they hold, ``terms`` says
    whether a vocabulary is among them; ``problems`` are those in their form.
    """

    evidence: Evidence
    problems: tuple[Problem, ...]
    files: AbstractSet[str]
    records: tuple[Filed, ...]
    references: tuple[Reference, ...]
    terms: bool


class OutsideError(Exception):
    """A file that was asked for is not there, or does not lie below the evidence folder; says which and why."""


def load_part(root: Path, asked: Sequence[Path]) -> Part:
    """Return the files asked for; a folder stands for the files below it, a study for its bibliography too.

    Raises OutsideError for a path that is not there or lies elsewhere.
    """
    rest = _Rest(root)
    chosen = rest.chosen(asked)
    reading = rest.reading
    for path in chosen:
        for first in rest.before(path):
            rest.read(first)
        rest.read(path)
    files = {reading.name(path) for path in chosen}
    found = sum(path.suffix == ".yaml" for path in chosen)
    records = [record for kind in KINDS for record in reading.records[kind].values() if record.file in files]
    references = [reference for reference in reading.references.values() if reference.file in files]
    terms = any(path.parent == root / "vocabularies" for path in chosen)
    problems = tuple(problem for problem in reading.problems if problem.file in files)
    return Part(rest.evidence(found, files), problems, files, tuple(records), tuple(references), terms)


def files_asked(root: Path, asked: Sequence[Path]) -> list[Path]:
    """Return the files that are meant by paths, as `load_part` reads them. Raises OutsideError as it does."""
    return _Rest(root).chosen(asked)


class _Rest:
    """All files there are, each read at most once."""

    def __init__(self, root: Path) -> None:
        self.root, self.reading, self._read = root, Reading(root), set[Path]()
        self.paths = list(files_below(root))

    def read(self, path: Path) -> None:
        """Read a file unless it was read before."""
        if path not in self._read:
            self._read.add(path)
            self.reading.read(path)

    def chosen(self, asked: Sequence[Path]) -> list[Path]:
        """Return the files that are meant, in order."""
        known = set(self.paths)
        meant: set[Path] = set()
        for path in asked:
            inner = self._below(path)
            folder = f"{inner}{os.sep}"
            below = {inner} & known or {one for one in known if str(one).startswith(folder)}
            if not below and not (self.root / inner).is_dir():
                raise OutsideError(f"{path} is hidden or no file of the evidence")
            meant |= below
        for path in list(meant):
            other = path.with_suffix(".bib" if path.suffix == ".yaml" else ".yaml")
            if path.is_relative_to(self.root / "studies") and other in known:
                meant.add(other)
        return sorted(meant)

    def _below(self, path: Path) -> Path:
        """Return a path that was asked for as one below the root, as files there are called."""
        if not os.path.lexists(path):
            raise OutsideError(f"there is no file {path}")
        for root, inner in ((self.root.absolute(), path.absolute()), (self.root.resolve(), path.resolve())):
            if inner.is_relative_to(root):
                return self.root / inner.relative_to(root)
        raise OutsideError(f"{path} does not lie below {self.root}; give --evidence DIR")

    def before(self, path: Path) -> list[Path]:
        """Return the other files that hold the same id or citation keys, so that a double is noticed."""
        if path.suffix == ".bib":
            return [other for key in self._keys_in(path) for other in self.by_key[key] if other != path]
        kind = path.relative_to(self.root).parts[0]
        return [other for other in self.by_id.get(kind, {}).get(path.stem, ()) if other != path]

    @cached_property
    def by_id(self) -> Mapping[str, Mapping[str, list[Path]]]:
        """Return the files of each kind of record by id."""
        found: dict[str, dict[str, list[Path]]] = {kind: defaultdict(list) for kind in KINDS}
        for kind in KINDS:
            folder = str(self.root / kind) + os.sep
            for path in self.paths:
                name = str(path)
                if name.startswith(folder) and name.endswith(".yaml"):
                    found[kind][path.stem].append(path)
        return {kind: dict(by_id) for kind, by_id in found.items()}

    @cached_property
    def by_key(self) -> Mapping[str, list[Path]]:
        """Return the bibliography files by the citation keys that stand in them."""
        found: dict[str, list[Path]] = defaultdict(list)
        for path in self.paths:
            if str(path).endswith(".bib"):
                for key in self._keys_in(path):
                    found[key].append(path)
        return found

    def _keys_in(self, path: Path) -> Collection[str]:
        text, _ = read_text(path, path.name)
        return dict.fromkeys(_KEY.findall(text or ""))

    def evidence(self, found: int, files: AbstractSet[str]) -> Evidence:
        """Return the base in which everything is read when it is looked up; ``unreadable`` grows with it."""
        records: dict[str, Any] = {
            kind: Shelf(partial(self._is_there, kind), partial(self._record, kind)) for kind in KINDS
        }
        terms: dict[str, Any] = {name: Opened(partial(self._terms, name)) for name in VOCABULARIES}
        return Evidence(
            **records,
            vocabularies=Vocabularies(**terms),
            references=Shelf(self._has_key, self._reference),
            found=found,
            unreadable=self.reading.unreadable,
            faulty=frozenset(self.reading.faulty & files),
            root=self.root.as_posix(),
        )

    def _is_there(self, kind: str, name: str) -> bool:
        return name in self.by_id[kind]

    def _record(self, kind: str, name: str) -> Filed | None:
        for path in self.by_id[kind].get(name, ()):
            self.read(path)
        return self.reading.records[kind].get(name)

    def _terms(self, name: str) -> Mapping[str, Term]:
        path = self.root / "vocabularies" / f"{name}.yaml"
        if os.path.lexists(path):
            self.read(path)
        return self.reading.terms[name]

    def _has_key(self, key: str) -> bool:
        return self._reference(key) is not None

    def _reference(self, key: str) -> Reference | None:
        if key not in self.reading.references:
            for path in self.by_key.get(key, ()):
                self.read(path)
        return self.reading.references.get(key)
