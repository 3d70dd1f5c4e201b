"""Identifiers: forms, check digits, what a misspelt one was meant to be, and that sound ones are left alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backed.bibliography import doi, place_of
from backed.bibliography.check_digits import isbn10_digit, isbn13_digit, issn_digit
from backed.bibliography.forms import misfits
from backed.bibliography.registers import (
    REGISTERS,
    Register,
    number_meant,
    plain_number,
    register_named,
    register_of,
    year_of,
)
from backed.bibliography.slug import slug_of
from backed.model import Reference
from backed.problem import Problem

ProblemsIn = Callable[[Path], list[Problem]]

DIGITS = st.text("0123456789", min_size=12, max_size=12)


def work(**fields: Any) -> Reference:
    return Reference(key="k", type="article", title="t", **fields)


def said(**fields: str) -> list[tuple[str, str]]:
    return [(misfit.field, misfit.hint) for misfit in misfits(work(**fields))]


@pytest.mark.parametrize("issn", ["1438-8871", "0304-3959", "0317-8471", "1050-124X", "2434-561X", "0378-5955"])
def test_the_check_digit_of_real_issns(issn: str) -> None:
    assert issn_digit(issn.replace("-", "")[:7]) == issn[-1]
    assert said(issn=issn) == []


@pytest.mark.parametrize("isbn", ["978-92-4-008178-9", "0-8058-0283-5", "3-88229-192-3"])
def test_the_check_digit_of_real_isbns(isbn: str) -> None:
    assert said(isbn=isbn) == []


@given(DIGITS, st.integers(0, 5), st.integers(0, 9))
def test_one_wrong_digit_is_always_found(digits: str, place: int, other: int) -> None:
    number = digits[:7] + issn_digit(digits[:7])
    wrong = number[:place] + str(other) + number[place + 1 :]
    shown = f"{wrong[:4]}-{wrong[4:]}"
    assert bool(said(issn=shown)) == (wrong != number)
    book = digits[:9] + isbn10_digit(digits[:9])
    assert said(isbn=book) == []
    assert bool(said(isbn=book[:place] + str(other) + book[place + 1 :])) == (book[place] != str(other))


@given(DIGITS, st.integers(0, 5))
def test_two_digits_changed_over_are_found_in_an_issn(digits: str, place: int) -> None:
    number = digits[:7] + issn_digit(digits[:7])
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert bool(said(issn=f"{turned[:4]}-{turned[4:]}")) == (turned != number)


@given(DIGITS)
def test_the_thirteen_digits_add_up_to_a_multiple_of_ten(digits: str) -> None:
    number = [int(digit) for digit in digits + isbn13_digit(digits)]
    assert (sum(number[::2]) + 3 * sum(number[1::2])) % 10 == 0


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("https://doi.org/10.1136/bmj.m4825", "did you mean `10.1136/bmj.m4825`?"),
        ("doi:10.1136/bmj.m4825", "did you mean `10.1136/bmj.m4825`?"),
        ("http://dx.doi.org/10.1136/bmj.m4825", "did you mean `10.1136/bmj.m4825`?"),
        ("0.1136/bmj.m4825", "did you mean `10.1136/bmj.m4825`?"),
        (".1136/bmj.m4825", "did you mean `10.1136/bmj.m4825`?"),
        ("see 10.1136/bmj.m4825.", "did you mean `10.1136/bmj.m4825`?"),
        ("1136/bmj.m4825", "did you mean `10.1136/bmj.m4825`?"),
        ("bmj.m4825", "as in 10.1097/01.brs.0000146464.23007.2a"),
    ],
)
def test_a_doi_gets_back_what_it_lost(value: str, hint: str) -> None:
    assert said(doi=value) == [("doi", hint)]


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"pmid": "PMID: 15564907"}, "did you mean `15564907`?"),
        ({"pmid": "015564907"}, "did you mean `15564907`?"),
        ({"pmid": "PMC1446853"}, "as in 15564907"),
        ({"pmid": "155649071"}, "as in 15564907"),
        ({"pmcid": "1446853"}, "did you mean `PMC1446853`?"),
        ({"pmcid": "pmc1446853"}, "did you mean `PMC1446853`?"),
        ({"pmcid": "PMC"}, "as in PMC1446853"),
        ({"issn": "14388871"}, "did you mean `1438-8871`?"),
        ({"issn": "1438-887"}, "as in 1438-8871"),
        ({"issn": "1438-8871, 1438-8817"}, "one of its digits is mistyped; look at the journal"),
        ({"isbn": "978-92-4-008178"}, "as in 978-92-4-008178-9"),
        ({"isbn": "978-92-4-008187-9"}, "one of its digits is mistyped; look at the book"),
    ],
)
def test_other_identifiers(fields: dict[str, str], hint: str) -> None:
    assert said(**fields) == [(next(iter(fields)), hint)]


@pytest.mark.parametrize(
    ("value", "what", "meant"),
    [
        ("10.1136/bmj.m4825.", "it ends in `.`", "10.1136/bmj.m4825"),
        ("10.1136/bmj.m4825),", "it ends in `,`", "10.1136/bmj.m4825)"),
        ("10.1016/S0140-6736(09", "a `(` in it is never closed", ""),
        ("10.1136/bmj.m4825)", "it has a `)` too many", "10.1136/bmj.m4825"),
        ("10.1016/S0140-6736(09)60172-0", "", ""),
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", "", ""),
    ],
)
def test_the_loose_end_of_a_doi(value: str, what: str, meant: str) -> None:
    assert doi.loose_end(value) == (what, meant)


@pytest.mark.parametrize("habit", doi.HABITS, ids=lambda habit: habit.example)
def test_a_doi_that_lost_its_last_sign_or_a_digit_is_seen(habit: doi.Habit) -> None:
    whole = habit.example
    assert doi.habit_broken(whole) == ""
    if not re.search(r"\\d\{1|\{5,7\}|\{6,7\}|pub", habit.whole.pattern):
        assert doi.habit_broken(whole[:-1]) == whole


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("10.1016/j.jpain.2019.04.009", 2019),
        ("10.1016/S0140-6736(09)60172-0", 2009),
        ("10.1016/S0033-0620(85)80003-7", 1985),
        ("10.1007/s00586-018-5788-5", 2018),
        ("10.1136/bjsports-2016-097383", 2016),
        ("10.1002/14651858.CD009790.pub2", None),
        ("10.1136/bmj.m4825", None),
    ],
)
def test_the_year_in_a_doi(value: str, year: int | None) -> None:
    assert doi.year_in(value) == year


@pytest.mark.parametrize(
    ("value", "server"),
    [
        ("10.1101/2020.02.25.20021568", "bioRxiv or medRxiv"),
        ("10.1101/339747", "bioRxiv or medRxiv"),
        ("10.1101/gr.1234", ""),
        ("10.51224/SRXIV.460", "SportRxiv"),
        ("10.21203/rs.3.rs-2677031/v1", "Research Square"),
        ("10.48550/arXiv.2101.00001", "arXiv"),
        ("10.1136/bmj.m4825", ""),
    ],
)
def test_preprints_are_known_by_their_doi(value: str, server: str) -> None:
    assert doi.preprint_server(value) == server


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_every_register_knows_its_own_numbers(register: Register) -> None:
    assert register_of(register.example) is register
    assert number_meant(register.example.lower(), register) in {register.example, ""}
    assert all(register_named(name) is register for name in (*register.names, register.name.upper()))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NCT 01467843", "NCT01467843"),
        ("https://clinicaltrials.gov/study/nct01467843", "NCT01467843"),
        ("01467843", "NCT01467843"),
        ("ACTRN 12619001134112", "ACTRN12619001134112"),
        ("DRKS#00005115", "DRKS00005115"),
        ("CRD 42016038882", "CRD42016038882"),
        ("chictr2000030000", "ChiCTR2000030000"),
        ("NCT014678431", ""),
        ("trial seven", ""),
    ],
)
def test_a_number_is_seen_through_spaces_addresses_and_capitals(text: str, number: str) -> None:
    assert number_meant(text) == number


@pytest.mark.parametrize(
    ("registry", "number", "plain"),
    [
        ("ClinicalTrials.gov", "nct 01467843", "NCT01467843"),
        ("anzctr", "12619001134112", "ACTRN12619001134112"),
        ("ISRCTN", "unknown", "UNKNOWN"),
        ("A register of nothing", "ab 1", "AB1"),
    ],
)
def test_a_number_has_one_plain_form(registry: str, number: str, plain: str) -> None:
    assert plain_number(registry, number) == plain


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("ACTRN12619001134112", 2019),
        ("CRD42016038882", 2016),
        ("CRD420261321518", 2026),
        ("2004-002714-11", 2004),
        ("2022-500024-30-00", 2022),
        ("NCT01467843", None),
        ("nothing", None),
    ],
)
def test_the_year_in_a_number(number: str, year: int | None) -> None:
    assert year_of(number) == year


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Özden", "ozden"),
        ("Barone Gibbs", "barone-gibbs"),
        ("Láubli-Ťoy", "laubli-toy"),
        ("Ørn", "orn"),
        ("Łuk", "luk"),
        ("李", ""),
    ],
)
def test_names_as_they_stand_in_ids(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_name_without_a_latin_letter_is_not_looked_for_in_the_key(toy_dir: Path, problems_in: ProblemsIn) -> None:
    bib = toy_dir / "studies/2012/toy-2012-cycling.bib"
    text = bib.read_text(encoding="utf-8")
    for family, told in (("李", False), ("Other", True)):
        lines = [f"  author = {{{family}, Ming}}," if "author" in line else line for line in text.splitlines()]
        bib.write_text("\n".join(lines), encoding="utf-8")
        assert ("key-names-work" in {problem.rule for problem in problems_in(toy_dir)}) is told


def test_the_place_of_a_field_in_a_bib_file() -> None:
    text = "@article{a,\n  title = {A},\n}\n\n@article{b,\n  title = {B},\n    doi = {10.1/x},\n}\n"
    assert place_of(text, "b", "doi") == (7, 5)
    assert place_of(text, "b", "pmid") == (5, 1)
    assert place_of(text, "c", "doi") == (1, 1)


def test_a_mistyped_doi_is_told_at_its_own_line_and_column(toy_dir: Path, problems_in: ProblemsIn) -> None:
    bib = toy_dir / "studies/2012/toy-2012-cycling.bib"
    bib.write_text(bib.read_text(encoding="utf-8").replace("{10.5555/toy.2012", "{0.5555/toy.2012"), encoding="utf-8")
    [problem] = problems_in(toy_dir)
    assert (problem.rule, problem.line, problem.column) == ("identifier-form", 6, 3)
    assert problem.hint == "did you mean `10.5555/toy.2012.cycling`?"
