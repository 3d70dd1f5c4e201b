"""Every value of a record with the path to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from ..model import Record
from ..problem import Where

T = TypeVar("T")


def walk(value: object, at: Where = ()) -> Iterator[tuple[Where, object]]:
    """Yield every value inside a record, outermost first, with its path."""
    yield at, value
    if isinstance(value, Record):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*at, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from walk(item, (*at, str(key)))


def each(kind: type[T], value: object) -> Iterator[tuple[Where, T]]:
    """Yield every value of one type inside a record, with its path."""
    for at, found in walk(value):
        if isinstance(found, kind):
            yield at, found


def citations(text: str) -> list[str]:
    """Return the keys cited in a text as ``[@key]``, in order."""
    return [part.partition("]")[0].strip() for part in text.split("[@")[1:]]
