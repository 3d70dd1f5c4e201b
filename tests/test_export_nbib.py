"""NBIB: as text, in PubMed's order and with its tags, and that no value makes a line of its own."""

from __future__ import annotations

from dataclasses import replace

import nbib
import pytest
from hypothesis import given, settings
from tests.any_reference import REFERENCE
from tests.zoo import WALKING, ZOO

from backed.export.nbib import NBIB
from backed.model import Reference


def test_as_text() -> None:
    assert NBIB.write([replace(WALKING, abstract="Two\r\nlines", keywords=("walking",))]) == (
        "PMID- 15564907\r\nIS  - 0003-9993 (Linking)\r\nVI  - 29\r\nIP  - 23\r\nDP  - 2004 Dec 1\r\n"
        "TI  - Walking for LBP: the WalkBack-2 trial\r\nPG  - 2593-2602\r\nAB  - Two lines\r\n"
        "FAU - Long, Audrey\r\nAU  - Long A\r\n"
        "FAU - Läubli, Thomas\r\nAU  - Läubli T\r\nFAU - PROSPINE Study Group,\r\n"
        "LA  - eng\r\nPT  - Journal Article\r\nJT  - European Spine Journal\r\nOT  - walking\r\n"
        "GN  - Seen in print\r\nPMC - PMC123\r\nAID - 10.1016/S0003-9993(03)00198_9 [doi]\r\n"
    )


@pytest.mark.parametrize(
    ("animal", "line"),
    [
        ("retracted", "PT  - Retracted Publication"),
        ("retracted", "RIN - 2026-01-31 10.1000/notice"),
        ("retracted", "GN  - RETRACTED (2026-01-31): Made-up data. Notice: 10.1000/notice"),
        ("expression of concern", "ECI - 2025-06-01 https://example.org/concern"),
        ("superseded", "UIN - roe-2024-backs"),
        ("online first", "PST - aheadofprint"),
        ("online first", "DEP - 20260209"),
        ("e-locator", "PG  - CD009790"),
        ("suffix", "FAU - de la Roe, A., III"),
        ("suffix", "AU  - de la Roe A III"),
        ("book", "BTI - Backs"),
        ("chapter", "BTI - Handbook of Backs"),
        ("chapter", "FED - WHO,"),
        ("web page", "LID - https://example.org/?a=b_c"),
        ("more authors", "GN  - The list of authors is incomplete."),
        ("in press", "DP  - in press"),
    ],
)
def test_what_a_work_has_stands_under_pubmeds_tag(animal: str, line: str) -> None:
    assert f"\r\n{line}\r\n" in f"\r\n{NBIB.write([ZOO[animal]])}"


def test_works_with_a_pmid_come_first_as_the_format_is_told_by_it() -> None:
    without = replace(WALKING, key="other", pmid="", title="Other")
    assert NBIB.write([without, WALKING]).startswith("PMID- 15564907\r\n")
    assert [record["title"] for record in nbib.read(NBIB.write([without, WALKING]))] == [WALKING.title, "Other"]


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE)
def test_nbib_finds_any_reference(reference: Reference) -> None:
    (read,) = nbib.read(NBIB.write([replace(reference, abstract=f"A\n\nPMID- 7\r\n{reference.abstract}")]))
    assert read["title"] == reference.title
    assert read.get("doi", "") == reference.doi
    assert "pubmed_id" not in read
    assert [author["author"].split(",")[0] for author in read["authors"]] == [
        name.short.split(",")[0] for name in reference.authors
    ]
