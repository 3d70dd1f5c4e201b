"""Formatted references are those of citeproc with the official styles, for the whole base and for the zoo."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from tests.any_reference import REFERENCE
from tests.styles.oracle import oracle
from tests.zoo import WALKING, ZOO

from backed.bibliography.styles import STYLES, Style
from backed.load import load
from backed.model import Name, Reference, Standing

BY_ID = {style.id: style for style in STYLES}
UNESCAPED = {"looks like markup", "special characters", "DOI with angle brackets"}
"""Works whose signs the oracle puts into HTML as they are."""
EVIDENCE = Path(__file__).parent.parent / "evidence"


@cache
def base() -> dict[str, Reference]:
    return dict(load(EVIDENCE).evidence.references)


def known(reference: Reference) -> Reference:
    """Return a reference without what no CSL item can say."""
    return replace(reference, more_authors=False, standing=None)


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
@pytest.mark.parametrize("animal", ZOO)
def test_every_kind_of_work_reads_as_the_oracle_has_it(style: Style, animal: str) -> None:
    assert style.text(known(ZOO[animal])) == oracle(style.id, ZOO[animal])


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
def test_every_work_of_the_base_reads_as_the_oracle_has_it(style: Style) -> None:
    differing = {
        key: (style.text(known(one)), expected)
        for key, one in base().items()
        if style.text(known(one)) != (expected := oracle(style.id, one))
    }
    assert len(base()) >= 100
    assert differing == {}


@pytest.mark.parametrize("style", STYLES, ids=BY_ID)
@pytest.mark.parametrize("animal", sorted(set(ZOO) - UNESCAPED))
def test_italics_stand_where_the_oracle_has_them(style: Style, animal: str) -> None:
    html = re.sub("</?a[^>]*>", "", style.html(known(ZOO[animal])))
    assert unescape(html) == unescape(oracle(style.id, ZOO[animal], html=True))


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
                "(Retraction published 2026, January 31, doi:10.1000/notice)",
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


def test_apa_lists_are_sorted_by_names_and_year_letter_by_letter() -> None:
    order = BY_ID["apa"].order
    assert order is not None
    works = [
        replace(WALKING, authors=(Name("Zwart", "A."),)),
        replace(WALKING, authors=(Name("Özçelik", "Ş."),), year="2001"),
        replace(WALKING, authors=(Name("Ozcelik", "S."),), year="2000"),
        replace(WALKING, authors=(), title="A title"),
    ]
    assert [one.year for one in sorted(works, key=order)] == ["2004", "2000", "2001", "2004"]
    assert [style.order for style in STYLES if style.id != "apa"] == [None, None]
