"""Where in a study figures stand, and in whose printed form."""

from __future__ import annotations

from collections.abc import Iterator

from backed.model import Effect, Study
from backed.problem import Where

from .document import Change, Document

_OF_GROUP = ("n", "mean", "sd", "se", "median", "events", "percent")


def figures(doc: Document) -> Iterator[tuple[Where, str, Where]]:
    """Yield every figure of a study that stands in a printed form: its path, its text, the path of its source."""
    study = doc.record
    assert isinstance(study, Study)
    for index, effect in enumerate(study.effects):
        source: Where = ("effects", index, "source")
        for at in _of_effect(effect):
            yield from _one(doc, ("effects", index, *at), source)
    for at in _of_people(study):
        for number in range(len(study.population.sources)):
            source = ("population", "sources", number)
            if (value := doc.value(*at)) is not None and doc.printed(source, value, value) is not None:
                yield at, value, source
                break


def _one(doc: Document, at: Where, source: Where) -> Iterator[tuple[Where, str, Where]]:
    if (value := doc.value(*at)) is not None:
        yield at, value, source


def _of_effect(effect: Effect) -> Iterator[Where]:
    yield from (("estimate",), ("ci", 0), ("ci", 1), ("se",), ("t",))
    yield from (("amount", "studies"), ("amount", "participants"))
    for number, _ in enumerate(effect.groups):
        for name in _OF_GROUP:
            yield ("groups", number, name)
        for name in ("n", "mean", "sd"):
            yield ("groups", number, "start", name)
        yield from (("groups", number, name, end) for name in ("iqr", "range", "ci") for end in (0, 1))


def _of_people(study: Study) -> Iterator[Where]:
    for name in ("eligible", "enrolled", "randomised", "completed", "analysed"):
        yield ("population", "n", name)
    for name in ("mean", "sd", "median", "min", "max"):
        yield ("population", "age", name)
    yield from (("population", "women", "percent"), ("population", "women", "n"))
    for number, _ in enumerate(study.arms):
        yield from (("arms", number, "n", name) for name in ("randomised", "completed", "analysed"))
    yield from (("population", "groups", number, "n") for number, _ in enumerate(study.population.groups))
    yield from (("review", "studies"), ("review", "participants"))


def effects(doc: Document) -> Iterator[tuple[Where, Effect]]:
    """Yield every effect of a study with its path."""
    study = doc.record
    assert isinstance(study, Study)
    for index, effect in enumerate(study.effects):
        yield ("effects", index), effect


def with_printed(doc: Document, at: Where, old: str, new: str, source: Where) -> Change | None:
    """Return the change of a figure and of its printed form; None where that number is not printed in digits."""
    there = doc.printed(source, old, new)
    return doc.changed(doc.put(at, new), there) if there is not None else None
