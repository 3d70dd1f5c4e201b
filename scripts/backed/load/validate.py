"""A tree to a typed record; what does not fit becomes problems with the place and a hint."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

from ..model import Fault, Record, keys_of, parse
from ..problem import Problem, Severity, Where
from .usual_yaml import Plain
from .yaml_tree import Tree

R = TypeVar("R", bound=Record)


def validate(
    kind: type[R], tree: Tree, file: str, given: Mapping[str, str], at: Where = ()
) -> tuple[R | None, list[Problem]]:
    """Return the record made from a tree (or from the part of it at a path), or None, and the problems found.

    With problems the record is what remains without the faulty values.

    ``given`` holds the fields that come from the path, not from the file.
    """
    data = _part(tree.data, at)
    if not isinstance(data, dict):
        line, column = tree.place(at)
        message = "the file is empty" if data is None and not at else "expected keys with values"
        hint = f"a record begins with its keys: {', '.join(keys_of(kind)[:4])}, …"
        return None, [Problem("wrong-type", Severity.ERROR, file, message, hint, at, line, column)]
    problems = [
        _problem(Fault("unknown", (key,), f"the key `{key}` is not known here"), tree, file, at)
        for key in given
        if key in data
    ]
    record, faults = parse(kind, {**data, **given})
    return record, problems + [_problem(fault, tree, file, at) for fault in faults]


def _part(data: Plain, at: Where) -> Plain:
    for step in at:
        data = data[step] if isinstance(data, dict) and isinstance(step, str) else None
    return data


def _problem(fault: Fault, tree: Tree, file: str, base: Where) -> Problem:
    at = base + fault.at
    if fault.at == ("id",) and fault.kind == "wrong":
        message = f"the file name cannot be an id: {fault.message}"
        hint = "use lower-case letters a-z, digits and single hyphens: long-2004-directional-preference"
        return Problem("id-and-path", Severity.ERROR, file, message, hint, (), 1, 1)
    if fault.kind == "unknown":
        line, column = tree.place(at, key=True)
        return Problem("unknown-key", Severity.ERROR, file, fault.message, _known(fault), at, line, column)
    if fault.kind == "missing":
        line, column = tree.place(at[:-1])
        if fault.at[-1] == "en" and len(at) > 1:
            message = f"the text `{at[-2]}` has no English version"
            return Problem("text-in-english", Severity.ERROR, file, message, "add `en: …`", at, line, column)
        return Problem("missing-key", Severity.ERROR, file, fault.message, fault.meaning, at, line, column)
    line, column = tree.place(at)
    return Problem("wrong-type", Severity.ERROR, file, fault.message, fault.meaning, at, line, column)


def _known(fault: Fault) -> str:
    if fault.at[-1] in {"id", "file"} and not fault.known:
        return "the file name is the id; remove this line"
    close = difflib.get_close_matches(str(fault.at[-1]), fault.known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known here: {', '.join(fault.known)}" if fault.known else "remove it, or correct it"
