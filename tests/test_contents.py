"""One process or several, with a cache or without: what stands in files is found alike, and makes the same records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.load import Loaded, load
from backed.load.contents import contents
from backed.load.yaml_tree import read_any_yaml
from backed.model import KINDS, parse, parse_json
from backed.workers import PROCESSES

TOY = Path(__file__).parent / "toy" / "evidence"
RECORDS = {
    path: read_any_yaml(path.read_text(encoding="utf-8"), path.name)[0].data
    for kind in KINDS
    for path in sorted((TOY / kind).rglob("*.yaml"))
}


@pytest.fixture
def faulty_dir(toy_dir: Path) -> Path:
    """Return a copy of the toy base with files of every kind that cannot be used."""
    (toy_dir / "claims/broken.yaml").write_text("a: [b\n", encoding="utf-8")
    (toy_dir / "claims/own-id.yaml").write_text("id: own-id\nfile: x\n", encoding="utf-8")
    (toy_dir / "claims/list.yaml").write_text("- a\n", encoding="utf-8")
    (toy_dir / "claims/no-text.yaml").write_bytes(b"a: \xff\n")
    (toy_dir / "claims/a-folder.yaml").mkdir()
    (toy_dir / "references/broken.bib").write_text("@article{a, title = {b}\n", encoding="utf-8")
    (toy_dir / "studies/no-record.txt").write_text("", encoding="utf-8")
    (toy_dir / "studies-of-old").mkdir()
    (toy_dir / "studies-of-old/lost.bib").write_text("", encoding="utf-8")
    return toy_dir


def loaded(folder: Path, cache: Path | None, processes: int, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    monkeypatch.setenv(PROCESSES, str(processes))
    monkeypatch.setattr("backed.load.contents.MANY", 1)
    monkeypatch.setattr("backed.load.contents.AT_ONCE", 7)
    return load(folder, cache=cache)


def test_several_processes_find_what_one_finds(
    faulty_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = load(faulty_dir)
    assert len(alone.problems) >= 8
    for cache in (None, tmp_path / "cache", tmp_path / "cache"):
        shared = loaded(faulty_dir, cache, 3, monkeypatch)
        assert shared == alone
        assert list(shared.evidence.references) == list(alone.evidence.references)
        written = [
            [(record.id, record.model_fields_set) for record in one.evidence.records()] for one in (shared, alone)
        ]
        assert written[0] == written[1]


def test_only_data_without_a_fault_of_form_is_handed_on(faulty_dir: Path) -> None:
    files = [(path, path.name) for path in sorted((faulty_dir / "claims").glob("*.yaml")) if path.is_file()]
    found = dict(zip((name for _, name in files), contents(files, None), strict=True))
    for name in ("broken.yaml", "own-id.yaml", "list.yaml", "no-text.yaml"):
        assert found.pop(name).data == ""
    for name, content in found.items():
        assert content.text is not None
        assert json.loads(content.data) == read_any_yaml(content.text, name)[0].data


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_of_json_is_the_record(path: Path) -> None:
    held_to_parse(path, RECORDS[path])


def held_to_parse(path: Path, data: Any) -> None:
    """Hold the record made of JSON to the one made of the data itself: none where that has a fault."""
    kind, given = KINDS[path.relative_to(TOY).parts[0]], {"id": path.stem, "file": path.name}
    record, faults = parse(kind, {**data, **given})
    made = parse_json(kind, json.dumps(data, ensure_ascii=False), given)
    assert made == (None if faults else record)
    if made is not None and record is not None:
        assert made.model_dump(exclude_unset=True) == record.model_dump(exclude_unset=True)


VALUES = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.sampled_from(["NO", "1", "1.0", "-0", "1e3", "true", "yes", "2026-01-01", "2026-01-01T00:00", " 5 ", "１"]),
    st.lists(st.sampled_from(["1", "2", "a"]), max_size=3),
    st.dictionaries(st.sampled_from(["en", "nl", "id", "weeks", "x"]), st.sampled_from(["1", "a", None]), max_size=2),
)


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_whatever_stands_in_it(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(RECORDS)))
    record = json.loads(json.dumps(RECORDS[path]))
    around: Any = record
    while True:
        keys = list(around) if isinstance(around, dict) else list(range(len(around)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(around[key], dict | list) or not around[key] or data.draw(st.booleans()):
            break
        around = around[key]
    around[key] = data.draw(VALUES)
    held_to_parse(path, record)
