"""Evidence and syntheses to pages: views with ready values, templates that compute nothing."""

from .fragments import FRAGMENTS, fragment
from .known import known
from .pooling import pooling_lines
from .render import page_units, render
from .site import Site
from .speed import speed_files

__all__ = ["FRAGMENTS", "Site", "fragment", "known", "page_units", "pooling_lines", "render", "speed_files"]
