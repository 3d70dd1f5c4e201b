"""Tables that sort and filter, the list of claims that filters, and all of them whole without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.visitor import PHONE, Open

NEWEST_FIRST = ["2020", "2012", "2010", "2005", "2001"]
CLAIMS = ["Exercise makes back pain much less.", "Stress is the cause of most back pain.", "Magnets heal the back"]


def test_a_click_on_a_column_sorts_by_it_and_another_turns_it(open_page: Open) -> None:
    page = open_page("studies/")
    year = page.get_by_role("columnheader", name="Year")
    assert column(page, "Year") == NEWEST_FIRST
    assert year.get_attribute("aria-sort") is None
    year.get_by_role("button").click()
    expect(year).to_have_attribute("aria-sort", "ascending")
    assert column(page, "Year") == NEWEST_FIRST[::-1]
    year.get_by_role("button").click()
    expect(year).to_have_attribute("aria-sort", "descending")
    assert column(page, "Year") == NEWEST_FIRST


def test_numbers_are_sorted_as_numbers(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_role("button", name="People").click()
    assert [people.split()[0] for people in column(page, "People")] == ["12", "40", "120", "1,480", "2,400"]


def test_only_one_column_says_that_it_is_sorted(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_role("button", name="Year").click()
    page.get_by_role("button", name="Study").click()
    assert page.locator("th[aria-sort]").all_inner_texts() == ["Study"]
    assert column(page, "Year") == ["2020", "2010", "2005", "2012", "2001"]  # Madeup, Placeholder, Sample, Toy, Toy


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_sorts(open_page: Open, key: str) -> None:
    page = open_page("studies/")
    button = page.get_by_role("button", name="Year")
    button.focus()
    page.keyboard.press(key)
    expect(page.get_by_role("columnheader", name="Year")).to_have_attribute("aria-sort", "ascending")
    assert column(page, "Year") == NEWEST_FIRST[::-1]
    expect(button).to_be_focused()


def test_words_filter_the_studies_and_the_count_follows(open_page: Open) -> None:
    page = open_page("studies/")
    count, field = page.get_by_role("status"), page.get_by_label("Filter by a word")
    expect(count).to_have_text("5 of 5 shown")
    field.fill("CYCLING toy")
    expect(count).to_have_text("1 of 5 shown")
    assert column(page, "Year") == ["2012"]
    field.fill("no study has these words")
    expect(count).to_have_text("None fits. Try fewer words.")
    assert column(page, "Year") == []
    field.fill("")
    expect(count).to_have_text("5 of 5 shown")


def test_the_design_filters_the_studies_together_with_words_and_sorting(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_label("Design").select_option("Randomised trial")
    expect(page.get_by_role("status")).to_have_text("2 of 5 shown")
    assert column(page, "Year") == ["2005", "2001"]
    page.get_by_role("button", name="Year").click()
    assert column(page, "Year") == ["2001", "2005"]
    page.get_by_label("Filter by a word").fill("retracted")
    assert column(page, "Year") == ["2005"]


def test_the_claims_are_filtered_by_verdict(open_page: Open) -> None:
    page = open_page("claims/")
    assert shown_claims(page) == CLAIMS
    everything, unknown = page.get_by_role("button", name="all"), page.get_by_role("button", name="not known")
    unknown.click()
    assert shown_claims(page) == ["Magnets heal the back"]
    assert [button.get_attribute("aria-pressed") for button in (everything, unknown)] == ["false", "true"]
    everything.focus()
    page.keyboard.press("Enter")
    assert shown_claims(page) == CLAIMS
    assert [button.get_attribute("aria-pressed") for button in (everything, unknown)] == ["true", "false"]


def test_each_filter_says_how_many_claims_it_shows(open_page: Open) -> None:
    page = open_page("claims/")
    for button in page.locator(".bk-filter button").all():
        button.click()
        assert len(shown_claims(page)) == int(button.inner_text().split()[-1])


def test_without_javascript_tables_and_lists_are_whole(open_page: Open) -> None:
    page = open_page("studies/", java_script_enabled=False)
    assert column(page, "Year") == NEWEST_FIRST
    expect(page.locator("article").get_by_role("button")).to_have_count(0)
    claims = open_page("claims/", java_script_enabled=False)
    assert shown_claims(claims) == CLAIMS
    expect(claims.locator(".bk-filter")).to_be_hidden()
    side_by_side = open_page("comparisons/exercise-v-nothing/", java_script_enabled=False)
    expect(side_by_side.get_by_role("region", name="Studies side by side").locator("tbody tr").last).to_be_visible()


def test_a_wide_table_scrolls_in_its_own_region_with_the_keyboard_too(open_page: Open) -> None:
    page = open_page("studies/", viewport=PHONE)
    region = page.get_by_role("region", name="Studies")
    assert region.evaluate("it => it.scrollWidth > it.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("it => it.scrollLeft > 0", arg=region.element_handle())
    assert page.evaluate("window.scrollX") == 0


def column(page: Page, name: str) -> list[str]:
    """Return the shown cells of a column of the page's first table."""
    heads = [head.strip() for head in page.locator("thead th").all_inner_texts()]
    rows = page.locator("tbody tr:visible").all()
    return [row.locator("th, td").nth(heads.index(name)).inner_text().strip() for row in rows]


def shown_claims(page: Page) -> list[str]:
    """Return the sentences of the claims that are shown, without markup that is part of one."""
    return [text.split(" <")[0] for text in page.locator(".bk-claim__text:visible").all_inner_texts()]
