"""Values cut into parts: which part holds a key, that none is lost, and that a part is a script and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backed.model import Export
from backed.shards import FULL, cut, named_by_content, part_of, parts_for, script


@pytest.mark.parametrize(("text", "hashed"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_hash_is_fnv_1a_as_its_authors_give_it(text: str, hashed: int) -> None:
    assert part_of(text, 2**32) == f"{hashed:08x}"
    assert part_of(text, 256) == f"{hashed % 256:02x}"


def test_other_letters_are_hashed_as_utf_8() -> None:
    assert part_of("é", 2**32) == part_of(b"\xc3\xa9".decode(), 2**32) != part_of("e", 2**32)


@pytest.mark.parametrize(
    ("works", "parts"), [(0, 1), (1, 1), (32, 1), (33, 2), (64, 2), (65, 4), (10_000, 512), (100_000, 4096)]
)
def test_a_part_holds_at_most_so_many_works_on_average_and_at_least_half_as_many(works: int, parts: int) -> None:
    assert parts_for(works) == parts
    assert works <= FULL * parts
    assert parts == 1 or works > FULL * parts / 2


def test_every_key_stands_in_its_part_and_every_part_is_written() -> None:
    values = {f"toy-{number}": number for number in range(100)}
    files = list(cut("works", values, 16))
    assert [one.path for one in files] == [f"shards/works/{number:x}.js" for number in range(16)]
    found = {}
    for one in files:
        for key, value in read(one).items():
            assert one.path == f"shards/works/{part_of(key, 16)}.js"
            found[key] = value
    assert found == values


def test_keys_stand_in_order_however_they_come() -> None:
    assert list(cut("works", {"b": 1, "a": 2}, 1)) == list(cut("works", {"a": 2, "b": 1}, 1))


def test_one_part_has_a_name_of_one_digit() -> None:
    assert [one.path for one in cut("ids", {}, 1)] == ["shards/ids/0.js"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a\u2028b\u2029c", '"\\', "é\r\n"])
def test_a_text_stays_itself_and_never_ends_the_script(text: str) -> None:
    written = script("formats", {"head": text})
    assert read(written) == {"head": text}
    body = written.content.decode()
    assert not {"<", "\u2028", "\u2029"} & set(body)
    assert body.count("\n") == 1


def test_a_part_named_by_its_content_has_another_name_for_other_content() -> None:
    one, same, other = (named_by_content("search/words", value) for value in (["é"], ["é"], ["e"]))
    assert one == same
    assert one.path != other.path
    assert one.path.startswith("shards/search/words/")
    assert read(one) == ["é"]


def read(part: Export) -> Any:
    """Return the value that a part hands over."""
    name = part.path.removeprefix("shards/").removesuffix(".js")
    body = part.content.decode().removeprefix(f'backedShard("{name}",').removesuffix(");\n")
    return json.loads(body)
