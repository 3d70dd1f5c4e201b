"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .export import EXPORTS, citation_files, export
from .format import Format
from .formatted import FORMATTED
from .pooling import pooling_json

__all__ = ["EXPORTS", "FORMATTED", "Format", "citation_files", "export", "pooling_json"]
