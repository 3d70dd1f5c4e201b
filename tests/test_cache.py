"""What was read is kept for the next time: the same evidence comes out, and nothing kept is ever trusted blindly."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from backed.load import Loaded, load, locate
from backed.load.cache import Cache, cache_of

CLAIM = "claims/magnets-heal.yaml"


def same(one: Loaded, other: Loaded) -> bool:
    """Say whether two readings are the same, down to which fields were written in the files."""
    written = [[(record.model_fields_set, record) for record in loaded.evidence.records()] for loaded in (one, other)]
    problems = [list(locate(loaded.problems)) for loaded in (one, other)]
    return one.evidence == other.evidence and written[0] == written[1] and problems[0] == problems[1]


@pytest.fixture
def cache(toy_dir: Path) -> Path:
    """Return a cache that has read the toy base once."""
    path = cache_of(toy_dir)
    load(toy_dir, cache=path)
    return path


def kept(cache: Path) -> int:
    with sqlite3.connect(cache) as store:
        [(many,)] = store.execute("select count(*) from held").fetchall()
    store.close()
    return int(many)


def test_what_was_kept_is_what_would_be_read(toy_dir: Path, cache: Path) -> None:
    assert kept(cache) >= 20
    assert same(load(toy_dir, cache=cache), load(toy_dir))


def test_a_value_belongs_to_one_text_of_one_kind(toy_dir: Path, cache: Path) -> None:
    text = (toy_dir / CLAIM).read_text(encoding="utf-8")
    with Cache(cache) as again:
        kept_one, *others = again.get([("yaml", text), ("yaml", text + " "), ("bib", text)])
        assert json.loads(kept_one)["article"] == "rugtips"
        assert others == ["", ""]


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_the_cache_gives_what_a_fresh_reading_gives(seed: int, toy_dir: Path, cache: Path) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        edit(toy_dir, chance)
        assert same(load(toy_dir, cache=cache), load(toy_dir))


def edit(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".bib"}))
    text = path.read_text(encoding="utf-8")
    kind = chance.choice(("comment", "cut", "twin", "gone", "letter", "key"))
    if kind == "comment":
        path.write_text(f"{'#' if path.suffix == '.yaml' else '%'} edited\n{text}", encoding="utf-8")
    elif kind == "cut":
        path.write_text(text[: chance.randrange(len(text))], encoding="utf-8")
    elif kind == "twin":  # the same id or key twice
        twin = (
            path.parent.parent / "1999" / path.name if path.parent.name.isdigit() else path.with_name(f"x-{path.name}")
        )
        twin.parent.mkdir(exist_ok=True)
        twin.write_text(text, encoding="utf-8")
    elif kind == "gone":
        path.unlink()
    elif kind == "letter":
        at = chance.randrange(len(text))
        path.write_text(text[:at] + chance.choice("x:{}\n 1") + text[at + 1 :], encoding="utf-8")
    else:
        path.write_text(f"colour: red\n{text}", encoding="utf-8")


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_cache_is_never_trusted(seed: int, toy_dir: Path, cache: Path) -> None:
    chance = random.Random(seed)
    content = bytearray(cache.read_bytes())
    for _ in range(chance.choice((1, 30, 3000))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    cache.write_bytes(bytes(content[: chance.choice((len(content), len(content) // 2))]))
    fresh = load(toy_dir)
    for _ in range(2):
        assert same(load(toy_dir, cache=cache), fresh)


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_cache_is_begun_anew(content: bytes, toy_dir: Path) -> None:
    cache = cache_of(toy_dir)
    cache.parent.mkdir()
    cache.write_bytes(content)
    assert same(load(toy_dir, cache=cache), load(toy_dir))
    assert kept(cache) >= 20


def test_another_programs_database_and_an_older_cache_are_begun_anew(toy_dir: Path, cache: Path) -> None:
    for statement in ("create table theirs (x)", "update made set code = 'older'", "drop table made"):
        many = kept(cache)
        with sqlite3.connect(cache) as store:
            store.execute(statement)
            store.execute("update held set value = 'null'")
        store.close()
        assert same(load(toy_dir, cache=cache), load(toy_dir))
        assert kept(cache) == many


def test_a_folder_that_cannot_be_written_to_does_no_harm(toy_dir: Path) -> None:
    (toy_dir.parent / ".cache").write_text("a file where the folder would be", encoding="utf-8")
    assert same(load(toy_dir, cache=cache_of(toy_dir)), load(toy_dir))
    assert (toy_dir.parent / ".cache").read_text(encoding="utf-8").startswith("a file")


def test_while_another_process_writes_everything_is_read_all_the_same(
    toy_dir: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backed.store.PATIENCE", 0.01)
    other = sqlite3.connect(cache, isolation_level=None)
    other.execute("begin exclusive")
    try:
        assert same(load(toy_dir, cache=cache), load(toy_dir))
    finally:
        other.execute("rollback")
        other.close()
    assert kept(cache) >= 20  # it was sound and is still there


def test_two_processes_at_once(toy_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from backed.load import load; load(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    cache = cache_of(toy_dir)
    command = [sys.executable, "-c", code, str(toy_dir), str(cache)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate()[1].decode() for process in running]
    assert said == [""] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert same(load(toy_dir, cache=cache), load(toy_dir))
    assert kept(cache) >= 20


def test_what_nothing_asks_for_goes_at_last(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    with Cache(path) as cache:
        for number in range(1500):
            cache.put("yaml", str(number), f"[{number}]")
    for number in range(2):
        with Cache(path) as cache:
            assert cache.get([("yaml", "1")]) == ["[1]"]
            cache.put("yaml", f"new {number}", f"[{number}]")
    with Cache(path) as cache:
        assert cache.get([("yaml", "1"), ("yaml", "2")]) == ["[1]", ""]
