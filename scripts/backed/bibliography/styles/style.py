"""A citation style: one reference as plain text and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...model import Reference
from .ama import ama
from .apa import apa, apa_order
from .marks import as_html, as_text
from .vancouver import vancouver


@dataclass(frozen=True)
class Style:
    """A citation style. ``order`` gives the text by which its lists are sorted, None where they are numbered."""

    id: str
    label: str
    marked: Callable[[Reference], str]
    order: Callable[[Reference], str] | None = None

    def text(self, reference: Reference) -> str:
        """Return a reference as plain text, without a number before it."""
        return as_text(self.marked(reference))

    def html(self, reference: Reference) -> str:
        """Return a reference as HTML to paste: escaped, in italics what the style has so, addresses as links."""
        return as_html(self.marked(reference))


STYLES: tuple[Style, ...] = (
    Style("vancouver", "Vancouver (NLM)", vancouver),
    Style("apa", "APA 7", apa, apa_order),
    Style("ama", "AMA 11", ama),
)
"""Every style, in the order in which they are offered; the first is the one that the site itself uses."""
