"""The text of a record with the place of every value, so that one of them can be changed as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import yaml

from backed.load.yaml_tree import Tree, read_yaml
from backed.model import Evidence, Filed
from backed.problem import Where

Edits = Mapping[tuple[int, int], str]
"""What comes in the place of stretches of a text, by their first and last position."""

Change = Mapping[str, str | None]
"""The new text of files, by their path below the evidence folder; None where the file goes away."""

NUMBER = re.compile(r"(?<![\w.,\u00b7])\d+(?:[.\u00b7]\d+)?(?![\w]|[.,\u00b7]\d)")


@dataclass(frozen=True)
class Document:
    """One record as text and as data, its bibliography, and the evidence it belongs to.

    ``file`` and ``bib_file`` are paths below the evidence folder; ``bib`` is empty where there is no such file.
    """

    file: str
    text: str
    tree: Tree
    record: Filed
    bib: str
    evidence: Evidence
    texts: Mapping[str, str]

    @property
    def bib_file(self) -> str:
        return self.file.removesuffix(".yaml") + ".bib"

    def value(self, *at: str | int) -> str | None:
        """Return the text of a scalar as data, or None where there is none."""
        node = self._node(at)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None

    def put(self, at: Where, value: str) -> Edits:
        """Return the edit that writes another scalar in the place of one, in the quotes that stand there."""
        start, end = self._span(at)
        old = self.text[start:end]
        quote = old[:1] if old[:1] in "\"'" else ""
        return {(start, end): f"{quote}{value}{quote}"}

    def exchange(self, one: Where, other: Where) -> Edits:
        """Return the edits that write two values (or lists, or mappings on one line) in the place of one another."""
        spans = self._span(one), self._span(other)
        return {spans[0]: self.text[slice(*spans[1])], spans[1]: self.text[slice(*spans[0])]}

    def copied(self, source: Where, target: Where) -> Edits:
        """Return the edit that writes the value at one path in the place of that at another."""
        return {self._span(target): self.text[slice(*self._span(source))]}

    def rename(self, at: Where, name: str) -> Edits:
        """Return the edit that gives a key another name."""
        parent = self._node(at[:-1])
        assert isinstance(parent, yaml.MappingNode)
        key = next(key for key, _ in parent.value if key.value == at[-1])
        return {(key.start_mark.index, key.end_mark.index): name}

    def drop(self, at: Where) -> Edits | None:
        """Return the edit that takes out a key with its value, where another key follows; else None."""
        parent = self._node(at[:-1])
        if not isinstance(parent, yaml.MappingNode):
            return None
        starts = [(key.value, key.start_mark.index) for key, _ in parent.value]
        for (name, start), (_, following) in pairwise(starts):
            if name == at[-1]:
                return {(start, following): ""}
        return None

    def printed(self, source: Where, old: str, new: str) -> Edits | None:
        """Return the edit that changes a number in the printed form of a source; None where it does not stand there."""
        if self._node((*source, "printed")) is None:
            return None
        start, end = self._span((*source, "printed"))
        for match in NUMBER.finditer(self.text, start, end):
            if Decimal(match.group(0).replace("\u00b7", ".")) == abs(Decimal(old)):
                return {match.span(): new.lstrip("-+")}
        return None

    def changed(self, *edits: Edits) -> Change:
        """Return the record's file with the edits made."""
        return {self.file: edited(self.text, *edits)}

    def _node(self, at: Where) -> yaml.Node | None:
        node = self.tree.root
        for step in at:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        return node

    def _span(self, at: Where) -> tuple[int, int]:
        node = self._node(at)
        assert node is not None, at
        return node.start_mark.index, node.end_mark.index


def edited(text: str, *edits: Edits) -> str:
    """Return a text with stretches of it replaced."""
    together = {span: new for edit in edits for span, new in edit.items()}
    for (start, end), new in sorted(together.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def documents(evidence: Evidence, texts: Mapping[str, str]) -> Iterator[Document]:
    """Yield every record with its text; ``texts`` holds all files by their path below the evidence folder."""
    for record in evidence.records():
        file = record.file.removeprefix(f"{evidence.root}/")
        tree, _ = read_yaml(texts[file], file)
        bib = texts.get(file.removesuffix(".yaml") + ".bib", "")
        yield Document(file, texts[file], tree, record, bib, evidence, texts)
