"""References as the site shows them: one in full, and the short form used in a sentence."""

from __future__ import annotations

from ..model import Reference
from .styles import STYLES


def cite(reference: Reference) -> str:
    """Return one reference as plain text in the first of the styles, Vancouver."""
    return STYLES[0].text(reference)


def short_cite(reference: Reference) -> str:
    """Return who and when: ``Long, Donelson & Fung 2004``, ``Hayden et al. 2021``; without names the title stands."""
    names = [name.short for name in reference.authors or reference.editors]
    year = reference.year or "n.d."
    if not names:
        return f"{reference.title} {year}".strip()
    if len(names) > 3 or (reference.authors and reference.more_authors):
        return f"{names[0]} et al. {year}"
    return f"{' & '.join(part for part in (', '.join(names[:-1]), names[-1]) if part)} {year}"
