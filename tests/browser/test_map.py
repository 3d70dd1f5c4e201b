"""The evidence map in a browser: views chosen and linked, the keyboard, whole without a script and from a folder."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect
from tests.browser.visitor import PHONE, Open, told

EXERCISE = "td[data-cell='exercise pain-intensity']"
CYCLING = "td[data-cell='cycling pain-intensity']"
ASKED = "td[data-cell='exercise function']"
PEOPLE, KIND = "select[data-part=people]", "select[data-part=design]"
WHOLE = "7 studies and reviews in 5 places."


def test_a_view_shows_its_studies_and_no_others(open_page: Open) -> None:
    page = open_page("map/")
    expect(page.locator("output").first).to_have_text(WHOLE)
    assert page.locator(f"{EXERCISE} b").all_inner_texts() == ["5", "1R"]
    page.locator(KIND).select_option("review")
    expect(page.locator(f"{EXERCISE} b")).to_have_text(["1R"])
    expect(page.locator(f"{EXERCISE} .bk-sr")).to_have_text(" 1 review of 1,480 people; certainty moderate")
    expect(page.locator(f"{CYCLING} a")).to_be_hidden()
    expect(page.locator(f"{ASKED} a")).to_be_hidden()
    page.locator(KIND).select_option("")
    expect(page.locator("output").first).to_have_text(WHOLE)
    assert page.locator(f"{EXERCISE} b").all_inner_texts() == ["5", "1R"]
    expect(page.locator(f"{CYCLING} a")).to_be_visible()
    expect(page.locator(f"{ASKED} a")).to_have_text("? asked; nothing recorded answers it")


def test_a_view_can_be_linked_to_and_left(open_page: Open) -> None:
    page = open_page("map/?people=neck-pain&design=trial")
    expect(page.locator(f"{EXERCISE} b")).to_have_text(["3"])
    assert page.locator(PEOPLE).input_value() == "neck-pain"
    page.locator(PEOPLE).select_option("low-back-pain")
    expect(page).to_have_url(re.compile(r"/map/\?people=low-back-pain&design=trial$"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("output").first).to_have_text(WHOLE)
    expect(page).to_have_url(re.compile(r"/map/$"))
    expect(page.locator(PEOPLE)).to_be_focused()


def test_an_address_that_asks_for_nonsense_shows_the_whole_map(open_page: Open, address: str) -> None:
    page = open_page("about/")
    page.goto("about:blank")
    asked, wrong = told(page)
    page.goto(f"{address}map/?people=%22%3E%3Cscript%3E&design=../x")
    expect(page.locator(PEOPLE)).to_have_value("")
    assert page.locator(f"{EXERCISE} b").all_inner_texts() == ["5", "1R"]
    assert wrong == []
    assert not [url for url in asked if "/shards/map/" in url]


def test_a_bubble_is_reached_and_opened_by_keyboard(open_page: Open) -> None:
    page = open_page("map/")
    page.get_by_role("region", name="Evidence map: treatments by outcome").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator(f"{EXERCISE} a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/map/interventions/exercise/#pain-intensity$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Exercise: what is recorded")


def test_a_view_that_cannot_be_loaded_is_said_and_can_be_asked_for_again(open_page: Open) -> None:
    page = open_page("map/")
    page.route("**/shards/map/*", lambda route: route.abort())
    page.locator(KIND).select_option("trial")
    expect(page.locator("output").first).to_contain_text("could not be loaded")
    page.unroute("**/shards/map/*")
    page.locator(KIND).select_option("review")
    expect(page.locator(f"{EXERCISE} b")).to_have_text(["1R"])


def test_the_map_is_whole_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}map/")
    assert page.locator(f"{EXERCISE} b").all_inner_texts() == ["5", "1R"]
    expect(page.locator(".bk-map-tools")).to_be_hidden()
    expect(page.get_by_role("row", name="Back school nothing recorded")).to_be_visible()
    context.close()


def test_views_work_in_a_site_opened_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(5000)
    page.goto((site / "map/index.html").as_uri())
    page.locator(KIND).select_option("review")
    expect(page.locator(f"{EXERCISE} b")).to_have_text(["1R"])
    page.close()


def test_bubbles_differ_without_their_colours(open_page: Open) -> None:
    page = open_page("map/", forced_colors="active")
    told_apart = page.locator(f"{EXERCISE} a, {CYCLING} a, {ASKED} a").evaluate_all(
        """links => links.map(it => [getComputedStyle(it).borderStyle, getComputedStyle(it).borderWidth,
             getComputedStyle(it).borderRadius, it.querySelector("i").textContent].join())"""
    )
    assert len(set(told_apart)) == 3


def test_an_article_shows_its_verdicts_with_their_counts(open_page: Open) -> None:
    page = open_page("articles/rugtips/")
    glance = page.get_by_role("region", name="Its claims at a glance")
    counts = glance.locator("li").evaluate_all(
        """rows => rows.map(it => [it.querySelector(".bk-glance__n").textContent,
             it.querySelector(".bk-glance__word").textContent, it.querySelectorAll("a").length])"""
    )
    assert all(int(number) == links for number, _, links in counts)
    assert sum(int(number) for number, *_ in counts) == 2 * page.locator("tr[id^=claim-]").count()
    glance.get_by_role("link", name="Walking lessens neck pain").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Walking lessens neck pain")
