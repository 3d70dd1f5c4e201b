"""What is compared when a record is reviewed: each figure by its path in the record, beside its place in the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from ..bibliography import short_cite
from ..model import Duration, Figure, Record, Source, Text
from . import words
from .site import Site

Path = tuple[str, ...]


class Check(NamedTuple):
    """One thing to tick: its path in the record (``effects.pain.ci``), what it is, and what the record says."""

    at: str
    what: str
    value: str


@dataclass(frozen=True)
class Place:
    """Where things stand: in a report, or, with ``href`` (below the site's root), on another page to review."""

    report: str
    locator: str = ""
    printed: str = ""
    computed: tuple[str, ...] = ()
    via: str = ""
    href: str = ""


@dataclass(frozen=True)
class Part:
    """Things to tick that stand in the same places, and what to ask of them."""

    title: str
    ask: str
    checks: tuple[Check, ...]
    places: tuple[Place, ...] = ()


NAMES: Final[Mapping[str, str]] = {
    "ci": "interval",
    "sd": "SD",
    "se": "SE",
    "p": "p value",
    "t": "t statistic",
    "n": "people",
    "iqr": "quartiles",
    "icc": "intracluster correlation",
    "time": "when",
    "level": "level of the interval, percent",
    "start": "at the start",
    "min": "youngest",
    "max": "oldest",
}
"""How fields are called where their own name would not do."""

_TEXTS: Final = frozenset({"p", "searched_to", "first", "last"})
"""Figures that records keep as plain text: p values as printed, and months."""


def figures_in(record: Record, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every figure inside a record with its path (ids for places in a list) and as people read it.

    An interval is one figure. What stands in sources and texts is none.
    """
    for name in _fields(type(record)):
        value = getattr(record, name)
        if value is not None and value != ():
            yield from _figures(name, value, (*at, name))


def _figures(name: str, value: object, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):  # as most are
        if isinstance(value, Figure) or name in _TEXTS:
            yield at, words.signed(value)
    elif isinstance(value, (Source, Text)):
        return
    elif isinstance(value, Duration):
        yield at, words.duration(value)
    elif isinstance(value, Record):
        yield from figures_in(value, at)
    elif isinstance(value, tuple):
        yield from _several(value, at)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield at, words.count(value)


def _several(values: tuple[object, ...], at: Path) -> Iterator[tuple[Path, str]]:
    figures = [value for value in values if isinstance(value, Figure)]
    if figures:
        yield at, " to ".join(map(words.signed, figures))
    for index, value in enumerate(values):
        if isinstance(value, Record):
            name = getattr(value, "id", None) or getattr(value, "group", None) or str(index)
            yield from figures_in(value, (*at, name))


@cache
def _fields(record: type[Record]) -> tuple[str, ...]:
    return tuple(record.model_fields)  # asking a type of record takes long


def checks(figures: Iterable[tuple[Path, str]], at: Path, labels: Mapping[str, str]) -> Iterator[Check]:
    """Yield a check for each figure below ``at``; ``labels`` are what arms and groups are called."""
    for path, value in figures:
        parts = [labels.get(part) or NAMES.get(part) or part.replace("_", " ") for part in path if part != "groups"]
        if parts[:1] == ["people"] and len(parts) == 2:  # people, by stage
            del parts[0]
        yield Check(".".join((*at, *path)), words.sentence_case(", ".join(parts)), value)


def places(sources: Iterable[Source | None], site: Site) -> tuple[Place, ...]:
    """Return where things stand in the papers, each place once; None is passed over."""
    return tuple(
        Place(
            _named(source.report, site),
            source.locator,
            source.printed or "",
            source.computed,
            _named(source.via, site) if source.via else "",
        )
        for source in dict.fromkeys(filter(None, sources))
    )


def _named(key: str, site: Site) -> str:
    reference = site.evidence.references.get(key)
    return short_cite(reference) if reference else key
