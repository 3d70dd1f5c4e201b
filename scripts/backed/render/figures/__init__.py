"""Figures as static SVG: geometry in Python, drawing in templates, one family of axis, marks and words.

Each function from a view to a `Chart` is one kind of figure; `draw` makes of a chart the markup for a page and the
file that people download.
"""

from .bias import bias_shares, traffic_light, weighted_bars
from .chart import Chart, Drawing, draw
from .effects import Plot, plots
from .entries import Ground, favours
from .forest import Forest, forest
from .funnel import funnel
from .growth import Growth, growth, number
from .heterogeneity import difference, heterogeneity, method_words, p_value
from .judgements import Appraised
from .people import People, icon_array
from .refits import cumulative, leave_one_out
from .scale import OnScale, on_scale
from .timeline import verdict_timeline

__all__ = [
    "Appraised",
    "Chart",
    "Drawing",
    "Forest",
    "Ground",
    "Growth",
    "OnScale",
    "People",
    "Plot",
    "bias_shares",
    "cumulative",
    "difference",
    "draw",
    "favours",
    "forest",
    "funnel",
    "growth",
    "heterogeneity",
    "icon_array",
    "leave_one_out",
    "method_words",
    "number",
    "on_scale",
    "p_value",
    "plots",
    "traffic_light",
    "verdict_timeline",
    "weighted_bars",
]
