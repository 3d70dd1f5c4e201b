"""The items of a JSON list one by one, so that a broken one never takes the others with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .citation import Findings
from .places import Places

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay text: a volume or a year is one."""
_SPACE = re.compile(r"[\s,]*")
_ITS_OWN = re.compile(r'"(?:type|title|id)"\s*:')
_NEXT = re.compile(r"\}\s*,?\s*(?=\{\s*\")")


def items(text: str, findings: Findings) -> Iterator[tuple[int, int, Any]]:
    """Yield line, column and value of each item of a JSON list, or of the one value that a text holds.

    After a broken item the reading goes on where the next one seems to begin, with what has a type or a title.
    """
    places = Places(text)
    start = len(text) - len(text.lstrip())
    listed = text.startswith("[", start)
    position, broken = (start + 1 if listed else start), False
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        if position >= len(text) or (listed and text[position] == "]"):
            break
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as fault:
            _report(fault, text, position, places, findings, told=broken)
            value, end, broken = None, position + 1, True
        if not broken or (isinstance(value, dict) and ("type" in value or "title" in value)):
            broken = False
            yield *places(position), value
        if not broken and not listed:
            position = end
            break
        following = _NEXT.search(text, end - 1) if broken else None
        if broken and following is None:
            return
        position = following.end() if following else end
    _report_rest(text, position, listed, places, findings)


def _report(fault: Exception, text: str, position: int, places: Places, findings: Findings, *, told: bool) -> None:
    where = fault.pos if isinstance(fault, json.JSONDecodeError) else position
    if told and not _ITS_OWN.search(text, position, where):
        return  # a remnant of an item that was told already
    reason = fault.msg if isinstance(fault, json.JSONDecodeError) else "it is nested too deeply"
    hint = "export the file again, or mend it where it breaks off"
    begun, _ = places(position)
    findings.fault(f"the item that begins in line {begun} is no JSON: {reason}", hint, *places(min(where, len(text))))


def _report_rest(text: str, position: int, listed: bool, places: Places, findings: Findings) -> None:
    rest = text[position:].lstrip()
    line, column = places(len(text) - len(rest))
    if listed and not rest.startswith("]"):
        hint = "was the file cut off? Look whether the last citation is whole"
        findings.doubt("the list is not closed", hint, line, column)
    elif (rest[1:] if listed else rest).strip():
        findings.fault("after the citations more text stands, which is not read", "is it a second file?", line, column)
