"""The canonical layout of a record: keys in the order of the model, two spaces a level, everything else as written.

Our own writer instead of a library that writes YAML anew: those wrap long lines, choose quotes and drop blank lines by
their own taste. This one takes every scalar from the text as it stands (so numbers keep their digits and quotes), and
it gives up on whatever it does not know for sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..load import Outline
from ..problem import Where

KeysAt = Callable[[Where], Sequence[str]]
"""Gives the keys that the mapping at a path may have, in their order."""

_REST = re.compile(r"\s*(#.*)?$")
_HEADER = re.compile(r"[>|][-+]?\s*(#.*)?$")


class UnclearError(Exception):
    """The text is laid out in a way that is better left to a person; says at which line."""

    def __init__(self, line: int) -> None:
        super().__init__(f"the layout at line {line + 1} is unusual")


class _Entry(NamedTuple):
    """An item or a key with its value: the comments above it, and its lines, the first without its indentation."""

    above: list[str]
    lines: list[str]


def lay_out(text: str, root: Outline, keys_at: KeysAt) -> str:
    """Return the text of a YAML file in canonical layout, its comments kept beside what they stand at.

    Raises UnclearError for a layout it does not know.
    """
    writing = _Writing(text, keys_at)
    if root.kind != "mapping" or root.style == "flow":
        raise UnclearError(0)
    head, entries = writing.above(root.start[0]), writing.pairs(root, ())
    lines = [*head, *(line for entry in entries for line in (*entry.above, *entry.lines)), *writing.below()]
    while lines and not lines[0]:
        del lines[0]
    return "\n".join(lines).rstrip("\n") + "\n"


class _Writing:
    """Goes through a text from top to bottom and writes it anew; ``done`` is the first line not yet taken."""

    def __init__(self, text: str, keys_at: KeysAt) -> None:
        self.lines, self.keys_at, self.done = text.split("\n"), keys_at, 0

    def above(self, line: int) -> list[str]:
        """Take the comments and blank lines down to a line; several blank ones become one."""
        taken = [one.strip() for one in self.lines[self.done : line]]
        if any(one and not one.startswith("#") for one in taken):
            raise UnclearError(self.done)
        self.done = max(self.done, line)
        return [one for before, one in zip(["#", *taken], taken, strict=False) if one or before]

    def below(self) -> list[str]:
        """Take what stands below the last value."""
        return self.above(len(self.lines))

    def pairs(self, mapping: Outline, at: Where) -> list[_Entry]:
        """Return the entries of a block mapping in the model's order; their lines are indented from 0."""
        entries: dict[str, _Entry] = {}
        for key, value in mapping.pairs:
            above = self.above(key.start[0])
            name = self.source(key)
            entries[key.text] = _Entry(above, self.entry(f"{name}:", self.after_key(key), value, (*at, key.text)))
        known = self.keys_at(at)
        order = sorted(entries, key=lambda name: known.index(name) if name in known else len(known))
        return [entries[name] for name in order]

    def items(self, listed: Outline, at: Where) -> Iterator[str]:
        """Yield the lines of a block list, indented from 0."""
        for index, item in enumerate(listed.items):
            line, column = item.start
            yield from self.above(line)
            if not re.search(r"(?:^|\s)-\s+$", self.lines[line][:column]):
                raise UnclearError(line)
            if item.kind == "mapping" and item.style == "block":
                first, *rest = self.pairs(item, (*at, index))
                lines = [*first.lines, *(one for entry in rest for one in (*entry.above, *entry.lines))]
                if first.above:
                    raise UnclearError(line)
                yield f"- {lines[0]}"
                yield from _indented(lines[1:])
            else:
                yield from self.entry("-", item.start, item, (*at, index))

    def entry(self, head: str, after: tuple[int, int], value: Outline, at: Where) -> list[str]:
        """Return the lines of a key (or dash) with its value, indented from 0."""
        if value.kind != "scalar" and value.style == "block":
            if not value.pairs and not value.items:
                raise UnclearError(value.start[0])
            comment = self.comment(after)
            self.done = after[0] + 1
            if value.kind == "list":
                inner = list(self.items(value, at))
            else:
                inner = [line for one in self.pairs(value, at) for line in (*one.above, *one.lines)]
            return [head + comment, *_indented(inner)]
        if value.style == "folded":
            return self.folded(head, value)
        if value.start == value.end:
            self.done = after[0] + 1
            return [head + self.comment(after)]
        if value.start[0] > after[0] + 1:
            raise UnclearError(after[0])
        if value.start[0] == after[0] + 1:
            return [head + self.comment(after), *_indented(self.inline("", value, at))]
        return self.inline(f"{head} ", value, at)

    def inline(self, head: str, value: Outline, at: Where) -> list[str]:
        """Return the lines of a scalar or of what stands in brackets, with the comment behind it."""
        comment = self.comment(value.end)
        self.done = value.end[0] + 1
        if value.start[0] == value.end[0]:
            return [head + self.flow(value, at) + comment]
        first, *rest = self.source(value).split("\n")
        margin = min(len(one) - len(one.lstrip()) for one in rest if one.strip()) if value.kind != "scalar" else None
        rest = [one[margin:].rstrip() if margin is not None else one.strip() for one in rest]
        return [head + first.rstrip(), *_indented([*rest[:-1], rest[-1] + comment])]

    def folded(self, head: str, value: Outline) -> list[str]:
        """Return the lines of a text that begins with > or |."""
        line, column = value.start
        header = self.lines[line][column:].rstrip()
        if not _HEADER.fullmatch(header):
            raise UnclearError(line)
        last = value.end[0] if value.end[1] else value.end[0] - 1
        content = self.lines[line + 1 : min(last, len(self.lines) - 1) + 1]
        margin = min((len(one) - len(one.lstrip()) for one in content[:1]), default=0)
        while content and (not content[-1].strip() or len(content[-1]) - len(content[-1].lstrip()) < margin):
            content.pop()
        self.done = line + 1 + len(content)
        return [f"{head} {header}", *("  " + one[margin:] if one.strip() else "" for one in content)]

    def flow(self, value: Outline, at: Where) -> str:
        """Return what stands on one line, in brackets or not, with one space after each comma and colon."""
        if value.kind == "scalar":
            return self.source(value)
        source = self.source(value)
        if source[:1] != ("{" if value.kind == "mapping" else "["):
            raise UnclearError(value.start[0])
        if value.kind == "list":
            return f"[{', '.join(self.flow(item, (*at, index)) for index, item in enumerate(value.items))}]"
        known = self.keys_at(at)
        ordered = sorted(value.pairs, key=lambda one: known.index(one[0].text) if one[0].text in known else len(known))
        texts = []
        for key, inner in ordered:
            self.after_key(key)
            texts.append(f"{self.source(key)}: {self.flow(inner, (*at, key.text))}".rstrip())
        return f"{{{', '.join(texts)}}}"

    def after_key(self, key: Outline) -> tuple[int, int]:
        """Return where the colon of a key ends."""
        line, column = key.end
        colon = re.match(r"\s*:", self.lines[line][column:])
        if colon is None or key.start[0] != line:
            raise UnclearError(line)
        return line, column + colon.end()

    def comment(self, after: tuple[int, int]) -> str:
        """Return the comment that follows on the same line, with a space or two before it as it was written."""
        line, column = after
        rest = self.lines[line][column:].rstrip()
        if not _REST.fullmatch(rest):
            raise UnclearError(line)
        return rest

    def source(self, value: Outline) -> str:
        """Return a value as it is written."""
        (line, column), (last, end) = value.start, value.end
        if line == last:
            return self.lines[line][column:end]
        return "\n".join([self.lines[line][column:], *self.lines[line + 1 : last], self.lines[last][:end]])


def _indented(lines: Sequence[str]) -> list[str]:
    return ["  " + line if line else "" for line in lines]
