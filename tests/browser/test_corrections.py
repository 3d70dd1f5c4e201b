"""Reporting a mistake: by the keyboard, by touch, by the link; as an issue, a mail, or on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.site_server import served
from tests.browser.test_every_page import start_axe, violations
from tests.browser.visitor import DESKTOP, PHONE, Open

from backed.model import Evidence
from backed.publish import publish_site

ROOT = Path(__file__).parents[2]
STUDY = "studies/toy-2001-walking/"
REPOSITORY = "https://code.example/toy"
MAIL = "corrections@backed.example"
COMMIT = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
VERSION = re.compile(rf"records of 2026-11-21 \([0-9a-f]{{12}}\), commit {COMMIT}")
FILE = "tests/toy/evidence/studies/2001/toy-2001-walking.yaml"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def reachable(tmp_path_factory: pytest.TempPathFactory, toy: Evidence) -> Path:
    """Return the toy site of a project that has a repository, a mail address and a commit."""
    folder = tmp_path_factory.mktemp("reachable") / "site"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("REPO_URL", REPOSITORY), ("MAIL", MAIL), ("COMMIT", COMMIT)):
            patch.setenv(f"BACKED_{name}", value)
        publish_site(ROOT / "mkdocs.yml", folder, Path(toy.root))
    return folder


@pytest.fixture
def visit(browser: Browser, reachable: Path) -> Iterator[Open]:
    """Give a function that opens a page of that site, as ``open_page`` does of the other one."""
    contexts: list[BrowserContext] = []
    with served(reachable) as address:

        def visit(url: str = STUDY, **options: Any) -> Page:
            context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
            context.set_default_timeout(5000)
            contexts.append(context)
            page = context.new_page()
            page.goto(address + url)
            return page

        yield visit
        for context in contexts:
            context.close()


SELECT = """it => {
  const range = document.createRange();
  range.selectNodeContents(it);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def reported(page: Page, selector: str = ".bk-subtitle") -> Locator:
    """Select what a selector names, press Ctrl+Enter, and return the dialog."""
    page.locator(selector).first.evaluate(SELECT)
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    expect(dialog).to_be_visible()
    return dialog


def issue(dialog: Locator) -> dict[str, str]:
    """Return what the dialog's issue is prefilled with, read back from its address."""
    address = dialog.get_by_role("link", name="Open an issue").get_attribute("href") or ""
    assert address.startswith(f"{REPOSITORY}/issues/new?")
    return {name: value for name, [value] in parse_qs(urlsplit(address).query, strict_parsing=True).items()}


def mail(dialog: Locator) -> dict[str, str]:
    """Return subject and body of the dialog's mail, read back from its address."""
    address = urlsplit(dialog.get_by_role("link", name="Write a mail").get_attribute("href") or "")
    assert (address.scheme, unquote(address.path)) == ("mailto", MAIL)
    return {name: unquote(value) for name, _, value in (part.partition("=") for part in address.query.split("&"))}


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


# The three ways


def test_a_selection_becomes_an_issue_that_says_what_where_and_in_which_version(visit: Open) -> None:
    page = visit()
    dialog = reported(page, "#effect-pain-one-year th")
    expect(dialog.locator("blockquote")).to_have_text(re.compile("Pain"))
    dialog.get_by_role("textbox").fill("Table 5 prints −0.4 & not −0.3?\nSee page 6 = the end.")
    told = issue(dialog)
    assert told["wrong"] == "Table 5 prints −0.4 & not −0.3?\nSee page 6 = the end."
    assert told["passage"].startswith("Pain")
    assert told["template"] == "correction.yml"
    assert told["title"] == "Correction: toy-2001-walking"
    assert told["page"].endswith(f"{STUDY}#effect-pain-one-year")
    assert told["file"] == FILE
    assert VERSION.fullmatch(told["version"])


def test_a_selection_becomes_a_mail(visit: Open) -> None:
    dialog = reported(visit())
    dialog.get_by_role("textbox").fill("100% & more #1?")
    told = mail(dialog)
    assert told["subject"] == "Correction: toy-2001-walking"
    lines = told["body"].split("\r\n")
    assert f"Record: toy-2001-walking ({FILE})" in lines
    assert [line for line in lines if VERSION.fullmatch(line.removeprefix("Version: "))]
    assert any(line.startswith("> Toy trial of <b>walking</b>") for line in lines)
    assert lines[-1] == "100% & more #1?"


def test_a_selection_is_copied_and_that_is_said(visit: Open) -> None:
    page = visit(**CLIPBOARD)
    dialog = reported(page)
    dialog.get_by_role("textbox").fill("The title of another trial.")
    dialog.get_by_role("button", name="Copy the text").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied. Nothing was sent.")
    text = clipboard(page)
    assert text.startswith("Page: ")
    assert VERSION.search(text)
    assert text.endswith("The title of another trial.")


def test_a_browser_that_refuses_to_copy_shows_the_text(visit: Open) -> None:
    page = visit()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    dialog = reported(page)
    dialog.get_by_role("button", name="Copy the text").click()
    expect(dialog.get_by_role("status")).to_contain_text("Copy the text below by hand")
    expect(dialog.get_by_label("The text to copy")).to_have_value(re.compile("Page: .*Toy trial", re.DOTALL))


def test_nothing_is_sent_by_the_page_and_it_says_so(visit: Open) -> None:
    page = visit(**CLIPBOARD)
    page.wait_for_load_state("networkidle")  # the theme's search asks for its files
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    dialog = reported(page)
    dialog.get_by_role("textbox").fill("Wrong.")
    dialog.get_by_role("button", name="Copy the text").click()
    dialog.get_by_role("button", name="Close").click()
    assert asked == []
    page.locator(".bk-report a").click()
    expect(dialog).to_have_accessible_description(re.compile("Nothing is sent by this page"))


@pytest.mark.parametrize(("way", "longest"), [("Open an issue", 4500), ("Write a mail", 1900)])
def test_what_is_too_long_for_an_address_is_copied_and_told(visit: Open, way: str, longest: int) -> None:
    page = visit(**CLIPBOARD)
    dialog = reported(page)
    link = dialog.get_by_role("link", name=way)
    dialog.get_by_role("textbox").fill("ë" * longest)
    assert len(link.get_attribute("href") or "") < longest
    link.evaluate("it => it.addEventListener('click', event => event.preventDefault())")  # it would leave
    link.click()
    expect(dialog.get_by_role("status")).to_contain_text("Copied. It was too long for an address: paste it into the")
    assert clipboard(page).endswith("ë" * longest)
    dialog.get_by_role("textbox").first.fill("short")
    assert "short" in (link.get_attribute("href") or "")


# What is selected


HOSTILE = '"><img src=x onerror=hit()>\u202e</textarea>`` ``` @everyone &page=x#y \U0001f600 javascript:hit() \x07%00'


def test_hostile_words_stay_words(visit: Open) -> None:
    page = visit()
    page.evaluate("() => { window.hit = () => { window.harmed = true } }")
    page.locator(".bk-subtitle").evaluate("(it, text) => { it.textContent = text }", HOSTILE)
    dialog = reported(page)
    shown = " ".join(HOSTILE.replace("\x07", " ").split())
    expect(dialog.locator("blockquote")).to_have_text(shown)
    assert dialog.locator("img").count() == 0
    told = issue(dialog)
    assert told["passage"] == shown
    assert told["page"].endswith(STUDY)
    assert mail(dialog)["body"].count(shown) == 1
    assert set(mail(dialog)) == {"subject", "body"}
    assert page.evaluate("window.harmed") is None


def test_half_a_character_does_not_break_the_dialog(visit: Open) -> None:
    page = visit()
    page.locator(".bk-subtitle").evaluate("it => { it.textContent = 'half \\ud83d of one' }")
    dialog = reported(page)
    assert issue(dialog)["passage"] == "half \ufffd of one"
    assert "half \ufffd of one" in mail(dialog)["body"]


def test_a_long_passage_is_cut_in_the_middle(visit: Open) -> None:
    page = visit()
    page.locator(".bk-subtitle").evaluate("it => { it.textContent = `Begin ${'word '.repeat(400)}end` }")
    passage = issue(reported(page))["passage"]
    assert re.fullmatch(r"Begin (word )+… (word |ord |rd |d )?(word )+end", passage)
    assert len(passage) < 600


def test_nothing_selected_nothing_opens_and_ctrl_enter_is_left_alone(visit: Open) -> None:
    page = visit()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Report a mistake")).to_have_count(0)


@pytest.mark.parametrize(
    "control", ["<input>", "<textarea></textarea>", "<div contenteditable>words</div>", "<a href='#x'>x</a>"]
)
def test_ctrl_enter_in_a_form_or_on_a_link_is_left_to_it(visit: Open, control: str) -> None:
    page = visit()
    page.evaluate(
        "html => document.querySelector('h1').insertAdjacentHTML('afterend', `<form id=own>${html}</form>`)", control
    )
    page.locator("#own > *").focus()
    page.locator(".bk-subtitle").evaluate(SELECT)
    page.locator("#own > *").dispatch_event("keydown", {"key": "Enter", "ctrlKey": True, "bubbles": True})
    expect(page.get_by_role("dialog", name="Report a mistake")).to_have_count(0)


@pytest.mark.parametrize("keys", ["Enter", "Control+Shift+Enter", "Control+Alt+Enter"])
def test_other_keys_open_nothing(visit: Open, keys: str) -> None:
    page = visit()
    page.locator(".bk-subtitle").evaluate(SELECT)
    page.keyboard.press(keys)
    expect(page.get_by_role("dialog", name="Report a mistake")).to_have_count(0)


def test_a_mac_presses_its_own_key(visit: Open) -> None:
    page = visit()
    page.locator(".bk-subtitle").evaluate(SELECT)
    page.keyboard.press("Meta+Enter")
    expect(page.get_by_role("dialog", name="Report a mistake")).to_be_visible()


# The dialog


def test_the_keyboard_stays_in_the_dialog_until_escape(visit: Open) -> None:
    page = visit()
    dialog = reported(page)
    expect(dialog.get_by_role("textbox", name="What is wrong, and how do you know (source, page)?")).to_be_focused()
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent || document.activeElement.tagName"))
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    assert {"Open an issue", "Write a mail", "Copy the text", "Close"} <= set(reached)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_what_was_typed_is_still_there_when_the_dialog_is_opened_again(visit: Open) -> None:
    page = visit()
    reported(page).get_by_role("textbox").fill("I looked it up: ")
    page.keyboard.press("Escape")
    dialog = reported(page)
    expect(dialog.get_by_role("textbox")).to_have_value("I looked it up: ")
    assert issue(dialog)["wrong"] == "I looked it up: "


def test_the_link_at_the_foot_opens_the_same_and_gets_the_focus_back(visit: Open) -> None:
    page = visit("about/")
    page.locator(".bk-report a").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    expect(dialog).to_contain_text("No words are selected")
    told = issue(dialog)
    assert "passage" not in told
    assert told["file"] == "site_src/pages/about.md"
    page.keyboard.press("Escape")
    expect(page.locator(".bk-report a")).to_be_focused()


def test_without_a_script_the_link_leads_to_the_issue(visit: Open) -> None:
    page = visit(java_script_enabled=False)
    address = page.get_by_role("link", name="Report a mistake").get_attribute("href") or ""
    assert parse_qs(urlsplit(address).query)["file"] == [FILE]
    expect(page.locator(".bk-report__keys")).to_be_hidden()


def test_a_project_that_can_be_reached_nowhere_still_offers_the_clipboard(open_page: Open) -> None:
    page = open_page(STUDY, **CLIPBOARD)
    dialog = reported(page)
    expect(dialog.get_by_role("link")).to_have_count(0)
    dialog.get_by_role("button", name="Copy the text").click()
    expect(dialog.get_by_role("status")).to_contain_text("Copied")
    assert "Toy trial" in clipboard(page)


def test_it_works_from_a_file_and_tells_nothing_of_this_computer(browser: Browser, reachable: Path) -> None:
    page = browser.new_page()
    page.goto((reachable / STUDY / "index.html").as_uri())
    dialog = reported(page)
    assert issue(dialog)["page"] == f"https://backed.example/{STUDY}"
    assert str(reachable) not in dialog.inner_html()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_dialog(visit: Open, scheme: str, size: dict[str, int]) -> None:
    page = visit(viewport=size, color_scheme=scheme)
    dialog = reported(page)
    assert dialog.evaluate("it => it.scrollWidth <= it.clientWidth")
    start_axe(page)
    assert violations(page) == []


# Touch


def touched(page: Page) -> Locator:
    """Touch the page, select a passage, and return the button that appears."""
    page.touchscreen.tap(180, 400)
    page.locator(".bk-subtitle").evaluate(SELECT)
    return page.locator("button.bk-report-here")


def test_on_a_touch_screen_a_button_stands_by_the_selection(visit: Open) -> None:
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    button = touched(page)
    expect(button).to_be_in_viewport(ratio=1)
    below = page.locator(".bk-subtitle").evaluate("it => it.getBoundingClientRect().bottom")
    top = button.evaluate("it => it.getBoundingClientRect().top")
    assert 0 <= top - below < 40
    button.tap()
    dialog = page.get_by_role("dialog", name="Report a mistake")
    expect(dialog.locator("blockquote")).to_contain_text("Toy trial of <b>walking</b>")
    expect(button).to_have_count(0)


def test_the_button_goes_with_the_selection_and_axe_finds_nothing_in_it(visit: Open) -> None:
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    button = touched(page)
    expect(button).to_be_visible()
    start_axe(page)
    assert violations(page) == []
    page.evaluate("getSelection().removeAllRanges()")
    expect(button).to_have_count(0)


def test_a_mouse_gets_no_button(visit: Open) -> None:
    page = visit()
    page.mouse.click(300, 300)
    page.locator(".bk-subtitle").evaluate(SELECT)
    page.wait_for_timeout(400)  # longer than the button takes to come
    expect(page.locator("button.bk-report-here")).to_have_count(0)


def test_a_selection_outside_the_page_s_text_is_nothing_to_report(visit: Open) -> None:
    page = visit()
    page.locator(".md-footer").evaluate(SELECT)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Report a mistake")).to_have_count(0)
