"""The vocabularies as pages: every term in its tree, with its words, and the records that use it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from tests.test_render import TEMPLATES

from backed.examine import ALL_RULES
from backed.model import VOCABULARIES, Evidence, Page, terms_of
from backed.render import Site
from backed.render.vocabularies import ABOUT, vocabulary_pages
from backed.synthesise import synthesise


@pytest.fixture(scope="module")
def pages(toy: Evidence) -> dict[str, Page]:
    return {page.url: page for page in vocabulary_pages(Site(toy, synthesise(toy), ALL_RULES, TEMPLATES))}


class Branches(HTMLParser):
    """Reads which list item stands in which: the id of each, with that of the one around it."""

    def __init__(self) -> None:
        super().__init__()
        self.above: dict[str, str | None] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            key = str(dict(attrs)["id"])
            self.above[key] = self.open[-1] if self.open else None
            self.open.append(key)

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self.open.pop()


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_term_stands_once_below_its_wider_one(name: str, pages: dict[str, Page], toy: Evidence) -> None:
    read = Branches()
    read.feed(pages[f"vocabularies/{name}/"].content)
    assert read.above == {key: term.broader for key, term in getattr(toy.vocabularies, name).items()}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_labels_synonyms_and_definitions_are_shown_and_found(name: str, pages: dict[str, Page], toy: Evidence) -> None:
    page = pages[f"vocabularies/{name}/"]
    plain = unescape(re.sub(r"<[^>]+>", "", page.content))
    entries = {entry.location: entry for entry in page.search}
    assert page.search[0].location == page.url
    for key, term in getattr(toy.vocabularies, name).items():
        assert [word for word in term.words if word not in plain] == []
        assert term.definition is None or term.definition.en in plain
        entry = entries[f"{page.url}#{key}"]
        assert [word for word in term.words if word not in f"{entry.title} {entry.words}"] == []


def test_a_term_links_to_every_record_that_uses_it_and_counts_them(pages: dict[str, Page], toy: Evidence) -> None:
    using = {r.file: r.id for r in toy.records() if any(term == "walking" for _, _, term in terms_of(r))}
    content = pages["vocabularies/interventions/"].content
    walking = content.split('<li id="walking">')[1].split("<li id=")[0]
    assert len(using) > 1
    assert f"{len(using)} records use it" in walking
    assert [id for id in using.values() if f"/{id}/" not in walking] == []
    exercise = content.split('<li id="exercise">')[1].split("<li id=")[0]
    assert "with its narrower terms" in exercise


def test_every_vocabulary_is_listed_with_what_it_is_about(pages: dict[str, Page]) -> None:
    assert set(ABOUT) == set(VOCABULARIES)
    content = pages["vocabularies/"].content
    assert [name for name in VOCABULARIES if f'href="../vocabularies/{name}/"' not in content] == []


def test_the_terms_of_a_record_come_with_their_places(toy: Evidence) -> None:
    found = list(terms_of(toy.studies["toy-2001-walking"]))
    assert (("arms", 0, "interventions", 0), "interventions", "walking") in found
    assert (("design", "type"), "designs", "randomised-trial") in found
    claim = list(terms_of(toy.claims["exercise-helps"]))
    assert claim == [(("faithfulness", "departures", 0, "kind"), "departures", "effect-inflated")]
