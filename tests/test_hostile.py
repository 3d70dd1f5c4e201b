"""Hostile texts in every field: nothing of it gets out of its place in the pages and files that are made."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.hostile import HEALTH, HERDS, TOY, WORD, Poison, build, hostile, poisoned, text_fields, whole

from backed.build import Built
from backed.model import Export, Page

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"


@pytest.fixture(scope="module", params=HERDS)
def built(request: pytest.FixtureRequest) -> Iterator[tuple[str, list[Page], list[Export]]]:
    """Return the pages and files made of the toy base with a herd in all its texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSTILE", request.param)
        made: Built = build(TOY, TEMPLATES, "https://backed.example/")
        yield request.param, list(made.pages), list(made.exports)


Made = tuple[str, list[Page], list[Export]]


def test_every_field_of_text_is_in_the_zoo() -> None:
    poison = Poison(hostile("tags"))
    poisoned(whole(), poison)
    poison.record(HEALTH)
    assert set(text_fields()) - poison.seen == set()


class _Elements(HTMLParser):
    """Collects what a page is made of: elements, names of attributes, and what leads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name in {"style", "srcdoc"}]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action", "xlink:href"}]


NEVER = {"iframe", "base", "form", "object", "embed", "style", "plaintext", "noscript", "math", "mglyph", "textarea"}


def test_pages_hold_no_element_and_no_address_of_the_texts(built: Made) -> None:
    for page in built[1]:
        found = _Elements()
        found.feed(page.head + page.content)
        assert found.handlers == [], page.url
        assert NEVER.isdisjoint(found.names), page.url
        assert [one for one in found.addresses if re.match(r"\s*(?!https?:|mailto:)[^/?#]*:|//", one)] == [], page.url


def test_structured_data_is_json_that_ends_no_script(built: Made) -> None:
    scripts = [text for page in built[1] for text in re.findall(r'ld\+json">(.*?)</script>', page.head, re.DOTALL)]
    assert len(scripts) > 10
    assert all(WORD in json.dumps(json.loads(text)) or "Dataset" in text for text in scripts)
    assert not any(sign in text for text in scripts for sign in "<>\u2028\u2029")


def test_scripts_of_data_are_what_they_were_made_as(built: Made) -> None:
    scripts = [one for one in built[2] if one.path.endswith(".js")]
    assert len(scripts) > 5
    for one in scripts:
        assert not re.search("<|\u2028|\u2029", one.content.decode()), one.path


def test_figures_are_xml(built: Made) -> None:
    figures = [one for one in built[2] if one.path.endswith(".svg")]
    assert len(figures) > 5
    for one in figures:
        root = ElementTree.fromstring(one.content)
        names = {str(element.tag).rpartition("}")[2] for element in root.iter()}
        assert names.isdisjoint({"script", "foreignObject", "a", "image", "iframe"}), one.path
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_endnote_files_are_xml(built: Made) -> None:
    files = [one for one in built[2] if one.path.endswith(".endnote.xml")]
    assert files
    assert all(ElementTree.fromstring(one.content).tag == "xml" for one in files)


NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


def test_no_cell_of_a_table_is_a_formula(built: Made) -> None:
    bundles = [one for one in built[2] if one.path.endswith(".zip")]
    rows = 0
    for bundle in bundles:
        with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
            assert [name for name in archive.namelist() if ".." in name or name.startswith("/")] == []
            for name in filter(lambda name: name.endswith(".csv"), archive.namelist()):
                for row in csv.reader(io.StringIO(archive.read(name).decode(), newline="")):
                    rows += 1
                    risky = [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
                    assert [cell for cell in risky if not NUMBER.fullmatch(cell)] == [], name
    assert rows > 50
