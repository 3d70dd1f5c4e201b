"""Where time and memory went, by stage: what `--profile` prints.

Time in a stage that lies in another counts for the inner one only, so the rows add up. Processor time includes that of
processes split off, once they have ended. Memory is the most that this process held at once during a stage, with all
that it already had before; the kernel knows it, so none is too short to be seen. Without /proc it is the most so far.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .stages import Step

ELSEWHERE = "elsewhere"
"""What the time between stages is called."""

GLANCE = 0.005
"""Seconds between two looks at the memory while stages change: a look takes a fiftieth of that."""


@dataclass
class Spent:
    """What went into a stage: things done, seconds by the clock and on processors, megabytes (10^6 bytes) at most."""

    count: int = 0
    seconds: float = 0.0
    busy: float = 0.0
    megabytes: float = 0.0


@dataclass
class Profile:
    """A watcher of stages that adds up what each took, from when it is made until it is asked."""

    spent: dict[str, Spent] = field(default_factory=dict)
    _under_way: list[Step] = field(default_factory=list)
    _counted: dict[Step, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to count."""
        self._at = self._looked = time.perf_counter()
        self._busy = _busy()
        _peak()

    def began(self, step: Step) -> None:
        """Note that a stage begins or goes on."""
        self._charge()
        self._under_way.append(step)
        self.spent.setdefault(step.name, Spent())

    def went_on(self, step: Step) -> None:
        """Note nothing: a step counts itself."""

    def ended(self, step: Step) -> None:
        """Note that the stage that began last is over, or rests."""
        self._charge(look=step.total is not None)
        self._under_way.remove(step)
        self.spent[step.name].count += step.count - self._counted.get(step, 0)
        self._counted[step] = step.count

    def rows(self) -> Mapping[str, Spent]:
        """Return what each stage took so far, in the order in which they began; what was in none comes last."""
        self._charge(look=True)
        others = {name: spent for name, spent in self.spent.items() if name != ELSEWHERE}
        return others | {ELSEWHERE: self.spent.get(ELSEWHERE, Spent())}

    def _charge(self, look: bool = False) -> None:
        """Add what was spent since the last time to the stage that began last; its memory to all under way."""
        now, busy = time.perf_counter(), _busy()
        name = self._under_way[-1].name if self._under_way else ELSEWHERE
        spent = self.spent.setdefault(name, Spent())
        spent.seconds += now - self._at
        spent.busy += busy - self._busy
        if look or not spent.megabytes or now - self._looked > GLANCE:
            peak = _peak()
            for one in {name, *(step.name for step in self._under_way)}:
                self.spent[one].megabytes = max(self.spent[one].megabytes, peak)
            self._looked = now
        self._at, self._busy = now, busy


def as_data(profile: Profile) -> dict[str, Any]:
    """Return a profile as what JSON knows: ``stages`` by name, ``total``, and ``largest_helper_megabytes``."""
    rows = profile.rows()
    total = Spent(
        sum(row.count for row in rows.values()),
        sum(row.seconds for row in rows.values()),
        sum(row.busy for row in rows.values()),
        max(row.megabytes for row in rows.values()),
    )
    return {
        "stages": {name: _rounded(row) for name, row in rows.items()},
        "total": _rounded(total),
        "largest_helper_megabytes": round(_largest_helper(), 1),
    }


def _rounded(spent: Spent) -> dict[str, float]:
    return {name: round(value, 4 if name in {"seconds", "busy"} else 1) for name, value in asdict(spent).items()}


def as_table(data: Mapping[str, Any]) -> str:
    """Return a profile's data as a table, with a line on memory below it."""
    head = f"{'stage':12} {'count':>8} {'seconds':>9} {'processor s':>12} {'share':>6} {'peak MB':>8}"
    return "\n".join([head, *_lines(data), _on_memory(data)])


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    total = data["total"]
    for name, row in (*data["stages"].items(), ("all", {**total, "count": 0})):
        share = 100 * row["busy"] / total["busy"] if total["busy"] else 0.0
        count = f"{row['count']:,}" if row["count"] else ""
        yield (f"{name:12} {count:>8} {row['seconds']:9.2f} {row['busy']:12.2f} {share:5.0f}% {row['megabytes']:8.0f}")


def _on_memory(data: Mapping[str, Any]) -> str:
    helper = data["largest_helper_megabytes"]
    if not helper:
        return "Nothing was shared with other processes."
    return f"The largest process split off held {helper:.0f} MB, most of it shared with this one."


def _busy() -> float:
    """Return the seconds that this process and those it waited for were on a processor."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def _peak() -> float:
    """Return the most memory held since this was last asked, in megabytes; where that is not told, the most ever."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # begins a new peak; see man 5 proc
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
    except (OSError, ValueError, IndexError):
        return _most("RUSAGE_SELF")


def _largest_helper() -> float:
    return _most("RUSAGE_CHILDREN")


def _most(who: str) -> float:
    with suppress(ImportError):  # Windows has no such module
        import resource

        used = resource.getrusage(getattr(resource, who)).ru_maxrss
        return used * (1 if sys.platform == "darwin" else 1024) / 1e6
    return 0.0
