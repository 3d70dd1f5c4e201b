"""The pages that say what a record is made of: every key of the model, and the lines of a record beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from tests.test_render import TEMPLATES

from backed.examine import ALL_RULES
from backed.lesson import text_of
from backed.load import read_yaml
from backed.model import KINDS, Evidence, Measure, Page, Record, Study, anatomy
from backed.render import Site
from backed.render.anatomy import FORMS, SINGULAR, anatomy_pages
from backed.render.written import LONGEST, pieces, richness, shortened
from backed.synthesise import synthesise


@pytest.fixture(scope="module")
def pages(toy: Evidence) -> dict[str, Page]:
    site = Site(toy, synthesise(toy), ALL_RULES, TEMPLATES, text=text_of)
    return {page.url: page for page in anatomy_pages(site)}


def keys(kind: type[Record], above: str = "") -> Iterator[str]:
    """Yield the path of every key of a record, those inside the forms that are explained once left out."""
    for part in anatomy(kind):
        yield f"{above}{part.name}"
        if part.kind and part.kind not in FORMS:
            yield from keys(part.kind, f"{above}{part.name}." if above or kind not in KINDS.values() else "")


@pytest.mark.parametrize("folder", KINDS)
def test_every_key_stands_on_the_page_with_its_meaning(folder: str, pages: dict[str, Page]) -> None:
    content = pages[f"anatomy/{SINGULAR[folder]}/"].content
    shown = re.findall(r"<h2 id=\"key-([a-z_]+)\"|<th scope=\"row\"[^>]*><code>([a-z_.]+)</code>", content)
    said = {heading or row for heading, row in shown}
    assert [key for key in keys(KINDS[folder]) if key not in said] == []
    plain = unescape(re.sub(r"<[^>]+>", "", content))
    assert [p.name for p in anatomy(KINDS[folder]) if p.meaning.replace("`", "") not in plain] == []


@pytest.mark.parametrize("folder", KINDS)
def test_required_keys_are_told_from_others(folder: str, pages: dict[str, Page]) -> None:
    content = pages[f"anatomy/{SINGULAR[folder]}/"].content
    told = re.findall(r'<h2 id="key-([a-z_]+)".*?<strong>(.*?)</strong>', content, re.DOTALL)
    expected = {p.name: "Required." if p.required else "May be left out." for p in anatomy(KINDS[folder])}
    assert dict(told) == expected


def test_examples_are_lines_of_the_record_that_they_name(pages: dict[str, Page], toy: Evidence) -> None:
    example_of = r'<pre class="bk-yaml"><code>(.*?)</code></pre>\n.*?studies/([a-z0-9-]+)/"'
    found = re.findall(example_of, pages["anatomy/study/"].content, re.DOTALL)
    assert len(found) > 10
    for example, study in found:
        lines = unescape(example).splitlines()
        whole = text_of(toy.studies[study].file)
        assert [line for line in lines if line not in whole and "lines more" not in line] == []
        if "lines more" not in lines[-1]:
            assert read_yaml(unescape(example), "example")[1] == []


def test_a_key_that_nobody_uses_says_so(toy: Evidence) -> None:
    site = Site(toy, synthesise(toy), ALL_RULES, TEMPLATES)
    content = next(page.content for page in anatomy_pages(site) if page.url == "anatomy/study/")
    assert content.count("No record here uses it yet.") == len(anatomy(Study))


def test_the_words_allowed_are_listed_and_vocabularies_linked(pages: dict[str, Page]) -> None:
    content = pages["anatomy/study/"].content
    assert [measure for measure in Measure if f"<code>{measure}</code>" not in content] == []
    assert '<a href="../../vocabularies/designs/"><code>designs</code></a>' in content


def test_the_pieces_of_a_file_are_its_outermost_keys() -> None:
    text = "# head\ntitle: a\nsummary:\n  en: b\n  reports: inner\n# about the next\nreports: [c]\n"
    summary = "summary:\n  en: b\n  reports: inner"
    assert pieces(text) == {"title": "title: a", "summary": summary, "reports": "reports: [c]"}
    assert pieces("") == {}


def test_a_long_piece_is_cut_and_says_by_how_much() -> None:
    long = "\n".join(["effects:", *(f"  - id: e{number}" for number in range(LONGEST + 9))])
    assert shortened(long).splitlines()[-1] == "  # … and 10 lines more"
    assert len(shortened(long).splitlines()) == LONGEST + 1
    assert shortened("title: a") == "title: a"


def test_the_better_example_shows_more_keys_in_few_lines() -> None:
    poor, rich = "n: {a: 1}", "n: {a: 1, b: 2}"
    endless = "\n".join(["n:", *(f"  k{'e' * number}: 1" for number in range(LONGEST + 5))])
    assert max((poor, rich, endless), key=richness) == rich
