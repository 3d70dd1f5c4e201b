"""What is safe to mend in a bibliography: the prefix of a DOI, dashes in page ranges, blanks at the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ..bibliography import read_bib
from ..model import Reference

_DOI = re.compile(
    r"""(?im)^([ \t]*doi[ \t]*=[ \t]*[{"])\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)(10\.\d{4,9}/[^\s{}"%?\#]+)\s*(?=[}"])"""
)
_PAGES = re.compile(r"""(?im)^([ \t]*pages[ \t]*=[ \t]*[{"])([^{}"\n]+)(?=[}"])""")
_DASH = re.compile(r"(?<=\w)\s*[‐‑‒–—−]\s*(?=\w)")


def _bare(found: re.Match[str]) -> str:
    return found[1] + found[2]


def _ranges(found: re.Match[str]) -> str:
    return found[1] + _DASH.sub("--", found[2])


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("prefix of the DOI", lambda text: _DOI.sub(_bare, text)),
    ("dash of a page range", lambda text: _PAGES.sub(_ranges, text)),
    ("blanks and line ends", lambda text: re.sub(r"[ \t]+(?=\n)", "", text).rstrip() + "\n" if text.strip() else text),
)


def fix_bib(text: str, file: str) -> tuple[str, list[str], str]:
    """Return the mended text of a bibliography, what was mended, and why nothing was where nothing could be.

    A step that would change more of a reference than it says is not taken.
    """
    references, problems = read_bib(text, file)
    if problems:
        return text, [], "it has a fault of form"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    done: list[str] = []
    for name, step in _STEPS:
        stepped = step(text)
        after, faults = read_bib(stepped, file)
        if stepped != text and not faults and [_rest(one) for one in after] == [_rest(one) for one in references]:
            text, done = stepped, [*done, name]
    return text, done, ""


def _rest(reference: Reference) -> Reference:
    """Return a reference without what may be mended in it: the prefix of its DOI; dashes are read alike anyway."""
    return replace(reference, doi=re.sub(r"^\D*(?=10\.)", "", reference.doi))
