"""A figure as a value, and what becomes of it: markup for the page and a file that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..site import Site
from .shapes import Canvas
from .standalone import standalone


@dataclass(frozen=True)
class Chart:
    """A figure before it is drawn: for desks and for phones, with its words and the table that says the same.

    ``title`` names it in a few words, ``caption`` says how to read it. Each of ``rows`` has a cell a column; ``spoken``
    is a sentence a row.
    """

    name: str
    title: str
    caption: str
    wide: Canvas
    narrow: Canvas
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spoken: tuple[str, ...]

    @property
    def told(self) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Yield each row of the table: its heading, its further cells, and the sentence."""
        for row, spoken in zip(self.rows, self.spoken, strict=True):
            yield row[0], row[1:], spoken


@dataclass(frozen=True)
class Drawing:
    """A drawn figure: its markup for a page, and the SVG file that the page links to by ``file``."""

    inline: Markup
    file: str
    standalone: str


def draw(chart: Chart, site: Site, name: str) -> Drawing:
    """Return a figure drawn for a page and as a file; ``name`` is the file's, without its ending, beside the page."""
    file = f"{name}.svg"
    inline = site.fill("figures/chart.html", chart=chart, file=file)
    return Drawing(inline, file, standalone(chart.wide, chart.title, chart.caption, site))
