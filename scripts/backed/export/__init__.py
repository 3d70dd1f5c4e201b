"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .export import EXPORTS, Format, export
from .pooling import pooling_json

__all__ = ["EXPORTS", "Format", "export", "pooling_json"]
