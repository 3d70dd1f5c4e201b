"""What a record is made of, for those who write an empty one: its keys in order, what they mean, what must be there."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from .base import Record
from .parse import keys_of

_TERM = re.compile(r"[Tt]erms? of (?:the vocabulary )?`(\w+)`(?: \(or of `(\w+)`\))?")


@dataclass(frozen=True)
class Part:
    """A key of a record: its description, whether it must be there, whether it holds a list.

    ``kind`` is the type of the record (or of the records) it holds, None for a plain value or for free keys;
    ``choices`` are the words allowed, () where any are.
    """

    name: str
    meaning: str
    required: bool
    many: bool
    kind: type[Record] | None
    choices: tuple[str, ...]

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """Return the vocabularies of which its value (or each of its values) is a term, () where it is none."""
        return vocabularies_in(self.meaning)


def vocabularies_in(meaning: str) -> tuple[str, ...]:
    """Return the vocabularies that the description of a key says its terms are of."""
    found = _TERM.search(meaning)
    return tuple(name for name in found.groups() if name) if found else ()


def part_at(kind: type[Record], path: Sequence[str]) -> Part | None:
    """Return the key at a path of keys inside a record of that kind, or None; a path leads into no list."""
    inside: type[Record] | None = kind
    part: Part | None = None
    for step in path:
        if inside is None or (part is not None and part.many):
            return None
        part = next((one for one in anatomy(inside) if one.name == step), None)
        inside = part.kind if part else None
    return part


def anatomy(kind: type[Record]) -> tuple[Part, ...]:
    """Return the keys a record of that kind may have in its file, in order."""
    return tuple(_part(kind, name) for name in keys_of(kind))


def _part(kind: type[Record], name: str) -> Part:
    field = kind.model_fields[name]
    value = _without_none(field.annotation)
    many = get_origin(value) is tuple
    inner = _without_none(get_args(value)[0]) if many else value
    record = inner if isinstance(inner, type) and issubclass(inner, Record) else None
    return Part(name, field.description or "", field.is_required(), many, record, _choices(inner))


def _choices(value: Any) -> tuple[str, ...]:
    """Return the words that a value may be one of, () where it may be any."""
    if isinstance(value, type) and issubclass(value, StrEnum):
        return tuple(map(str, value))
    return tuple(map(str, get_args(value))) if get_origin(value) is Literal else ()


def _without_none(annotation: Any) -> Any:
    """Return a type without what else it may be and without what is said about it."""
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return _without_none(next(part for part in get_args(annotation) if part is not type(None)))
    return Mapping if get_origin(annotation) is Mapping else annotation
