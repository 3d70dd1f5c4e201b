"""What the search box loads: every word of every entry stands in the parts, in its place, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_shards import read

from backed.model import Export, SearchEntry
from backed.publish.search import HITS_IN_PART, TEXT_IN_PART, WORDS_IN_PART, SearchIndex
from backed.publish.search_words import COMMON, fold, plain, words_of

SWIMMING = SearchEntry("studies/toy-2004/", "Toy 2004: Swimming", "40 people swam.", ("Study", "Trial"), 1.2, "Zwemmen")
CONFIG = {"separator": "[ ]"}

WORDS = st.sampled_from(["pain", "Pain", "rug", "rugpijn", "Núñez", "the", "2004", "12.5", "o'neil", "ﬁt", "𝐱", "Ω"])
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=6).map(" ".join)
ENTRIES = st.lists(
    st.builds(
        SearchEntry,
        st.sampled_from(["a/", "a/#b", "c/", "c/#d"]),
        TEXTS,
        TEXTS,
        st.lists(TEXTS, max_size=2).map(tuple),
        st.sampled_from([0.5, 1.0, 2.0]),
        TEXTS,
    ),
    max_size=12,
)


def test_an_entry_is_found_by_its_title_tags_text_and_hidden_words() -> None:
    held = found([SWIMMING])
    assert held["swimming"] == held["trial"] == [[0], [], []]
    assert held["swam"] == [[], [0], []]
    assert held["zwemmen"] == [[], [], [0]]


@given(ENTRIES)
def test_the_parts_hold_each_word_once_an_entry_where_it_counts_most(entries: list[SearchEntry]) -> None:
    expected: dict[str, list[list[int]]] = {}
    for number, entry in enumerate(entries):
        fields = [words_of(" ".join((entry.title, *entry.tags))), words_of(entry.text), words_of(entry.words)]
        for word in set().union(*fields) - COMMON:
            field = min(at for at, words in enumerate(fields) if word in words)
            expected.setdefault(word, [[], [], []])[field].append(number)
    assert found(entries) == expected


@given(ENTRIES)
def test_what_is_shown_and_how_it_is_raised_is_as_it_came(entries: list[SearchEntry]) -> None:
    parts = files(entries)
    root = read(parts["shards/search/root.js"])
    rows = texts(parts)
    assert [(row[0], row[1], row[2], tuple(row[3])) for row in rows] == [
        (entry.location, entry.title, entry.text, entry.tags) for entry in entries
    ]
    assert [boost for many, boost in root["boosts"] for _ in range(many)] == [entry.boost for entry in entries]
    assert root["entries"] == len(entries)


@given(ENTRIES)
def test_the_same_entries_give_the_same_bytes(entries: list[SearchEntry]) -> None:
    assert list(search(entries).files()) == list(search(entries).files())


def test_a_part_of_a_page_names_the_page() -> None:
    entries = [replace(SWIMMING, location=location) for location in ("a/", "b/", "a/#one", "b/#two", "c/#alone")]
    assert [row[4] for row in texts(files(entries))] == [0, 1, 0, 1, 4]


def test_another_text_leaves_all_parts_alone_but_its_own_and_the_root() -> None:
    entries = many(400)
    before = files(entries)
    after = files([*entries[:7], replace(entries[7], location="studies/renamed/"), *entries[8:]])
    new = sorted(path.rpartition("/")[0] for path, part in after.items() if before.get(path) != part)
    assert new == ["shards/search", "shards/search/texts"]


def test_parts_stay_small_however_many_entries_there_are() -> None:
    parts = files(many(3000))
    for path, part in parts.items():
        value: Any = read(part) if path.startswith("shards/") else {}
        if "/texts/" in path and len(value) > 1:
            assert sum(len(title) + len(text) for _, title, text, *_ in value) <= TEXT_IN_PART
        if "/hits/" in path and len(value) > 1:
            assert sum(len(steps) for word in value for steps in word) <= HITS_IN_PART
        if "/words/" in path:
            assert len(value["words"].split()) <= WORDS_IN_PART
    assert sum("/words/" in path for path in parts) > 3
    assert sum("/hits/" in path for path in parts) > 6


def test_a_site_without_a_search_gets_none(tmp_path: Path) -> None:
    index = SearchIndex.of(tmp_path)
    index.add([SWIMMING])
    assert (len(index), list(index.files())) == (0, [])


def test_pages_written_by_hand_are_found_as_plain_text(tmp_path: Path) -> None:
    drawn = {
        "location": "about/#who",
        "title": "Who &amp; why",
        "text": "<p>An <em>aim</em>.</p><ul><li>1 &lt; 2</li></ul>",
    }
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text(json.dumps({"config": CONFIG, "docs": [drawn]}))
    index = SearchIndex.of(tmp_path)
    assert texts({file.path: file for file in index.files()}) == [["about/#who", "Who & why", "An aim. 1 < 2", [], 0]]


def test_the_theme_is_handed_its_configuration_and_no_entries() -> None:
    parts = files([SWIMMING])
    none = {"config": CONFIG, "docs": []}
    assert json.loads(parts["search/search_index.json"].content) == none
    assert parts["search/search_index.js"].content == b'var __index={"config":{"separator":"[ ]"},"docs":[]};\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Núñez & SJÖBERG", {"nunez", "sjoberg"}),
        ("O'Neil's 12.5-fold", {"o", "neil", "s", "12", "5", "fold"}),
        ("ci-contains_estimate", {"ci", "contains", "estimate"}),
        ("ﬁt Straße İzmir", {"fit", "straße", "izmir"}),
        ("", set()),
    ],
)
def test_words_are_small_and_without_accents(text: str, words: set[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a<br>b", "a b"),
        ("<b>a</b>b", "ab"),
        ("&eacute;&lt;", "é<"),
        ("<p>a\n b</p><p>c</p>", "a b c"),
    ],
)
def test_html_becomes_text_in_one_line(html: str, text: str) -> None:
    assert plain(html) == text


def many(entries: int) -> list[SearchEntry]:
    """Return as many entries, each with a number that is its own and words that others have too."""
    kinds = ("swimming", "walking", "yoga")
    return [
        replace(SWIMMING, location=f"studies/{n}/", title=f"Toy {n}", text=f"{kinds[n % 3]} {'for pain ' * 9}")
        for n in range(entries)
    ]


def search(entries: Iterable[SearchEntry]) -> SearchIndex:
    index = SearchIndex(CONFIG)
    index.add(entries)
    return index


def files(entries: Iterable[SearchEntry]) -> dict[str, Export]:
    """Return the files by path; no two have the same."""
    parts = list(search(entries).files())
    by_path = {part.path: part for part in parts}
    assert all(by_path[part.path] == part for part in parts)
    return by_path


def texts(parts: Mapping[str, Export]) -> list[list[Any]]:
    """Return what is shown of each entry, read as a browser does."""
    root: Any = read(parts["shards/search/root.js"])
    rows: list[list[Any]] = []
    for first, name in root["texts"]:
        assert first == len(rows)
        rows += read(parts[f"shards/search/texts/{name}.js"])
    return rows


def found(entries: Sequence[SearchEntry]) -> dict[str, list[list[int]]]:
    """Return the numbers of the entries that hold each word, by field, read as a browser does."""
    parts = files(entries)
    root: Any = read(parts["shards/search/root.js"])
    held: dict[str, list[list[int]]] = {}
    for first, name in root["words"]:
        part: Any = read(parts[f"shards/search/words/{name}.js"])
        words = part["words"].split(" ")
        assert words[0] == first
        for (start, hits), (end, _) in zip(part["hits"], [*part["hits"][1:], (len(words), "")], strict=True):
            rows: Any = read(parts[f"shards/search/hits/{hits}.js"])
            for word, many_, row in zip(words[start:end], part["many"][start:end], rows, strict=True):
                held[word] = [[sum(steps[: at + 1]) for at in range(len(steps))] for steps in row]
                assert many_ == sum(map(len, row))
    return held
