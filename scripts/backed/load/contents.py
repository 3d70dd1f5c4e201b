"""What stands in files: their texts, and the data of all that have no fault of form, found by several processes.

Data is handed on as JSON, from the cache, from another process or from here: of that, a record is made quickest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..bibliography import plain, read_bib
from ..problem import Problem
from ..workers import shared
from .cache import Cache
from .files import read_text
from .yaml_tree import read_yaml

AT_ONCE = 4_000
"""Files whose texts are held in memory at once."""

MANY = 200
"""Files to parse from which on a second process finds its share sooner than this one would."""

GIVEN = ("id", "file")
"""The fields of a record that come from its path: a file in which they stand has a fault."""


@dataclass(frozen=True)
class Content:
    """The text of a file, or None and the problems that kept it from being read.

    ``data`` is what the text says, as a JSON object (of a record) or list (of references), where it is known to have no
    fault of form; else ''.
    """

    text: str | None
    problems: Sequence[Problem] = ()
    data: str = ""


def content(path: Path, file: str) -> Content:
    """Return the text of one file, called ``file`` in problems; its data is not looked for."""
    return Content(*read_text(path, file))


def contents(files: Sequence[tuple[Path, str]], cache: Cache | None) -> Iterator[Content]:
    """Yield what stands in files, each given with its name in problems, in their order.

    What the cache holds is not parsed again, and what it does not hold is put into it.
    """
    for start in range(0, len(files), AT_ONCE):
        batch = files[start : start + AT_ONCE]
        read = [read_text(*one) for one in batch]
        texts = [(path.suffix[1:], text) for (path, _), (text, _) in zip(batch, read, strict=True) if text is not None]
        data = iter(_data(texts, cache))
        yield from (Content(text, problems, "" if text is None else next(data)) for text, problems in read)


def _data(texts: Sequence[tuple[str, str]], cache: Cache | None) -> list[str]:
    """Return the data of texts, each given with the ending of its file; '' for those with a fault."""
    found = cache.get(texts) if cache else [""] * len(texts)
    new = [place for place, data in enumerate(found) if not data]
    for place, data in zip(new, shared(lambda place: _sound(*texts[place]), new, MANY), strict=True):
        found[place] = data
        if cache and data:
            cache.put(*texts[place], data)
    return found


def _sound(form: str, text: str) -> str:
    """Return the data of a text without a fault of form; else ''."""
    if form == "bib":
        references, problems = read_bib(text, "")
        return "" if problems else _json([plain(one) for one in references])
    tree, problems = read_yaml(text, "")
    return (
        _json(tree.data) if isinstance(tree.data, dict) and not problems and tree.data.keys().isdisjoint(GIVEN) else ""
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
