"""Where in a text a position is: its line and column."""

from __future__ import annotations

import re
from bisect import bisect_left


class Places:
    """Line and column, from 1, of positions in a text; the lines are counted once."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def __call__(self, position: int) -> tuple[int, int]:
        """Return the line and column of a position."""
        line = bisect_left(self._ends, position)
        return line + 1, position - (self._ends[line - 1] if line else -1)
