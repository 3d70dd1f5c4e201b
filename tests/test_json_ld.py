"""Structured data of pages: valid JSON that no text in it can leave, and the types and numbers that are meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zoo import ZOO

from backed.build import Built, build
from backed.model import Evidence, Page
from backed.render.json_ld import script, work_data

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
URL = "https://backed.example/"


class Scripts(HTMLParser):
    """Collects the text of the structured data of a page, as a browser reads it, and the tags outside of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = ("type", "application/ld+json") in attrs
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts.append(data)


def data_of(html: str) -> Any:
    (text,) = Scripts(html).texts
    return json.loads(text)


@pytest.fixture(scope="module")
def built(toy: Evidence) -> Built:
    return build(Path(toy.root), TEMPLATES, URL)


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, Page]:
    return {page.url: page for page in built.pages}


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    else:
        yield value


@given(st.text())
def test_any_text_comes_back_and_none_ends_the_element(text: str) -> None:
    html = script({"@type": "Thing", "name": f"a{text}"})
    assert data_of(html) == {"@context": "https://schema.org", "@type": "Thing", "name": f"a{text}"}
    assert Scripts(html).tags == ["script"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;", "a\u2028b"])
def test_text_that_looks_like_markup_is_harmless(text: str) -> None:
    html = script({"name": text})
    assert not re.search(r"[<>&\u2028\u2029]", html.removeprefix('<script type="application/ld+json">')[:-9])
    assert data_of(html)["name"] == text


def test_what_is_not_known_is_not_said() -> None:
    told = data_of(script({"a": "", "b": [], "c": {"@type": "Person", "name": ""}, "d": ["", {"@type": "X"}, "e"]}))
    assert told == {"@context": "https://schema.org", "d": ["e"]}


@pytest.mark.parametrize("animal", ZOO)
def test_every_work_is_told_without_empty_values(animal: str) -> None:
    told = data_of(script(work_data(ZOO[animal])))
    assert told["headline"] == ZOO[animal].title
    assert [value for value in leaves(told) if value in ("", None, [], {})] == []


def test_an_article_is_part_of_an_issue_of_a_volume_of_a_journal() -> None:
    told = data_of(script(work_data(ZOO["whole article"])))
    journal = {"@type": "Periodical", "name": "European Spine Journal", "issn": "0003-9993"}
    volume = {"@type": "PublicationVolume", "volumeNumber": "29", "isPartOf": journal}
    assert told["@type"] == "ScholarlyArticle"
    assert told["isPartOf"] == {"@type": "PublicationIssue", "issueNumber": "23", "isPartOf": volume}
    assert told["author"][0] == {"@type": "Person", "name": "Audrey Long"}
    assert told["author"][2] == {"@type": "Organization", "name": "PROSPINE Study Group"}
    assert told["identifier"] == ["doi:10.1016/S0003-9993(03)00198_9", "PMID:15564907", "PMC123"]
    assert told["datePublished"] == "2004-12-01"
    without = data_of(script(work_data(replace(ZOO["plain article"], volume=""))))
    assert without["isPartOf"] == {"@type": "Periodical", "name": "Backs Quarterly"}


def test_a_retracted_work_says_so() -> None:
    assert data_of(script(work_data(ZOO["retracted"])))["creativeWorkStatus"].startswith("RETRACTED (2026-01-31)")
    assert "creativeWorkStatus" not in data_of(script(work_data(ZOO["plain article"])))


@pytest.mark.parametrize(("id", "kind", "design"), [
    ("toy-2001-walking", "MedicalTrial", "https://schema.org/RandomizedTrial"),
    ("placeholder-2010-distress", "MedicalObservationalStudy", None),
])  # fmt: skip
def test_a_study_page_tells_of_an_article_about_a_study(
    pages: dict[str, Page], id: str, kind: str, design: str | None
) -> None:
    told = data_of(pages[f"studies/{id}/"].head)
    assert told["@type"] == "ScholarlyArticle"
    assert told["mainEntityOfPage"] == f"{URL}studies/{id}/"
    assert told["about"]["@type"] == kind
    assert told["about"].get("trialDesign") == design
    assert told["about"]["healthCondition"]["@type"] == "MedicalCondition"


def test_a_review_is_about_no_single_trial(pages: dict[str, Page]) -> None:
    assert "about" not in data_of(pages["studies/madeup-2020-exercise/"].head)


def test_a_claim_is_reviewed_with_our_word_and_a_number_only_between_two_ends(pages: dict[str, Page]) -> None:
    told = data_of(pages["claims/exercise-helps/"].head)
    assert told["@type"] == "ClaimReview"
    assert told["claimReviewed"] == "Exercise makes back pain much less."
    assert told["url"] == f"{URL}claims/exercise-helps/"
    assert told["reviewRating"] == {
        "@type": "Rating", "alternateName": "supported", "ratingValue": 5, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert told["itemReviewed"]["@type"] == "Claim"
    assert told["itemReviewed"]["appearance"]["@type"] == "Article"
    assert "[@" not in told["reviewBody"]


@pytest.mark.parametrize("id", ["stress-causes-pain", "magnets-heal"])
def test_what_is_judged_or_not_known_gets_no_number(pages: dict[str, Page], id: str) -> None:
    rating = data_of(pages[f"claims/{id}/"].head)["reviewRating"]
    assert rating.keys() == {"@type", "alternateName"}
    assert rating["alternateName"]


def test_the_data_are_a_dataset_that_can_be_downloaded(built: Built) -> None:
    told = data_of(built.fragment("dataset-data", "data/"))
    paths = {f"{URL}{export.path}" for export in built.exports}
    assert told["@type"] == "Dataset"
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {one["@type"] for one in told["distribution"]} == {"DataDownload"}
    assert {one["contentUrl"] for one in told["distribution"]} <= paths
    assert {"application/x-bibtex", "text/html"} <= {one["encodingFormat"] for one in told["distribution"]}
