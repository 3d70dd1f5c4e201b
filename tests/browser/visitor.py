"""A visitor of the site: windows of two sizes, what a page asks for and what goes wrong in it, the search box."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

Open = Callable[..., Page]
"""Opens a page of the toy site by its address; see the fixture ``open_page``."""


def told(page: Page) -> tuple[list[str], list[str]]:
    """Return two lists that grow as the page goes on: the addresses it asks for, and what goes wrong in it."""
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(f"{request.url}: {request.failure}"))
    page.on("response", lambda response: None if response.ok else wrong.append(f"{response.url}: {response.status}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    return asked, wrong


def search(page: Page, words: str) -> Locator:
    """Type words into the open page's search box and return the results that appear."""
    page.get_by_role("textbox", name="Search").press_sequentially(words)  # the theme looks when a key comes up
    return page.locator(".md-search-result__item")
