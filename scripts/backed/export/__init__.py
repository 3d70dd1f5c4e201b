"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .export import EXPORTS, export
from .format import Format
from .formatted import FORMATTED
from .pooling import pooling_json

__all__ = ["EXPORTS", "FORMATTED", "Format", "export", "pooling_json"]
