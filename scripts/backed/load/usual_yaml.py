"""The YAML that records are usually written in, read several times faster than by PyYAML, which reads all the rest.

What is read here is a small part of YAML that every reader understands alike: mappings and lists by indentation,
flow mappings and lists within a line, texts within a line (plain, or in double quotes without escapes) and texts below
``>-`` without empty lines. Whatever is anything else (a fault, a key that stands twice, a tab, an anchor, another way
to write a text) is not read here but by PyYAML, which also finds the faults. Tests hold the two to the same data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

Plain = None | str | list["Plain"] | dict[str, "Plain"]

NULLS = frozenset({"", "~", "null"})
"""Plain words that stand for nothing."""

DEEPEST = 20
"""Levels of nesting that are read here, of blocks and again of flows within one."""

_KEY = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}"
_FIRST = r"(?:-(?=[0-9A-Za-z.])|[^ \-?:,\[\]{}#&*!|>'\"%@`\n])"
_QUOTED = r'"([^"\\\n]+)"'
_ROW = re.compile(
    rf"""(                                              # the whole line:
        ([ ]*)(-[ ])?                                   # how far it is set in; an item of a list
        (?:({_KEY}):(?:[ ]+(?=[^ \n])|(?=\n)))?         # a key
        (?:(?:{_QUOTED}|({_FIRST}[^:#\n]*(?::(?=[^ \n])[^:#\n]*)*))(?=\n)    # a text, quoted or plain,
         |(.*))                                        # or a flow, the head of a text below, nothing, something else
    )\n""",
    re.VERBOSE,
)
_IN_FLOW = rf"{_FIRST}[^,:?\[\]{{}}#\"'\n]*(?<![ ])"
_PAIR = rf"({_KEY}):[ ]+(?:{_QUOTED}|({_IN_FLOW}))"
_FLAT = re.compile(rf"\{{{_PAIR}(?:,[ ]+{_PAIR})*\}}")
_PAIRS = re.compile(_PAIR)
_TOKENS = re.compile(rf"({_KEY}:[ ]+|,[ ]+|[\[\]{{}}])|{_QUOTED}|({_IN_FLOW})")

_Row = tuple[str, str, str, str, str, str, str]
_Token = tuple[str, str, str]


class _UnusualError(Exception):
    """Something that is not read here."""


def read_usual(text: str) -> dict[str, Plain] | None:
    """Return the data of a YAML text, scalars as text, or None where anything in it is not of the usual form."""
    if not text.endswith("\n") or not text.replace("\n", "").isprintable():
        return None
    try:
        return _Blocks(_ROW.findall(text)).read() or None
    except _UnusualError:
        return None


class _Blocks:
    """Rows, read one after another into the innermost mapping or list that is open."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows, self._next = rows, 0
        self._here: dict[str, Plain] | list[Plain] = {}
        self._column = 0
        self._outer: list[tuple[dict[str, Plain] | list[Plain], int]] = []
        self._waiting = ""
        """The key in the mapping here whose value may stand below it."""

    def read(self) -> dict[str, Plain]:
        """Return what all rows hold. Raises _UnusualError."""
        root = cast("dict[str, Plain]", self._here)
        rows, end = self._rows, len(self._rows)
        while self._next < end:
            _, indent, dash, key, quoted, plain, rest = rows[self._next]
            self._next += 1
            if dash or key:
                self._go_to(len(indent), dash, key)
                value = quoted or (_scalar(plain.rstrip(" ")) if plain else self._value(key, rest))
                if key:
                    self._here[key] = value  # type: ignore[call-overload]
                else:
                    self._here.append(value)  # type: ignore[union-attr]
            elif quoted or plain or rest[:1] not in {"", "#"}:
                raise _UnusualError
        return root

    def _go_to(self, column: int, dash: str, key: str) -> None:
        """Open, or go back to, the mapping or list to which a row belongs that is set in so far."""
        if self._waiting and (column > self._column or (dash and column == self._column)):
            self._open([] if dash else {}, column)
        elif column > self._column:
            raise _UnusualError
        self._waiting = ""
        while column < self._column or (column == self._column and not dash and type(self._here) is list):
            if not self._outer:
                raise _UnusualError
            self._here, self._column = self._outer.pop()
        if column != self._column or (type(self._here) is list) != bool(dash):
            raise _UnusualError
        if dash and key:
            self._open({}, column + 2)
        elif key in self._here and key:
            raise _UnusualError

    def _open(self, inner: dict[str, Plain] | list[Plain], column: int) -> None:
        if self._waiting:
            self._here[self._waiting] = inner  # type: ignore[call-overload]
        else:
            self._here.append(inner)  # type: ignore[union-attr]
        self._outer.append((self._here, self._column))
        self._here, self._column = inner, column
        if len(self._outer) > DEEPEST:
            raise _UnusualError

    def _value(self, key: str, rest: str) -> Plain:
        """Return what stands behind a key or a dash and is no text within the line."""
        if not rest and key:
            self._waiting = key
            return None
        if rest == ">-":
            return self._folded()
        if rest[:1] in {"{", "["}:
            return _flow(rest)
        raise _UnusualError

    def _folded(self) -> str:
        """Return the text of the rows below, which are all set in alike."""
        rows, start = self._rows, self._next
        width = len(rows[start][1]) if start < len(rows) else 0
        if width <= self._column:
            raise _UnusualError
        while self._next < len(rows) and len(rows[self._next][1]) == width < len(rows[self._next][0]):
            self._next += 1
        if self._next < len(rows):
            line, indent = rows[self._next][:2]
            if line == indent or len(indent) > self._column:
                raise _UnusualError
        if start == self._next:
            raise _UnusualError
        return " ".join([row[0][width:] for row in rows[start : self._next]])


def _scalar(plain: str) -> str | None:
    return None if plain in NULLS else plain


def _flow(text: str) -> Plain:
    """Return the value of a mapping in braces or a list in brackets."""
    if _FLAT.fullmatch(text):
        pairs = _PAIRS.findall(text)
        made: dict[str, Plain] = {key: quoted or _scalar(plain) for key, quoted, plain in pairs}
        if len(made) < len(pairs):
            raise _UnusualError
        return made
    tokens: list[_Token] = _TOKENS.findall(text)
    read = sum(len(mark) + len(plain) + (len(quoted) + 2 if quoted else 0) for mark, quoted, plain in tokens)
    tokens.reverse()
    try:
        value = _flow_value(tokens, 0)
    except IndexError:  # it does not end
        raise _UnusualError from None
    if read != len(text) or tokens:
        raise _UnusualError
    return value


def _flow_value(tokens: list[_Token], depth: int) -> Plain:
    """Return the value that the last tokens make, and take them off."""
    mark, quoted, plain = tokens.pop()
    if not mark:
        return quoted or _scalar(plain)
    if depth > DEEPEST or mark not in {"{", "["}:
        raise _UnusualError
    closing = "}" if mark == "{" else "]"
    mapping: dict[str, Plain] = {}
    items: list[Plain] = []
    mark = "," if tokens[-1][0] != closing else tokens.pop()[0]
    while mark[:1] == ",":
        if closing == "]":
            items.append(_flow_value(tokens, depth + 1))
        else:
            key, colon, _ = tokens.pop()[0].partition(":")
            if not colon or key in mapping:
                raise _UnusualError
            mapping[key] = _flow_value(tokens, depth + 1)
        mark = tokens.pop()[0]
    if mark != closing:
        raise _UnusualError
    return mapping if closing == "}" else items
