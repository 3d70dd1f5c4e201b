"""EndNote XML: as text, in the order of EndNote's definition, well-formed whatever a reference holds."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.any_reference import REFERENCE
from tests.zoo import HERD, WALKING, ZOO

from backed.export.endnote_xml import ENDNOTE_XML
from backed.model import Reference

ORDER = (
    *("ref-type", "contributors", "titles", "periodical", "pages", "volume", "number", "issue", "edition", "section"),
    *("keywords", "dates", "pub-location", "publisher", "isbn", "accession-num", "electronic-resource-num", "abstract"),
    *("label", "notes", "work-type", "remote-database-name", "language", "urls", "access-date", "custom2", "custom7"),
)
"""The elements we write, in the order in which EndNote's definition has them."""


def records(*references: Reference) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(ENDNOTE_XML.write(references).encode()).iterfind("records/record"))


def test_as_text() -> None:
    reference = replace(WALKING, abstract="", keywords=("walking",), url="https://x.org/?a=1&b=2", language="")
    assert ENDNOTE_XML.write([reference]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n<record>'
        '<ref-type name="Journal Article">17</ref-type>'
        "<contributors><authors><author>Long, Audrey</author><author>Läubli, Thomas</author>"
        "<author>PROSPINE Study Group,</author></authors></contributors>"
        "<titles><title>Walking for LBP: the WalkBack-2 trial</title>"
        "<secondary-title>European Spine Journal</secondary-title></titles>"
        "<periodical><full-title>European Spine Journal</full-title></periodical>"
        "<pages>2593-2602</pages><volume>29</volume><number>23</number><issue>23</issue>"
        "<keywords><keyword>walking</keyword></keywords>"
        "<dates><year>2004</year><pub-dates><date>2004-12-01</date></pub-dates></dates>"
        "<isbn>0003-9993</isbn><accession-num>15564907</accession-num>"
        "<electronic-resource-num>10.1016/S0003-9993(03)00198_9</electronic-resource-num>"
        "<label>long-2004-walking</label><notes>Seen in print</notes>"
        "<remote-database-name>PubMed</remote-database-name>"
        "<urls><related-urls><url>https://x.org/?a=1&amp;b=2</url></related-urls>"
        "<web-urls><url>https://x.org/?a=1&amp;b=2</url></web-urls></urls>"
        "<custom2>PMC123</custom2></record>\n</records></xml>\n"
    )


def test_elements_stand_in_endnotes_order() -> None:
    for record in records(*HERD):
        places = [ORDER.index(element.tag) for element in record]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("animal", "path", "text"),
    [
        ("retracted", "work-type", "Retracted Publication"),
        ("retracted", "notes", "RETRACTED (2026-01-31): Made-up data. Notice: 10.1000/notice"),
        ("guideline", "isbn", "NG59"),
        ("edited book", "ref-type", "28"),
        ("edited book", "contributors/authors/author", "Doe, B."),
        ("chapter", "contributors/secondary-authors/author", "Doe, B."),
        ("chapter", "titles/secondary-title", "Handbook of Backs"),
        ("chapter", "titles/tertiary-title", "Studies of Backs"),
        ("book", "titles/secondary-title", "Studies of Backs"),
        ("preprint", "work-type", "Preprint"),
        ("software", "edition", "1.2"),
        ("e-locator", "custom7", "CD009790"),
        ("web page", "access-date", "2026-01-31"),
        ("online first", "notes", "Published online ahead of print."),
        ("more authors", "notes", "Seen in print The list of authors is incomplete."),
        ("looks like markup", "titles/title", "<b>Bold</b> &amp; </title>]]> backs"),
    ],
)
def test_what_a_work_has_stands_where_endnote_looks_for_it(animal: str, path: str, text: str) -> None:
    (record,) = records(ZOO[animal])
    assert record.findtext(path) == text


@settings(deadline=None)  # a busy machine is no fault
@given(REFERENCE, st.text(st.characters(exclude_categories=["Cs"])))
def test_any_reference_is_well_formed(reference: Reference, text: str) -> None:
    (record,) = records(replace(reference, abstract=text))
    assert record.findtext("titles/title") == reference.title
    assert record.findtext("electronic-resource-num") == reference.doi
