"""Numbers of ours beside numbers of metafor: which of them do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

RELATIVE = 1e-8
FLOORS = {"tau2": 1e-15, "I2": 1e-9, "dffits": 1e-14, "dfbs": 1e-14, "cook": 1e-28}
"""What counts as zero. Where tau² is 0, metafor's iteration halves its steps towards it and stops at its own threshold;
where effects are identical, what moves is the rounding of its last digit."""


def pairs(ours: Any, pinned: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every pinned number with ours; an interval or a list counts number by number."""
    if isinstance(pinned, Mapping):
        for key, value in pinned.items():
            yield from pairs(ours[key], value, f"{at}.{key}" if at else key)
    elif isinstance(pinned, list):
        assert len(ours) == len(pinned), at
        for one, other in zip(ours, pinned, strict=True):
            yield from pairs(one, other, at)
    else:
        yield at, ours, pinned


def differs(at: str, ours: Any, pinned: Any) -> bool:
    """Say whether a number of ours is not metafor's; None where metafor's own iteration did not end."""
    if pinned is None:
        return not at.startswith(("leave1out", "cumulative", "influence"))
    if isinstance(pinned, str | bool):
        return bool(ours != pinned)
    return not abs(ours - pinned) <= max(RELATIVE * abs(pinned), FLOORS.get(at.rpartition(".")[2], 0.0))


def disagreements(ours: Any, pinned: Any, at: str = "") -> list[tuple[str, Any, Any]]:
    """Return all that do not agree, each with where it stands."""
    return [found for found in pairs(ours, pinned, at) if differs(*found)]
