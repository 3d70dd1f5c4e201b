"""What a kind of mistake is: a function that yields every way to make it in one record."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from .document import Change, Document

Plant = Callable[[Document, Random], Iterator[Change]]


@dataclass(frozen=True)
class Kind:
    """A kind of mistake: its name, how people come to make it, the folder of records it is made in."""

    name: str
    story: str
    folder: str
    plant: Plant


KINDS: dict[str, Kind] = {}
"""Every kind by its name, filled as the modules that hold them are imported."""


def kind(folder: str) -> Callable[[Plant], Plant]:
    """Make a kind of mistake of a function: its name is the kind's (`_` becomes a space), its docstring the story."""

    def made(plant: Plant) -> Plant:
        name = getattr(plant, "__name__", "").replace("_", " ")
        KINDS[name] = Kind(name, inspect.getdoc(plant) or "", folder, plant)
        return plant

    return made
