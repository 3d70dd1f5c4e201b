"""The page on which a record is reviewed: ticks that stay, a line that YAML reads, paper."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from tests.browser.visitor import Open

from backed.model import Confirmation, parse

REVIEW = "studies/toy-2001-walking/review/"
KEY = "backed:review:studies/toy-2001-walking"
TICK = 'input[name="effects.pain-12-weeks.estimate"]'


def line(page: Page) -> Confirmation:
    """Return the confirmation in the line to be pasted, read as records are: every scalar as text."""
    record, faults = parse(
        Confirmation, yaml.load(page.locator(".bk-yaml code").inner_text(), yaml.BaseLoader)["checked_by"]
    )
    assert faults == ()
    assert record is not None
    return record


def test_ticks_are_counted_and_still_there_after_loading_again(open_page: Open) -> None:
    page = open_page(REVIEW)
    total = page.locator(".bk-review input[type=checkbox]").count()
    expect(page.locator(".bk-ticked output")).to_have_text(f"0 of {total} ticked")
    page.locator("label", has=page.locator(TICK)).click()
    page.locator('input[name="population.n.enrolled"]').check()
    expect(page.locator(".bk-ticked output")).to_have_text(f"2 of {total} ticked")
    page.reload()
    expect(page.locator(TICK)).to_be_checked()
    expect(page.locator(".bk-ticked output")).to_have_text(f"2 of {total} ticked")
    page.goto(page.url.replace("toy-2001-walking", "toy-2011-jogging"))
    expect(page.locator("input:checked")).to_have_count(0)


def test_a_tick_does_not_outlive_the_figure_it_was_set_at(open_page: Open) -> None:
    page = open_page(REVIEW)
    page.locator(TICK).check()
    kept = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))
    assert kept == {"effects.pain-12-weeks.estimate": "−1.2"}
    page.evaluate(f"localStorage.setItem('{KEY}', JSON.stringify({{'effects.pain-12-weeks.estimate': '−1.3'}}))")
    page.reload()
    expect(page.locator(TICK)).not_to_be_checked()


@pytest.mark.parametrize("stored", ["{", "null", "[1]", '"x"', '{"__proto__": 1}'])
def test_broken_memory_is_no_memory(open_page: Open, stored: str) -> None:
    page = open_page(REVIEW)
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, stored])
    page.reload()
    expect(page.locator(".bk-ticked output")).to_contain_text("0 of")


def test_all_is_unticked_at_once(open_page: Open) -> None:
    page = open_page(REVIEW)
    page.locator(TICK).check()
    page.get_by_role("button", name="Untick all").click()
    expect(page.locator("input:checked")).to_have_count(0)
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None


def test_the_keyboard_ticks(open_page: Open) -> None:
    page = open_page(REVIEW)
    page.locator(TICK).focus()
    page.keyboard.press("Space")
    expect(page.locator(TICK)).to_be_checked()


def fill(page: Page, name: str, day: str, compared: str) -> None:
    page.get_by_label("Your public name").fill(name)
    page.get_by_label("Day").fill(day)
    page.get_by_label("What you compared with what").fill(compared)


def test_the_line_is_a_confirmation_as_records_have_it(open_page: Open) -> None:
    page = open_page(REVIEW, permissions=["clipboard-read", "clipboard-write"])
    fill(page, "Bo Reader", "2026-12-01", "all figures with Tables 1 and 2")
    page.get_by_role("button", name="Copy the line").click()
    expect(page.locator(".bk-review [role=status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".bk-yaml code").inner_text()
    said = line(page)
    assert (said.name, said.on.isoformat(), said.compared) == (
        "Bo Reader",
        "2026-12-01",
        "all figures with Tables 1 and 2",
    )


@pytest.mark.parametrize(
    "name",
    [
        'Bo "B" \\ Reader',
        "O'Neill, A: {x} # y",
        "Ærøskøbing \U0001f600 李",
        "a\u2028b\u0085c\ufeffd",
        "- |",
        "null",
        "{{ x }}",
    ],
)
def test_whatever_is_typed_yaml_reads_it_back(open_page: Open, name: str) -> None:
    page = open_page(REVIEW)
    fill(page, name, "2026-12-01", name)
    spaced = " ".join(name.replace("\ufeff", " ").split())
    assert (" ".join(line(page).name.split()), " ".join(line(page).compared.split())) == (spaced, spaced)


@pytest.mark.parametrize(("name", "compared"), [("", "all of it"), ("Bo Reader", ""), ("  ", "all of it")])
def test_a_line_that_is_not_whole_is_refused_by_the_check(open_page: Open, name: str, compared: str) -> None:
    page = open_page(REVIEW)
    fill(page, name, "2026-12-01", compared)
    read = yaml.load(page.locator(".bk-yaml code").inner_text(), yaml.BaseLoader)["checked_by"]
    assert [fault.at for fault in parse(Confirmation, read)[1]] == [("on",)]


def test_without_a_script_boxes_can_be_ticked_and_nothing_dead_is_shown(open_page: Open) -> None:
    page = open_page(REVIEW, java_script_enabled=False)
    page.locator(TICK).check()
    expect(page.locator(TICK)).to_be_checked()
    for button in page.locator(".bk-review button").all():
        expect(button).to_be_hidden()
    expect(page.locator(".bk-yaml")).to_be_visible()


def test_a_printed_review_keeps_boxes_beside_places_and_drops_the_tools(open_page: Open) -> None:
    page = open_page(REVIEW)
    page.locator(TICK).check()
    page.set_viewport_size({"width": 680, "height": 1000})  # about the width of A4 within its margins
    page.emulate_media(media="print")
    for gone in (".bk-ticked", ".bk-confirm", ".bk-report", ".bk-review [data-do=copy]"):
        expect(page.locator(gone)).to_be_hidden()
    box = page.locator("fieldset", has=page.locator(TICK))
    figures, places = box.locator(".bk-beside > ul").all()
    left, right = figures.bounding_box(), places.bounding_box()
    assert left and right
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 20
    assert page.locator(TICK).evaluate("it => getComputedStyle(it, '::after').content") == '"✓"'
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    expect(page.locator(".bk-yaml")).to_be_visible()


def test_a_review_is_printed_on_a4_without_an_empty_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}claims/magnets-heal/review/")
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert re.findall(rb"/Type\s*/Page\b", pdf) == [b"/Type /Page"]
    [(width, height)] = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert (round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) == (210, 297)


def test_reviews_are_not_found_by_the_search_box_or_in_the_sitemap(open_page: Open) -> None:
    page = open_page(REVIEW)
    found = page.evaluate(
        "async base => (await (await fetch(base)).json()).docs.map(one => one.location)",
        "../../../search/search_index.json",
    )
    assert [one for one in found if one.endswith("/review/")] == []
    assert "/review/" not in page.evaluate("async () => (await (await fetch('../../../sitemap.xml')).text())")
    expect(page.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
