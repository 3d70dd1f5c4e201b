"""The table on the data page: what it says of a field that came back, in part, in the note, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backed.render.clients import Loss, read_clients


def stored(tmp_path: Path, **fields: dict[str, Any]) -> Path:
    """Write a table of two programs, one of which read nothing but titles."""
    clients = [
        {"name": "one", "version": "1.0", "fields": fields},
        {"name": "two", "version": "2.0", "fields": {"title": {"equal": 3}}},
    ]
    path = tmp_path / "clients.json"
    path.write_text(json.dumps({"formats": [{"id": "f", "label": "Form", "clients": clients}]}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("tally", "cell"),
    [
        ({"equal": 3}, "yes"),
        ({"lost": 3, "why": "Because."}, "lost"),
        ({"note": 3, "why": "Because."}, "in the note"),
        ({"equal": 1, "changed": 2, "why": "Because."}, "2 of 3 changed"),
        ({"note": 1, "changed": 1, "lost": 1, "why": "Because."}, "1 of 3 in the note, 1 of 3 changed, 1 of 3 lost"),
    ],
)
def test_a_cell_says_what_came_back(tmp_path: Path, tally: dict[str, Any], cell: str) -> None:
    table = read_clients(stored(tmp_path, DOI=tally))
    assert table.rows == (("DOI", (cell, "")), ("title", ("", "yes")))
    assert table.groups == [("Form", 2)]
    expected = (Loss("DOI", "Because.", (f"Form in one: {cell}",)),) if "why" in tally else ()
    assert table.losses == expected


def test_a_table_that_is_not_there_is_no_empty_table(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_clients(tmp_path / "none.json")
