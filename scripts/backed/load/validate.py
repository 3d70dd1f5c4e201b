"""Plain data to a typed record; what does not fit becomes problems with the place and a hint."""

from __future__ import annotations

import difflib
import types
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..model import Record
from ..problem import Problem, Severity, Where, dotted
from .yaml_tree import Plain, Tree

R = TypeVar("R", bound=Record)

_TYPES = {
    "int_parsing": "expected a whole number",
    "float_parsing": "expected a number",
    "bool_parsing": "expected true or false",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "mapping_type": "expected keys with values",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "string_type": "expected a text",
    "string_too_short": "the text is empty",
    "too_short": "the list is too short",
    "date_from_datetime_parsing": "expected a date as 2026-11-22",
    "date_from_datetime_inexact": "expected a date as 2026-11-22",
    "date_parsing": "expected a date as 2026-11-22",
}


def validate(
    kind: type[R], tree: Tree, file: str, given: Mapping[str, str], at: Where = ()
) -> tuple[R | None, list[Problem]]:
    """Return the record made from a tree (or from the part of it at a path), or None, and the problems found.

    ``given`` holds the fields that come from the path, not from the file.
    """
    data = _part(tree.data, at)
    if not isinstance(data, dict):
        line, column = tree.place(at)
        message = "the file is empty" if data is None else "expected keys with values"
        hint = f"a record begins with its keys: {', '.join(list(kind.model_fields)[len(given) : len(given) + 4])}, …"
        return None, [Problem("wrong-type", Severity.ERROR, file, message, hint, at, line, column)]
    problems = [_unknown_key(kind, tree, file, (*at, key), at) for key in given if key in data]
    try:
        return kind.model_validate({**data, **given}), problems
    except ValidationError as fault:
        details = fault.errors(include_url=False, include_context=True)
        return None, problems + [_problem(kind, detail, tree, file, at) for detail in details]


def _part(data: Plain, at: Where) -> Plain:
    for step in at:
        data = data[step] if isinstance(data, dict) and isinstance(step, str) else None
    return data


def _problem(kind: type[Record], detail: ErrorDetails, tree: Tree, file: str, base: Where) -> Problem:
    error, inner = detail["type"], detail["loc"]
    if inner[-1:] == ("[key]",) and error != "extra_forbidden":  # pydantic's word for "the key itself is wrong"
        inner = inner[:-1]
    at = base + inner
    if inner == ("id",):
        message = f"the file name `{detail['input']}` cannot be an id"
        hint = "use lower-case letters a-z, digits and single hyphens: long-2004-directional-preference"
        return Problem("id-and-path", Severity.ERROR, file, message, hint, (), 1, 1)
    if error == "extra_forbidden":
        return _unknown_key(kind, tree, file, at, base)
    if error == "missing" and isinstance(inner[-1], str):
        line, column = tree.place(at[:-1])
        if inner[-1] == "en" and len(inner) > 1:
            message = f"the text `{inner[-2]}` has no English version"
            return Problem("text-in-english", Severity.ERROR, file, message, "add `en: …`", at, line, column)
        message = f"the key `{inner[-1]}` is missing"
        return Problem("missing-key", Severity.ERROR, file, message, _meaning(kind, inner), at, line, column)
    if error == "missing":  # the second of two figures
        inner, at = inner[:-1], at[:-1]
    line, column = tree.place(at)
    return Problem("wrong-type", Severity.ERROR, file, _message(detail), _meaning(kind, inner), at, line, column)


def _message(detail: ErrorDetails) -> str:
    got = detail["input"]
    shown = f", not {got!r}" if isinstance(got, str) else ", not a list" if isinstance(got, list) else ""
    if detail["input"] is None:
        shown = ", but nothing stands here"
    context = detail.get("ctx", {})
    if detail["type"] in {"missing", "too_long"}:
        return f"the list is too {'short' if detail['type'] == 'missing' else 'long'}"
    if detail["type"] in {"enum", "literal_error"}:
        return f"expected one of {context['expected']}{shown}"
    if detail["type"] == "value_error":
        return str(context["error"]) + (shown if isinstance(got, str) else "")
    if detail["type"] == "string_pattern_mismatch":
        return f"the form is not right{shown}"
    return _TYPES.get(detail["type"], detail["msg"]) + shown


def _unknown_key(kind: type[Record], tree: Tree, file: str, at: Where, base: Where) -> Problem:
    line, column = tree.place(at, key=True)
    known = _fields_at(kind, at[len(base) : -1])
    close = difflib.get_close_matches(str(at[-1]), known, n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(known)}" if known else ""
    if at[-1] in {"id", "file"}:
        hint = "the file name is the id; remove this line"
    message = f"the key `{dotted(at[-1:])}` is not known here"
    return Problem("unknown-key", Severity.ERROR, file, message, hint, at, line, column)


def _meaning(kind: type[Record], at: Where) -> str:
    model = _model_at(kind, at[:-1])
    field = model.model_fields.get(str(at[-1])) if model and at else None
    return f"{at[-1]}: {field.description}" if field and field.description else ""


def _fields_at(kind: type[Record], at: Where) -> Sequence[str]:
    model = _model_at(kind, at)
    return (
        [name for name in model.model_fields if name not in {"id", "file"} or "file" not in model.model_fields]
        if model
        else []
    )


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
