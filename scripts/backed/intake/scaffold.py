"""The empty record: every key with what it means, from the model, and what is known already filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..bibliography import cite
from ..model import Filed, Part, Record, Study, Vocabularies, anatomy
from .citation import Citation
from .nearest import nearest, usable
from .values import plain

_FILL = """\
# Fill in what stands empty, with what you saw in the source and in your own words. A line that begins with # may be
# left out: take away its # to use it, or delete it. evidence/README.md explains a record by example.{more} What is
# still missing is said by
#     backed check {file}
"""
_UNSEEN = " What you\n# looked for and did not see is listed under extraction.unseen."
FEW = 12
"""Terms of a vocabulary that are all named beside a key; of a larger one only those that are near."""
_ODD = re.compile("[^\\t\\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that end a line or cannot stand in YAML."""


@dataclass(frozen=True)
class Hints:
    """Terms to be named beside keys, and the words that they should be near to."""

    vocabularies: Vocabularies
    words: str

    def beside(self, part: Part) -> str:
        """Return what to say beside a key that holds terms, '' beside others."""
        names = part.vocabularies
        terms = usable(self.vocabularies, names)
        if not terms:
            return ""
        if len(terms) <= FEW:
            return f" Terms: {', '.join(terms)}."
        near = nearest(self.words, self.vocabularies, names)
        where = " and ".join(f"evidence/vocabularies/{name}.yaml" for name in names)
        return f" Near: {', '.join(near)}; all in {where}." if near else f" All in {where}."


def scaffold(
    citation: Citation,
    study: str,
    file: str,
    vocabularies: Vocabularies | None = None,
    known: Mapping[str, Any] | None = None,
    kept: Sequence[str] = (),
) -> str:
    """Return the text of a study record, to be completed, whose main report is the citation with the key ``study``.

    Nothing is guessed: filled in are the report, registrations that the citation states in a field of its own, that
    the work was retracted where PubMed or Crossref says so, and what is ``known``; ``kept`` stays in comments.
    """
    title = citation.reference.title
    said = [plain(cite(citation.reference)), "", f"Title of the paper: {plain(title)}"]
    filled: dict[str, Any] = {"reports": [study]}
    if citation.registered:
        filled["registration"] = [{"registry": registry, "id": number} for registry, number in citation.registered]
    if citation.retracted:
        filled["status"] = {"state": "retracted"}
        kept = (
            f"{citation.retracted} calls this work retracted: complete `status`: the day, the reason, the notice.",
            *kept,
        )
    hints = Hints(vocabularies, title) if vocabularies else None
    return template(Study, {**filled, **(known or {})}, file, said, kept, hints)


def template(
    kind: type[Filed],
    filled: Mapping[str, Any],
    file: str,
    said: Sequence[str] = (),
    kept: Sequence[str] = (),
    hints: Hints | None = None,
) -> str:
    """Return the text of a record to be completed.

    Keys that must be there and those in ``filled`` (texts, lists, mappings by key; None for an empty one) stand live,
    the others in comments, each with its description. ``said`` and ``kept`` are comments before and after how to fill
    it in; whatever they hold, no line of it becomes a key.
    """
    more = _UNSEEN if kind is Study else ""
    head = [*comment(said), *_FILL.format(file=comment([file])[0][2:], more=more).splitlines(), *comment(kept)]
    return "\n".join([*head, *_keys(kind, filled, hints), ""])


def comment(texts: Sequence[str]) -> list[str]:
    """Return texts as lines of comment; characters that YAML refuses are written as ``\\x07``."""
    lines = [line for text in texts for line in (text.split("\n") or [""])]
    return [f"# {escaped(line)}".rstrip() for line in lines]


def escaped(text: str) -> str:
    """Return a text in which characters that YAML refuses, or that steer a terminal, are written as ``\\x07``."""
    return _ODD.sub(_escaped, text)


def _keys(kind: type[Record], filled: Mapping[str, Any], hints: Hints | None, *, brief: bool = False) -> Iterator[str]:
    """Yield the lines of a record's keys.

    ``brief``: of those that may be left out only the names, in one line, unless all of them may.
    """
    parts, more = anatomy(kind), list[str]()
    brief = brief and any(part.required for part in parts)
    for part in parts:
        if part.required or part.name in filled:
            yield from _key(part, filled.get(part.name), hints, brief=brief)
        elif brief:
            more.append(part.name)
        else:
            yield from (f"# {_LAID_OUT.sub(_INDENT, line)}" for line in _key(part, None, hints, brief=True))
    if more:
        yield f"# also: {', '.join(more)}"


_LAID_OUT = re.compile(r"^(?P<indent>[ -]*)# (?!also: \w)")
_INDENT = r"\g<indent>"
"""A key in a comment inside of a comment: one # a line is taken away at a time, whatever stands around it."""


def _key(part: Part, value: Any, hints: Hints | None, *, brief: bool) -> Iterator[str]:
    said = f"  # {part.meaning}" if part.meaning else ""
    if part.choices:
        said += f" One of: {', '.join(part.choices)}."
    said += hints.beside(part) if hints else ""
    if part.kind is None:
        yield f"{part.name}: {_written(value)}".rstrip() + said
        return
    yield f"{part.name}:{said}"
    for inner in value if part.many and value else [value or {}]:
        lines = list(_keys(part.kind, inner, hints, brief=brief or part.many))
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
    if re.fullmatch(r"[a-z0-9-]*[a-z0-9]", text) and text[0] != "-" and text != "null":
        return text
    return escaped(json.dumps(text, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
