"""The tags in a study page's head by which Zotero and Google Scholar recognise a paper."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.zotero import from_tags

from backed.model import Name, Reference
from backed.render.highwire import highwire

REFERENCE = Reference(
    key="long-2004-walking",
    type="article",
    title='Walking & "backs" <b>',
    authors=(
        Name("Long", "Audrey"),
        Name("Tulder", "Maurits W.", "van"),
        Name("King", "Martin", suffix="Jr."),
        Name(literal="PROSPINE Study Group"),
    ),
    journal="Spine",
    year="2004",
    month=12,
    day=1,
    volume="29",
    number="23",
    pages="2593-2602",
    doi="10.1016/S0003-9993(03)00198_9",
    pmid="15564907",
    url="https://example.org/paper.pdf",
)
URL = "https://example.org/studies/long-2004-walking/"


class Metas(HTMLParser):
    """Collects name and content of each meta tag, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "meta"
        values = dict(attrs)
        assert list(values) == ["name", "content"]
        self.found.append((values["name"] or "", values["content"] or ""))


def test_an_article() -> None:
    assert Metas(highwire(REFERENCE, URL)).found == [
        ("citation_title", 'Walking & "backs" <b>'),
        ("citation_author", "Long, Audrey"),
        ("citation_author", "van Tulder, Maurits W."),
        ("citation_author", "King, Martin Jr."),
        ("citation_author", "PROSPINE Study Group,"),
        ("citation_publication_date", "2004/12/01"),
        ("citation_journal_title", "Spine"),
        ("citation_issue", "23"),
        ("citation_volume", "29"),
        ("citation_firstpage", "2593"),
        ("citation_lastpage", "2602"),
        ("citation_doi", "10.1016/S0003-9993(03)00198_9"),
        ("citation_pmid", "15564907"),
        ("citation_public_url", URL),
    ]


def test_one_escaped_tag_a_line() -> None:
    lines = highwire(REFERENCE, URL).split("\n")
    assert lines[0] == '<meta name="citation_title" content="Walking &amp; &quot;backs&quot; &lt;b&gt;">'
    assert all(line.startswith('<meta name="citation_') and line.endswith('">') for line in lines)


def test_a_date_without_a_day_is_its_year_and_a_year_that_is_none_is_left_out() -> None:
    found = Metas(highwire(replace(REFERENCE, day=None), URL)).found
    assert ("citation_publication_date", "2004") in found
    assert ("citation_cover_date", "2004/12") in found
    assert not any(name == "citation_cover_date" for name, _ in Metas(highwire(REFERENCE, URL)).found)
    undated = Metas(highwire(replace(REFERENCE, year="in press", month=None, day=None), URL)).found
    assert not any(name.endswith("_date") for name, _ in undated)


def test_an_e_locator_has_no_last_page() -> None:
    found = dict(Metas(highwire(replace(REFERENCE, pages="CD009790"), URL)).found)
    assert found["citation_firstpage"] == "CD009790"
    assert "citation_lastpage" not in found


def test_a_report_names_its_institution() -> None:
    report = Reference(
        "n", "techreport", "Backs", (Name(literal="NICE"),), publisher="NICE", year="2016", number="NG59"
    )
    found = dict(Metas(highwire(report, URL)).found)
    assert found["citation_technical_report_institution"] == "NICE"
    assert found["citation_technical_report_number"] == "NG59"


def test_never_a_pdf() -> None:
    assert "pdf_url" not in highwire(REFERENCE, URL)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet=st.characters(categories=["L", "P", "S", "Nd"])), st.text(alphabet="ab'\"<>&="))
def test_whatever_is_written_is_read(title: str, family: str) -> None:
    reference = Reference("k", "article", f"T{title}", (Name(f"F{family}", "G"),))
    assert Metas(highwire(reference, URL)).found == [
        ("citation_title", f"T{title}"),
        ("citation_author", f"F{family}, G"),
        ("citation_public_url", URL),
    ]


@settings(deadline=None)
@given(st.text(alphabet="ab ,;.'-"), st.text(alphabet="AB ,;.'-"))
def test_an_author_is_one_author_whatever_the_name_holds(family: str, given: str) -> None:
    for name in (Name(f"Fo{family}o", f"Go{given}o"), Name(literal=f"Group{family}{given}s")):
        for authors in ((name,), (name, Name("Roe", "Anna"))):
            tags = highwire(Reference("k", "article", "T", authors), URL)
            assert len(from_tags(tags).creators) == len(authors)
