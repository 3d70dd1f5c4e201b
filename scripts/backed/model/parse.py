"""Plain data to a record, or to the faults that keep it from being one; pydantic is known here only."""

from __future__ import annotations

import copy
import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..problem import Where
from .base import COUNTRY, MONTH, NOTICE, P_VALUE, SLUG, WEB, WEB_ADDRESS, Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place: a key that is missing or unknown, or a value of the wrong form.

    ``meaning`` is the description of the field; ``known`` are the keys allowed where an unknown one stands.
    """

    kind: Literal["missing", "unknown", "wrong"]
    at: Where
    message: str
    meaning: str = ""
    known: tuple[str, ...] = ()


_EXPECTED = {
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "bool_parsing": "expected true or false",
    "tuple_type": "expected a list",
    "mapping_type": "expected keys with values",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "string_type": "expected a text",
    "string_too_short": "the text is empty",
    "too_short": "the list is too short",
    "too_long": "the list is too long",
    "date_from_datetime_parsing": "expected a date as 2026-11-22",
    "date_from_datetime_inexact": "expected a date as 2026-11-22",
    "date_parsing": "expected a date as 2026-11-22",
}


def web_meant(text: str) -> str:
    """Return the address of the web that a text was probably meant to be: one that lacks its beginning; or ''."""
    return f"https://{text}" if text.startswith("www.") and re.fullmatch(WEB, f"https://{text}") else ""


_WORD = re.compile("[a-z0-9]+")
_PATTERNS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    SLUG: ("expected an id: lower-case words joined by hyphens", lambda text: "-".join(_WORD.findall(text.lower()))),
    COUNTRY: (
        "expected the two capital letters of a country, as IE",
        lambda text: text.upper() if re.fullmatch("[A-Za-z]{2}", text) else "",
    ),
    MONTH: ("expected a year, a month or a day, as 2018, 2018-04 or 2018-04-27", lambda _: ""),
    WEB_ADDRESS: ("expected an address that begins with https:// or http://", web_meant),
    NOTICE: (
        "expected a DOI, as 10.1136/bmj.k3662, or an address that begins with https://",
        web_meant,
    ),
    P_VALUE: ('expected a p-value as it is printed, as "0.03" or "<0.001"', lambda _: ""),
}
"""Form of a text to what is expected, and to what a text of another form was probably meant to be, or ''."""


def parse(kind: type[R], data: Mapping[str, object]) -> tuple[R | None, tuple[Fault, ...]]:
    """Return the record that plain data (texts, lists, mappings) describes, and every fault in it.

    With faults the record is what remains without the faulty values, so that the rest of it can still be checked; it is
    None where nothing usable remains.
    """
    faults: tuple[Fault, ...] = ()
    for _ in range(ROUNDS):
        try:
            return kind.model_validate(data), faults
        except ValidationError as stop:
            found = tuple(_fault(kind, detail) for detail in stop.errors(include_url=False))
        faults = faults or found
        remaining = _without(data, found)
        if remaining is None:
            break
        data = remaining
    return None, faults


def parse_json(kind: type[R], data: str, given: Mapping[str, str]) -> R | None:
    """Return the record that a JSON object and the fields given beside it describe, or None with any fault in them.

    It is what `parse` returns for the same data, in two thirds of the time. The object holds no field that is given.
    """
    beside = json.dumps(dict(given), ensure_ascii=False)
    try:
        return kind.model_validate_json(f"{beside[:-1]}, {data[1:]}")
    except ValidationError:
        return None


ROUNDS = 3
"""How often faulty values are taken out before a record is given up."""


def _without(data: Mapping[str, object], faults: tuple[Fault, ...]) -> dict[str, object] | None:
    """Return a copy without the faulty values, or None where one is missing or its removal would move others.

    Only keys are taken out, never items of a list: the places of the others would no longer be those in the file.
    """
    copied = copy.deepcopy(dict(data))
    for fault in faults:
        at = list(fault.at)
        while at and isinstance(at[-1], int):
            at.pop()
        if fault.kind == "missing" or not at or (len(at) == 1 and fault.kind != "unknown"):
            return None
        around: Any = copied
        for step in at[:-1]:
            try:
                around = around[step]
            except (KeyError, IndexError, TypeError):
                return None
        if isinstance(around, dict):
            around.pop(at[-1], None)
    return copied


def keys_of(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys a record of that kind may have in its file, in order."""
    return tuple(name for name in kind.model_fields if name not in _FROM_PATH or "file" not in kind.model_fields)


def keys_at(kind: type[Record], at: Where) -> tuple[str, ...]:
    """Return the keys, in order, that the mapping at a path inside a record of that kind may have.

    () where the keys are free (domains of a tool), or where the path leads to no mapping.
    """
    kinds: list[Any] = [kind]
    for step in at:
        kinds = [part for one in kinds for part in _inside(one, step)]
    return next((keys_of(one) for one in kinds if isinstance(one, type) and issubclass(one, Record)), ())


def _inside(kind: Any, step: str | int) -> list[Any]:
    """Return the alternatives for what stands at a key or a place in a value of a kind."""
    if isinstance(kind, type) and issubclass(kind, Record):
        return _alternatives(kind.model_fields[step].annotation) if step in kind.model_fields else []
    parts = get_args(kind)
    if isinstance(step, int) and get_origin(kind) is tuple:
        return _alternatives(parts[0])
    return _alternatives(parts[1]) if isinstance(step, str) and get_origin(kind) is Mapping else []


def _alternatives(annotation: Any) -> list[Any]:
    if get_origin(annotation) in {Union, types.UnionType}:
        return [one for part in get_args(annotation) for one in _alternatives(part)]
    return [annotation]


_FROM_PATH = frozenset({"id", "file"})


def _fault(kind: type[Record], detail: ErrorDetails) -> Fault:
    at: Where = detail["loc"]
    if at[-1:] == ("[key]",) and detail["type"] != "extra_forbidden":  # the key itself is wrong
        at = at[:-1]
    if detail["type"] == "missing" and isinstance(at[-1], int):  # the second of two figures
        detail, at = {**detail, "type": "too_short"}, at[:-1]
    around = _model_at(kind, at[:-1])
    if detail["type"] == "extra_forbidden":
        return Fault("unknown", at, f"the key `{at[-1]}` is not known here", known=keys_of(around) if around else ())
    field = around.model_fields.get(str(at[-1])) if around and at else None
    meaning = f"{at[-1]}: {field.description}" if field and field.description else ""
    if detail["type"] == "missing":
        return Fault("missing", at, f"the key `{at[-1]}` is missing", meaning)
    return Fault("wrong", at, _message(detail), meaning)


def _message(detail: ErrorDetails) -> str:
    got = detail["input"]
    shown = f", not {got!r}" if isinstance(got, str) else ", not a list" if isinstance(got, list) else ""
    if detail["type"] in {"too_short", "too_long"}:
        shown = ""
    if got is None:
        shown = ", but nothing stands here"
    context = detail.get("ctx", {})
    if detail["type"] in {"enum", "literal_error"}:
        return f"expected one of {context['expected']}{shown}"
    if detail["type"] == "value_error":
        return str(context["error"]) + (shown if isinstance(got, str) else "")
    if detail["type"] == "string_pattern_mismatch":
        expected, nearest = _PATTERNS.get(context["pattern"], ("the form is not right", lambda _: ""))
        near = nearest(str(got))
        return f"{expected}{shown}" + (f"; did you mean {near}?" if near else "")
    return _EXPECTED.get(detail["type"], detail["msg"]) + shown


def _model_at(kind: type[Record], at: Where) -> type[BaseModel] | None:
    """Return the model that describes the value at a path, following the fields' annotations."""
    current: Any = kind
    for step in at:
        model = _record_in(current)
        if isinstance(step, int):
            continue
        if model is None or step not in model.model_fields:
            return _record_in(current) if get_origin(current) is Mapping else None
        current = model.model_fields[step].annotation
    return _record_in(current)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {tuple, Union, types.UnionType} or get_args(annotation):
        return next((model for part in get_args(annotation) if (model := _record_in(part))), None)
    return None
