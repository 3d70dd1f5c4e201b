"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .builder import builder_data, record_data
from .export import EXPORTS, Format, export
from .pooling import pooling_json

__all__ = ["EXPORTS", "Format", "builder_data", "export", "pooling_json", "record_data"]
