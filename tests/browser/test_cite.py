"""The boxes that say how to cite: a menu of styles, copying as text and as HTML, with and without what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.visitor import Open, told

STUDY = "studies/toy-2001-walking/"
CLAIM = "claims/exercise-helps/"
PAGES = [STUDY, CLAIM, "comparisons/exercise-v-nothing/", "articles/rugtips/", "cite/"]
MAY_COPY = ["clipboard-read", "clipboard-write"]
ON_THE_CLIPBOARD = """async (type) => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType(type)).text();
}"""


def box(page: Page) -> Locator:
    return page.locator(".bk-citing").first


def shown(page: Page) -> str:
    """Return the reference that the first box shows."""
    return box(page).locator(".bk-citing__text:visible").inner_text()


@pytest.mark.parametrize("url", PAGES)
def test_each_box_shows_one_style_of_three(open_page: Open, url: str) -> None:
    page = open_page(url)
    boxes = page.locator(".bk-citing").filter(has=page.locator("[data-style]"))
    assert boxes.count() >= 1
    for one in boxes.all():
        expect(one.locator(".bk-citing__text:visible")).to_have_count(1)
        expect(one.get_by_label("Style").locator("option")).to_have_text(["Vancouver (NLM)", "APA 7", "AMA 11"])
        expect(one.locator(".bk-citing__name:visible")).to_have_count(0)


@pytest.mark.parametrize("url", PAGES)
def test_without_scripts_every_style_is_read_and_named(open_page: Open, url: str) -> None:
    page = open_page(url, java_script_enabled=False)
    styles = page.locator("[data-style]")
    assert styles.count() >= 3
    for one in styles.all():
        expect(one.locator(".bk-citing__name")).to_be_visible()
        expect(one.locator(".bk-citing__text")).to_be_visible()
    expect(page.locator(".bk-citing button, .bk-citing select")).to_have_count(0)


def test_a_style_is_chosen_for_all_boxes_and_the_pages_after(open_page: Open) -> None:
    page = open_page(STUDY)
    box(page).get_by_label("Style").select_option(label="APA 7")
    for menu in page.get_by_label("Style").all():
        expect(menu).to_have_value("apa")
    assert shown(page).startswith("Toy, A., von Spiel, J., & Toy Study Group. (2001).")
    page.goto(page.url.replace(STUDY, CLAIM))
    expect(page.get_by_label("Style").first).to_have_value("apa")
    assert shown(page).startswith("The Backed project. (2026, November 21).")


def test_a_remembered_style_that_is_no_more_is_the_first_one(open_page: Open) -> None:
    page = open_page(STUDY)
    page.evaluate("localStorage.setItem('backed-style', 'chicago')")
    page.reload()
    expect(page.get_by_label("Style").first).to_have_value("vancouver")
    expect(box(page).locator(".bk-citing__text:visible")).to_have_count(1)


@pytest.mark.parametrize("style", ["vancouver", "apa", "ama"])
def test_text_and_html_are_copied_as_they_are_shown(open_page: Open, style: str) -> None:
    page = open_page(STUDY, permissions=MAY_COPY)
    box(page).get_by_label("Style").select_option(style)
    box(page).get_by_role("button", name="Copy").click()
    expect(box(page).get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate(ON_THE_CLIPBOARD, "text/plain") == shown(page)
    copied = page.evaluate(ON_THE_CLIPBOARD, "text/html")
    assert '<a href="https://doi.org/10.5555/toy.2001.walking">' in copied
    assert ("<i>Journal of Toy Medicine</i>" in copied) == (style != "vancouver")
    assert "<b>walking</b>" not in copied  # what a title writes is text, also where it is pasted


def test_the_second_copy_is_said_too_and_another_style_takes_the_word_back(open_page: Open) -> None:
    page = open_page(STUDY, permissions=MAY_COPY)
    status = box(page).get_by_role("status")
    page.evaluate(
        """() => {
          window.said = [];
          const status = document.querySelector(".bk-citing [role=status]");
          new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    for times in (1, 2):
        box(page).get_by_role("button", name="Copy").click()
        page.wait_for_function("times => said.filter((text) => text === 'Copied.').length === times", arg=times)
    box(page).get_by_label("Style").select_option("ama")
    expect(status).to_have_text("")


def test_everything_is_done_with_the_keyboard(open_page: Open) -> None:
    page = open_page(CLAIM, permissions=MAY_COPY)
    box(page).get_by_label("Style").focus()
    page.keyboard.press("ArrowDown")
    expect(box(page).get_by_label("Style")).to_have_value("apa")
    page.keyboard.press("Tab")
    expect(box(page).get_by_role("button", name="Copy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page).get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate(ON_THE_CLIPBOARD, "text/plain") == shown(page)


def test_a_browser_without_a_clipboard_copies_the_old_way(open_page: Open) -> None:
    page = open_page(CLAIM, permissions=MAY_COPY)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('refused')); }")
    box(page).get_by_role("button", name="Copy").click()
    expect(box(page).get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate(ON_THE_CLIPBOARD, "text/plain").strip() == shown(page)
    assert page.evaluate("getSelection().toString()") == ""


def test_where_nothing_may_be_copied_the_text_stays_selected(open_page: Open) -> None:
    page = open_page(CLAIM)
    page.evaluate(
        "() => { navigator.clipboard.write = () => Promise.reject(new Error('refused'));"
        " document.execCommand = () => false; }"
    )
    box(page).get_by_role("button", name="Copy").click()
    expect(box(page).get_by_role("status")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString()").strip() == shown(page)


def test_boxes_work_from_an_unpacked_folder(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    _, wrong = told(page)
    page.goto((site / CLAIM / "index.html").as_uri())
    box(page).get_by_label("Style").select_option("apa")
    assert shown(page).startswith("The Backed project. (2026, November 21).")
    box(page).get_by_role("button", name="Copy").click()
    expect(box(page).get_by_role("status")).to_have_text("Copied.")
    assert [text for text in wrong if "cite.js" in text or "clipboard" in text] == []
    links = page.locator(".bk-downloads a")
    assert links.count() > 10
    for link in links.all():
        assert (site / CLAIM / (link.get_attribute("href") or "")).is_file()
    context.close()


def test_a_file_is_downloaded_under_a_name_that_says_what_is_inside(open_page: Open, site: Path) -> None:
    page = open_page(CLAIM)
    for heading, name in (("This page", "backed-exercise-helps.ris"), ("works cited here", "exercise-helps.ris")):
        named = page.locator(".bk-citing").filter(has=page.get_by_role("heading", name=heading))
        with page.expect_download() as download:
            named.get_by_role("link", name="RIS").click()
        assert download.value.suggested_filename == name
        assert download.value.path().read_bytes() == (site / CLAIM / name).read_bytes()


def test_on_paper_there_is_no_menu(open_page: Open) -> None:
    page = open_page(CLAIM)
    page.emulate_media(media="print")
    expect(box(page).locator(".bk-citing__tools")).to_be_hidden()
    expect(box(page).locator(".bk-citing__text:visible")).to_have_count(1)


def test_where_nothing_may_be_stored_a_style_is_chosen_all_the_same(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    page = context.new_page()
    page.goto(address + CLAIM)
    box(page).get_by_label("Style").select_option("ama")
    assert shown(page).startswith("The Backed project. Exercise makes back pain much less (version")
    context.close()
