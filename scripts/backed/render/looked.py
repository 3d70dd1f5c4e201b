"""When a record was last looked at, and when it is to be looked at again: a line in the same place on each page."""

from __future__ import annotations

from typing import Any

from ..model import Filed, last_look
from . import words
from .site import Site


def looked_view(kind: str, record: Filed, site: Site) -> dict[str, Any]:
    """Return the days of a line on age; ``due`` is None where no time is set for what the record rests on.

    ``set_by`` says what sets the time. ``overdue`` is by the newest look at anything, for a build has no clock.
    """
    due = site.due(kind, record.id)
    return {
        "on": last_look(record)[1],
        "due": due.on if due else None,
        "overdue": due.overdue if due else False,
        "set_by": f"{due.kind}, every {words.duration(due.within)}" if due else "",
    }
