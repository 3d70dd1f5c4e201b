"""What a change of the evidence changes: two versions of it to the records, answers and problems that differ."""

from .compare import compare
from .data import as_json
from .markdown import as_markdown
from .text import as_text
from .values import Difference
from .versions import Versions, versions

FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
"""Name of each form to the function that gives it."""

__all__ = ["FORMATS", "Difference", "Versions", "as_json", "as_markdown", "as_text", "compare", "versions"]
