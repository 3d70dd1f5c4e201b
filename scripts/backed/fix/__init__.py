"""What is safe to mend by itself: layout, the order of keys, dashes and minus signs, the prefix of a DOI."""

from .fix import Fixed, fix

__all__ = ["Fixed", "fix"]
