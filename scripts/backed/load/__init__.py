"""Files to Evidence: everything that can be read is read, everything else becomes a problem."""

from .cache import cache_of
from .files import files_below, read_text
from .health import load_health
from .load import Loaded, Twin, load, locate
from .outline import Outline, outline
from .part import OutsideError, Part, files_asked, load_part
from .rules import LOAD_RULES
from .shelf import Unread
from .table import load_table, places_of
from .usual_yaml import Plain
from .validate import validate
from .yaml_tree import Tree, read_yaml

__all__ = [
    "LOAD_RULES",
    "Loaded",
    "Outline",
    "OutsideError",
    "Part",
    "Plain",
    "Tree",
    "Twin",
    "Unread",
    "cache_of",
    "files_asked",
    "files_below",
    "load",
    "load_health",
    "load_part",
    "load_table",
    "locate",
    "outline",
    "places_of",
    "read_text",
    "read_yaml",
    "validate",
]
