"""What is noted of work: the items, keys, sizes, values and results it asked for, and whether they are others now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import pytest

from backed.model import Text
from backed.reads import Read, Watch, made_once, state_of


@dataclass(frozen=True)
class Shelf:
    books: Mapping[str, str]

    def titles(self) -> Iterator[str]:
        yield from self.books.values()


@dataclass(frozen=True)
class House:
    CONSTANT: ClassVar = frozenset({"walls"})

    shelf: Shelf
    on: date = date(2026, 1, 1)
    walls: str = "white"
    ask: Callable[[str], str] = str.upper
    _kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def lengths(self) -> Mapping[str, int]:
        return {name: len(title) for name, title in self.shelf.books.items()}

    @property
    def year(self) -> int:
        return self.on.year

    def length(self, name: str) -> int:
        return self.lengths[name]

    @made_once
    def once(self, make: Callable[[Shelf], Any]) -> Any:
        return make(self.shelf)


def first_letters(shelf: Shelf) -> dict[str, str]:
    return {name: title[0] for name, title in shelf.books.items()}


def how_many(shelf: Shelf) -> int:
    return len(shelf.books)


def shout(word: str) -> str:
    return word.upper()


HOUSE = House(Shelf({"a": "Anna", "b": "Bleak House"}), ask=shout)
OTHER = replace(HOUSE, shelf=Shelf({"a": "Anna", "b": "Beloved"}))
MORE = replace(HOUSE, shelf=Shelf({"a": "Anna", "b": "Bleak House", "c": "Cranford"}))
BOOKS = ("shelf", "books")

WORK: dict[str, tuple[Callable[[House], Any], set[Read]]] = {
    "an item": (lambda house: house.shelf.books["a"], {Read(BOOKS, "item", "a")}),
    "one that is not there": (lambda house: house.shelf.books.get("z"), {Read(BOOKS, "item", "z")}),
    "whether there is one": (lambda house: "b" in house.shelf.books, {Read(BOOKS, "item", "b")}),
    "keys": (lambda house: list(house.shelf.books), {Read(BOOKS, "keys"), Read(BOOKS, "size")}),
    "a size": (lambda house: len(house.shelf.books), {Read(BOOKS, "size")}),
    "a method reads on the stand-in": (
        lambda house: list(house.shelf.titles()),
        {Read(BOOKS, "keys"), Read(BOOKS, "item", "a"), Read(BOOKS, "item", "b")},
    ),
    "a property reads on the stand-in": (lambda house: house.year, {Read(("on",), "value")}),
    "an item of what is made once": (lambda house: house.length("a"), {Read(("lengths",), "item", "a")}),
    "a result": (lambda house: house.ask("x"), {Read(("ask",), "result", ("x",))}),
    "what is always the same": (lambda house: house.walls, set()),
    "an item of what a function makes once": (
        lambda house: house.once(first_letters)["b"],
        {Read((("once", __name__, "first_letters"),), "item", "b")},
    ),
    "a value that a function makes once": (
        lambda house: house.once(how_many),
        {Read((("once", __name__, "how_many"),), "value")},
    ),
}


@pytest.mark.parametrize(("work", "reads"), WORK.values(), ids=WORK)
def test_what_is_read_is_noted_and_the_result_is_the_same(work: Callable[[House], Any], reads: set[Read]) -> None:
    watch = Watch(HOUSE, (House, Shelf))
    for _ in range(2):  # what is made once is noted each time
        assert watch.reads(work) == (work(HOUSE), frozenset(reads))


def stale(work: Callable[[House], Any], later: House) -> bool:
    before, after = Watch(HOUSE, (House, Shelf)), Watch(later, (House, Shelf))
    _, reads = before.reads(work)
    return any(before.state(read) != after.state(read) for read in reads)


@pytest.mark.parametrize("later", [OTHER, MORE, replace(HOUSE, on=date(2027, 1, 1))])
@pytest.mark.parametrize("work", [work for work, _ in WORK.values()], ids=WORK)
def test_a_result_that_is_another_is_never_taken_for_the_same(work: Callable[[House], Any], later: House) -> None:
    if work(HOUSE) != work(later):
        assert stale(work, later)


def test_what_was_not_read_may_change() -> None:
    assert not stale(lambda house: house.shelf.books["a"], OTHER)
    assert not stale(lambda house: house.once(first_letters)["a"], MORE)
    assert stale(lambda house: list(house.shelf.books), MORE)


def test_states_tell_values_apart() -> None:
    record, again = Text(en="Walk"), Text(en="Walk")
    values = [
        None,
        0,
        "",
        "0",
        [],
        ["a"],
        {"a": 1},
        {"a": 2},
        date(2026, 1, 1),
        record,
        Text(en="Walk", nl="Loop"),
        HOUSE.shelf,
    ]
    assert len({state_of(value) for value in values}) == len(values)
    assert state_of(record) == state_of(again)
    assert state_of({"b", "a"}) == state_of({"a", "b"})
    with pytest.raises(TypeError, match="no state can be told of object"):
        state_of(object())
