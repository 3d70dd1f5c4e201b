"""What whoever cites a work has to know of it, in words."""

from __future__ import annotations

from ..model import Reference

_STATES = {
    "retracted": "RETRACTED",
    "expression-of-concern": "EXPRESSION OF CONCERN",
    "superseded": "SUPERSEDED",
}


def standing_note(reference: Reference) -> str:
    """Return ``RETRACTED (2026-01-31): why Notice: DOI`` for a work that no longer stands as published, else ''."""
    standing = reference.standing
    if standing is None:
        return ""
    when = f" ({standing.on})" if standing.on else ""
    why = f": {standing.reason}" if standing.reason else ""
    by = f" Superseded by: {standing.by}." if standing.by else ""
    notice = f" Notice: {standing.notice}" if standing.notice else ""
    return f"{_STATES[standing.state]}{when}{why}{by}{notice}"


def note(reference: Reference) -> str:
    """Return what became of the work, then its own note; '' where there is neither."""
    return " ".join(part for part in (standing_note(reference), reference.extra.get("note", "")) if part)
