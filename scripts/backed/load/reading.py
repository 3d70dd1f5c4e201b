"""One file of the evidence after another: each becomes records, terms, references, or problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..bibliography import read_bib, restored
from ..model import (
    HEALTH_FILE,
    KEYS_FILE,
    KINDS,
    VOCABULARIES,
    Evidence,
    Filed,
    Reference,
    Term,
    Vocabularies,
    parse_json,
)
from ..model.base import SLUG
from ..problem import Problem, Severity, Where
from .contents import Content, content
from .health import load_health
from .validate import validate
from .yaml_tree import Tree, read_yaml

_SLUG = re.compile(SLUG)
_WITH_DATA = {".yaml": frozenset(KINDS), ".bib": frozenset({"studies", "references"})}
"""The folders in which files of an ending hold records or references."""


@dataclass
class Reading:
    """What has been read so far of the evidence below a folder; in names of files the folder is called ``shown``."""

    root: Path
    shown: str = ""
    records: dict[str, dict[str, Filed]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    terms: dict[str, dict[str, Term]] = field(default_factory=lambda: {name: {} for name in VOCABULARIES})
    references: dict[str, Reference] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    found: int = 0
    published: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Call the folder what it is called, unless another name was given."""
        self.shown = self.shown or self.root.as_posix()
        self._above = len((self.root / "x").as_posix()) - 1

    def evidence(self) -> Evidence:
        """Return what was read as a frozen value."""
        records: dict[str, Any] = self.records
        terms: dict[str, Any] = self.terms
        return Evidence(
            **records,
            vocabularies=Vocabularies(**terms),
            references=self.references,
            found=self.found,
            unreadable=frozenset(self.unreadable),
            faulty=frozenset(self.faulty),
            root=self.shown,
            published=self.published,
        )

    def below(self, path: Path) -> str:
        """Return a path below the folder as one that begins there: ``claims/x.yaml``."""
        return path.as_posix()[self._above :]

    def name(self, path: Path) -> str:
        """Return how a file below the folder is called in records and problems: ``evidence/claims/x.yaml``."""
        return f"{self.shown}/{self.below(path)}"

    def has_data(self, path: Path) -> bool:
        """Say whether a file below the folder should hold a record or references (vocabularies are read apart)."""
        kind, *inner = self.below(path).split("/")
        return bool(inner) and kind in _WITH_DATA.get(path.suffix, ())

    def read(self, path: Path, known: Content | None = None) -> None:
        """Read one file (or a folder that may not be looked into) below the root; nothing is raised.

        ``known`` is what stands in it, where that was found out before.
        """
        below, file = self.below(path), self.name(path)
        kind, *inner = below.split("/")
        if (known is None or known.text is None) and path.is_dir() and not path.is_symlink():
            self._report("unreadable-file", file, "the folder cannot be read", "check its permissions")
        elif path.suffix == ".bib" and self.has_data(path):
            self._read_references(path, file, known or content(path, file))
        elif self.has_data(path) or (kind == "vocabularies" and len(inner) == 1 and path.suffix == ".yaml"):
            self.found += 1
            before = len(self.problems)
            self._read_record_file(path, kind, file, known or content(path, file))
            if len(self.problems) > before:
                self.faulty.add(file)
        elif below == KEYS_FILE:
            self._read_keys(path, file)
        elif below == HEALTH_FILE:
            self.problems += load_health(path, file)[1]
        elif kind != "schema" and (inner or path.stem not in {"README", "LICENSE"}):
            message = "this file is not part of the evidence base and would be overlooked"
            hint = f"records stand in {', '.join(KINDS)} and end in .yaml, bibliographies end in .bib; move the rest"
            self._report("unexpected-file", file, message, hint)

    def _read_keys(self, path: Path, file: str) -> None:
        known = content(path, file)
        self.problems += known.problems
        for number, line in enumerate((known.text or "").splitlines(), start=1):
            if key := line.partition("#")[0].strip():
                self.published.setdefault(key, number)

    def _report(self, rule: str, file: str, message: str, hint: str, line: int = 0) -> None:
        at: Where = ()
        self.problems.append(Problem(rule, Severity.ERROR, file, message, hint, at, line, 1 if line else 0))

    def _read_record_file(self, path: Path, kind: str, file: str, known: Content) -> None:
        if known.data and self._read_sound(path.stem, kind, known.data, file):
            return
        tree, problems = Tree(None, ""), known.problems
        if known.text is not None:
            tree, problems = read_yaml(known.text, file)
        self.problems += problems
        if known.text is None or (problems and tree.root is None):
            self.unreadable.add(path.stem)
        elif kind == "vocabularies":
            self._read_vocabulary(path.stem, tree, file)
        else:
            self._read_record(path.stem, kind, tree, file)

    def _read_sound(self, name: str, kind: str, data: str, file: str) -> bool:
        """Read a record from data without a fault of form, and say whether that went without a problem."""
        record = parse_json(KINDS[kind], data, {"id": name, "file": file})
        if record is not None:
            self._shelve(kind, record)
        return record is not None

    def _read_record(self, name: str, kind: str, tree: Tree, file: str) -> None:
        record, problems = validate(KINDS[kind], tree, file, {"id": name, "file": file})
        self.problems += problems
        if record is None:
            self.unreadable.add(name)
        else:
            self._shelve(kind, record)

    def _shelve(self, kind: str, record: Filed) -> None:
        first = self.records[kind].setdefault(record.id, record)
        if first is not record:
            self.unreadable.add(record.id)
            message = f"the id `{record.id}` is already taken by {first.file}"
            self._report("id-and-path", record.file, message, "rename one of the two files: the name is the id", 1)

    def _read_vocabulary(self, name: str, tree: Tree, file: str) -> None:
        if name not in VOCABULARIES or not isinstance(tree.data, dict):
            message = (
                "this is no known vocabulary" if name not in VOCABULARIES else "expected terms, each with its keys"
            )
            self._report("unexpected-file", file, message, f"vocabularies are: {', '.join(VOCABULARIES)}", 1)
            self.unreadable.add(name)
            return
        for term_id in tree.data:
            self._check_id(term_id, file, *tree.place((term_id,), key=True))
            term, problems = validate(VOCABULARIES[name], tree, file, {}, (term_id,))
            self.problems += problems
            if term is None:
                self.unreadable.add(f"{name}/{term_id}")
            else:
                self.terms[name][term_id] = term

    def _read_references(self, path: Path, file: str, known: Content) -> None:
        references: Iterable[Reference] = ()
        problems = known.problems
        if known.data:
            references = [restored(one, file) for one in json.loads(known.data)]
        elif known.text is not None:
            references, problems = read_bib(known.text, file)
        self.problems += problems
        if problems:
            self.unreadable.add(path.stem)
        self._shelve_references(references)

    def _shelve_references(self, references: Iterable[Reference]) -> None:
        for reference in references:
            self._check_id(reference.key, reference.file, reference.line, 1)
            first = self.references.setdefault(reference.key, reference)
            if first is not reference:
                message = f"the key `{reference.key}` is already used in {first.file}"
                hint = "a work stands in one .bib file only; point to it from there"
                self._report("bib-duplicate-key", reference.file, message, hint, reference.line)

    def _check_id(self, id: str, file: str, line: int, column: int) -> None:
        """Report an id that stands inside a file and is no id: it becomes part of addresses and names of files."""
        if not _SLUG.fullmatch(id):
            message, hint = f"`{id}` cannot be an id", "use lower-case letters a-z, digits and single hyphens"
            self.problems.append(Problem("id-and-path", Severity.ERROR, file, message, hint, (), line, column))

    def take(self, file: str, made: Sequence[Filed | Reference]) -> None:
        """Take what another reading made of a file of the same name and content, as if it had been read here."""
        self.found += file.endswith(".yaml")
        for one in made:
            if isinstance(one, Filed):
                self._shelve(next(kind for kind, of in KINDS.items() if isinstance(one, of)), one)
            else:
                self._shelve_references([one])
