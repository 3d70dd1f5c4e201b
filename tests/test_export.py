"""Which citation files there are, of which references, and what they say of a retracted study."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from backed.export import EXPORTS, FORMATTED, citation_files, export
from backed.export.bibtex import BIBTEX
from backed.export.ris import RIS
from backed.model import VOCABULARIES, Evidence, Name, Page, Reference, Study, Syntheses, Vocabularies

NOTHING = Syntheses({}, {})
STYLED = tuple(f"{style}.{ending}" for style in ("vancouver", "apa", "ama") for ending in ("txt", "html"))
ENDINGS = ("bib", "biblatex.bib", "ris", "json", "nbib", "endnote.xml")
STYLED = tuple(form.extension for form in FORMATTED)
WALKING = Reference(
    key="long-2004-walking",
    type="article",
    title="Walking for LBP",
    authors=(Name("Long", "Audrey"),),
    journal="Spine",
    year="2004",
    extra={"note": "Seen in print"},
)


def study(id: str, *reports: str, **values: Any) -> Study:
    return Study.model_validate(
        {
            "id": id,
            "file": f"studies/2004/{id}.yaml",
            "title": "A study",
            "summary": {"en": "They walked."},
            "reports": reports,
            "design": {"type": "trial"},
            "funding": {"statement": "not seen"},
            "population": {"condition": "back-pain"},
            "extraction": {"read": "abstract", "by": "Backed project", "on": "2026-11-22"},
            **values,
        }
    )


def evidence(studies: list[Study], references: list[Reference]) -> Evidence:
    return Evidence(
        studies={study.id: study for study in studies},
        comparisons={},
        articles={},
        claims={},
        vocabularies=Vocabularies(**{name: {} for name in VOCABULARIES}),
        references={reference.key: reference for reference in references},
        found=len(studies),
    )


def page(url: str, *cites: str, itself: Reference | None = None) -> Page:
    return Page(url, "A page", "", "", section=url.partition("/")[0] + "/", cites=cites, itself=itself)


def files_of(page: Page, works: Mapping[str, Reference]) -> dict[str, str]:
    return {item.path: item.content.decode() for item in citation_files(page, works)}


def test_the_whole_bibliography_in_each_format_and_style() -> None:
    other, third = replace(WALKING, key="other"), replace(WALKING, key="a-third")
    files = {item.path: item.content for item in export(evidence([], [WALKING, other, third]), NOTHING)}
    assert set(files) == {
        *(f"bibliography/backed.{ending}" for ending in (*ENDINGS, *STYLED)),
        "shards/formats.js",
        *(f"shards/{form.id}/0.js" for form in (*EXPORTS, *FORMATTED)),
    }
    assert files["bibliography/backed.bib"].decode() == BIBTEX.write([third, WALKING, other])


def test_a_study_has_its_reports_in_each_format() -> None:
    works = {"long-2004-walking": WALKING, "a-third": replace(WALKING, key="a-third")}
    files = files_of(page("studies/one/", "long-2004-walking", "a-third"), works)
    assert list(files) == [f"studies/one/one.{ending}" for ending in ENDINGS]
    assert files["studies/one/one.bib"] == BIBTEX.write(works.values())
    assert files["studies/one/one.ris"] == RIS.write(works.values())
    assert [item["id"] for item in json.loads(files["studies/one/one.json"])] == ["long-2004-walking", "a-third"]


def test_another_page_has_its_works_in_formats_and_styles_and_itself_in_a_file_of_its_own() -> None:
    works = {"long-2004-walking": WALKING, "b": replace(WALKING, key="b")}
    itself = Reference("backed-rest", "online", "Rest helps", (Name(literal="Us"),))
    files = files_of(page("claims/rest/", "b", "long-2004-walking", itself=itself), works)
    own = [f"claims/rest/backed-rest.{ending}" for ending in ENDINGS]
    assert list(files) == [*(f"claims/rest/rest.{ending}" for ending in (*ENDINGS, *STYLED)), *own]
    assert files["claims/rest/rest.bib"] == BIBTEX.write([works["b"], WALKING])
    assert files["claims/rest/backed-rest.bib"] == BIBTEX.write([itself])


def test_a_work_without_an_entry_is_left_out_and_a_page_that_cites_nothing_has_no_files() -> None:
    files = files_of(page("studies/one/", "missing", "long-2004-walking"), {"long-2004-walking": WALKING})
    assert files["studies/one/one.bib"] == BIBTEX.write([WALKING])
    assert files_of(page("claims/rest/", "missing"), {}) == {}


def test_no_references_no_files() -> None:
    assert list(export(evidence([study("two", "missing")], []), NOTHING)) == []


@pytest.mark.parametrize(
    ("state", "word"), [("retracted", "RETRACTED"), ("expression-of-concern", "EXPRESSION OF CONCERN")]
)
def test_a_retracted_study_says_so_wherever_its_main_report_is_cited(state: str, word: str) -> None:
    status = {
        "state": state,
        "on": datetime.date(2026, 1, 31),
        "reason": {"en": "Made-up data."},
        "notice": "10.5555/r",
    }
    note = f"{word} (2026-01-31): Made-up data. Notice: 10.5555/r"
    base = evidence(
        [study("one", "long-2004-walking", "other", status=status)],
        [WALKING, replace(WALKING, key="other", extra={})],
    )
    files = {item.path: item.content.decode() for item in export(base, NOTHING)}
    files |= files_of(page("studies/one/", "long-2004-walking", "other"), base.works)
    for stem in ("studies/one/one", "bibliography/backed"):
        assert files[f"{stem}.bib"].count(f"  note = {{{note} Seen in print}},") == 1
        assert files[f"{stem}.ris"].count(f"N1  - {note} Seen in print\r\n") == 1
        assert [item.get("note") for item in json.loads(files[f"{stem}.json"])] == [f"{note} Seen in print", None]
        assert files[f"{stem}.biblatex.bib"].count(f"  addendum = {{{note}}},") == 1
        assert files[f"{stem}.nbib"].count(f"GN  - {note}\r\n") == 1
        assert files[f"{stem}.endnote.xml"].count(f"<notes>{note} Seen in print</notes>") == 1
        assert files[f"{stem}.bib"].count(word) == 1


def test_a_current_study_has_no_such_note() -> None:
    (first, *_) = export(evidence([study("one", "long-2004-walking")], [WALKING]), NOTHING)
    assert "note = {Seen in print}," in first.content.decode()


def test_styles_give_a_line_or_a_paragraph_a_work_in_the_order_of_their_lists() -> None:
    first, second = replace(WALKING, authors=(Name("Zwart", "A."),)), replace(WALKING, key="b", title="<Rest>")
    written = {form.id: form.write([first, second]) for form in FORMATTED}
    assert written["vancouver"] == "Zwart A. Walking for LBP. Spine. 2004.\nLong A. <Rest>. Spine. 2004.\n"
    assert written["apa"].startswith("Long, A. (2004). <Rest>.")
    assert "<p>Long, A. (2004). &lt;Rest&gt;. <i>Spine</i>.</p>\n<p>Zwart, A." in written["apa-html"]
    assert written["ama-html"].startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')


def test_formats_are_told_apart() -> None:
    for attribute in ("id", "label", "extension"):
        forms = (*EXPORTS, *FORMATTED)
        assert len({getattr(form, attribute) for form in forms}) == len(forms)

    for attribute in ("id", "label", "extension", "media_type"):
        assert len({getattr(form, attribute) for form in EXPORTS}) == len(EXPORTS)
