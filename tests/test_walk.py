"""The way through a record: shorter than looking at everything, and it misses nothing."""

from pathlib import Path

import pytest

from backed.check.walk import each, walk
from backed.load import load
from backed.model import Figure, Source, Text

EVIDENCE = load(Path(__file__).parent / "toy/evidence").evidence
TERMS = [term for _, terms in EVIDENCE.vocabularies.named() for term in terms.values()]


@pytest.mark.parametrize("kind", [Source, Text, Figure, int, str])
def test_each_finds_what_a_look_at_every_value_finds(kind: type) -> None:
    for record in [*EVIDENCE.records(), *TERMS]:
        assert list(each(kind, record)) == [(at, value) for at, value in walk(record) if isinstance(value, kind)]


def test_the_toy_base_holds_each_kind_somewhere() -> None:
    for kind in (Source, Text, Figure, int):
        assert any(list(each(kind, record)) for record in EVIDENCE.records()), kind
