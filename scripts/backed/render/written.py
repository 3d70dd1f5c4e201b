"""A record's file as people write it, cut at its outermost keys, to be shown piece by piece."""

from __future__ import annotations

import re
from collections.abc import Mapping

_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)

LONGEST = 28
"""Lines of a piece that are shown as an example; what is longer is cut, and says so."""


def pieces(text: str) -> Mapping[str, str]:
    """Return the lines of each outermost key of a YAML record, in order; comments before the next key are left out."""
    starts = list(_KEY.finditer(text))
    ends = [start.start() for start in starts] + [len(text)]
    return {start[1]: _without_comments(text[start.start() : end]) for start, end in zip(starts, ends[1:], strict=True)}


def shortened(piece: str) -> str:
    """Return a piece that is no longer than an example should be, with the number of lines that were cut."""
    lines = piece.splitlines()
    if len(lines) <= LONGEST + 2:  # two lines more cost less than saying that they are cut
        return piece
    return "\n".join([*lines[:LONGEST], f"  # … and {len(lines) - LONGEST} lines more"])


def richness(piece: str) -> tuple[bool, int, int]:
    """Return what makes a piece a good example, to be compared: that it is short enough, its keys, its brevity."""
    keys = set(re.findall(r"(?:^|[\s{])([a-z_]+):", piece))
    lines = piece.count("\n") + 1
    return lines <= LONGEST, len(keys), -lines


def _without_comments(piece: str) -> str:
    lines = piece.rstrip().splitlines()
    while lines and lines[-1].startswith("#"):
        lines.pop()
    return "\n".join(lines).rstrip()
