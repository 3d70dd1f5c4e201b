"""The type of work, as reference managers keep it."""

from __future__ import annotations

from ..model import Reference

RETRACTED = "Retracted Publication"
"""What PubMed calls a work that was retracted (its notice is a "Retraction of Publication")."""


def is_retracted(reference: Reference) -> bool:
    """Say whether a work was retracted."""
    return reference.standing is not None and reference.standing.state == "retracted"


def work_type(reference: Reference) -> str:
    """Return the type that the entry states, and that the work was retracted: EndNote has PubMed's types there."""
    kinds = (reference.extra.get("type", ""), RETRACTED if is_retracted(reference) else "")
    return "; ".join(kind for kind in kinds if kind)
