"""The records of an XML text one by one, so that a broken one never takes the others with it.

Each record is parsed by itself, without the document type that stands before it: entities that a file declares are
never expanded, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from .citation import Findings
from .places import Places
from .values import plain

Element = ElementTree.Element

_DECLARES = re.compile(r"<!DOCTYPE[^<>\[]*\[")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*)(?:\s[^<>]*?)?(?P<empty>/?)>")


def records(
    text: str, names: tuple[str, ...], around: frozenset[str], findings: Findings
) -> Iterator[tuple[Element, int]]:
    """Yield each element of these names with the line in which it begins.

    A fault names what is not well-formed, not closed, or stands outside any record and outside the elements ``around``
    them.
    """
    parts = re.compile(rf"<(?P<open>{'|'.join(names)})(?=[\s>])|</(?P<close>{'|'.join(names)})\s*>")
    outside = _Outside(text, around, Places(text), findings)
    begun: re.Match[str] | None = None
    position = 0
    for part in parts.finditer(text):
        if begun is None and part["open"]:
            outside.look(position, part.start())
            begun = part
        elif begun and part["open"]:
            outside.not_closed(begun)
            begun, position = part, part.start()
        elif begun and part["close"] == begun["open"]:
            element = _parsed(text[begun.start() : part.end()], begun, outside.places, findings)
            if element is not None:
                yield element, outside.places(begun.start())[0]
            begun, position = None, part.end()
    if begun:
        outside.not_closed(begun)
    else:
        outside.look(position, len(text))
    outside.look_at_end()


def _parsed(source: str, begun: re.Match[str], places: Places, findings: Findings) -> Element | None:
    try:
        return ElementTree.fromstring(source)
    except ElementTree.ParseError as fault:
        row, column = fault.position
        line, indent = places(begun.start())
        reason = str(fault).partition(":")[0]
        hint = "export the file again, or mend it at this place"
        if "entity" in reason:
            hint = "entities of its own are not expanded: write the text itself"
        message = f"the <{begun['open']}> that begins in line {line} cannot be read: {reason}"
        findings.fault(message, hint, line + row - 1, column + (indent if row == 1 else 1))
        return None


@dataclass
class _Outside:
    """What stands around the records of a text."""

    text: str
    around: frozenset[str]
    places: Places
    findings: Findings
    open: list[str] = field(default_factory=list)

    def not_closed(self, begun: re.Match[str]) -> None:
        """Note a record without its end."""
        message = f"the <{begun['open']}> that begins here is not closed"
        self.findings.fault(message, "was the file cut off? Export it again", *self.places(begun.start()))

    def look(self, begin: int, end: int) -> None:
        """Note what stands between two records and is more than the elements around them."""
        position = begin
        while position < end:
            following = self._skip(position, end)
            if following == position:
                shown = plain(self.text[position : min(end, position + 60)])
                message = f"this stands outside any citation and is not read: {shown}"
                self.findings.fault(message, "remove it, or put it where it belongs", *self.places(position))
                return
            position = following

    def look_at_end(self) -> None:
        """Note an element around the records that is never closed."""
        if self.open:
            message = f"the <{self.open[-1]}> around the citations is not closed"
            self.findings.doubt(message, "was the file cut off? Are citations missing?", *self.places(len(self.text)))

    def _skip(self, position: int, end: int) -> int:
        """Return the position after what stands here and may do so; the same position where it may not."""
        text = self.text
        if text[position].isspace():
            return position + 1
        for opens, closes in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opens, position):
                closed = text.find(closes, position, end)
                return closed + len(closes) if closed >= 0 else position
        if text.startswith("<!DOCTYPE", position):
            return self._skip_type(position, end)
        tag = _TAG.match(text, position, end)
        if not tag or tag["name"] not in self.around:
            return position
        if not tag["close"] and not tag["empty"]:
            self.open.append(tag["name"])
        elif tag["close"] and tag["name"] in self.open:
            self.open.remove(tag["name"])
        return tag.end()

    def _skip_type(self, position: int, end: int) -> int:
        """Return the position after a document type; what it declares itself is never used."""
        if not _DECLARES.match(self.text, position, end):
            return self.text.find(">", position, end) + 1 or position
        hint = "a citation that uses one is not read; export the file without them"
        self.findings.doubt(
            "the file declares entities of its own, which are not expanded", hint, *self.places(position)
        )
        closed = self.text.find("]", position, end)
        return (self.text.find(">", closed, end) + 1 or position) if closed >= 0 else position


def inner(element: Element | None, path: str = ".") -> str:
    """Return the text inside an element, tags of its own left out, on one line; '' where there is none."""
    found = element.find(path) if element is not None else None
    return plain("".join(found.itertext())) if found is not None else ""


def each(element: Element, path: str) -> list[str]:
    """Return the text inside each element at a path, empty ones left out."""
    return [text for found in element.findall(path) if (text := plain("".join(found.itertext())))]
