"""A comparison with its pools -> one zip: the data, what they mean, and two scripts that pool them again."""

from .bundle import bundle

__all__ = ["bundle"]
