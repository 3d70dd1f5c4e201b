"""How a YAML text is laid out: what stands from where to where, and in which style. For those who edit text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ..problem import Where
from .yaml_tree import Tree


@dataclass(frozen=True)
class Outline:
    """A value in a text. ``start`` and ``end`` are (line, column) from 0; the end of a block may lie lines below it.

    ``style`` is ``plain``, ``quoted`` or ``folded`` (``>`` and ``|``) for a scalar, ``flow`` or ``block`` for a
    mapping or list. ``pairs`` are the keys and values of a mapping, ``items`` the items of a list.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    style: str
    pairs: tuple[tuple[Outline, Outline], ...] = ()
    items: tuple[Outline, ...] = ()
    kind: str = "scalar"
    text: str = ""

    def at(self, path: Where) -> Outline | None:
        """Return the part at a path inside this one, or None."""
        if not path:
            return self
        step, *rest = path
        found = next((value for key, value in self.pairs if key.text == step), None)
        if isinstance(step, int) and step < len(self.items):
            found = self.items[step]
        return found.at(tuple(rest)) if found else None

    def scalars(self) -> Iterator[Outline]:
        """Yield every scalar inside, keys too, from top to bottom."""
        if self.kind == "scalar":
            yield self
        for key, value in self.pairs:
            yield from key.scalars()
            yield from value.scalars()
        for item in self.items:
            yield from item.scalars()


def outline(tree: Tree) -> Outline | None:
    """Return the layout of a text that was read, None for an empty one."""
    return None if tree.root is None else _part(tree.root)


_STYLES = {"'": "quoted", '"': "quoted", ">": "folded", "|": "folded"}


def _part(node: yaml.Node) -> Outline:
    start = node.start_mark.line, node.start_mark.column
    end = node.end_mark.line, node.end_mark.column
    style = "flow" if getattr(node, "flow_style", False) else "block"
    if isinstance(node, yaml.MappingNode):
        pairs = tuple((_part(key), _part(value)) for key, value in node.value)
        return Outline(start, end, style, pairs=pairs, kind="mapping")
    if isinstance(node, yaml.SequenceNode):
        return Outline(start, end, style, items=tuple(_part(item) for item in node.value), kind="list")
    return Outline(start, end, _STYLES.get(getattr(node, "style", None) or "", "plain"), text=str(node.value))
