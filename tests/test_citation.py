"""References as people read them, and the addresses that follow from their identifiers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backed.bibliography import STYLES, cite, doi_url, pmc_url, pubmed_url, short_cite
from backed.model import Name, Reference

JOURNAL = Reference(
    key="long-2004",
    type="article",
    title="Does it matter which way we walk?",
    authors=(Name("Long", "Audrey"), Name("Berg", "Jan-Willem R.", "van den"), Name("King", "Martin", suffix="Jr.")),
    journal="Spine",
    year="2004",
    month=12,
    day=1,
    volume="29",
    number="23",
    pages="2593-2602",
    doi="10.1097/01.brs_2a",
)


def with_(**values: object) -> Reference:
    return replace(JOURNAL, **values)  # type: ignore[arg-type]


def test_the_site_cites_in_vancouver_style() -> None:
    assert (
        cite(JOURNAL)
        == STYLES[0].text(JOURNAL)
        == (
            "Long A, van den Berg JWR, King M Jr. Does it matter which way we walk? Spine. 2004 Dec 1;29(23):2593–602. "
            "doi:10.1097/01.brs_2a"
        )
    )


@pytest.mark.parametrize("edition", ["2", "2nd"])
def test_an_edition_by_its_number(edition: str) -> None:
    book = Reference(
        "w", "book", "Backs", (Name("Roe", "Ann"),), publisher="Press", year="2004", extra={"edition": edition}
    )
    assert cite(book) == "Roe A. Backs. 2nd ed. Press; 2004."


@pytest.mark.parametrize(
    ("names", "more", "text"),
    [
        (("Maul",), False, "Maul 2004"),
        (("Long", "Fung"), False, "Long & Fung 2004"),
        (("Long", "Donelson", "Fung"), False, "Long, Donelson & Fung 2004"),
        (("Hayden", "Ellis", "Ogilvie", "Tulder"), False, "Hayden et al. 2004"),
        (("Thomas",), True, "Thomas et al. 2004"),
    ],
)
def test_short_cite(names: tuple[str, ...], more: bool, text: str) -> None:
    assert short_cite(with_(authors=tuple(Name(name, "A") for name in names), more_authors=more)) == text


def test_short_cite_of_particles_groups_and_the_nameless() -> None:
    assert short_cite(with_(authors=(Name("Tulder", "M", "van"), Name(literal="WHO")))) == "van Tulder & WHO 2004"
    assert short_cite(Reference("k", "book", "Backs", editors=(Name("Doe", "D"),))) == "Doe n.d."
    assert short_cite(Reference("k", "misc", "Backs", year="2004")) == "Backs 2004"


def test_addresses() -> None:
    reference = with_(doi="10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#a_b%?", pmid="13680569", pmcid="PMC123")
    assert doi_url(reference) == "https://doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0.CO;2-%23a_b%25%3F"
    assert pubmed_url(reference) == "https://pubmed.ncbi.nlm.nih.gov/13680569/"
    assert pmc_url(reference) == "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"
    assert pmc_url(with_(pmcid="123")) == "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"
    nothing = with_(doi="", pmid="", pmcid="")
    assert (doi_url(nothing), pubmed_url(nothing), pmc_url(nothing)) == ("", "", "")
    odd = with_(doi="doi:10.1/x", pmid="12a", pmcid='"><script>')
    assert (doi_url(odd), pubmed_url(odd), pmc_url(odd)) == ("", "", "")
