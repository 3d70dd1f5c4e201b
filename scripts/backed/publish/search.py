"""The search: what the search box finds, cut into small scripts, of which a query loads a few.

    shards/search/root.js            how many entries, how they are raised, where words and texts lie
    shards/search/words/DIGEST.js    a stretch of the words there are, in how many entries each, where its hits lie
    shards/search/hits/DIGEST.js     the entries that hold each of some words, by where they hold it
    shards/search/texts/DIGEST.js    what is shown of some entries

A part is named by its content: only what changed is new, and an old root never meets a new part. What reads them is
``site_src/assets/search/``; it takes the place of the worker that the theme's search box asks.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..model import Export, SearchEntry
from ..shards import named_by_content, script
from .search_words import COMMON, plain, words_of

FOLDER = "search"
TITLE, TEXT, HIDDEN = range(3)
"""Where an entry holds a word: in its title or a tag, in its text, in words that are not shown. The best counts."""

WORDS_IN_PART, HITS_IN_PART, TEXT_IN_PART = 700, 2500, 3000
"""How much a part holds: words, entries named, characters shown. A word in more entries has a part of its own."""


class SearchIndex:
    """Entries as they come in, then the files a browser searches; the same entries give the same bytes."""

    def __init__(self, config: Mapping[str, Any] | None) -> None:
        """Begin empty; ``config`` is that of the theme's own search, None where the site has none."""
        self._config = config
        self._texts: list[list[Any]] = []
        self._boosts: list[list[float]] = []
        self._pages: dict[str, int] = {}
        self._held: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))

    @classmethod
    def of(cls, site: Path) -> SearchIndex:
        """Return the search of a site that MkDocs drew, with the pages written by hand in it."""
        path = site / "search" / "search_index.json"
        if not path.is_file():
            return cls(None)
        drawn = json.loads(path.read_text(encoding="utf-8"))
        index = cls(drawn["config"])
        index.add(map(_written_by_hand, drawn["docs"]))
        return index

    def __len__(self) -> int:
        """Return how many entries can be found."""
        return len(self._texts)

    def add(self, entries: Iterable[SearchEntry]) -> None:
        """Take up entries, those of a page before those of its parts; of no effect where the site has no search."""
        if self._config is None:
            return
        for entry in entries:
            self._show(entry, len(self._texts))
            self._hold(entry, len(self._texts) - 1)

    def _show(self, entry: SearchEntry, number: int) -> None:
        """Note what is shown of an entry: location, title, text, tags and the number of the page it is a part of."""
        page = self._pages.setdefault(entry.location.partition("#")[0], number)
        self._texts.append([entry.location, entry.title, entry.text, list(entry.tags), page])
        if self._boosts and self._boosts[-1][1] == entry.boost:
            self._boosts[-1][0] += 1
        else:
            self._boosts.append([1, entry.boost])

    def _hold(self, entry: SearchEntry, number: int) -> None:
        seen = set(COMMON)
        for held, text in zip(self._held, (" ".join((entry.title, *entry.tags)), entry.text, entry.words), strict=True):
            new = words_of(text) - seen
            for word in new:
                held[word].append(number)
            seen |= new

    def files(self) -> Iterator[Export]:
        """Yield the parts, then their root, then what the theme asks for in place of an index of its own."""
        if self._config is None:
            return
        texts, words = list(self._text_parts()), []
        for first, parts in self._word_parts():
            yield from parts
            words.append([first, parts[-1].path])
        yield from (part for _, part in texts)
        yield script(f"{FOLDER}/root", self._root(words, [[first, part.path] for first, part in texts]))
        none = json.dumps({"config": self._config, "docs": []}, ensure_ascii=False, separators=(",", ":"))
        yield Export("search/search_index.json", none.encode())
        yield Export("search/search_index.js", f"var __index={none};\n".encode())

    def _root(self, words: Sequence[list[Any]], texts: Sequence[list[Any]]) -> dict[str, Any]:
        return {
            "entries": len(self),
            "boosts": self._boosts,
            "common": " ".join(sorted(COMMON)),
            "words": [[first, Path(path).stem] for first, path in words],
            "texts": [[first, Path(path).stem] for first, path in texts],
        }

    def _text_parts(self) -> Iterator[tuple[int, Export]]:
        """Yield the parts that hold what is shown, each with the number of its first entry."""
        for start, end in pairwise(_cuts((len(row[1]) + len(row[2]) for row in self._texts), TEXT_IN_PART)):
            yield start, named_by_content(f"{FOLDER}/texts", self._texts[start:end])

    def _word_parts(self) -> Iterator[tuple[str, list[Export]]]:
        """Yield stretches of the words, each with its first word: the parts that hold its hits, then its own."""
        # A browser compares texts by their UTF-16 units.
        words = sorted(set().union(*self._held), key=lambda word: word.encode("utf-16-be"))
        for start in range(0, len(words), WORDS_IN_PART):
            stretch = words[start : start + WORDS_IN_PART]
            many = [sum(len(held.get(word, ())) for held in self._held) for word in stretch]
            cuts = list(pairwise(_cuts(many, HITS_IN_PART)))
            parts = [named_by_content(f"{FOLDER}/hits", list(map(self._hits, stretch[a:b]))) for a, b in cuts]
            hits = [[a, Path(part.path).stem] for (a, _), part in zip(cuts, parts, strict=True)]
            value = {"words": " ".join(stretch), "many": many, "hits": hits}
            yield stretch[0], [*parts, named_by_content(f"{FOLDER}/words", value)]

    def _hits(self, word: str) -> list[list[int]]:
        """Return the entries that hold a word, by where they do; each number is told as the step from the last one."""
        return [[b - a for a, b in pairwise([0, *held.get(word, ())])] for held in self._held]


def _cuts(sizes: Iterable[int], full: int) -> list[int]:
    """Return where to cut a row of things so that each part is just full, or holds a single thing; with both ends."""
    cuts, size, at = [0], 0, 0
    for at, more in enumerate(sizes, 1):
        if size and size + more > full:
            cuts.append(at - 1)
            size = 0
        size += more
    return [*cuts, at] if at else []


def _written_by_hand(document: Mapping[str, Any]) -> SearchEntry:
    """Return an entry of MkDocs' own index, whose texts are HTML."""
    title, text = plain(document["title"]), plain(document["text"])
    tags = tuple(map(plain, document.get("tags", ())))
    return SearchEntry(document["location"], title, text, tags, float(document.get("boost", 1.0)))
