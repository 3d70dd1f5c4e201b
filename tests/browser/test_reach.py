"""Getting around with a keyboard, in light and in dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.page_kinds import TOY_PAGES
from tests.browser.visitor import Open

BY_KEYBOARD = ["home", "claims", "claim-computed", "article", "comparison-pooled", "studies", "study-trial", "methods"]


@pytest.mark.parametrize("kind", BY_KEYBOARD)
def test_the_first_tab_skips_to_the_title(open_page: Open, kind: str) -> None:
    page = open_page(TOY_PAGES[kind])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("it => it.closest('article') !== null")


@pytest.mark.parametrize("kind", BY_KEYBOARD)
def test_tab_reaches_the_search_box(open_page: Open, kind: str) -> None:
    page = open_page(TOY_PAGES[kind])
    tab_to(page, "Search")
    page.keyboard.type("cycling")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search-result__item").first).to_be_hidden()


SEEN = """it => {
  const shown = it.matches("input[type=radio]") ? it.nextElementSibling : it;
  const {width, height} = shown.getBoundingClientRect(), {visibility, outlineStyle} = getComputedStyle(shown);
  const marked = outlineStyle !== "none" || it.matches("input[type=text], input[type=search], select");
  return width > 0 && height > 0 && visibility === "visible" && marked;
}"""


@pytest.mark.parametrize("kind", ["studies", "comparison-pooled"])
def test_what_has_the_focus_is_seen(open_page: Open, kind: str) -> None:
    page = open_page(TOY_PAGES[kind])
    stops = 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        focused = page.locator(":focus")
        assert focused.evaluate(SEEN), focused.evaluate("it => it.outerHTML")
        stops += 1
        page.keyboard.press("Tab")
    assert stops > 20


def test_a_link_in_a_sentence_is_known_by_its_line(open_page: Open) -> None:
    link = open_page("about/").get_by_role("link", name="the list, with its sources")
    expect(link).to_have_css("text-decoration-line", "underline")


@pytest.mark.parametrize(("preferred", "other"), [("light", "dark"), ("dark", "light")])
def test_the_theme_follows_the_visitor_and_can_be_switched(open_page: Open, preferred: str, other: str) -> None:
    page = open_page(color_scheme=preferred)
    before = brightness(page)
    assert (before > 128) == (preferred == "light")
    page.locator(f"label[title='Switch to {other} mode']").click()
    page.wait_for_function(
        f"document.body.dataset.mdColorScheme === '{ {'dark': 'slate', 'light': 'default'}[other] }'"
    )
    assert (brightness(page) > 128) == (other == "light")
    page.goto(page.url + "claims/")
    assert (brightness(page) > 128) == (other == "light")  # it is remembered


def test_the_keyboard_switches_the_theme(open_page: Open) -> None:
    page = open_page()
    tab_to(page, "Switch to dark mode")
    page.keyboard.press("Enter")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    assert brightness(page) < 128


def brightness(page: Page) -> int:
    """Return how bright the page's background is, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part.split(".")[0]) for part in colour.strip("rgba()").split(",")[:3]) // 3


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control with that name has the focus."""
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("aria-label") == name:
            return
    pytest.fail(f"15 times Tab did not reach {name}")
