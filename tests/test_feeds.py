"""Feeds: what RFC 4287 asks of them, what a reader of feeds makes of them, and that ids and days stay."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from backed.model import Claim, Evidence
from backed.render import Site
from backed.render.changes import Change, newest_first, told
from backed.render.feeds import feed_link, feed_of_all, feed_of_claim
from backed.synthesise import synthesise

TEMPLATES = Path(__file__).parents[1] / "site_src/templates"
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return Site(toy, synthesise(toy), (), TEMPLATES, "https://backed.example/")


@pytest.fixture(scope="module")
def feeds(toy: Evidence, site: Site) -> dict[str, bytes]:
    everything = feed_of_all([told(event, site) for event in newest_first(toy)], site)
    made = [everything, *(feed_of_claim(claim, site) for claim in toy.claims.values())]
    return {feed.path: feed.content for feed in made}


def only(parent: ElementTree.Element, name: str) -> str:
    """Return the text of a child of which there has to be exactly one."""
    [found] = parent.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def test_each_feed_has_what_the_standard_asks(feeds: dict[str, bytes]) -> None:
    for path, content in feeds.items():
        feed = ElementTree.fromstring(content)
        assert feed.tag == f"{ATOM}feed"
        assert UUID.fullmatch(only(feed, "id"))
        assert only(feed, "title")
        assert feed.findtext(f"{ATOM}author/{ATOM}name")  # so that entries need none
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://backed.example/{path}"
        assert links["alternate"] in {"https://backed.example/new/", f"https://backed.example/{Path(path).parent}/"}
        entries = feed.findall(f"{ATOM}entry")
        moments = [only(entry, "updated") for entry in entries]
        assert moments == sorted(moments, reverse=True)
        assert only(feed, "updated") == moments[0]
        assert all(MOMENT.fullmatch(moment) for moment in moments)
        for entry in entries:
            assert UUID.fullmatch(only(entry, "id"))
            assert only(entry, "title")
            assert only(entry, "summary")
            assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
        ids = [only(entry, "id") for entry in entries]
        assert len(ids) == len(set(ids))


def test_a_reader_of_feeds_finds_nothing_wrong(feeds: dict[str, bytes]) -> None:
    for content in feeds.values():
        read = feedparser.parse(content)
        assert not read.bozo
        assert read.version == "atom10"
        assert all(entry.updated_parsed and entry.link.startswith("https://") for entry in read.entries)


def test_the_feed_of_a_claim_tells_how_the_conclusion_moved(feeds: dict[str, bytes]) -> None:
    read = feedparser.parse(feeds["claims/exercise-helps/feed.xml"])
    told = [(entry.updated[:10], entry.tags[0].term, entry.title) for entry in read.entries]
    assert told == [
        ("2026-11-20", "verdict", "The conclusion changed: Exercise makes back pain much less."),
        ("2025-02-01", "first", "Exercise makes back pain much less."),
    ]
    assert read.entries[1].summary == "Inconclusive (−9, −20 to 2)."


def test_ids_stay_when_words_dates_and_the_address_of_the_site_change(toy: Evidence, site: Site) -> None:
    claim = toy.claims["exercise-helps"]
    other = Site(toy, site.syntheses, (), TEMPLATES, "https://moved.example/backed/")
    later = claim.reviewed.model_copy(update={"on": date(2027, 5, 1)})
    reworded = claim.model_copy(update={"claim": claim.claim.model_copy(update={"en": "Reworded."}), "reviewed": later})
    kept = replace(toy, claims={**toy.claims, claim.id: reworded})
    changed = Site(kept, synthesise(kept), (), TEMPLATES, "https://backed.example/")
    ids = [ids_of(feed_of_claim(c, s).content) for c, s in ((claim, site), (claim, other), (reworded, changed))]
    assert ids[0] == ids[1] == ids[2]


def ids_of(feed: bytes) -> list[str]:
    return re.findall(r"<id>(.*?)</id>", feed.decode())


def test_no_text_breaks_out_of_a_feed(site: Site) -> None:
    hostile = "]]></title><script>\"'&amp; \x00\x0b\ud83d\ufffe {{ }} \u2028"
    change = Change(date(2026, 1, 2), "studies", "k", "studies/k/", hostile, f"{hostile} [@key]")
    feed = ElementTree.fromstring(feed_of_all([change], site).content)
    [entry] = feed.findall(f"{ATOM}entry")
    assert only(entry, "title") == "]]></title><script>\"'&amp; \ufffd\ufffd\ufffd\ufffd {{ }} \u2028"
    assert [child.tag.removeprefix(ATOM) for child in entry] == [
        "id",
        "title",
        "updated",
        "category",
        "link",
        "summary",
    ]


def test_a_feed_without_an_entry_is_a_feed(site: Site) -> None:
    feed = ElementTree.fromstring(feed_of_all([], site).content)
    assert only(feed, "updated") == "0001-01-01T00:00:00Z"


def test_the_theme_does_not_take_a_feed_for_another_language() -> None:
    assert feed_link('a"b.xml', "<x>") == (
        '<link rel="alternate feed" type="application/atom+xml" href="a&quot;b.xml" title="&lt;x&gt;">'
    )


def test_a_claim_without_numbers_has_a_feed(toy: Evidence, site: Site) -> None:
    claim: Claim = toy.claims["magnets-heal"]
    read = feedparser.parse(feed_of_claim(claim, site).content)
    assert [entry.updated[:10] for entry in read.entries] == [claim.reviewed.on.isoformat()]
    assert read.entries[0].summary == "Not known."
