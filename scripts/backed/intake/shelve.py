"""Citations -> the files of new studies: what would be written, and the writing, which never replaces a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from ..bibliography import read_bib
from ..bibliography.slug import slug_of
from ..export.bibtex import BIBTEX
from ..model import KINDS, Evidence, Reference, Vocabularies
from ..problem import Problem, Severity
from .citation import RULE, Citation
from .doubles import Double, Known
from .ids import id_of
from .scaffold import scaffold


@dataclass(frozen=True)
class Placed:
    """A work that comes in: its id, its files with their text, and what of the citation stands in none of them."""

    citation: Citation
    id: str
    files: tuple[tuple[Path, str], ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Intake:
    """What becomes of citations: works to be written, and doubles, which are not."""

    placed: tuple[Placed, ...]
    doubles: tuple[Double, ...]


@dataclass(frozen=True)
class Named:
    """How a work that comes in is to be named: by an ``id``, or by words for its topic; else by words of its title."""

    id: str = ""
    topic: str = ""


_BY_TITLE = Named()


def take_in(
    citations: Iterable[Citation], evidence: Evidence, folder: Path, *, only_bib: bool = False, named: Named = _BY_TITLE
) -> Intake:
    """Return what would be written into ``folder``/<year>/: a ``.bib`` each, and beside it a scaffolded study record.

    ``only_bib`` leaves out the record. Ids are new in the evidence, in the folder and among themselves.
    """
    known, placed, doubles = Known(evidence), list[Placed](), list[Double]()
    ids: set[str] = set()
    for citation in citations:
        double = known.double(citation)
        if double:
            doubles.append(double)
            continue
        known.add(citation)
        taken = is_taken(evidence, ids, folder / citation.reference.year)
        name = named.id or id_of(citation.reference, taken, named.topic)
        work = _placed(citation, folder, name, None if only_bib else evidence.vocabularies)
        ids.add(work.id)
        placed.append(work)
    return Intake(tuple(placed), tuple(doubles))


def name_fault(name: str, evidence: Evidence, year: str) -> str:
    """Return why a study cannot have an id that somebody chose, '' where it can."""
    if slug_of(name) != name:
        return f"{name!r} cannot be an id: lower-case letters a-z, digits and single hyphens, as {slug_of(name) or 'x'}"
    if is_taken(evidence, set(), Path(evidence.root) / "studies" / year)(name):
        return f"the id {name} is taken"
    return ""


def is_taken(evidence: Evidence, ids: AbstractSet[str], folder: Path) -> Callable[[str], bool]:
    """Return what says whether an id is taken: in the evidence, in a folder, or in ``ids``."""
    taken = [ids, *(getattr(evidence, kind) for kind in KINDS), evidence.references, evidence.unreadable]
    return lambda name: (
        any(name in one for one in taken) or any((folder / f"{name}{ending}").exists() for ending in (".bib", ".yaml"))
    )


def _placed(citation: Citation, folder: Path, name: str, vocabularies: Vocabularies | None) -> Placed:
    # the abstract is the publisher's text; our records are in our own words and under a free licence
    reference = replace(citation.reference, abstract="", file="", line=0)
    stem = folder / reference.year / name
    bib = BIBTEX.write([replace(reference, key=name)])
    files = [(stem.with_name(f"{name}.bib"), bib)]
    if vocabularies is not None:
        record = stem.with_name(f"{name}.yaml")
        files.append((record, scaffold(citation, name, record.as_posix(), vocabularies)))
    return Placed(citation, name, tuple(files), (*_lost(citation.reference, bib), *citation.left))


_NOT_CITED = frozenset({"key", "file", "line", "type", "extra", "standing"})


def _lost(reference: Reference, bib: str) -> tuple[str, ...]:
    """Return the fields of a reference that are not found again in the entry that was written."""
    again, _ = read_bib(bib, "")
    read = again[0] if again else Reference("", "", "")
    fields = [
        name for name in vars(reference) if name not in _NOT_CITED and getattr(reference, name) != getattr(read, name)
    ]
    extra = [name for name, value in reference.extra.items() if read.extra.get(name) != value]
    return (*fields, *extra)


def write(placed: Placed) -> Problem | None:
    """Write the files of a work, both or none of them, or return why not. A file that is there is never replaced."""
    return write_files(placed.files)


def write_files(files: Iterable[tuple[Path, str]]) -> Problem | None:
    """Write files with their text, all or none of them, or return why not. A file that is there is never replaced."""
    done: list[Path] = []
    for path, text in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                done.append(path)
                file.write(text)
        except OSError as fault:
            for one in done:
                one.unlink(missing_ok=True)
            exists = isinstance(fault, FileExistsError)
            message = "there is such a file; it stays as it is" if exists else f"cannot be written: {fault.strerror}"
            return Problem(RULE, Severity.ERROR, path.as_posix(), message, "nothing of this was written", (), 1, 1)
    return None
