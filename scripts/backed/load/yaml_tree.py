"""YAML text to plain data and places: every scalar stays text, and every value knows its line and column.

PyYAML reads YAML 1.1, where ``NO`` is false, ``12:30`` is 750 and ``0.30`` loses its zero; therefore only its parser is
used (``compose``), never its guesses about types. Of YAML only mappings, lists and scalars are allowed: no anchors,
aliases, tags or several documents, which nobody needs in a record and which hide what a record says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ..problem import Problem, Severity, Where

Plain = None | str | list["Plain"] | dict[str, "Plain"]

try:
    from yaml import CSafeLoader as Loader  # libyaml: ten times faster, the same trees
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_NULLS = frozenset({"", "~", "null"})


@dataclass(frozen=True)
class Tree:
    """A parsed file: its data with text scalars, and the nodes that know where everything stands."""

    data: Plain
    root: yaml.Node | None

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
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as fault:
        return Tree(None, None), [_syntax_problem(fault, file)]
    except RecursionError:
        message = "the file is nested too deeply to be read"
        return Tree(None, None), [Problem("yaml-syntax", Severity.ERROR, file, message, line=1, column=1)]
    problems: list[Problem] = []
    try:
        data = _plain(root, file, problems, set(), ())
    except RecursionError:
        data = None
        problems.append(Problem("yaml-syntax", Severity.ERROR, file, "the file is nested too deeply", line=1, column=1))
    return Tree(data, root), problems


def _plain(node: yaml.Node | None, file: str, problems: list[Problem], seen: set[int], at: Where) -> Plain:
    if node is None:
        return None
    problems.extend(_feature_problems(node, file, seen, at))
    if id(node) in seen:
        return None
    if isinstance(node, yaml.MappingNode):
        seen.add(id(node))
        return _plain_mapping(node, file, problems, seen, at)
    if isinstance(node, yaml.SequenceNode):
        seen.add(id(node))
        return [_plain(item, file, problems, seen, (*at, index)) for index, item in enumerate(node.value)]
    if not getattr(node, "style", None) and node.value in _NULLS:  # plain, without quotes
        return None
    return str(node.value)


def _plain_mapping(
    node: yaml.MappingNode, file: str, problems: list[Problem], seen: set[int], at: Where
) -> dict[str, Plain]:
    data: dict[str, Plain] = {}
    for key, value in node.value:
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        if not isinstance(key, yaml.ScalarNode):
            message = "a key is a single word, not a list or a mapping"
            problems.append(Problem("yaml-feature", Severity.ERROR, file, message, "", at, line, column))
            continue
        if key.value in data:
            message = f"the key `{key.value}` stands twice; the second would silently replace the first"
            hint = "keep one of them, or make them items of a list"
            problems.append(
                Problem("duplicate-key", Severity.ERROR, file, message, hint, (*at, key.value), line, column)
            )
            continue
        data[key.value] = _plain(value, file, problems, seen, (*at, key.value))
    return data


def _feature_problems(node: yaml.Node, file: str, seen: set[int], at: Where) -> Iterator[Problem]:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if id(node) in seen:
        message = "an alias (*name) repeats another part of the file"
        yield Problem("yaml-feature", Severity.ERROR, file, message, "write the values out", at, line, column)
    if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.rpartition(":")[2] in {"binary", "set", "omap"}:
        message = f"the tag {node.tag} is not used in records"
        yield Problem("yaml-feature", Severity.ERROR, file, message, "remove the tag", at, line, column)


def _syntax_problem(fault: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(fault, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or fault)
    hint = "look at this line and the one above: indentation, a missing quote or colon"
    if "\\t" in message or "'\t'" in message:
        message, hint = "a tab where YAML wants spaces", "indent with two spaces"
    elif "single document" in str(fault):
        message, hint = "a second document begins here", "one record a file; remove the line `---`"
    elif "mapping values are not allowed" in message:
        hint = "a text with a colon in it needs quotes around it"
    return Problem("yaml-syntax", Severity.ERROR, file, message, hint, (), line, column)
