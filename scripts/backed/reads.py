"""What work reads of a value: so that it is done again only when something of that has become different.

A `Watch` hands out a stand-in for a value. It behaves as the value does and notes what is asked of it: the item of a
mapping, the keys of one, a plain attribute. Whether work has to be done again is then a matter of comparing what these
are now with what they were.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from importlib import import_module
from inspect import getattr_static
from pathlib import PurePath
from types import FunctionType, MethodType
from typing import Any, Generic, Literal, NamedTuple, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")
Method = TypeVar("Method", bound=Callable[..., Any])
Step = str | tuple[str, str, str]
"""A step on the way to what is read: an attribute, or a method `made_once` with module and name of its argument."""

What = Literal["item", "keys", "size", "value", "result"]

STATE = 16
"""Length of a state in bytes."""

Records = dict[int, tuple[str, object]]
"""The digests of records by their identity, each with the record itself: as long as that lives, nobody else has it."""


class Read(NamedTuple):
    """Something that was read: the attributes that lead to it, and what was asked of it.

    ``what`` is ``item`` (of a mapping, by its key, also to see whether there is one), ``keys`` (all of them, in their
    order), ``size``, ``value`` (the whole), or ``result`` (of a function, by its arguments).
    """

    path: tuple[Step, ...]
    what: What
    key: Any = None


def made_once(method: Method) -> Method:
    """Mark a method that is called with a function of a module and keeps what that makes of the whole value.

    On a stand-in it is made from the value itself, and what is read of it is noted.
    """
    method.made_once = True  # type: ignore[attr-defined]
    return method


class Watch(Generic[T]):
    """Watches a value whose parts are objects of some ``containers``, mappings, functions and plain values.

    ``stand_in`` is what the work is given instead of the value. A method of a container runs on the stand-in, so that
    what it reads is noted; a cached property is made from the value itself, once, and what is read of it is noted. A
    container may name attributes that are the same for one state of the program, in ``CONSTANT``: they are not noted.
    """

    def __init__(self, value: T, containers: tuple[type, ...]) -> None:
        self._value, self._containers = value, containers
        self.seen: set[tuple[tuple[Step, ...], What, object]] = set()
        """What was read since `reads` began, each as a plain tuple in the order of a `Read`."""
        self._states: dict[Read, bytes] = {}
        self._records: Records = {}
        self.stand_in = cast("T", _StandIn(value, (), self))

    def reads(self, work: Callable[[T], R]) -> tuple[R, frozenset[Read]]:
        """Return what work makes of the stand-in, and all that it read of it."""
        self.seen.clear()
        done = work(self.stand_in)
        return done, frozenset(map(Read._make, self.seen))

    def state(self, read: Read) -> bytes:
        """Return what tells the present value of what was read from any other it might have."""
        if read not in self._states:
            self._states[read] = state_of(self._now(read), self._records)
        return self._states[read]

    def _now(self, read: Read) -> object:
        held: Any = self._value
        for step in read.path:
            if isinstance(step, tuple):
                method, module, name = step
                held = getattr(held, method)(getattr(import_module(module), name))
            else:
                held = getattr(held, step)
        if read.what == "item":
            return held.get(read.key)
        if read.what == "keys":
            return list(held)
        if read.what == "size":
            return len(held)
        return held(*read.key) if read.what == "result" else held

    def wrapped(self, value: object, path: tuple[Step, ...]) -> object | None:
        """Return the stand-in for a part of the value; None for a plain value, which is noted whenever it is read."""
        if isinstance(value, self._containers):
            return _StandIn(value, path, self)
        if isinstance(value, Mapping):
            return _WatchedMapping(value, path, self)
        if isinstance(value, FunctionType):
            return _watched_function(value, path, self)
        return None


class _StandIn:
    """Behaves as a container; what is asked of it is noted."""

    def __init__(self, value: object, path: tuple[Step, ...], watch: Watch[Any]) -> None:
        vars(self).update(_value=value, _path=path, _watch=watch)

    def __getattr__(self, name: str) -> Any:
        kind = type(self._value)
        held = None if name in vars(self._value) else getattr_static(kind, name, None)
        if isinstance(held, property):
            return held.fget(self) if held.fget else None
        if isinstance(held, FunctionType):
            once = getattr(held, "made_once", False)
            vars(self)[name] = method = _Once(self, name) if once else MethodType(held, self)
            return method
        value = getattr(self._value, name)
        if name in getattr(kind, "CONSTANT", ()):
            vars(self)[name] = value
            return value
        path: tuple[Step, ...] = (*self._path, name)
        stand_in = self._watch.wrapped(value, path)
        if stand_in is None:
            self._watch.seen.add((path, "value", None))
            return value
        vars(self)[name] = stand_in
        return stand_in


class _Once:
    """Behaves as a method that is `made_once`."""

    def __init__(self, owner: _StandIn, name: str) -> None:
        self._owner, self._name = vars(owner), name
        self._made: dict[Callable[..., Any], Any] = {}

    def __call__(self, make: Callable[..., Any]) -> Any:
        watch: Watch[Any] = self._owner["_watch"]
        path = (*self._owner["_path"], (self._name, make.__module__, make.__qualname__))
        if make not in self._made:
            value = getattr(self._owner["_value"], self._name)(make)
            stand_in = watch.wrapped(value, path)
            self._made[make] = (value, True) if stand_in is None else (stand_in, False)
        value, plain = self._made[make]
        if plain:
            watch.seen.add((path, "value", None))
        return value


class _WatchedMapping(Mapping[Any, Any]):
    """Behaves as a mapping; what is asked of it is noted."""

    def __init__(self, held: Mapping[Any, Any], path: tuple[Step, ...], watch: Watch[Any]) -> None:
        self._held, self._path, self._watch = held, path, watch

    def __getitem__(self, key: Any) -> Any:
        self._watch.seen.add((self._path, "item", key))
        return self._held[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._watch.seen.add((self._path, "item", key))
        return self._held.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._watch.seen.add((self._path, "item", key))
        return key in self._held

    def __iter__(self) -> Iterator[Any]:
        self._watch.seen.add((self._path, "keys", None))
        return iter(self._held)

    def __len__(self) -> int:
        self._watch.seen.add((self._path, "size", None))
        return len(self._held)


def _watched_function(function: Callable[..., Any], path: tuple[Step, ...], watch: Watch[Any]) -> Callable[..., Any]:
    def called(*arguments: Any) -> Any:
        watch.seen.add((path, "result", arguments))
        return function(*arguments)

    return called


def state_of(value: object, records: Records | None = None) -> bytes:
    """Return a hash (16 bytes) of a value: equal for equal values, in every process and on every machine.

    A value is made of what JSON knows, dates, sets, mappings, dataclasses and records; TypeError for anything else.
    ``records`` keeps what was found of records, by their identity, and the records, so that they keep it.
    """
    known = {} if records is None else records

    def plain(value: Any) -> object:
        if not (hasattr(value, "file") or hasattr(value, "model_dump_json")):
            return _plain(value)
        if id(value) not in known:
            known[id(value)] = (_digest(_record(value)), value)
        return known[id(value)][0]

    text = json.dumps(value, default=plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=STATE).digest()


def _record(value: Any) -> str:
    """Return a record as it stands in its file, and where that is; another value with a file by its fields."""
    if hasattr(value, "model_dump_json"):
        return f"{type(value).__name__} {value.model_dump_json(exclude_unset=True)}"
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=STATE).hexdigest()


def _plain(value: Any) -> object:
    """Return what JSON knows for what it does not know."""
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(getattr(value, name) for name in _names(type(value)))]
    if isinstance(value, Mapping):
        return [[key, value[key]] for key in value]
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, date | PurePath):
        return str(value)
    raise TypeError(f"no state can be told of {type(value).__name__}")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
