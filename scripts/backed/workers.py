"""Work on many things shared between processes: each does its share, and the results come back in order."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

PROCESSES = "BACKED_PROCESSES"
"""The environment variable that says how many processes to use; 1 for none beside this one."""


def processes() -> int:
    """Return how many processes share work: one a core this process may use, or as many as ``BACKED_PROCESSES`` says.

    Only on Linux: elsewhere a process cannot be split safely, and starting a new one takes longer than it saves.
    """
    if sys.platform != "linux":
        return 1
    asked = os.environ.get(PROCESSES, "")
    return max(1, int(asked)) if asked.isdigit() else len(os.sched_getaffinity(0))


def _untold(many: int) -> None:
    """Tell nobody."""


def shared(
    work: Callable[[T], R], items: Sequence[T], least: int, done: Callable[[int], object] = _untold
) -> Iterator[R]:
    """Yield what ``work`` makes of each item, in their order.

    From ``least`` items on, they are dealt to several processes, which are split off this one: ``work`` may read all
    that is in memory, but what it changes there is lost, and what it returns has to be picklable. What it raises is
    raised here. With fewer items, or one process, everything is done here, one item at a time. ``done`` is called with
    how many items more are done; the others are taken to be as far as this process.
    """
    many = processes() if len(items) >= max(least, 2) else 1
    if many == 1:
        for item in items:
            yield work(item)
            done(1)
        return
    gc.freeze()  # what was there before is left alone in every process, and so stays shared
    helpers: list[_Helper] = []
    try:
        helpers += [_split_off(work, items[place::many]) for place in range(1, many)]
        shares = [_own(work, items, many, done), *(cast("list[R]", helper.result()) for helper in helpers)]
        for place in range(len(items)):
            yield shares[place % many][place // many]
    finally:
        for helper in helpers:
            helper.stop()
        gc.unfreeze()


def _own(work: Callable[[T], R], items: Sequence[T], many: int, done: Callable[[int], object]) -> list[R]:
    """Return what this process makes of its share, the first of so many."""
    made = []
    for place in range(0, len(items), many):
        made.append(work(items[place]))
        done(min(many, len(items) - place))
    return made


@dataclass
class _Helper:
    """A process split off, and the end of the pipe from which its results come."""

    id: int
    pipe: BinaryIO
    ended: bool = False

    def result(self) -> list[Any]:
        """Wait for what it made of its share; raises what its work raised."""
        try:
            fine, value = pickle.load(self.pipe)
        except EOFError:
            fine, value = (
                False,
                ChildProcessError("a process that shared the work was stopped: memory?"),
            )
        self._wait()
        if not fine:
            raise value
        return cast("list[Any]", value)

    def stop(self) -> None:
        """End it if it still runs."""
        if not self.ended:
            with suppress(ProcessLookupError):
                os.kill(self.id, signal.SIGKILL)
            self._wait()
        self.pipe.close()

    def _wait(self) -> None:
        os.waitpid(self.id, 0)
        self.ended = True


def _split_off(work: Callable[[T], R], items: Sequence[T]) -> _Helper:
    """Start a process that does a share of the work, and return it at once."""
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    helper = os.fork()
    if helper:
        os.close(writing)
        return _Helper(helper, os.fdopen(reading, "rb"))
    os.close(reading)
    _die_with_parent()
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(_packed(_done(work, items)))
    finally:
        os._exit(0)  # nothing of this process's own is to be tidied up twice


def _die_with_parent() -> None:
    """Have the system stop this process when the one it was split off is gone, killed even: nobody is left to tell."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG of prctl(2); this runs on Linux only


def _packed(result: tuple[bool, object]) -> bytes:
    """Return what a process tells; where that cannot be told as it is, why."""
    try:
        packed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        if not result[0]:
            pickle.loads(packed)  # some exceptions go in and do not come out
    except Exception as fault:
        told = f"{type(fault).__name__}: {fault}; it was to tell {result[1]!r:.200}"
        return pickle.dumps((False, RuntimeError(told)))
    return packed


def _done(work: Callable[[T], R], items: Sequence[T]) -> tuple[bool, object]:
    try:
        result = [work(item) for item in items]
    except BaseException as fault:  # it is the parent's to deal with
        return False, fault
    return True, result
