"""Feeds and cards in a real browser: found in the head of each page, served whole, and nothing asked beside them."""

from __future__ import annotations

import feedparser
import pytest
from tests.browser.visitor import Open, told

CLAIM = "claims/exercise-helps/"


@pytest.mark.parametrize("url", ["", "new/", "studies/toy-2012-cycling/", CLAIM, "404.html"])
def test_every_page_leads_programs_to_the_feed_of_everything(open_page: Open, address: str, url: str) -> None:
    page = open_page(url)
    feeds = page.locator("link[rel~=alternate][type='application/atom+xml']").evaluate_all(
        "all => all.map(l => l.href)"
    )
    assert feeds[0] == f"{address}feed.xml"
    assert feeds[1:] == ([f"{address}{CLAIM}feed.xml"] if url == CLAIM else [])


def test_the_links_on_the_page_lead_to_feeds(open_page: Open) -> None:
    for url, name in ((CLAIM, "Be told when this conclusion changes"), ("new/", "Follow everything by feed")):
        page = open_page(url)
        href = page.get_by_role("link", name=name).evaluate("link => link.href")
        answer = page.request.get(href)
        assert answer.ok
        read = feedparser.parse(answer.body())
        assert not read.bozo
        assert read.entries


def test_the_theme_asks_for_no_sitemap_beside_a_feed(open_page: Open, address: str) -> None:
    def sitemaps(plain: bool) -> list[str]:
        page = open_page("about/")
        asked, _ = told(page)
        if plain:
            html = page.request.get(f"{address}{CLAIM}").text().replace('"alternate feed"', '"alternate"')
            page.route(f"{address}{CLAIM}", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{address}{CLAIM}", wait_until="networkidle")
        return [request.removeprefix(address) for request in asked if "sitemap" in request or "feed.xml" in request]

    assert sitemaps(plain=False) == []
    assert sitemaps(plain=True)  # what it does where a feed is `alternate` and nothing else


def test_the_card_is_a_picture_of_the_size_that_the_tags_tell(open_page: Open, address: str) -> None:
    page = open_page(CLAIM)
    tags = {
        name: page.locator(f'meta[property="og:image{name}"]').get_attribute("content")
        for name in ("", ":width", ":height", ":alt")
    }
    assert tags[""] == f"https://backed.example/{CLAIM}card.png"
    assert "Verdict: Supported" in (tags[":alt"] or "")
    page.goto(f"{address}{CLAIM}card.png")
    size = page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight].map(String)")
    assert size == [tags[":width"], tags[":height"]]


def test_a_conclusion_that_changed_is_read_out_with_both_verdicts(open_page: Open) -> None:
    page = open_page("new/")
    moved = page.locator(".bk-moved").first
    assert " ".join(moved.inner_text().split()) == "Verdict: inconclusive → , now Verdict: supported"
    assert page.get_by_role("heading", name="Conclusions that changed").is_visible()


def test_the_age_of_a_record_stands_below_its_title(open_page: Open) -> None:
    for url in (CLAIM, "comparisons/exercise-v-nothing/", "articles/rugtips/", "studies/madeup-2020-exercise/"):
        page = open_page(url)
        line = page.locator(".bk-looked")
        assert line.count() == 1
        assert line.inner_text().startswith("Last looked at")
        above = page.locator("h1").bounding_box(), page.locator("h2").first.bounding_box(), line.bounding_box()
        assert all(above)
        title, section, own = (box["y"] for box in above if box)
        assert title < own < section
    assert "next look due by" in open_page(CLAIM).locator(".bk-looked").inner_text()
