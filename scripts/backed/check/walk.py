"""Every value of a record with the path to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar, get_args

from ..model import Record, Source, Term, Tool
from ..problem import Where

T = TypeVar("T")


def walk(value: object, at: Where = ()) -> Iterator[tuple[Where, object]]:
    """Yield every value inside a record, outermost first, with its path."""
    yield at, value
    if value is None or isinstance(value, str):  # most values; asking whether they are mappings takes long
        return
    if isinstance(value, Record):
        for name in _fields(type(value)):
            yield from walk(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*at, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from walk(item, (*at, str(key)))


def each(kind: type[T], value: object, at: Where = ()) -> Iterator[tuple[Where, T]]:
    """Yield every value of one type inside a record, outermost first, with its path.

    Looks only where the types of the fields say that there can be one: rules ask this of every record again and again.
    """
    if isinstance(value, kind):
        yield at, value
    if isinstance(value, Record):
        sought: type = kind
        for name in _leading(type(value), sought):
            yield from each(kind, getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from each(kind, item, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from each(kind, item, (*at, str(key)))


@cache
def _fields(record: type[Record]) -> tuple[str, ...]:
    return tuple(record.model_fields)  # asking a type of record takes long


@cache
def _leading(record: type[Record], kind: type) -> tuple[str, ...]:
    """Return the fields of a type of record inside which a value of that kind can stand."""
    return tuple(name for name, field in record.model_fields.items() if _may_hold(field.annotation, kind))


def _may_hold(annotation: object, kind: type) -> bool:
    if isinstance(annotation, type) and not get_args(annotation):
        return issubclass(annotation, kind) or (issubclass(annotation, Record) and bool(_leading(annotation, kind)))
    # what is no type and has no parts is a value of a Literal, or says how long a text may be
    return isinstance(annotation, kind) or any(_may_hold(part, kind) for part in get_args(annotation))


def cited_by(term: Term) -> Iterator[tuple[Where, str]]:
    """Yield every citation key that a term of a vocabulary names, with its path."""
    if isinstance(term, Tool) and term.reference is not None:
        yield ("reference",), term.reference
    for at, source in each(Source, term):
        yield (*at, "report"), source.report
        if source.via is not None:
            yield (*at, "via"), source.via


def citations(text: str) -> list[str]:
    """Return the keys cited in a text as ``[@key]``, in order."""
    return [part.partition("]")[0].strip() for part in text.split("[@")[1:]]
