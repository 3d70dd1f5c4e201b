"""Values that are read when somebody asks for them: a rule about one record needs few of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, NoReturn, TypeVar

from ..model import NotReadError

V = TypeVar("V")


class Shelf(Mapping[str, V], Generic[V]):
    """Values by name, each fetched when it is looked up. Going through all of them raises NotReadError.

    ``holds`` says whether there is one of that name, readable or not; ``fetch`` returns it, or None where it cannot be
    read.
    """

    def __init__(self, holds: Callable[[str], bool], fetch: Callable[[str], V | None]) -> None:
        self._holds, self._fetch = holds, fetch

    def __getitem__(self, name: str) -> V:
        value = self._fetch(name)
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._holds(name)

    def __iter__(self) -> Iterator[str]:
        raise NotReadError

    def __len__(self) -> int:
        raise NotReadError


class Opened(Mapping[str, V], Generic[V]):
    """A mapping that is read when somebody first looks into it, and is then as good as any other."""

    def __init__(self, read: Callable[[], Mapping[str, V]]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> V:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


class Unread(Mapping[Any, Any]):
    """What was not read or worked out at all: every look into it raises NotReadError."""

    def __getitem__(self, name: object) -> NoReturn:
        raise NotReadError

    def __contains__(self, name: object) -> NoReturn:
        raise NotReadError

    def __iter__(self) -> NoReturn:
        raise NotReadError

    def __len__(self) -> NoReturn:
        raise NotReadError
