"""The empty record of a study: every key with what it means, from the model, and what a citation can fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..bibliography import cite
from ..model import Part, Record, Study, anatomy
from .citation import Citation
from .values import plain

_HEAD = """\
# {cited}
#
# Title of the paper: {title}
# Fill in what stands empty, with what you saw in the source and in your own words. A line that begins with # may be
# left out: take away its # to use it, or delete it. evidence/README.md explains a record by example; what you looked
# for and did not see is listed under extraction.unseen. What is still missing is said by
#     backed check {file}
"""


def scaffold(citation: Citation, study: str, file: str) -> str:
    """Return the text of a study record, to be completed, whose main report is the citation with the key ``study``.

    Nothing is guessed: filled in are the report, registrations that the citation states in a field of its own, and that
    the work was retracted where PubMed or Crossref says so.
    """
    head = _HEAD.format(cited=plain(cite(citation.reference)), title=plain(citation.reference.title), file=plain(file))
    filled: dict[str, Any] = {"reports": [study]}
    if citation.registered:
        filled["registration"] = [{"registry": registry, "id": number} for registry, number in citation.registered]
    if citation.retracted:
        head += (
            f"# {citation.retracted} calls this work retracted: complete `status`: the day, the reason, the notice.\n"
        )
        filled["status"] = {"state": "retracted"}
    return "\n".join([*head.splitlines(), *_keys(Study, filled), ""])


def _keys(kind: type[Record], filled: Mapping[str, Any], *, brief: bool = False) -> Iterator[str]:
    """Yield the lines of a record's keys.

    ``brief``: of those that may be left out only the names, in one line, unless all of them may.
    """
    parts, more = anatomy(kind), list[str]()
    brief = brief and any(part.required for part in parts)
    for part in parts:
        if part.required or part.name in filled:
            yield from _key(part, filled.get(part.name), brief=brief)
        elif brief:
            more.append(part.name)
        else:
            yield from (f"# {line}" for line in _key(part, None, brief=True))
    if more:
        yield f"# also: {', '.join(more)}"


def _key(part: Part, value: Any, *, brief: bool) -> Iterator[str]:
    said = f"  # {part.meaning}" if part.meaning else ""
    if part.choices:
        said += f" One of: {', '.join(part.choices)}."
    if part.kind is None:
        yield f"{part.name}: {_written(value)}".rstrip() + said
        return
    yield f"{part.name}:{said}"
    for inner in value if part.many and value else [value or {}]:
        lines = list(_keys(part.kind, inner, brief=brief or part.many))
        yield from (f"  {line}" for line in (_item(lines) if part.many else lines))


def _item(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{'  ' if number else '- '}{line}"


def _written(value: Any) -> str:
    """Return a value as YAML: texts in double quotes, but for ids, and lists in one line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    text = str(value)
    return text if text.replace("-", "").isalnum() and text.islower() else json.dumps(text, ensure_ascii=False)
