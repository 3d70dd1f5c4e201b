"""The toy site, built once and served to a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.chromium import find_chromium, flags, missing
from tests.browser.site_server import served
from tests.browser.visitor import DESKTOP, Open
from tests.system import required

from backed.model import Evidence
from backed.publish import publish_site

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, toy: Evidence) -> Path:
    """Return the folder of the built toy site."""
    folder = tmp_path_factory.mktemp("browser") / "site"
    publish_site(ROOT / "mkdocs.yml", folder, Path(toy.root))
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Give the address at which the toy site is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a running Chromium; without one, tests that need it are skipped, or fail in CI."""
    path = find_chromium()
    if path is None:
        pytest.fail(missing(), pytrace=False) if required() else pytest.skip(missing())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Give a function that opens a page of the toy site as a new visitor; its options are those of a context."""
    contexts: list[BrowserContext] = []

    def open_page(url: str = "", **options: Any) -> Page:
        settings = {"viewport": DESKTOP, "reduced_motion": "reduce", "color_scheme": "light", **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + url)
        return page

    yield open_page
    for context in contexts:
        context.close()
