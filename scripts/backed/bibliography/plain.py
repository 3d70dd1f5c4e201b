"""References as plain data, as JSON can hold them, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ..model import Name, Reference

_PEOPLE = ("authors", "editors")
_LISTS = ("keywords", "aliases")
_KEPT = tuple(one.name for one in fields(Reference) if one.name not in {"file", "standing"})
_PARTS = tuple(one.name for one in fields(Name))


def plain(reference: Reference) -> dict[str, Any]:
    """Return what an entry of a bibliography gave, without the file it stands in; what has no value is left out."""
    found = {name: value for name in _KEPT if (value := getattr(reference, name))}
    for group in _PEOPLE:
        if group in found:
            found[group] = [{part: text for part in _PARTS if (text := getattr(one, part))} for one in found[group]]
    return found


def restored(data: dict[str, Any], file: str) -> Reference:
    """Return the reference that was made plain, as one of a file."""
    values = dict(data)
    for group in _PEOPLE:
        values[group] = tuple(Name(**one) for one in values.get(group, ()))
    for name in _LISTS:
        values[name] = tuple(values.get(name, ()))
    return Reference(**{"title": "", **values}, file=file)
