"""Which problems a change of the evidence brings. The base is read once; of a change only its own files are read."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from backed.check.check import check_record, check_whole
from backed.check.rule import Base
from backed.load import load, locate
from backed.model import KINDS, Evidence, Filed, newest_look
from backed.problem import Problem
from backed.synthesise import synthesise

from .document import Change

Told = tuple[str, str, tuple[str | int, ...], str]
"""What makes two problems the same: file below the root, rule, path, message."""


@dataclass(frozen=True)
class Found:
    """A new problem: its file below the evidence folder, its rule, its line there (0 where it has none)."""

    file: str
    rule: str
    line: int
    message: str


class Examination:
    """An evidence base that is asked again and again what a change of few files would bring."""

    def __init__(self, root: Path) -> None:
        """Read and check the base as it is."""
        loaded = load(root)
        self.root = root
        self.evidence = loaded.evidence
        self.problems = [*loaded.problems, *_checked(loaded.evidence, loaded.evidence.records())]
        self.texts = {
            path.relative_to(root).as_posix(): path.read_text(encoding="utf-8-sig")
            for path in sorted(root.rglob("*"))
            if path.suffix in {".yaml", ".bib"}
        }
        self._known = Counter(_told(replace(one, file=_below(one.file, root))) for one in self.problems)

    def differs(self, change: Change) -> bool:
        """Say whether a change says anything else: another text that reads the same is no mistake."""
        if any(self.texts.get(file) is None or text is None for file, text in change.items()):
            return True
        with tempfile.TemporaryDirectory() as folder:
            fresh = load(_written(change, Path(folder)))
        if fresh.problems:
            return True
        new = fresh.evidence
        return any(_without_file(record) != _without_file(self._record(record)) for record in new.records()) or any(
            replace(reference, file="", line=0) != replace(self.evidence.references[key], file="", line=0)
            if key in self.evidence.references
            else True
            for key, reference in new.references.items()
        )

    def new_problems(self, change: Change) -> list[Found]:
        """Return the problems that a change brings, in order: into its own files and what claims rest on them.

        A record and its .bib belong together. Other studies are not asked.
        """
        with tempfile.TemporaryDirectory() as folder:
            written = _written(change, Path(folder))
            fresh = load(written)
            evidence = self._merged(fresh.evidence, change, written)
            asked = [record for record in evidence.records() if self._asked(record, change)]
            told = [*fresh.problems, *(self._moved(problem, change, written) for problem in _checked(evidence, asked))]
            placed = [replace(one, file=_below(one.file, written, self.root)) for one in locate(told)]
        known, found = Counter(self._known), []
        for problem in placed:
            known[_told(problem)] -= 1
            if known[_told(problem)] < 0:
                found.append(Found(problem.file, problem.rule, problem.line, problem.message))
        return sorted(found, key=lambda one: (one.file, one.line, one.rule))

    def _moved(self, problem: Problem, change: Change, written: Path) -> Problem:
        """Return a problem with the file in which its text stands: a changed one is read where it was written."""
        file = _below(problem.file, self.root)
        return replace(problem, file=(written / file).as_posix()) if change.get(file) is not None else problem

    def _asked(self, record: Filed, change: Change) -> bool:
        file = _below(record.file, self.root)
        return not file.startswith("studies/") or not {file, file.removesuffix(".yaml") + ".bib"}.isdisjoint(change)

    def _record(self, record: Filed) -> Filed | None:
        return next(
            (getattr(self.evidence, kind).get(record.id) for kind, type_ in KINDS.items() if isinstance(record, type_)),
            None,
        )

    def _merged(self, fresh: Evidence, change: Change, written: Path) -> Evidence:
        """Return the base with the records and references of the changed files in the place of the old ones."""
        gone = {(self.root / file).as_posix() for file in change}

        def here(file: str) -> str:
            return (self.root / _below(file, written)).as_posix()

        kinds: dict[str, Mapping[str, Filed]] = {}
        for kind in KINDS:
            kept = {key: one for key, one in getattr(self.evidence, kind).items() if one.file not in gone}
            new = {key: one.model_copy(update={"file": here(one.file)}) for key, one in getattr(fresh, kind).items()}
            kinds[kind] = dict(sorted({**kept, **new}.items(), key=lambda pair: pair[1].file))
        kept_references = {key: one for key, one in self.evidence.references.items() if one.file not in gone}
        new_references = {key: replace(one, file=here(one.file)) for key, one in fresh.references.items()}
        return replace(
            self.evidence,
            **kinds,  # type: ignore[arg-type]
            references={**new_references, **kept_references},
            unreadable=self.evidence.unreadable | fresh.unreadable,
            faulty=self.evidence.faulty | {here(file) for file in fresh.faulty},
        )


def _checked(evidence: Evidence, records: Iterable[Filed]) -> list[Problem]:
    base = Base(evidence, synthesise(evidence), newest_look(evidence.records()))
    return [*(problem for record in records for problem in check_record(record, base)), *check_whole(base)]


def _written(change: Change, folder: Path) -> Path:
    root = folder / "evidence"
    root.mkdir()
    for file, text in change.items():
        if text is not None:
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


def _below(file: str, *roots: Path) -> str:
    """Return the path of a file below whichever of the folders it stands in."""
    return next((file.removeprefix(f"{root.as_posix()}/") for root in roots if file.startswith(root.as_posix())), file)


def _told(problem: Problem) -> Told:
    return problem.file, problem.rule, problem.at, problem.message


def _without_file(record: Filed | None) -> Filed | None:
    return record.model_copy(update={"file": ""}) if record is not None else None
