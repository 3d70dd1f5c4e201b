"""Real programs read our citation files again, and find of every field what the published table says.

`BACKED_GOLDEN=write pytest tests/test_clients.py` writes the table anew; read the difference, then commit it.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from tests.clients.clients import CLIENTS, Client
from tests.clients.held import TEXTS, held
from tests.clients.losses import column, counted, outcome, table
from tests.clients.programs import biber_warnings
from tests.clients.reasons import WHY, reason_for
from tests.zoo import HERD, ZOO

from backed.export import EXPORTS
from backed.export.biblatex import BIBLATEX
from backed.load import load
from backed.model import Reference

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "site_src/data/clients.json"
BIBER = next(client for client in CLIENTS if client.name == "biber")


@pytest.fixture(scope="module", autouse=True)
def written() -> None:
    """Write the table anew where that is asked for; every program has to be here."""
    if os.environ.get("BACKED_GOLDEN") == "write":
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(json.dumps(table(list(HERD)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def base() -> list[Reference]:
    """Return every reference of the real base, as it is cited."""
    return list(load(ROOT / "evidence").evidence.works.values())


def columns() -> dict[tuple[str, str], dict[str, Any]]:
    stored = json.loads(TABLE.read_text(encoding="utf-8"))
    return {(form["id"], one["name"]): one for form in stored["formats"] for one in form["clients"]}


def needs(client: Client) -> None:
    if not client.is_here:
        pytest.skip(f"{client.program} is not on this computer; try `python -m tests.clients.debian`")


each_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: f"{client.form}-{client.name}")


@each_client
def test_every_field_comes_back_as_the_table_says(client: Client) -> None:
    needs(client)
    stored = columns()[client.form, client.name]
    if client.version != stored["version"]:
        pytest.skip(f"{client.name} is {client.version} here; the table is of {stored['version']}")
    assert column(client, list(HERD)) == stored


@each_client
def test_of_the_real_base_nothing_is_lost_but_what_the_table_gives_a_reason_for(
    client: Client, base: list[Reference]
) -> None:
    needs(client)
    partly = {label for label, tally in counted(client, base).items() if set(tally) != {"equal"}}
    assert [label for label in partly if reason_for(client, label) not in WHY] == []


def test_every_reason_is_needed() -> None:
    stored = columns()
    needed = {
        reason_for(client, label)
        for client in CLIENTS
        for label, cell in stored[client.form, client.name]["fields"].items()
        if "why" in cell
    }
    assert set(WHY) - needed == set()


def test_every_format_is_read_by_a_program_and_the_table_has_them_all() -> None:
    assert {client.form for client in CLIENTS} == {form.id for form in EXPORTS}
    assert set(columns()) == {(client.form, client.name) for client in CLIENTS}


@pytest.mark.parametrize("references", ["zoo", "base"])
def test_biber_has_no_warning(references: str, base: list[Reference]) -> None:
    needs(BIBER)
    assert biber_warnings(BIBLATEX.write(HERD if references == "zoo" else base)) == []


def test_biber_warns_where_there_is_reason_to() -> None:
    needs(BIBER)
    assert len(biber_warnings("@article{a, title = {No author}, date = {2004}, pmid = {1},}\n")) > 1


def test_the_zoo_has_every_field_and_every_kind_of_standing() -> None:
    seen = {label for animal in HERD for label in held(animal)}
    assert [label for label in TEXTS if label not in seen] == []
    filled = {field.name for animal in HERD for field in fields(animal) if getattr(animal, field.name)}
    assert {field.name for field in fields(Reference)} - filled == {"file", "line"}
    states = {animal.standing.state for animal in ZOO.values() if animal.standing}
    assert states == {"retracted", "expression-of-concern", "superseded"}
    assert len({animal.key for animal in HERD}) == len(ZOO)


@pytest.mark.parametrize(
    ("got", "notes", "met"),
    [("2", "", "equal"), ("", "Edition: 2.", "note"), ("", "Seen in 2024", "lost"), ("3", "", "changed")],
)
def test_outcomes_are_told_apart(got: str, notes: str, met: str) -> None:
    assert outcome("edition", "2", got, notes) == met
