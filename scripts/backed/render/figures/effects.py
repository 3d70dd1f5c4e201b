"""Single effects on the axis that all figures share: the answer as a diamond, what stands beside it as squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Interval, Measure
from .. import words
from .entries import Entry, Ground, is_cut
from .rows import Sheet, narrow, wide
from .shapes import Canvas

Row = tuple[str, Interval, bool]
"""An effect to be drawn: its label, its interval, whether it is the answer."""


@dataclass(frozen=True)
class Plot:
    """A figure of effects, for desks or for phones; ``spoken`` says it in one sentence, ``read`` how to read it."""

    canvas: Canvas
    spoken: str
    read: str


def plots(
    rows: Sequence[Row], measure: Measure, threshold: float | None, sides: tuple[str, str], axis_words: str
) -> tuple[Plot, ...]:
    """Return the figure of some effects, wide and narrow; none if there are no effects.

    ``threshold`` is the smallest important effect in the units of the intervals; ``sides`` says what an effect to the
    left and to the right of no effect means.
    """
    if not rows:
        return ()
    ground = Ground(measure, axis_words, *sides, threshold)
    entries = tuple(Entry(label, "answer" if main else "refit", interval) for label, interval, main in rows)
    effect = f"{words.sentence_case(words.MEASURES[measure])}\n(95% interval)"
    sheet = Sheet(entries, ground, ("Study", (), effect, ""))
    spoken = "; ".join(f"{entry.label}: {entry.numbers}" for entry in entries)
    read = _how_to_read(rows, ground, is_cut(entries, ground.axis(entries, 0, 1)))
    return tuple(Plot(canvas, spoken, read) for canvas in (wide(sheet), narrow(sheet)))


def _how_to_read(rows: Sequence[Row], ground: Ground, cut: bool) -> str:
    told = ["Lines are 95% intervals."]
    if any(main for _, _, main in rows):
        told[0] = "The diamond is the answer and as wide as its 95% interval."
        if not all(main for _, _, main in rows):
            told[0] += " Squares with their intervals stand beside it."
    if ground.band:
        told.append("The shaded band holds effects too small to matter.")
    if cut:
        told.append("An arrow marks an interval that goes on.")
    return " ".join(told)
