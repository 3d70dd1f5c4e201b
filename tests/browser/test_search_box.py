"""The search box, as a visitor uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.visitor import PHONE, Open, search, told


@pytest.mark.parametrize(
    ("words", "title", "kind"),
    [
        ("Núñez", "Placeholder et al. 2010", "Study"),
        ("madeup", "Madeup & Toy 2020", "Study"),
        ("magnets", "Magnets heal the back", "Claim"),
        ("magneten", "Magnets heal the back", "Claim"),
        ("workout", "Exercise against nothing or usual care", "Comparison"),
        ("oefentherapie", "Exercise makes back pain much less", "Claim"),
        ("rugtips", "Rugtips: wat helpt écht? <3 & meer", "Article"),
    ],
)
def test_search_finds_a_record_and_says_its_type(open_page: Open, words: str, title: str, kind: str) -> None:
    result = search(open_page(), words).filter(has_text=title).first
    expect(result.locator(".md-tag").first).to_have_text(kind)


def test_a_result_leads_to_its_page(open_page: Open) -> None:
    page = open_page("methods/sourcing/")
    search(page, "Placeholder").filter(has_text="Toy cohort of distress").first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/studies/placeholder-2010-distress/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Placeholder")


def test_markup_in_a_record_is_shown_and_never_run(open_page: Open) -> None:
    page = open_page()
    _, wrong = told(page)
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    result = search(page, "heal").first
    expect(result).to_contain_text("Magnets heal the back <script>alert(1)</script>.")
    result.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>alert(1)</script>")
    assert (ran, wrong) == ([], [])


def test_search_works_on_a_phone(open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.locator("label.md-header__button[for=__search]").click()
    expect(search(page, "cycling").filter(has_text="Toy cycling").first).to_be_in_viewport()


def test_nothing_found_is_said(open_page: Open) -> None:
    page = open_page()
    search(page, "xylophone")
    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")
