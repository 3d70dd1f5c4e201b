"""The pages' own policy in a real browser: the site needs nothing that it forbids, and what is planted does not run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.page_kinds import TOY_PAGES, addresses
from tests.browser.site_server import served
from tests.browser.visitor import search, told

PLANTED = {
    "script": "<script>window.ran = 'script'</script>",
    "handler": "<img src='x' onerror=\"window.ran = 'handler'\">",
    "address": "<iframe src=\"javascript:parent.ran = 'address'\"></iframe>",
    "elsewhere": "<script src='data:text/javascript,window.ran=1'></script>",
    "style": "<p style='position:fixed'>over everything</p>",
    "base": "<base href='https://elsewhere.example/'>",
    "object": "<object data='data:text/html,<script>top.ran=1</script>'></object>",
}


def test_every_page_has_a_policy(site: Path) -> None:
    assert [
        url
        for url in addresses(site)
        if 'http-equiv="Content-Security-Policy"' not in (site / page_file(url)).read_text(encoding="utf-8")
    ] == []


@pytest.mark.parametrize("kind", ["home", "study-trial", "record-builder", "not-found"])
@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_into_a_page_is_refused(
    browser: Browser, site: Path, tmp_path: Path, kind: str, what: str
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    path = copy / page_file(TOY_PAGES[kind])
    html = path.read_text(encoding="utf-8")
    path.write_text(html.replace("<article", f"{PLANTED[what]}<article", 1), encoding="utf-8")
    with served(copy) as address:
        page = browser.new_page()
        _, wrong = told(page)
        with page.expect_event("console", lambda message: "Content Security Policy" in message.text):
            page.goto(address + TOY_PAGES[kind])
        page.wait_for_load_state()
        assert page.evaluate("window.ran") is None
        assert any("violates the following Content Security Policy" in text for text in wrong), wrong
        page.close()


@pytest.mark.parametrize("kind", ["home", "study-trial", "comparison-pooled", "record-builder", "selection"])
def test_a_site_opened_from_a_folder_keeps_to_it(browser: Browser, site: Path, kind: str) -> None:
    page = browser.new_page()
    _, wrong = told(page)
    page.goto((site / page_file(TOY_PAGES[kind])).as_uri())
    search(page, "walking").first.wait_for()
    assert works(page)
    assert [text for text in wrong if "Content Security Policy" in text] == []
    page.close()


def works(page: Page) -> bool:
    """Say whether a script of ours has run in a page."""
    return bool(page.evaluate("!!window.backed"))


def page_file(url: str) -> str:
    return url if url.endswith(".html") else f"{url}index.html"
