"""Plain values to YAML as people write records: blocks, short mappings on one line, long texts folded."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]

WIDTH = 120
"""Characters a line may have."""

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ()-]*")


def to_yaml(record: Mapping[str, Plain]) -> str:
    """Return a record as the text of a YAML file."""
    return "\n".join(_mapping(record, 0)) + "\n"


def _mapping(values: Mapping[str, Plain], indent: int) -> list[str]:
    lines: list[str] = []
    for key, value in values.items():
        lines += _entry(f"{' ' * indent}{key}:", value, indent + 2)
    return lines


def _entry(start: str, value: Plain, indent: int) -> list[str]:
    line = f"{start} {_flow(value)}"
    if len(line) <= WIDTH:
        return [line]
    if isinstance(value, str):
        margin = " " * indent
        folded = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        return [f"{start} >-", *(margin + part for part in folded)]
    if isinstance(value, Mapping):
        return [start, *_mapping(value, indent)]
    assert isinstance(value, Sequence), "numbers are short"
    return [start, *(line for item in value for line in _item(item, indent))]


def _item(value: Plain, indent: int) -> list[str]:
    dash = f"{' ' * indent}-"
    if isinstance(value, Mapping) and len(f"{dash} {_flow(value)}") > WIDTH:
        first, *rest = _mapping(value, indent + 2)
        return [f"{dash} {first.lstrip()}", *rest]
    return _entry(dash, value, indent + 2)


def _flow(value: Plain) -> str:
    if isinstance(value, str):
        return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value)
