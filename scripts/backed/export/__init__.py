"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .export import EXPORTS, export
from .format import Format
from .pooling import pooling_json

__all__ = ["EXPORTS", "Format", "export", "pooling_json"]
