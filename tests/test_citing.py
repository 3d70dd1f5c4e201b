"""How pages are cited: the cite box, the page as a work, the files and the links to them in the head."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from tests.zotero import from_coins, from_dublin_core, from_tags

from backed.bibliography import STYLES
from backed.build import Built, build
from backed.export import EXPORTS, FORMATTED
from backed.model import Evidence, Page

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
URL = "https://backed.example/"
RECORDS = ("studies/", "claims/", "comparisons/", "articles/")


@pytest.fixture(scope="module")
def built(toy: Evidence) -> Built:
    return build(Path(toy.root), TEMPLATES, URL)


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, Page]:
    return {page.url: page for page in built.pages}


@pytest.fixture(scope="module")
def files(built: Built) -> dict[str, str]:
    return {export.path: export.content.decode("utf-8", "replace") for export in built.exports}


def records(pages: dict[str, Page]) -> list[Page]:
    return [page for url, page in pages.items() if url.startswith(RECORDS) and url.count("/") == 2]


def offered(page: Page) -> set[str]:
    """Return the paths of the citation files that a page links to."""
    links = re.findall(r'<a href="([^"/]+)" download>', page.content)
    return {f"{page.url}{link}" for link in links if not link.endswith((".svg", ".png", ".zip"))}


def test_every_record_page_has_a_box_with_every_style(pages: dict[str, Page]) -> None:
    for page in records(pages):
        assert page.content.count('class="bk-citing"') >= 1, page.url
        for style in STYLES:
            assert f'data-style="{style.id}"' in page.content, page.url


def test_what_a_page_offers_is_there_and_what_is_there_is_offered(
    pages: dict[str, Page], files: dict[str, str]
) -> None:
    endings = tuple(f".{form.extension}" for form in (*EXPORTS, *FORMATTED))
    for page in records(pages):
        there = {path for path in files if path.startswith(page.url) and path.endswith(endings)}
        there -= {f"{page.url}record.json"}  # the record itself, for the builder
        assert offered(page) == there, page.url
    assert sum(len(offered(page)) for page in records(pages)) > 100


def test_the_head_links_to_every_file_of_the_works_with_its_media_type(
    pages: dict[str, Page], files: dict[str, str]
) -> None:
    media = {form.extension: form.media_type for form in (*EXPORTS, *FORMATTED)}
    for page in [*records(pages), pages["bibliography/"]]:
        stem = "backed" if page.url == "bibliography/" else page.url.split("/")[1]
        there = {f"{stem}.{extension}": kind for extension, kind in media.items()}
        there = {name: kind for name, kind in there.items() if f"{page.url}{name}" in files}
        linked = re.findall(
            r'<link rel="alternate describedby" type="([^"]+)" href="([^"]+)" title="[^"]+">', page.head
        )
        assert {name: unescape(kind) for kind, name in linked} == there, page.url


def test_a_page_is_cited_by_us_with_its_version_and_address(pages: dict[str, Page], files: dict[str, str]) -> None:
    for page in records(pages):
        if page.url.startswith("studies/"):
            continue
        id = page.url.split("/")[1]
        (item,) = json.loads(files[f"{page.url}backed-{id}.json"])
        assert item["author"] == [{"literal": "The Backed project"}]
        assert item["URL"] == f"{URL}{page.url}"
        assert page.itself
        found = re.fullmatch(r".*[^.] \(version (\d{4}-\d\d-\d\d), ([0-9a-f]{12})\)", item["title"])
        assert found, item["title"]
        on, letters = found.groups()
        assert all(style.text(page.itself).count(letters) == 1 for style in STYLES)
        assert item["issued"]["date-parts"] == [[int(part) for part in on.split("-")]]
        assert letters in page.content


def test_works_come_in_the_order_of_the_page_and_a_study_as_its_main_report(
    pages: dict[str, Page], files: dict[str, str], toy: Evidence
) -> None:
    page = pages["claims/exercise-helps/"]
    ids = [item["id"] for item in json.loads(files["claims/exercise-helps/exercise-helps.json"])]
    assert ids == list(page.cites)
    assert toy.studies["toy-2001-walking"].main_report in ids
    shown = re.findall(r'<li id="ref-\d+"><span class="bk-ref-text">', page.content)
    assert len(ids) == len(set(ids)) <= len(shown)


def test_a_retracted_study_says_so_in_the_files_of_a_page_that_cites_it(files: dict[str, str]) -> None:
    name = "sample-2005-retracted-exercise"
    for ending in ("bib", "ris", "json", "nbib", "endnote.xml", "biblatex.bib"):
        assert "RETRACTED" in files[f"studies/{name}/{name}.{ending}"], ending


def test_tags_or_coins_but_never_both(pages: dict[str, Page], toy: Evidence) -> None:
    for page in pages.values():
        assert not ("citation_title" in page.head and "Z3988" in page.content), page.url
    assert len(from_coins(pages["bibliography/"].content)) == len(toy.references)
    assert len(from_coins(pages["studies/"].content)) == len(toy.studies)


def test_study_pages_and_the_lists_give_back_the_works_of_the_base(pages: dict[str, Page], toy: Evidence) -> None:
    listed = {item.fields["title"] for item in from_coins(pages["bibliography/"].content)}
    assert listed == {work.title for work in toy.works.values()}
    for study in toy.studies.values():
        work = toy.works[study.main_report]
        item = from_tags(pages[f"studies/{study.id}/"].head)
        assert (item.fields["title"], item.fields.get("DOI", "")) == (work.title, work.doi)
        assert len(item.creators) == len(work.authors)


def test_the_list_of_studies_says_what_was_retracted(pages: dict[str, Page]) -> None:
    told = [item.fields.get("abstractNote", "") for item in from_coins(pages["studies/"].content)]
    assert [text[:9] for text in told if text] == ["RETRACTED"]


def test_the_page_on_citing_is_saved_as_a_data_set_by_one_institution(built: Built) -> None:
    item = from_dublin_core(built.fragment("dataset-tags", "cite/"))
    assert item.type == "dataset"
    assert item.creators == [("The Backed project", "", "author")]
    assert item.fields["title"].startswith("Backed: popular back-pain advice checked against the research")
    assert item.fields["identifier"] == URL
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", item.fields["date"])


def test_how_to_cite_us_agrees_with_the_repository() -> None:
    told = (TEMPLATES.parent.parent / "CITATION.cff").read_text(encoding="utf-8")
    assert "  - name: The Backed project" in told
    assert 'title: "Backed: popular back-pain advice checked against the research"' in told
    assert "type: dataset" in told
