"""Signs that nobody sees and that change how a text is read, or where it ends: no text of a record needs one."""

from __future__ import annotations

import re

from ..problem import Problem, Severity, Where

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, but for tab and ends of lines
    "\u200b\u2028\u2029\ufeff"  # spaces without width, ends of lines that editors do not show
    "\u202a-\u202e\u2066-\u2069"  # turn round what follows (Trojan Source, CVE-2021-42574)
    "\ue000-\uf8ff\ufff9-\uffff\U000e0000-\U000e007f]"  # for private use, no characters, tags
)


def first_unseen(text: str) -> re.Match[str] | None:
    """Return the first such sign of a text; most texts are seen to have none twice as fast as the search would."""
    return None if text.replace("\n", "").isprintable() else _UNSEEN.search(text)


def unseen(sign: str, file: str, line: int, column: int, at: Where = ()) -> Problem:
    """Return the problem of such a sign at a place."""
    message = f"the sign U+{ord(sign):04X} cannot be seen, and changes how the text around it is read"
    hint = "it often comes along with pasted text; delete it, or type the words anew"
    return Problem("unseen-sign", Severity.ERROR, file, message, hint, at, line, column)
