"""One file of the evidence after another: each becomes records, terms, references, or problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ..bibliography import plain, read_bib, restored
from ..model import HEALTH_FILE, KEYS_FILE, KINDS, VOCABULARIES, Evidence, Filed, Reference, Term, Vocabularies
from ..problem import Problem, Severity, Where
from .cache import Cache
from .files import read_text
from .health import load_health
from .validate import validate
from .yaml_tree import Tree, read_yaml


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
    cache: Cache | None = None

    def __post_init__(self) -> None:
        """Call the folder what it is called, unless another name was given."""
        self.shown = self.shown or self.root.as_posix()

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

    def name(self, path: Path) -> str:
        """Return how a file below the folder is called in records and problems: ``evidence/claims/x.yaml``."""
        return f"{self.shown}/{path.relative_to(self.root).as_posix()}"

    def read(self, path: Path) -> None:
        """Read one file (or a folder that may not be looked into) below the root; nothing is raised."""
        relative, file = PurePosixPath(path.relative_to(self.root).as_posix()), self.name(path)
        kind = relative.parts[0]
        if path.is_dir() and not path.is_symlink():
            self._report("unreadable-file", file, "the folder cannot be read", "check its permissions")
        elif path.suffix == ".bib" and kind in {"studies", "references"}:
            self._read_references(path, file)
        elif path.suffix == ".yaml" and (
            (kind in KINDS and len(relative.parts) > 1) or (kind == "vocabularies" and len(relative.parts) == 2)
        ):
            self.found += 1
            before = len(self.problems)
            self._read_record_file(path, kind, file)
            if len(self.problems) > before:
                self.faulty.add(file)
        elif relative.parts == (KEYS_FILE,):
            self._read_keys(path, file)
        elif relative.parts == (HEALTH_FILE,):
            self.problems += load_health(path, file)[1]
        elif kind != "schema" and not (len(relative.parts) == 1 and path.stem in {"README", "LICENSE"}):
            message = "this file is not part of the evidence base and would be overlooked"
            hint = f"records stand in {', '.join(KINDS)} and end in .yaml, bibliographies end in .bib; move the rest"
            self._report("unexpected-file", file, message, hint)

    def _read_keys(self, path: Path, file: str) -> None:
        text, problems = read_text(path, file)
        self.problems += problems
        for number, line in enumerate((text or "").splitlines(), start=1):
            if key := line.partition("#")[0].strip():
                self.published.setdefault(key, number)

    def _report(self, rule: str, file: str, message: str, hint: str, line: int = 0) -> None:
        at: Where = ()
        self.problems.append(Problem(rule, Severity.ERROR, file, message, hint, at, line, 1 if line else 0))

    def _read_record_file(self, path: Path, kind: str, file: str) -> None:
        text, problems = read_text(path, file)
        if text is not None and self._read_kept(path.stem, kind, text, file):
            return
        tree = Tree(None, None)
        if text is not None:
            tree, problems = read_yaml(text, file)
            if self.cache and not problems:
                self.cache.put("yaml", text, tree.data)
        self.problems += problems
        if text is None or (problems and tree.root is None):
            self.unreadable.add(path.stem)
        elif kind == "vocabularies":
            self._read_vocabulary(path.stem, tree, file)
        else:
            self._read_record(path.stem, kind, tree, file)

    def _read_kept(self, name: str, kind: str, text: str, file: str) -> bool:
        """Read a record from what the cache kept of its file, and say whether that went without a problem."""
        data = self.cache.get("yaml", text) if self.cache and kind in KINDS else None
        if data is None or name in self.records[kind]:
            return False
        record, problems = validate(KINDS[kind], Tree(data, None), file, {"id": name, "file": file})
        if record is None or problems:
            return False  # its places are needed
        self.records[kind][name] = record
        return True

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
            term, problems = validate(VOCABULARIES[name], tree, file, {}, (term_id,))
            self.problems += problems
            if term is None:
                self.unreadable.add(f"{name}/{term_id}")
            else:
                self.terms[name][term_id] = term

    def _bib(self, text: str, file: str) -> tuple[list[Reference], list[Problem]]:
        kept = self.cache.get("bib", text) if self.cache else None
        if kept is not None:
            return [restored(one, file) for one in kept], []
        references, problems = read_bib(text, file)
        if self.cache and not problems:
            self.cache.put("bib", text, [plain(one) for one in references])
        return references, problems

    def _read_references(self, path: Path, file: str) -> None:
        text, problems = read_text(path, file)
        references: Iterable[Reference] = ()
        if text is not None:
            references, problems = self._bib(text, file)
        self.problems += problems
        if problems:
            self.unreadable.add(path.stem)
        self._shelve_references(references)

    def _shelve_references(self, references: Iterable[Reference]) -> None:
        for reference in references:
            first = self.references.setdefault(reference.key, reference)
            if first is not reference:
                message = f"the key `{reference.key}` is already used in {first.file}"
                hint = "a work stands in one .bib file only; point to it from there"
                self._report("bib-duplicate-key", reference.file, message, hint, reference.line)

    def take(self, file: str, made: Sequence[Filed | Reference]) -> None:
        """Take what another reading made of a file of the same name and content, as if it had been read here."""
        self.found += file.endswith(".yaml")
        for one in made:
            if isinstance(one, Filed):
                self._shelve(next(kind for kind, of in KINDS.items() if isinstance(one, of)), one)
            else:
                self._shelve_references([one])
