"""Two folders to two checked evidence bases, where only what may differ is read, synthesised and checked twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..check import Base, check_reached
from ..examine import Checked
from ..load import Loaded, Twin, files_below, load, locate
from ..model import newest_look
from ..problem import in_order
from ..synthesise import synthesise
from .reach import Reach, reach


@dataclass(frozen=True)
class Versions:
    """Two versions of the evidence, each with the syntheses and problems that a change may reach, and how far that is.

    The problems of the earlier one are not placed in lines; both are judged by the same day.
    """

    before: Checked
    after: Checked
    reach: Reach


def versions(before: Path, after: Path, shown: str = "", today: date | None = None) -> Versions:
    """Return two folders as versions of one evidence base, called ``shown`` (else as the later one is called).

    ``today`` is the day by which rules about age judge; without it, the newest look at any record of either version.
    """
    shown = shown or after.as_posix()
    texts = [_texts(folder, shown) for folder in (before, after)]
    same = {file for file in texts[0].keys() & texts[1].keys() if texts[0][file] == texts[1][file]}
    changed = (texts[0].keys() | texts[1].keys()) - same
    later = load(after, shown)
    earlier = load(before, shown, Twin(later, same))
    both = earlier.evidence, later.evidence
    reached = reach(both, changed, {file: texts[1][file] for file in same})
    day = today or max(newest_look(evidence.records()) for evidence in both)
    one, other = _checked(earlier, reached, day), _checked(later, reached, day)
    placed = tuple(in_order(locate(other.problems, after, shown)))
    return Versions(one, Checked(other.evidence, other.syntheses, placed), reached)


def _texts(folder: Path, shown: str) -> dict[str, bytes]:
    """Return the content of every file that can be read, by the name under which the evidence is shown."""
    paths = (path for path in files_below(folder) if path.is_file())
    return {f"{shown}/{path.relative_to(folder).as_posix()}": _content(path) for path in paths}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # loading says so
        return b""


def _checked(loaded: Loaded, reached: Reach, day: date) -> Checked:
    evidence = loaded.evidence
    syntheses = synthesise(reached.narrowed(evidence))
    found = check_reached(reached.files, Base(evidence, syntheses, day))
    return Checked(evidence, syntheses, tuple(in_order([*loaded.problems, *found])))
