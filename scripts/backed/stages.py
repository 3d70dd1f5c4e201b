"""Where a long run is: each step says its stage, how much of it there is and how far it is; whoever watches is told.

    with stage("check", len(records)) as step:
        for record in step.over(records):
            ...

Unless a command asks to watch (`watched`), nothing is done but to count. Stages may lie in one another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass(eq=False)
class Step:
    """A stage that is under way: its name, of how many things it consists (None: not known), and how many are done."""

    name: str
    total: int | None = None
    count: int = 0

    def done(self, many: int = 1) -> None:
        """Say that so many more things are done."""
        self.count += many
        for watcher in _watchers:
            watcher.went_on(self)

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """Yield each of the things; one is done when the next is asked for."""
        for thing in things:
            yield thing
            self.done()


class Watcher(Protocol):
    """What is told of every stage: that it begins, that more of it is done, that it ends."""

    def began(self, step: Step) -> None: ...  # noqa: D102
    def went_on(self, step: Step) -> None: ...  # noqa: D102
    def ended(self, step: Step) -> None: ...  # noqa: D102


_watchers: list[Watcher] = []


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tell a watcher of all that happens inside, in this process; those split off it tell nobody."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        if watcher in _watchers:  # a process split off has none left
            _watchers.remove(watcher)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_watchers.clear)


@contextmanager
def stage(name: str, total: int | None = None) -> Iterator[Step]:
    """Return a step that lasts as long as the context, and is over also when that ends in an exception."""
    step = Step(name, total)
    _began(step)
    try:
        yield step
    finally:
        _ended(step)


def _began(step: Step) -> None:
    for watcher in _watchers:
        watcher.began(step)


def _ended(step: Step) -> None:
    for watcher in reversed(_watchers):
        watcher.ended(step)
