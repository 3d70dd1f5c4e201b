"""What a reader's selection is written from: put together, the parts are what the formats write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.test_shards import read

from backed.bibliography.registers import REGISTERS
from backed.export import EXPORTS, Format
from backed.export.selection import frames, selectable
from backed.model import Evidence, Reference

ORDERED = replace(EXPORTS[0], id="ordered", head="<\n", between="|", tail=">\n", order=lambda one: one.title)


def parts(works: Mapping[str, Reference], *formats: Format) -> dict[str, Any]:
    written = [*frames(works, formats), *(one for form in formats for one in selectable(works, form))]
    return {path: read(one) for one in written if (path := one.path.removeprefix("shards/")) != one.path}


@pytest.mark.parametrize("form", [*EXPORTS, ORDERED], ids=lambda form: form.id)
def test_entries_put_together_are_the_file_that_is_written(toy: Evidence, form: Format) -> None:
    found = parts(toy.works, form)
    frame = found["formats.js"]["formats"][0]
    entries: dict[str, Any] = found[f"{form.id}/0.js"]
    chosen = sorted(toy.works)[1::2]
    pieces = [entries[key] for key in chosen]
    if frame["ordered"]:
        pieces = [entry for entry, _ in sorted(pieces, key=lambda piece: piece[1])]
    text = frame["head"] + frame["between"].join(pieces) + frame["tail"]
    assert text == form.write([toy.works[key] for key in chosen])


def test_the_list_of_formats_says_what_a_file_is_called_and_what_it_is(toy: Evidence) -> None:
    listed = parts(toy.works, *EXPORTS)["formats.js"]
    assert listed["parts"] == 1
    assert [(form.id, form.label, form.extension, form.media_type, form.order is not None) for form in EXPORTS] == [
        (one["id"], one["label"], one["extension"], one["type"], one["ordered"]) for one in listed["formats"]
    ]


def test_no_work_no_parts() -> None:
    assert parts({}, *EXPORTS) == {}


def test_many_works_are_cut_into_parts(toy: Evidence) -> None:
    work = next(iter(toy.works.values()))
    works = {f"toy-{number}": replace(work, key=f"toy-{number}") for number in range(100)}
    found = parts(works, EXPORTS[0])
    assert found.pop("formats.js")["parts"] == 4
    assert sorted(found) == [f"{EXPORTS[0].id}/{number}.js" for number in range(4)]
    assert {key for part in found.values() for key in part} == set(works)


def test_the_numbers_of_every_register_are_known_but_for_those_that_are_dois(toy: Evidence) -> None:
    form = re.compile(parts(toy.works, *EXPORTS)["formats.js"]["registers"])
    for register in REGISTERS:
        assert bool(form.fullmatch(register.example)) is not register.example.startswith("10."), register.example
    assert "(?P<" not in form.pattern  # a browser names groups in another way
