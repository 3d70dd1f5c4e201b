"""A study page and a list read again as Zotero reads them: the zoo comes back, but for losses with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.zoo import ZOO
from tests.zotero import Item, from_coins, from_openurl, from_tags

from backed.bibliography import iso_date, language_of, standing_note
from backed.model import Name, Reference
from backed.render.coins import coins
from backed.render.highwire import highwire

URL = "https://backed.example/studies/one/"
LONE = replace(ZOO["plain article"], authors=(Name("Berg", "Anna B.", "van der"),))
LISTED = replace(ZOO["plain article"], authors=(Name(literal="Group A; and B, Delft"), Name("Roe", "A.")))
HERD = {**ZOO, "lone particle": LONE, "group with a semicolon": LISTED}

ONLY_ARTICLES = "without a journal, an institution or an ISBN Zotero takes a page's work for an article"
NOT_ARTICLES = ("edited book", "preprint", "dataset", "software", "web page", "register entry", "manual", "manuscript")
TAGS_LOSE: Mapping[tuple[str, str], str] = {
    **{(animal, "type"): ONLY_ARTICLES for animal in NOT_ARTICLES},
    ("suffix", "authors"): "small letters are put where all of a name's are capitals: III becomes Iii",
}
COINS_LOSE: Mapping[tuple[str, str], str] = {
    **{(animal, "pmid"): "Zotero does not read info:pmid" for animal, r in HERD.items() if r.pmid},
    **{(animal, "editors"): "OpenURL has no editors" for animal, r in HERD.items() if r.editors},
    **{(animal, "number"): "OpenURL has no numbers of reports" for animal in ("guideline", "retracted report")},
}
TYPES = {
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("book", "collection", "manual"), "book"),
    "article": "journalArticle",
    "incollection": "bookSection",
    "inproceedings": "conferencePaper",
    "online": "webpage",
    "dataset": "dataset",
    "software": "computerProgram",
    "unpublished": "manuscript",
}


def letters(text: str) -> str:
    return re.sub(r"[\s.,;]", "", text)


def people(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    return [(letters(n.short), letters(n.given + n.suffix)) for n in names]


def told(reference: Reference) -> dict[str, object]:
    """Return what somebody who cites the work needs to get."""
    preprint = reference.extra.get("type") == "Preprint"
    language = language_of(reference.language)
    return {
        "type": "preprint" if preprint else TYPES.get(reference.type, "webpage"),
        "title": reference.title,
        "authors": people(reference.authors),
        "editors": people(reference.editors),
        "date": iso_date(reference),
        "in": reference.journal or reference.booktitle,
        "volume": reference.volume,
        "number": reference.number,
        "pages": reference.pages,
        "publisher": reference.publisher,
        "doi": reference.doi,
        "pmid": reference.pmid,
        "issn": reference.issn,
        "isbn": reference.isbn,
        "language": language.two if language else "",
        "standing": standing_note(reference),
    }


def got(item: Item) -> dict[str, object]:
    """Return the same of an item."""
    fields = item.fields
    return {
        "type": item.type,
        "title": fields.get("title", ""),
        **{
            f"{role}s": [(letters(family), letters(given)) for family, given, of in item.creators if of == role]
            for role in ("author", "editor")
        },
        "date": fields.get("date", "").replace("/", "-"),
        "in": fields.get("publicationTitle", ""),
        "volume": fields.get("volume", ""),
        "number": fields.get("issue", "") or fields.get("number", ""),
        "pages": fields.get("pages", ""),
        "publisher": next((fields[name] for name in ("publisher", "institution", "university") if name in fields), ""),
        "doi": fields.get("DOI", ""),
        "pmid": fields.get("PMID", ""),
        "issn": fields.get("ISSN", ""),
        "isbn": fields.get("ISBN", ""),
        "language": fields.get("language", ""),
        "standing": fields.get("abstractNote", ""),
    }


def lost(found: Mapping[str, Item]) -> set[tuple[str, str]]:
    """Return animal and field wherever something else came back than went in."""
    return {
        (animal, name)
        for animal, item in found.items()
        for name, value in told(HERD[animal]).items()
        if got(item)[name] != value
    }


def test_a_study_page_gives_back_its_paper_but_for_losses_with_a_reason() -> None:
    assert lost({animal: from_tags(highwire(r, URL)) for animal, r in HERD.items()}) == set(TAGS_LOSE)


def test_a_list_gives_back_its_works_but_for_losses_with_a_reason() -> None:
    items = from_coins("<ul>" + "".join(f"<li>{coins(r)} {r.key}</li>" for r in HERD.values()) + "</ul>")
    assert lost(dict(zip(HERD, items, strict=True))) == set(COINS_LOSE)


def test_the_reader_sees_what_is_missing() -> None:
    html = highwire(ZOO["whole article"], URL).replace("citation_volume", "citation_wolume")
    assert got(from_tags(html))["volume"] == ""
    assert from_openurl("ctx_ver=Z39.88-2004&rft.atitle=Backs") is None


@pytest.mark.parametrize(("author", "expected"), [
    ("PROSPINE Study Group,", [("PROSPINE Study Group", "")]),
    ("PROSPINE Study Group", [("Group", "PROSPINE Study")]),
    ("van Tulder, Maurits W.", [("Tulder", "Van"), ("W", "Maurits")]),
    ("van Tulder, Maurits\xa0W.", [("van Tulder", "Maurits W.")]),
    ("Health, Work and Backs Group,", [("Health", "Work and Backs Group")]),
])  # fmt: skip
def test_why_names_are_written_so(author: str, expected: list[tuple[str, str]]) -> None:
    item = from_tags(f'<meta name="citation_title" content="T"><meta name="citation_author" content="{author}">')
    assert [(family, given) for family, given, _ in item.creators] == expected


def test_a_page_of_ours_is_the_address_of_a_paper_and_never_its_text() -> None:
    assert from_tags(highwire(ZOO["whole article"], URL)).fields["url"] == URL


def test_a_work_that_only_has_an_address_keeps_it_in_a_list() -> None:
    for animal in ("guideline", "web page", "register entry", "doctoral thesis", "whole article"):
        (item,) = from_coins(str(coins(ZOO[animal])))
        assert item.fields["url"] == ZOO[animal].url


def test_an_address_that_is_none_of_the_web_is_left_out() -> None:
    (item,) = from_coins(str(coins(replace(ZOO["web page"], url="javascript:alert(1)"))))
    assert "url" not in item.fields
