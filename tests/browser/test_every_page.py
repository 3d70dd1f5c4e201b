"""What holds for every kind of page: no axe violation, nothing asked of other sites, no error, nothing too wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page
from tests.browser.page_kinds import TOY_PAGES, addresses
from tests.browser.visitor import DESKTOP, PHONE, Open, four_windows, search, told

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")

KNOWN_THEME_FAULTS = {
    # The theme's script writes the tags of each search result as a nav without a name; its markup cannot be changed.
    ("landmark-unique", '<nav class="md-tags">'),
}
"""Rules of axe and the start of the markup that breaks them, where the fault is the theme's and has no simple cure."""

Told = tuple[list[str], list[str]]


class Visit(NamedTuple):
    """A page in one of the four windows: its address, the addresses it asked for, and what went wrong."""

    page: Page
    address: str
    asked: list[str]
    wrong: list[str]


Visits = Mapping[str, Visit]


def test_the_kinds_cover_the_whole_site(site: Path) -> None:
    uncovered = set(addresses(site)) - set(TOY_PAGES.values())
    assert {
        address
        for address in uncovered
        if not address.startswith(("rules/", "vocabularies/", "map/")) and not address.endswith("/review/")
    } == set()


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Mapping[str, tuple[Page, Told]]]:
    """Give four windows that stay open: light and dark, desktop and phone."""
    opened = four_windows(browser)
    yield {name: (page, told(page)) for name, page in opened.items()}
    for page in opened.values():
        page.close()


@pytest.fixture(scope="module", params=[pytest.param(url, id=kind) for kind, url in TOY_PAGES.items()])
def visits(request: pytest.FixtureRequest, windows: Mapping[str, tuple[Page, Told]], address: str) -> Visits:
    """Open a kind of page in the four windows; the tests that use this take turns at each page."""
    made = {}
    for name, (page, (asked, wrong)) in windows.items():
        page.goto("about:blank")  # what the page before still waited for is not this one's fault
        asked.clear()
        wrong.clear()
        with page.expect_response("**/search_index.json"):  # the last thing that the theme's script asks for
            page.goto(address + request.param)
        made[name] = Visit(page, address + request.param, asked, wrong)
    return made


def test_axe_finds_nothing(visits: Visits) -> None:
    for visit in visits.values():
        start_axe(visit.page)  # all four work at the same time
    assert {name: violations(visit.page) for name, visit in visits.items()} == {name: [] for name in visits}


def test_nothing_leaves_the_site_and_nothing_goes_wrong(visits: Visits, address: str) -> None:
    for visit in visits.values():
        assert visit.address in visit.asked
        assert [request for request in visit.asked if not request.startswith((address, "data:"))] == []
        assert visit.wrong == []


def test_a_phone_scrolls_down_and_never_sideways(visits: Visits) -> None:
    page = visits["phone-light"].page
    assert page.viewport_size == PHONE
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # Nothing hangs over the edge either, but for what scrolls in a region of its own or waits beside the page.
    hanging = page.evaluate(
        """width => [...document.querySelectorAll("article *")]
             .filter(e => !e.closest(".bk-scroll, .md-typeset__scrollwrap, .bk-sr, pre"))
             .filter(e => e.getBoundingClientRect().right > width + 1)
             .map(e => e.outerHTML.slice(0, 120))""",
        PHONE["width"],
    )
    assert hanging == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_while_searching(open_page: Open, scheme: str, size: dict[str, int]) -> None:
    page = open_page(viewport=size, color_scheme=scheme)
    if size is PHONE:
        page.locator("label.md-header__button[for=__search]").click()
    search(page, "exercise").first.wait_for()
    start_axe(page)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_preview_a_sorted_table_and_a_chosen_filter(open_page: Open, scheme: str) -> None:
    cited = open_page("claims/exercise-helps/", color_scheme=scheme)
    cited.locator(".bk-cite a").first.focus()
    cited.get_by_role("tooltip").wait_for()
    table = open_page("studies/", color_scheme=scheme)
    table.get_by_label("Filter by a word").fill("nothing has this word")
    table.get_by_role("button", name="Year").click()
    chosen = open_page("claims/", color_scheme=scheme)
    chosen.get_by_role("button", name="not known").click()
    pages = (cited, table, chosen)
    for page in pages:
        start_axe(page)
    assert [violations(page) for page in pages] == [[], [], []]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_menu_of_a_phone(open_page: Open, scheme: str) -> None:
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.locator("label.md-header__button[for=__drawer]").click()
    page.get_by_role("link", name="Studies", exact=True).first.wait_for()
    start_axe(page)
    assert violations(page) == []


def test_axe_would_find_something(open_page: Open) -> None:
    page = open_page("about/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=data:,><h4>Skipped</h4>')")
    start_axe(page)
    assert {found.split(",")[0] for found in violations(page)} == {"image-alt", "heading-order"}


def start_axe(page: Page) -> None:
    """Begin all of axe's rules, best practice too, without waiting for them."""
    page.evaluate(AXE)
    page.evaluate("() => { window.examined = axe.run(document, {resultTypes: ['violations'], selectors: false}) }")


def violations(page: Page) -> list[str]:
    """Return what axe found: each rule, how often it is broken, and the first places."""
    found = page.evaluate("async () => (await window.examined).violations")
    places = {one["id"]: [node["html"] for node in one["nodes"] if not known(one["id"], node["html"])] for one in found}
    return [
        f"{rule}, {len(nodes)} times: {[node[:200] for node in nodes[:3]]}" for rule, nodes in places.items() if nodes
    ]


def known(rule: str, markup: str) -> bool:
    """Tell a fault of the theme that is known from one that is not."""
    return any(rule == fault and markup.startswith(start) for fault, start in KNOWN_THEME_FAULTS)
