"""A rendered page back to plain Markdown: headings, lists, tables, links; the same words in the same order."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"p", "div", "section", "li", "tr", "table", "ul", "ol", "dl", "figure", "details", "summary", "form"}
)
_SKIPPED = frozenset({"svg", "script", "style", "template"})
_AROUND = {"strong": "**", "b": "**", "em": "*", "code": "`"}
_SPECIAL = re.compile(r"([\\`*_|<])")


def markdown(html: str) -> str:
    """Return the content of a rendered page as Markdown; pictures, which Markdown lacks, are left out."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    lines = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(writer.parts)))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


class _Writer(HTMLParser):
    """Writes Markdown as the tags go by; inside a table everything stays on the line of its row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0
        self.cells: int | None = None
        self.rows = 0
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping += tag in _SKIPPED
        if self.skipping:
            return
        if start := _STARTS.get(tag):
            start(self)
        elif tag in _HEADINGS:
            self.parts.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")
            self.parts.append("[" if self.addresses[-1] else "")
        elif tag in _AROUND:
            self.parts.append(_AROUND[tag])
        elif tag == "span":  # most stand on a line of their own
            self.parts.append(" ")
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= tag in _SKIPPED
        elif end := _ENDS.get(tag):
            end(self)
        elif tag == "a" and self.addresses:
            address = self.addresses.pop()
            self.parts.append(f"]({address})" if address else "")
        elif tag in _AROUND:
            self.parts.append(_AROUND[tag])
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(_SPECIAL.sub(r"\\\1", " ".join(data.split()).join(_edges(data))))

    def _break(self) -> None:
        self.parts.append("\n\n" if self.cells is None else " ")

    def begin_item(self) -> None:
        self.parts.append("\n- " if self.cells is None else " ")

    def begin_term(self) -> None:
        self.parts.append("\n- **" if self.cells is None else " **")

    def end_term(self) -> None:
        self.parts.append("**: ")

    def begin_table(self) -> None:
        self.parts.append("\n\n")
        self.rows = 0

    def begin_row(self) -> None:
        self.parts.append("\n|" if self.rows else "|")
        self.cells = 0

    def end_cell(self) -> None:
        self.parts.append(" |")
        self.cells = (self.cells or 0) + 1

    def end_row(self) -> None:
        self.rows += 1
        if self.rows == 1:
            self.parts.append("\n|" + " --- |" * (self.cells or 0))
        self.cells = None


def _edges(data: str) -> tuple[str, str]:
    """Return the white space a text begins and ends with, as one blank each."""
    return (" " if data[:1].isspace() else "", " " if data[-1:].isspace() and data.strip() else "")


_STARTS: dict[str, Callable[[_Writer], None]] = {
    "li": _Writer.begin_item,
    "dt": _Writer.begin_term,
    "table": _Writer.begin_table,
    "tr": _Writer.begin_row,
}
_ENDS: dict[str, Callable[[_Writer], None]] = {
    "dt": _Writer.end_term,
    "td": _Writer.end_cell,
    "th": _Writer.end_cell,
    "tr": _Writer.end_row,
}
