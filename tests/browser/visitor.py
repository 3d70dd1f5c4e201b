"""A visitor of the site: windows of two sizes, what a page asks for and what goes wrong in it, the search box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

Open = Callable[..., Page]
"""Opens a page of the toy site by its address; see the fixture ``open_page``."""


def four_windows(browser: Browser) -> Mapping[str, Page]:
    """Return four new windows by name, for visitors who want light or dark on a desktop or a phone."""
    sizes = {"desktop": DESKTOP, "phone": PHONE}
    schemes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    return {
        f"{device}-{scheme}": browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        for device, size in sizes.items()
        for scheme in schemes
    }


def told(page: Page) -> tuple[list[str], list[str]]:
    """Return two lists that grow as the page goes on: the addresses it asks for, and what goes wrong in it."""
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(f"{request.url}: {request.failure}"))
    page.on("response", lambda answer: wrong.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    return asked, wrong


def search(page: Page, words: str) -> Locator:
    """Type words into the open page's search box and return the results that appear."""
    page.get_by_role("textbox", name="Search").press_sequentially(words)  # the theme looks when a key comes up
    return page.locator(".md-search-result__item")
