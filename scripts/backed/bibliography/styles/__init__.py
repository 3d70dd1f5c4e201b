"""References as people read and paste them: Vancouver (NLM), APA, AMA; as plain text and as HTML."""

from .style import STYLES, Style

__all__ = ["STYLES", "Style"]
