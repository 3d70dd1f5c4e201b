"""The evidence folder to `Evidence` and problems. Only this stage reads evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ..bibliography import place_of, read_bib
from ..model import KINDS, VOCABULARIES, Evidence, Filed, Reference, Term, Vocabularies
from ..problem import Problem, Severity
from .files import files_below, read_text
from .validate import validate
from .yaml_tree import Tree, read_yaml


@dataclass(frozen=True)
class Loaded:
    """What could be read, and the problems met on the way."""

    evidence: Evidence
    problems: tuple[Problem, ...]


@dataclass
class _Reading:
    """What has been read so far."""

    records: dict[str, dict[str, Filed]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    terms: dict[str, dict[str, Term]] = field(default_factory=lambda: {name: {} for name in VOCABULARIES})
    references: dict[str, Reference] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    found: int = 0

    def evidence(self, root: str) -> Evidence:
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
            root=root,
        )


def load(root: Path) -> Loaded:
    """Return all records, vocabularies and references below an evidence folder, and every problem in their form.

    Files are named in problems as ``<folder>/<path below it>``, so that they can be opened from where one stands.
    """
    reading = _Reading()
    if not root.is_dir():
        message = "there is no such evidence folder"
        reading.problems.append(
            Problem("unreadable-file", Severity.ERROR, root.as_posix(), message, "give --evidence DIR")
        )
    for path in files_below(root):
        relative = PurePosixPath(path.relative_to(root).as_posix())
        _read(path, relative, f"{root.as_posix()}/{relative}", reading)
    return Loaded(reading.evidence(root.as_posix()), tuple(reading.problems))


def _read(path: Path, relative: PurePosixPath, file: str, reading: _Reading) -> None:
    kind = relative.parts[0]
    if path.is_dir() and not path.is_symlink():
        message, hint = "the folder cannot be read", "check its permissions"
        reading.problems.append(Problem("unreadable-file", Severity.ERROR, file, message, hint))
    elif path.suffix == ".bib" and kind in {"studies", "references"}:
        _read_references(path, file, reading)
    elif path.suffix == ".yaml" and (
        (kind in KINDS and len(relative.parts) > 1) or (kind == "vocabularies" and len(relative.parts) == 2)
    ):
        reading.found += 1
        before = len(reading.problems)
        _read_record_file(path, kind, file, reading)
        if len(reading.problems) > before:
            reading.faulty.add(file)
    elif kind != "schema" and not (len(relative.parts) == 1 and path.stem in {"README", "LICENSE"}):
        message = "this file is not part of the evidence base and would be overlooked"
        hint = f"records stand in {', '.join(KINDS)} and end in .yaml, bibliographies end in .bib; move anything else"
        reading.problems.append(Problem("unexpected-file", Severity.ERROR, file, message, hint))


def _read_record_file(path: Path, kind: str, file: str, reading: _Reading) -> None:
    text, problems = read_text(path, file)
    tree = Tree(None, None)
    if text is not None:
        tree, problems = read_yaml(text, file)
    reading.problems += problems
    if text is None or (problems and tree.root is None):
        reading.unreadable.add(path.stem)
    elif kind == "vocabularies":
        _read_vocabulary(path.stem, tree, file, reading)
    else:
        _read_record(path.stem, kind, tree, file, reading)


def _read_record(name: str, kind: str, tree: Tree, file: str, reading: _Reading) -> None:
    record, problems = validate(KINDS[kind], tree, file, {"id": name, "file": file})
    reading.problems += problems
    if record is None:
        reading.unreadable.add(name)
        return
    first = reading.records[kind].setdefault(name, record)
    if first is not record:
        reading.unreadable.add(name)
        message = f"the id `{name}` is already taken by {first.file}"
        hint = "rename one of the two files: the name is the id"
        reading.problems.append(Problem("id-and-path", Severity.ERROR, file, message, hint, (), 1, 1))


def _read_vocabulary(name: str, tree: Tree, file: str, reading: _Reading) -> None:
    if name not in VOCABULARIES or not isinstance(tree.data, dict):
        message = "this is no known vocabulary" if name not in VOCABULARIES else "expected terms, each with its keys"
        hint = f"vocabularies are: {', '.join(VOCABULARIES)}"
        reading.problems.append(Problem("unexpected-file", Severity.ERROR, file, message, hint, (), 1, 1))
        reading.unreadable.add(name)
        return
    for term_id in tree.data:
        term, problems = validate(VOCABULARIES[name], tree, file, {}, (term_id,))
        reading.problems += problems
        if term is None:
            reading.unreadable.add(f"{name}/{term_id}")
        else:
            reading.terms[name][term_id] = term


def _read_references(path: Path, file: str, reading: _Reading) -> None:
    text, problems = read_text(path, file)
    references: Iterable[Reference] = ()
    if text is not None:
        references, problems = read_bib(text, file)
    reading.problems += problems
    if problems:
        reading.unreadable.add(path.stem)
    for reference in references:
        first = reading.references.setdefault(reference.key, reference)
        if first is not reference:
            message = f"the key `{reference.key}` is already used in {first.file}"
            hint = "a work stands in one .bib file only; point to it from there"
            reading.problems.append(
                Problem("bib-duplicate-key", Severity.ERROR, file, message, hint, (), reference.line, 1)
            )


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
