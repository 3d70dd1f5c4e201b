"""YAML text to plain data and places: every scalar stays text, and every value knows its line and column.

PyYAML reads YAML 1.1, where ``NO`` is false, ``12:30`` is 750 and ``0.30`` loses its zero; therefore only its parser is
used (``compose``), never its guesses about types. Of YAML only mappings, lists and scalars are allowed: no anchors,
aliases, tags or several documents, which nobody needs in a record and which hide what a record says.

Most records are read without it (`usual_yaml`); it reads whatever is not written as usual, finds faults and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml

from ..problem import Problem, Severity, Where
from .signs import first_unseen, unseen
from .usual_yaml import NULLS, Plain, read_usual

try:
    from yaml import CSafeLoader as Loader  # libyaml: ten times faster, the same trees
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


class _Composer(Loader):
    """Composes trees without a guess at what each scalar could be: that takes time, and nobody asks."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:  # noqa: ARG002 - PyYAML's signature
        return ""


DEEPEST = 100
"""Levels of nesting; a record has fewer than ten, and libyaml's composer falls over many thousands."""

_WORTH_A_LOOK = re.compile(r"(?:^|[\s,:\[{])[&*!]\S|^[ ?:-]{100}", re.MULTILINE)
_BRACKETS = re.compile(r"[\[{]")


@dataclass(frozen=True)
class Tree:
    """A parsed file: its data with text scalars, and its text, '' where that could not be parsed."""

    data: Plain
    text: str

    @cached_property
    def root(self) -> yaml.Node | None:
        """Return the nodes that know where everything stands, None for an empty text; made when somebody asks."""
        return yaml.compose(self.text, Loader=_Composer) if self.text else None

    def place(self, at: Where, *, key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at a path, or of its key.

        Where the path leads past what the file holds, the place of the nearest thing above it is returned.
        """
        node, found = self.root, self.root
        for step in at:
            child = _child(node, step)
            if child is None:
                break
            key_node, node = child
            found = key_node if key and key_node is not None else node
        if found is None:
            return 1, 1
        return found.start_mark.line + 1, found.start_mark.column + 1


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read_yaml(text: str, file: str) -> tuple[Tree, list[Problem]]:
    """Return the tree of a YAML text and the problems in its form; with a fault of syntax the tree is empty."""
    data = read_usual(text)
    return (Tree(data, text), []) if data is not None else read_any_yaml(text, file)


def read_any_yaml(text: str, file: str) -> tuple[Tree, list[Problem]]:
    """Return what `read_yaml` returns, by PyYAML alone."""
    problems = list(_unwanted(text, file)) if _may_hold_unwanted(text) else []
    if any(problem.rule == "yaml-syntax" for problem in problems):
        return Tree(None, ""), problems
    try:
        root = yaml.compose(text, Loader=_Composer)
    except yaml.YAMLError as fault:
        # an alias to nothing is already told as an alias
        known = problems and "undefined alias" in str(fault)
        return Tree(None, ""), problems if known else [*problems, _syntax_problem(fault, text, file)]
    return Tree(_plain(root, file, problems, set(), ()), text), problems


def _may_hold_unwanted(text: str) -> bool:
    """Say whether a text deserves the closer look, which takes nearly as long as reading it; records rarely do."""
    return _WORTH_A_LOOK.search(text) is not None or len(_BRACKETS.findall(text)) > 2 * DEEPEST


def _unwanted(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each anchor, alias and tag, and one where the nesting is too deep; ends at a syntax error."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            for message, hint in _features(event):
                yield Problem("yaml-feature", Severity.ERROR, file, message, hint, (), line, column)
            if depth > DEEPEST:
                message = f"the file is nested more than {DEEPEST} levels deep"
                hint = "is a bracket not closed? A record has fewer than ten levels"
                yield Problem("yaml-syntax", Severity.ERROR, file, message, hint, (), line, column)
                return
    except yaml.YAMLError:
        return  # the composer will say so


def _features(event: yaml.Event) -> Iterator[tuple[str, str]]:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        hint = "write the values out; a text that begins with * needs quotes"
        yield f"an alias (*{anchor}) repeats another part of the file", hint
    elif anchor is not None:
        yield f"an anchor (&{anchor}) names a part of the file", "remove it; a text that begins with & needs quotes"
    if tag is not None:
        yield f"the tag {tag} is not used in records", "remove the tag; a text that begins with ! needs quotes"


def _plain(node: yaml.Node | None, file: str, problems: list[Problem], seen: set[int], at: Where) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        if node.style == '"' and (found := first_unseen(node.value)):  # written with a backslash
            problems.append(unseen(found[0], file, node.start_mark.line + 1, node.start_mark.column + 1, at))
        # plain, without quotes, some words mean nothing
        return None if not node.style and node.value in NULLS else str(node.value)
    if node is None or id(node) in seen:  # an alias, already told; following it again could have no end
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, file, problems, seen, at)
    return [_plain(item, file, problems, seen, (*at, index)) for index, item in enumerate(node.value)]


def _plain_mapping(
    node: yaml.MappingNode, file: str, problems: list[Problem], seen: set[int], at: Where
) -> dict[str, Plain]:
    data: dict[str, Plain] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value not in data:
            data[key.value] = _plain(value, file, problems, seen, (*at, key.value))
        else:
            problems.append(_bad_key(key, file, at))
    return data


def _bad_key(key: yaml.Node, file: str, at: Where) -> Problem:
    place = key.start_mark.line + 1, key.start_mark.column + 1
    if not isinstance(key, yaml.ScalarNode):
        message, hint = "a key is a single word, not a list or a mapping", "a text with brackets needs quotes"
        return Problem("yaml-feature", Severity.ERROR, file, message, hint, at, *place)
    message = f"the key `{key.value}` stands twice; the second would silently replace the first"
    hint = "keep one of them, or make them items of a list"
    return Problem("duplicate-key", Severity.ERROR, file, message, hint, (*at, key.value), *place)


def _syntax_problem(fault: yaml.YAMLError, text: str, file: str) -> Problem:
    line, column = _fault_place(fault, text)
    here = text.split("\n")[line - 1][column - 1 : column] if line <= text.count("\n") + 1 else ""
    message = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or fault)
    hint = "look at this line and the one above: indentation, a missing quote or colon"
    if here == "\t":
        message, hint = "a tab where YAML wants spaces", "indent with two spaces"
    elif isinstance(fault, yaml.reader.ReaderError):
        message, hint = f"the character {here!r} cannot stand in a text file", "remove it"
    elif "scanning an a" in str(getattr(fault, "context", "")):  # an alias or an anchor
        hint = "a text that begins with * or & needs quotes around it"
    elif "single document" in str(fault):
        message, hint = "a second document begins here", "one record a file; remove the line `---`"
    elif "mapping values are not allowed" in message:
        hint = "a text with a colon in it needs quotes around it"
    return Problem("yaml-syntax", Severity.ERROR, file, message, hint, (), line, column)


def _fault_place(fault: yaml.YAMLError, text: str) -> tuple[int, int]:
    """Return line and column (from 1) of a fault of syntax; for a forbidden character, which has no mark, by search."""
    mark = getattr(fault, "problem_mark", None)
    if mark:
        return mark.line + 1, mark.column + 1
    forbidden = yaml.reader.Reader.NON_PRINTABLE.search(text)
    start = forbidden.start() if forbidden else 0
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
