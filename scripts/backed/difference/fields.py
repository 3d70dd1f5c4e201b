"""Which values of a record differ, each with its path, what it was and what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from ..model import Record
from .values import FieldChange

_FILED = ("id", "file", "line")
"""What a file's place says, not what is written in it."""


def field_changes(before: object, after: object, at: str = "") -> Iterator[FieldChange]:
    """Yield what differs between two values of one type, outermost first; a part that is whole new is told whole."""
    if before == after:
        return
    one, other = _parts(before), _parts(after)
    if one is None or other is None or type(before) is not type(after):
        yield FieldChange(at, _told(before), _told(after))
        return
    for step in dict.fromkeys([*one, *other]):
        yield from field_changes(one.get(step), other.get(step), f"{at}.{step}" if at else step)


def _parts(value: object) -> Mapping[str, object] | None:
    """Return what a value consists of by name; None for one that is told whole."""
    if isinstance(value, Record) or (is_dataclass(value) and not isinstance(value, type)):
        return {name: found for name, found in _named(value) if name not in _FILED}
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if isinstance(value, tuple) and any(_parts(item) is not None for item in value):
        return dict(zip(_names(value), value, strict=True))
    return None


def _named(value: object) -> Iterator[tuple[str, object]]:
    names = type(value).model_fields if isinstance(value, Record) else [one.name for one in fields(value)]  # type: ignore[arg-type]
    for name in names:
        yield name, getattr(value, name)


def _names(items: Sequence[object]) -> list[str]:
    """Return what the items of a list are called: their ids where each has its own, else their numbers from 0."""
    ids = [str(getattr(item, "id", "")) for item in items]
    return ids if all(ids) and len(set(ids)) == len(ids) else [str(number) for number in range(len(items))]


def _told(value: object) -> str | None:
    """Return a value in one line, a part with its values by name; None where there is none."""
    if value is None or value in ((), ""):
        return None
    parts = _parts(value)
    if parts is None:
        between = " to " if _is_interval(value) else ", "
        return between.join(map(str, value)) if isinstance(value, tuple) else str(value)
    if isinstance(value, tuple):
        return "; ".join(filter(None, (_told(item) for item in parts.values()))) or None
    told = ((name, _told(item)) for name, item in parts.items())
    return ", ".join(f"{name}: {text}" for name, text in told if text) or None


def _is_interval(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(hasattr(bound, "half_unit") for bound in value)
