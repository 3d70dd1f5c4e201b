"""One command in a process of its own: how long it took, and the most memory that it and its children held at once.

Memory is sampled from outside: the proportional set size (each page of memory counted once, however many processes
share it) of the whole process tree, as Linux tells it in ``/proc/PID/smaps_rollup``. Looking takes at most a twentieth
of the time. Since a peak may fall between two looks, what the kernel says of the largest single process counts too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parent.parent
PROC = Path("/proc")
OFTEN = 0.05
"""Seconds between two looks at the memory, at least."""


@dataclass(frozen=True)
class Measured:
    """One run of one step: wall and processor time in seconds, peak of memory in megabytes (10^6 bytes).

    ``stages`` is what `backed build --profile` tells of each: ``count``, ``seconds``, ``busy`` and ``megabytes``.
    """

    studies: int
    step: str
    seconds: float
    busy: float
    megabytes: float
    stages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def measure(studies: int, step: str, command: Sequence[str]) -> Measured:
    """Return what a command took, in a fresh process; one that fails ends everything with what it printed."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT, env=environment())
        with Sampler(process.pid) as sampler:
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            sys.exit(f"{' '.join(command)}\n{printed.read().decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    peak = max(used.ru_maxrss * unit / 1e6, sampler.megabytes)
    return Measured(studies, step, round(seconds, 3), round(used.ru_utime + used.ru_stime, 3), round(peak, 1))


def environment() -> dict[str, str]:
    """Return the environment in which every step runs."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT / "scripts")}


class Sampler:
    """Looks at the memory of a process and all below it while it runs; used as a context."""

    def __init__(self, process: int) -> None:
        self.megabytes = 0.0
        self._process, self._over = process, Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Sampler:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        taken = 0.0
        while not self._over.wait(max(OFTEN, 20 * taken)):
            start = time.perf_counter()
            self.megabytes = max(self.megabytes, sum(map(held, tree(self._process))))
            taken = time.perf_counter() - start


def tree(root: int) -> list[int]:
    """Return a process and all that stand below it, by their numbers; only itself where there is no /proc."""
    parents: dict[int, int] = {}
    for folder in PROC.iterdir() if PROC.is_dir() else ():
        if folder.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                stat = (folder / "stat").read_text(encoding="ascii", errors="replace")
                parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def held(process: int) -> float:
    """Return the megabytes of memory that are a process's share; 0 for one that is gone or may not be looked at."""
    with suppress(OSError, ValueError, IndexError):
        rollup = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii", errors="replace")
        return int(rollup.partition("\nPss:")[2].split()[0]) * 1024 / 1e6
    return 0.0
