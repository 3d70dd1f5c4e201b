"""What the tutorial teaches with: a real record, and a mistake planted in a copy of it."""

from __future__ import annotations

from dataclasses import dataclass

from .study import Study


@dataclass(frozen=True)
class Lesson:
    """A study with the texts of its two files, and what a check says when one line of it is typed wrongly.

    ``line`` is the line as it stands in ``record``, ``typed`` the same with the mistake; ``told`` is what
    `backed check` prints then, without its closing line.
    """

    study: Study
    record: str
    works: str
    line: str
    typed: str
    told: str
