"""When a record was last looked at, and when it is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .base import Duration, Filed
from .study import Study


@dataclass(frozen=True)
class Due:
    """When a record is to be looked at again: the day, and the kind of study or source that sets the time for it.

    ``overdue`` says that somebody has looked at another record after that day: a build has no clock.
    """

    on: date
    within: Duration
    kind: str
    overdue: bool


def last_look(record: Filed) -> tuple[tuple[str, ...], date | None]:
    """Return the path at which a record says when it was last looked at, and the day."""
    if isinstance(record, Study):
        made = record.extraction
        looks: list[tuple[date, tuple[str, ...]]] = [(made.on, ("extraction", "on"))]
        if made.checked_by:
            looks.append((made.checked_by.on, ("extraction", "checked_by", "on")))
        if made.second:
            looks.append((made.second.on, ("extraction", "second", "on")))
        day, at = max(looks, key=lambda look: look[0])
        return at, day
    reviewed, checked = getattr(record, "reviewed", None), getattr(record, "checked_by", None)
    if checked and reviewed and checked.on > reviewed.on:
        return ("checked_by", "on"), checked.on
    return ("reviewed", "on"), reviewed.on if reviewed else None


def newest_look(records: Iterable[Filed]) -> date:
    """Return the newest day on which a study was extracted or a comparison or claim reviewed; day one without any."""
    return max((look for record in records if (look := last_look(record)[1])), default=date.min)
