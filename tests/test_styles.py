"""Formatted references are those of citeproc with the official styles, for the whole base and for the zoo."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.any_reference import REFERENCE, SOUND_WORK
from tests.styles.oracle import oracle
from tests.zoo import WALKING, ZOO

from backed.bibliography.styles import STYLES, Style
from backed.load import load
from backed.model import Name, Reference, Standing

BY_ID = {style.id: style for style in STYLES}
_ROE, _POE = Name("Roe", "Anna B."), Name("Poe", "Jean-Luc")
WORKS = ZOO | {
    "nobody": Reference("n1", "article", "Do backs walk?", journal="Backs Quarterly", year="2019", volume="3"),
    "a report by nobody": Reference("n2", "report", "Backs", publisher="Press", year="2019", number="4",
                                    extra={"type": "Advice"}),
    "a dataset by nobody": Reference("n3", "dataset", "Backs", publisher="Zenodo", year="2023", extra={"version": "2"}),
    "a dated page of a group": Reference("n4", "online", "Backs", publisher="Backs Institute", year="2019", month=3,
                                         day=4, url="https://example.org/a"),
    "a page of a site": Reference("n5", "online", "Backs", (_ROE,), journal="Site of backs", year="2019", month=3,
                                  url="https://example.org/a", extra={"urldate": "2026-01-31"}),
    "a program by nobody": Reference("n6", "software", "BackWalk", publisher="Zenodo", year="2023"),
    "no date": Reference("n7", "article", "Backs", (_ROE,), journal="Backs Quarterly", doi="10.1000/n"),
    "in press without a year": Reference("n8", "article", "Backs", (_ROE,), journal="Backs Quarterly",
                                         extra={"pubstate": "inpress"}),
    "in press in words": Reference("n9", "article", "Backs", (_ROE,), journal="Backs Quarterly", year="in press"),
    "online first, with its number": Reference("n10", "article", "Backs", (_ROE,), journal="Backs Quarterly",
                                               year="2026", month=2, day=9, pages="e12", doi="10.1000/n",
                                               extra={"pubstate": "prepublished"}),
    "a letter": Reference("n11", "article", "Backs", (_ROE,), journal="J. Backs", year="2019", volume="3", pages="7",
                          extra={"type": "Letter"}),
    "a volume of a book": Reference("n12", "book", "Backs", (_ROE,), (_POE,), publisher="Press", year="2004",
                                    volume="3", extra={"edition": "3rd"}),
    "a named volume": Reference("n13", "book", "Backs", (_ROE,), publisher="Press", year="2004", volume="Second part"),
    "a chapter of a volume": Reference("n14", "inbook", "Walks", (_ROE,), (Name("King", "M.", suffix="Jr."), _POE),
                                       booktitle="Book of backs", publisher="Press", year="2004", volume="3",
                                       extra={"chapter": "12"}),
    "a chapter by its editors": Reference("n15", "inbook", "Walks", editors=(_ROE, _POE), booktitle="Book of backs",
                                          publisher="Press", year="2004", pages="10-19"),
    "a report with pages": Reference("n16", "report", "Backs", (_ROE,), publisher="Press", year="2004", month=5,
                                     number="4", pages="10-19", extra={"series": "Studies of backs"}),
    "an edited report": Reference("n17", "report", "Backs", editors=(_ROE,), publisher="Press", year="2004"),
    "a talk": Reference("n18", "inproceedings", "Backs", (_ROE,), booktitle="Congress of backs", year="2019", month=3,
                        day=4, extra={"type": "Conference abstract"}),
    "a paper of edited proceedings": Reference("n19", "inproceedings", "Backs", (_ROE,), (_POE,), year="2019",
                                               booktitle="Congress of backs", publisher="Press", pages="7"),
    "a leaflet of a day": Reference("n20", "booklet", "Backs", (_ROE,), year="2019", month=3, day=4),
    "one suffix": Reference("n21", "article", "Backs", (Name("King", "M.", suffix="Jr."),), journal="B", year="2004"),
    "names in one": Reference("n22", "inbook", "Backs", (Name("山田", "太郎"),), (Name("김", "민준"), _POE),
                              booktitle="Book of backs", year="2004"),
    "a name in Arabic": Reference("n23", "article", "Backs", (_ROE, Name("كريم", "علي")), journal="B", year="2004"),
}  # fmt: skip
"""The zoo, and what matters to styles alone."""
EVIDENCE = Path(__file__).parent.parent / "evidence"


@cache
def base() -> dict[str, Reference]:
    return dict(load(EVIDENCE).evidence.references)


def known(reference: Reference) -> Reference:
    """Return a reference without what no CSL item can say."""
    return replace(reference, more_authors=False, standing=None)


def untagged(html: str) -> str:
    """Return a piece of HTML with its italics and without its links, which the oracle does not make."""
    return unescape(re.sub("</?a[^>]*>", "", html))


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
@pytest.mark.parametrize("animal", WORKS)
def test_every_kind_of_work_reads_as_the_oracle_has_it(style: Style, animal: str) -> None:
    assert style.text(known(WORKS[animal])) == oracle(style.id, WORKS[animal])


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
@settings(deadline=None, max_examples=60, derandomize=True)
@given(work=SOUND_WORK)
def test_works_with_any_of_their_fields_read_as_the_oracle_has_them(style: Style, work: Reference) -> None:
    assert style.text(work) == oracle(style.id, work)
    assert untagged(style.html(work)) == unescape(oracle(style.id, work, html=True))


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
def test_every_work_of_the_base_reads_as_the_oracle_has_it(style: Style) -> None:
    differing = {
        key: (ours, expected)
        for key, one in base().items()
        for ours, expected in (
            (style.text(known(one)), oracle(style.id, one)),
            (untagged(style.html(known(one))), unescape(oracle(style.id, one, html=True))),
        )
        if ours != expected
    }
    assert len(base()) >= 100
    assert differing == {}


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
@pytest.mark.parametrize("animal", WORKS)
def test_italics_stand_where_the_oracle_has_them(style: Style, animal: str) -> None:
    assert untagged(style.html(known(WORKS[animal]))) == unescape(oracle(style.id, WORKS[animal], html=True))


class _Shown(HTMLParser):
    """What a browser shows of a piece of HTML, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert all(name == "href" and (value or "").startswith(("https://", "http://")) for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(html: str) -> _Shown:
    parser = _Shown()
    parser.feed(html)
    parser.close()
    return parser


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
@settings(deadline=None)
@given(reference=REFERENCE)
def test_html_shows_the_plain_text_and_nothing_else(style: Style, reference: Reference) -> None:
    seen = shown(style.html(reference))
    assert seen.text == style.text(reference)
    assert set(seen.tags) <= {"i", "a"}


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
def test_addresses_that_are_none_of_the_web_are_no_links(style: Style) -> None:
    for address in ("javascript:alert(1)", "data:text/html,x", 'https://x.org/"onmouseover="alert(1)', "https://x y"):
        page = replace(ZOO["web page"], url=address)
        seen = shown(style.html(page))
        assert "a" not in seen.tags
        assert " ".join(address.split()) in seen.text


def test_a_doi_leads_to_its_resolver() -> None:
    html = BY_ID["ama"].html(ZOO["DOI with angle brackets"])
    assert '<a href="https://doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0.CO;2-%23a_b%25">doi:10.1002/' in html


def test_names_before_et_al_have_no_ampersand() -> None:
    apa = BY_ID["apa"].text(ZOO["more authors"])
    assert apa.startswith("Long, A., Läubli, T., PROSPINE Study Group, et al. (2004). ")
    many = replace(ZOO["thirty authors"], more_authors=True)
    assert BY_ID["apa"].text(many).count("Author") == 20


def test_authors_that_are_not_all_known_are_followed_by_et_al() -> None:
    some = replace(ZOO["plain article"], more_authors=True)
    assert [style.text(some).partition("Backs and")[0] for style in STYLES] == [
        "Roe AB, et al. ", "Roe, A. B., et al. (2019). ", "Roe AB, et al. ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (
            Standing("retracted", "2026-01-31", "Made-up data.", "10.1000/notice"),
            (
                "Retraction in: 2026 Jan 31. doi:10.1000/notice.",
                "(Retraction published 2026, January 31, https://doi.org/10.1000/notice)",
                "Retracted in: January 31, 2026. doi:10.1000/notice.",
            ),
        ),
        (Standing("retracted"), ("Retracted.", "(Retracted)", "Retracted.")),
        (
            Standing("expression-of-concern", notice="https://example.org/concern"),
            (
                "Expression of concern in: https://example.org/concern.",
                "(Expression of concern published, https://example.org/concern)",
                "Expression of concern in: https://example.org/concern.",
            ),
        ),
        (
            Standing("superseded", by="roe-2024-backs"),
            (
                "Superseded. Update in: roe-2024-backs.",
                "(Superseded by roe-2024-backs)",
                "Superseded by: roe-2024-backs.",
            ),
        ),
    ],
)
def test_what_became_of_a_work_is_said_at_its_end(standing: Standing, told: tuple[str, ...]) -> None:
    stands = replace(ZOO["plain article"], standing=None)
    for style, words in zip(STYLES, told, strict=True):
        assert style.text(replace(stands, standing=standing)) == f"{style.text(stands)} {words}"


def test_what_became_of_a_work_stands_beside_how_far_it_is() -> None:
    work = replace(WORKS["online first, with its number"], standing=Standing("retracted"))
    assert BY_ID["apa"].text(work).endswith(" https://doi.org/10.1000/n (Advance online publication; Retracted)")


def by(*names: Name, year: str = "2004", **values: Any) -> Reference:
    return replace(WALKING, authors=names, year=year, month=None, day=None, **values)


IN_ORDER = (
    by(Name(literal="The Backs Group")),
    by(Name("Benjamin", "A.")),
    by(Name("ben Yaakov", "D.")),
    by(Name("Brown", "J.")),
    by(Name("Brown", "J. R."), year=""),
    by(Name("Brown", "J. R."), year="2001"),
    by(Name("Brown", "J. R."), year="2004", title="A walk"),
    by(Name("Brown", "J. R."), year="2004", title="The Yoga of backs"),
    by(Name("Brown", "J. R."), year="in press"),
    by(Name("Brown", "J. R."), Name("Abel", "A.")),
    by(Name("Brown", "J. R."), Name("Roe", "A."), year="1999"),
    by(Name("Browning", "A.")),
    by(Name("Girard", "J.-B.")),
    by(Name("Girard-Perregaux", "A.")),
    by(Name("King", "M.", suffix="Sr.")),
    by(Name("King", "M.", suffix="Jr.")),
    by(Name("King", "M.", suffix="III")),
    by(Name("López", "M.")),
    by(Name("López de Molina", "G.")),
    by(Name("Łoś", "É.")),
    by(Name("MacNeil", "A.")),
    by(Name("M'Carthy", "B.")),
    by(title="A new way to walk"),
    by(Name("Ødegård", "Ø.")),
    by(Name("Öztürk", "Ş.")),
    by(Name("Иванова", "Анна")),
    by(Name("山田", "太郎")),
    by(Name("𠮷田", "太郎")),
)
"""Pairs of names are those by which APA shows its rules; other scripts follow, in the order of Unicode."""


def test_apa_lists_are_sorted_as_the_manual_says() -> None:
    order = BY_ID["apa"].order
    assert order is not None
    keys = [order(one) for one in IN_ORDER]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert [style.order for style in STYLES if style.id != "apa"] == [None, None]


def test_days_follow_months_and_months_the_bare_year() -> None:
    order = BY_ID["apa"].order
    assert order is not None
    page = WORKS["a dated page of a group"]
    dates = ((None, None), (3, None), (3, 4), (3, 28), (11, 1))
    keys = [order(replace(page, month=month, day=day)) for month, day in dates]
    assert keys == sorted(keys)
    assert order(page) < order(replace(page, publisher="Backs Society"))


@settings(deadline=None)
@given(reference=REFERENCE)
def test_what_is_sorted_by_is_plain_so_that_every_language_compares_it_alike(reference: Reference) -> None:
    order = BY_ID["apa"].order
    assert order is not None
    key = order(reference)
    assert key.isascii()
    assert key == key.lower()
