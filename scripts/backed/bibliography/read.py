"""BibTeX files -> references: every entry that can be read, and a problem for each fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field, replace

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from ..model import Reference
from ..problem import Problem, Severity
from .blocks import Block, blocks, usual_entry
from .entry import DATE_HINT, as_reference


def read_bib(text: str, file: str) -> tuple[list[Reference], list[Problem]]:
    """Return the entries of a BibTeX text in their order, and a problem for each fault.

    An entry that cannot be parsed, or whose key stands earlier in the text, is a problem and not returned; one that
    lacks something is a problem and is returned all the same. ``file`` is put into references and problems.
    """
    reading = _Reading(file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = False
    for block in blocks(text):
        found = True
        reading.add(block)
    if not found and re.search(r"^\s*[^%\s]", text, re.MULTILINE):
        hint = "an entry begins with its type and key: @article{long-2004-directional-preference,"
        reading.report("bib-syntax", "there is no BibTeX entry in this file", hint, (1, 1))
    return list(reading.references.values()), reading.problems


@dataclass
class _Reading:
    """What one file has given so far."""

    file: str
    references: dict[str, Reference] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    macros: MutableMapping[str, str] = field(default_factory=lambda: CaseInsensitiveDict(month_names))
    lines: dict[str, int] = field(default_factory=dict)

    def report(self, rule: str, message: str, hint: str, place: tuple[int, int], at: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(rule, Severity.ERROR, self.file, message, hint, at, *place))

    def add(self, block: Block) -> None:
        """Read one block: an entry becomes a reference, a macro is remembered, a fault becomes a problem."""
        if block.fault:
            self.report("bib-syntax", block.fault.message, block.fault.hint, (block.fault.line, 1))
        elif block.kind != "comment":
            try:
                self._parse(block)
            except PybtexSyntaxError as error:
                reason = str(error).partition(": ")[2] or str(error)
                hint = "the cause often stands on the line above: a missing comma, quote or brace"
                place = (block.line + (error.lineno or 1) - 1, 1)
                self.report("bib-syntax", f"{block.name} cannot be read: {reason}", hint, place)

    def _parse(self, block: Block) -> None:
        usual = usual_entry(block, self.macros)
        if usual is not None:
            self._enter(block, *usual)
            return

        def undefined(error: PybtexSyntaxError) -> None:
            if not isinstance(error, UndefinedMacro):
                raise error
            name = (parser.current_field_name or "").lower()
            word = str(error).rpartition(" ")[2]
            rule, message = "bib-syntax", f"`{word}` is a macro that is not defined above"
            hint = f"put the value in braces: {name} = {{…}}"
            if name == "month":
                rule, message, hint = "bib-date", f"the month `{word}` is not known", DATE_HINT
            self.report(rule, message, hint, block.place(name), (parser.current_entry_key or block.name, name))

        parser = LowLevelParser(block.source, macros=self.macros, handle_error=undefined)
        for kind, content in parser:
            if kind.lower() not in {"string", "preamble"}:
                self._enter(block, content[0], [(name, "".join(value)) for name, value in content[1]])

    def _enter(self, block: Block, key: str, fields: Iterable[tuple[str, str]]) -> None:
        """Keep an entry with what is unclear in it, unless its key stands earlier in the file."""
        first = self.lines.get(key.lower())
        if first:
            hint = "each work stands once: remove one of the two, or give it its own key"
            self.report("bib-duplicate-key", f"the key `{key}` is already used in line {first}", hint, (block.line, 1))
            return
        self.lines[key.lower()] = block.line
        values: dict[str, str] = {}
        for name, value in ((name.lower(), value) for name, value in fields):
            if name in values:
                message, hint = f"the field {name} stands twice; the second is not read", "keep one of the two"
                self.report("bib-syntax", message, hint, block.place(name), (key, name))
            values.setdefault(name, value)
        reference, remarks = as_reference(block.kind, key, values)
        self.references[key] = replace(reference, file=self.file, line=block.line)
        for remark in remarks:
            at = (key, remark.field) if remark.field else (key,)
            self.report(remark.rule, remark.message, remark.hint, block.place(remark.field), at)
