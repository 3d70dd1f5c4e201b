"""What the page of a study says of a second extraction: how many figures agree, which differed and why."""

from __future__ import annotations

from typing import Any

from ..model import Compared, Study, agreement
from . import words


def second_view(study: Study) -> dict[str, Any] | None:
    """Return the second extraction ready to be shown, or None where there is none."""
    second, found = study.extraction.second, agreement(study)
    if second is None or found is None:
        return None
    total = len(found.figures)
    alike = f"{found.equal} of {total} figures alike ({found.percent:.0f}%)"
    return {
        "by": second.by,
        "on": second.on,
        "read": words.READ[second.read],
        "alike": alike if total else "no figures taken again",
        "different": [_difference(one) for one in found.different],
    }


def _difference(one: Compared) -> dict[str, str]:
    settled = one.resolution
    before = settled.first if settled and settled.first else one.first
    return {
        "place": " · ".join(map(str, _told(one))),
        "first": words.signed(str(before)) if before is not None else "not recorded",
        "second": words.signed(str(one.second)),
        "now": words.signed(str(one.first)) if one.first is not None else "not recorded",
        "reason": settled.reason.en if settled else "not settled yet",
    }


def _told(one: Compared) -> list[str]:
    """Return the path to a figure in words: the ends of an interval are its lower and its upper bound."""
    parts = [str(part).replace("_", " ") for part in one.at if part not in {"effects", "groups"}]
    return [*parts[:-1], ("lower", "upper")[int(parts[-1])]] if isinstance(one.at[-1], int) else parts
