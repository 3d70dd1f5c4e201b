"""Where the entries of a BibTeX text begin and end, so that a broken one never takes the others with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_START = re.compile(r"@[ \t]*(?P<kind>[A-Za-z]+)\s*(?P<open>[{(])")
_START_OF_LINE = re.compile(rf"^[ \t]*{_START.pattern}", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*=", re.MULTILINE)
_KEY = re.compile(r"[{(]\s*([^\s,{}()=]+)\s*,")
_LOST = re.compile(r"^(?![ \t]*%)(?:[ \t]*@|.*[{}])", re.MULTILINE)
_OF_MACROS = frozenset({"string", "preamble", "comment"})

_HEAD = re.compile(r"@[A-Za-z]+\{\s*([^\s,{}()=\"#%]+)\s*,\s*")
_BRACED = r"[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*"
_USUAL = re.compile(rf"([A-Za-z][A-Za-z0-9_-]*)\s*=\s*(?:\{{({_BRACED})\}}|([0-9]+)|([A-Za-z]+))\s*(?:,\s*|(?=\}}))")


@dataclass(frozen=True)
class Fault:
    """What is wrong with the braces of a block, in which line of the file, and what to do."""

    message: str
    hint: str
    line: int


@dataclass(frozen=True)
class Block:
    """A stretch of a file: an entry from its ``@`` to its closing brace, or what stands between entries.

    ``kind`` is the entry type in lower case (``article``, ``string``), or empty between entries; ``line`` is where the
    block begins, from 1. A block with a fault cannot be parsed.
    """

    kind: str
    source: str
    line: int
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """Return how the entry is called in a message: by its key, else by its type."""
        key = _KEY.search(self.source)
        return f"`{key[1]}`" if key else f"this @{self.kind}"

    def place(self, field: str) -> tuple[int, int]:
        """Return line and column (from 1) of a field's name, or of the entry where it is not at the start of a line."""
        for found in _FIELD.finditer(self.source):
            if found["name"].lower() == field:
                at = found.start("name")
                return self.line + self.source.count("\n", 0, at), at - self.source.rfind("\n", 0, at)
        return self.line, 1


def usual_entry(block: Block, macros: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]] | None:
    """Return key and fields of an entry as most are written, or None, where pybtex has to look: it takes much longer.

    Each value stands in braces, with two levels of them inside at most, or is a number or one of the macros.
    """
    head = _HEAD.match(block.source)
    if head is None or block.kind in _OF_MACROS:
        return None
    fields: list[tuple[str, str]] = []
    end = head.end()
    while field := _USUAL.match(block.source, end):
        name, braced, number, macro = field.groups()
        if macro and macro not in macros:
            return None
        fields.append((name, macros[macro] if macro else braced or number or ""))
        end = field.end()
    return (head[1], fields) if end == len(block.source) - 1 and block.source[end] == "}" else None


def blocks(text: str) -> Iterator[Block]:
    """Yield every block of a BibTeX text in its order; lines end in a newline character."""
    position, counted, line = 0, 0, 1
    while start := _START.search(text, position):
        yield from _between(text, position, start.start(), line + text.count("\n", counted, position))
        line, counted = line + text.count("\n", counted, start.start()), start.start()
        kind = start["kind"].lower()
        following = _START_OF_LINE.search(text, start.end())
        limit = following.start() if following else len(text)
        end = _end(text, start, limit)
        source = text[start.start() : end or limit]
        block = Block(kind, source, line)
        if end is None:
            hint = "every { needs its }; look at the end of the value in this line"
            fault = Fault(f"a brace is not closed in {block.name}", hint, line + _unclosed(source))
            block, end = Block(kind, source, line, fault), limit
        elif text[end:limit].lstrip().startswith(","):
            hint = "remove the } that stands before the comma, or the { that is missing"
            fault = Fault(f"a brace too many closes {block.name} early", hint, line + source.count("\n"))
            block, end = Block(kind, source, line, fault), limit
        yield block
        position = end
    yield from _between(text, position, len(text), line + text.count("\n", counted, position))


def _between(text: str, begin: int, end: int, first: int) -> Iterator[Block]:
    """Yield what stands between two entries, if it is more than a remark: it would silently be lost.

    ``first`` is the line in which it begins.
    """
    between = text[begin:end]
    lost = _LOST.search(between)
    if lost:
        hint = "an entry begins with @ and its type, and each } closes one {"
        line = first + between.count("\n", 0, lost.start())
        yield Block("", between, line, Fault("this stands outside any entry and would be lost", hint, line))


def _end(text: str, start: re.Match[str], limit: int) -> int | None:
    """Return the position after the entry's closing brace or bracket, or None where it is not closed before limit."""
    depth = 0
    for sign in re.compile(r"[{})]").finditer(text, start.end("open"), limit):
        if sign[0] == "{":
            depth += 1
        elif depth:
            depth -= sign[0] == "}"
        elif (start["open"] == "{") == (sign[0] == "}"):
            return sign.end()
    return None


def _unclosed(source: str) -> int:
    """Return how many lines below the entry's first one the field stands whose brace is never closed."""
    depth = 0
    field = 0
    for number, line in enumerate(source.split("\n")):
        if _FIELD.match(line):
            if depth > 1:
                return field
            field = number
        depth += line.count("{") - line.count("}")
    return field if depth > 1 else 0
