"""Figures as static SVG: geometry in Python, drawing in templates, one family of axis, marks and words.

Each function from a view to a `Chart` is one kind of figure; `draw` makes of a chart the markup for a page and the
file that people download.
"""

from .chart import Chart, Drawing, draw
from .entries import Ground
from .forest import Forest, forest
from .judgements import Appraised

__all__ = ["Appraised", "Chart", "Drawing", "Forest", "Ground", "draw", "forest"]
