"""What is told of a work by the form of its fields: article numbers, preprints, languages, dates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.zoo import WALKING, ZOO

from backed.bibliography import (
    article_number,
    genre_of,
    is_ahead_of_print,
    is_preprint,
    iso_date,
    language_of,
    publication_status,
    read_bib,
)
from backed.model import Reference


@pytest.mark.parametrize("pages", ["e12", "CD009790", "pzab274", "1687883", "l4898", "e1-e2x", "ED000157"])
def test_article_numbers_are_told_from_pages(pages: str) -> None:
    expected = "" if pages == "e1-e2x" else pages
    assert article_number(replace(WALKING, pages=pages)) == expected


@pytest.mark.parametrize("pages", ["", "7", "135", "1023", "S12", "S1-S9", "2593-2602", "1-3, 7", "xii", "suppl 3"])
def test_pages_are_no_article_numbers(pages: str) -> None:
    assert article_number(replace(WALKING, pages=pages)) == ""


def test_only_articles_have_article_numbers() -> None:
    assert article_number(replace(ZOO["chapter"], pages="e12")) == ""


def test_what_the_entry_calls_itself() -> None:
    assert [name for name, animal in ZOO.items() if is_preprint(animal)] == ["preprint"]
    assert [name for name, animal in ZOO.items() if is_ahead_of_print(animal)] == ["online first"]


def test_a_thesis_is_called_what_its_entry_calls_it_or_its_type_says() -> None:
    doctoral, masters = ZOO["doctoral thesis"], ZOO["master's thesis"]
    assert (genre_of(doctoral), genre_of(masters)) == ("Doctoral dissertation", "Master's thesis")
    assert genre_of(replace(doctoral, extra={"type": "Habilitation"})) == "Habilitation"
    assert genre_of(WALKING) == ""


@pytest.mark.parametrize(
    ("state", "words"),
    [("", ""), ("inpress", "in press"), ("prepublished", "advance online publication"), ("submitted", "submitted")],
)
def test_how_far_a_publication_is_in_words(state: str, words: str) -> None:
    assert publication_status(replace(WALKING, extra={"pubstate": state})) == words


@pytest.mark.parametrize("name", ["german", "ngerman", "de", "ger", "de-CH", "German"])
def test_a_language_by_any_of_its_names(name: str) -> None:
    language = language_of(name)
    assert language
    assert (language.babel, language.two, language.three) == ("ngerman", "de", "ger")


@pytest.mark.parametrize("name", ["", "klingon", "-"])
def test_a_language_not_known(name: str) -> None:
    assert language_of(name) is None


@pytest.mark.parametrize(
    ("values", "date"),
    [
        ({}, "2004-12-01"),
        ({"day": None}, "2004-12"),
        ({"month": None}, "2004"),
        ({"year": ""}, ""),
        ({"year": "in press"}, ""),
        ({"year": "٢٠٠٤"}, ""),
    ],
)
def test_dates_go_as_far_as_they_are_known(values: dict[str, object], date: str) -> None:
    assert iso_date(replace(WALKING, **values)) == date  # type: ignore[arg-type]


def test_a_date_of_which_nothing_is_known_is_no_date() -> None:
    (read,), problems = read_bib("@online{a, title = {T}, author = {{A}}, date = {XXXX}, url = {https://x.org}}", "")
    assert problems == []
    assert read == Reference("a", "online", "T", read.authors, url="https://x.org", line=1)


def test_the_language_may_stand_in_either_field_or_both() -> None:
    for fields in ("language = {dutch}", "langid = {dutch}", "language = {dutch}, langid = {dutch}"):
        (read,), _ = read_bib(f"@book{{a, title = {{T}}, author = {{{{A}}}}, year = {{2004}}, {fields}}}", "")
        assert (read.language, dict(read.extra)) == ("dutch", {})
