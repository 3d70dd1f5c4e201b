"""Evidence -> the files people take along. One module a format; ``EXPORTS`` lists them."""

from .export import EXPORTS, Format, export

__all__ = ["EXPORTS", "Format", "export"]
