"""Lines that begin with a tag, as RIS and MEDLINE have them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .citation import Findings
from .values import plain


@dataclass
class Tagged:
    """One citation: the values of each tag in their order, each in the lines it came in; ``line`` is its first."""

    line: int
    values: Mapping[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    taken: set[str] = field(default_factory=set)

    def begin(self, tag: str, value: str) -> None:
        """Begin a new value of a tag."""
        self.values[tag].append([value])

    def go_on(self, tag: str, value: str) -> bool:
        """Let the last value of a tag go on; say whether it does so for the first time."""
        self.values[tag][-1].append(value)
        return len(self.values[tag][-1]) == 2

    def all(self, *tags: str) -> list[str]:
        """Return the values of the first of these tags that has any, on one line each."""
        tag = next((tag for tag in tags if self._texts(tag)), "")
        self.taken |= {tag}
        return self._texts(tag)

    def one(self, *tags: str) -> str:
        """Return the first value of the first of these tags that has any; '' without one. The others count as left."""
        found = self.all(*tags)
        if len(found) > 1 and len(set(found)) > 1:
            self.taken -= set(tags)
        return found[0] if found else ""

    def left(self, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the tags with a value that nobody took, and that are none of those ``known`` to say nothing more."""
        return tuple(tag for tag in self.values if tag not in self.taken | known and self._texts(tag))

    def _texts(self, tag: str) -> list[str]:
        return [text for value in self.values.get(tag, ()) if (text := plain(" ".join(value)))]


def lines(text: str, tag: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """Yield number (from 1), tag and value of each line that is not empty; '' as tag where the line has none.

    ``tag`` has a group of that name, and matches up to where the value begins.
    """
    for number, line in enumerate(text.split("\n"), 1):
        found = tag.match(line)
        if found:
            yield number, found["tag"], line[found.end() :]
        else:
            yield number, "", line


def lost(findings: Findings, number: int, line: str, begins: str) -> None:
    """Note the first of the lines that stand outside any citation."""
    column = len(line) - len(line.lstrip()) + 1
    findings.fault(
        "this stands outside any citation and would be lost", f"a citation begins with {begins}", number, column
    )
