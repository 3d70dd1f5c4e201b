"""Numbered citations: the preview, and the way there and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.visitor import DESKTOP, PHONE, Open

PAGES = [
    "claims/exercise-helps/",
    "articles/rugtips/",
    "comparisons/exercise-v-nothing/",
    "comparisons/movement-v-inactive/",
    "claims/walking-helps/",
]


@pytest.mark.parametrize("url", PAGES)
def test_pointing_at_a_number_shows_its_reference(open_page: Open, url: str) -> None:
    page = open_page(url)
    link = page.locator(".bk-cite a").first
    link.hover()
    preview = page.get_by_role("tooltip")
    expect(preview).to_have_text(reference(page, link.get_attribute("href")))
    expect(preview).to_be_in_viewport(ratio=1)
    page.mouse.move(0, 0)
    expect(preview).to_have_count(0)


def test_focus_shows_the_reference_and_ties_it_to_the_number(open_page: Open) -> None:
    page = open_page(PAGES[0])
    first, second = page.locator(".bk-cite a").nth(0), page.locator(".bk-cite a").nth(1)
    first.focus()
    expect(page.get_by_role("tooltip")).to_have_text(reference(page, first.get_attribute("href")))
    expect(first).to_have_accessible_description(reference(page, first.get_attribute("href")))
    second.focus()
    expect(page.get_by_role("tooltip")).to_have_text(reference(page, second.get_attribute("href")))
    assert first.get_attribute("aria-describedby") is None


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_escape_hides_the_preview(open_page: Open, way: str) -> None:
    page = open_page(PAGES[0])
    getattr(page.locator(".bk-cite a").first, way)()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_the_pointer_may_rest_on_the_preview(open_page: Open) -> None:
    page = open_page(PAGES[0])
    page.locator(".bk-cite a").first.hover()
    page.get_by_role("tooltip").hover()
    page.wait_for_timeout(400)  # longer than a pointer has to get there
    expect(page.get_by_role("tooltip")).to_be_visible()


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_every_number_leads_to_its_reference_and_back(open_page: Open, url: str, scripts: bool) -> None:
    page = open_page(url, java_script_enabled=scripts)
    cited = page.locator(".bk-cite a")
    assert cited.count() > 0
    for link in cited.all():
        place, target = link.get_attribute("id"), link.get_attribute("href")
        link.click()
        expect(page).to_have_url(re.compile(f"{target}$"))
        entry = page.locator(f"li{target}")
        expect(entry).to_be_in_viewport()
        entry.locator(f'.bk-back a[href="#{place}"]').click()
        expect(page).to_have_url(re.compile(f"#{place}$"))
        expect(link).to_be_in_viewport()


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_preview_on_the_way_back_is_for_the_keyboard_and_seen_whole(
    open_page: Open, url: str, size: ViewportSize
) -> None:
    page = open_page(url, viewport=size)
    for link in page.locator(".bk-cite a").all():
        back = page.locator(f'.bk-back a[href="#{link.get_attribute("id")}"]')
        back.click()
        expect(link).to_be_focused()
        page.wait_for_timeout(100)  # longer than a preview takes to come
        expect(page.get_by_role("tooltip")).to_have_count(0)
        back.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("tooltip")).to_have_text(reference(page, link.get_attribute("href")))
        header = page.locator(".md-header").evaluate("it => it.getBoundingClientRect().bottom")
        assert page.get_by_role("tooltip").evaluate("it => it.getBoundingClientRect().top") >= header
        expect(page.get_by_role("tooltip")).to_be_in_viewport(ratio=1)


def reference(page: Page, target: str | None) -> str:
    """Return the text of the reference that a number leads to."""
    return page.locator(f"{target} .bk-ref-text").inner_text()
