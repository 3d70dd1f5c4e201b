"""What was found the last time, where nothing that was read for it is different now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from ..memo import Memo, Result
from ..model import Evidence, Syntheses, Vocabularies
from ..problem import Problem
from ..reads import Read, Watch
from ..workers import shared
from .rule import Base
from .seen import Figures

CONTAINERS = (Base, Evidence, Syntheses, Vocabularies, Figures)
"""What rules look at; what they read of these decides whether they have to look again."""

Look = Callable[[str, Base], list[Problem]]
"""Finds the problems of what has a name."""


def remembered(
    look: Look, names: Sequence[str], base: Base, memo: Memo, least: int, done: Callable[[int], object]
) -> Iterator[list[Problem]]:
    """Yield what is found for each name, in their order, looking only where that may have changed.

    What is found is kept in the memo. From ``least`` names on that have to be looked at, processes share them; ``done``
    is told how many more are done.
    """
    memo.remember()
    watch = Watch(base, CONTAINERS)
    known = memo.true(watch.state)
    missing = [name for name in names if name not in known]
    done(len(names) - len(missing))

    def looked(name: str) -> tuple[list[Problem], frozenset[Read]]:
        return watch.reads(lambda stand_in: look(name, stand_in))

    new = dict(zip(missing, shared(looked, missing, least, done), strict=True))
    for name in names:
        yield new[name][0] if name in new else list(map(Problem.of, json.loads(known[name])))
    results = {name: Result("", None) for name in names if name in known}
    results |= {name: Result(_text(problems), reads) for name, (problems, reads) in new.items()}
    memo.save(results, watch.state, {})


def _text(problems: Sequence[Problem]) -> str:
    return json.dumps([problem.plain for problem in problems], ensure_ascii=False)
