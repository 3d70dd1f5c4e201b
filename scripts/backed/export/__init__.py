"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .builder import builder_data, record_file
from .export import EXPORTS, citation_files, export, export_units
from .format import Format
from .formatted import FORMATTED
from .health import health_files, health_json
from .pooling import pooling_json

__all__ = [
    "EXPORTS",
    "FORMATTED",
    "Format",
    "builder_data",
    "citation_files",
    "export",
    "export_units",
    "health_files",
    "health_json",
    "pooling_json",
    "record_file",
]
