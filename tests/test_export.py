"""Which citation files there are, of which references, and what they say of a retracted study."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest

from backed.export import EXPORTS, export
from backed.export.bibtex import BIBTEX
from backed.export.ris import RIS
from backed.model import VOCABULARIES, Evidence, Name, Reference, Study, Syntheses, Vocabularies

NOTHING = Syntheses({}, {})
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


def test_each_study_and_the_whole_bibliography_in_each_format() -> None:
    other, third = replace(WALKING, key="other"), replace(WALKING, key="a-third")
    base = evidence(
        [study("one", "long-2004-walking", "a-third", "missing"), study("two", "missing")], [WALKING, other, third]
    )
    files = {item.path: item.content for item in export(base, NOTHING)}
    assert list(files) == [
        *(f"studies/one/one.{ending}" for ending in ("bib", "ris", "json")),
        *(f"bibliography/backed.{ending}" for ending in ("bib", "ris", "json")),
        "shards/formats.js",
        *(f"shards/{form.id}/0.js" for form in EXPORTS),
    ]
    assert files["studies/one/one.bib"].decode() == BIBTEX.write([WALKING, third])
    assert files["studies/one/one.ris"].decode() == RIS.write([WALKING, third])
    assert [item["id"] for item in json.loads(files["studies/one/one.json"])] == ["long-2004-walking", "a-third"]
    assert files["bibliography/backed.bib"].decode() == BIBTEX.write([third, WALKING, other])


def test_no_references_no_files() -> None:
    assert list(export(evidence([study("two", "missing")], []), NOTHING)) == []


@pytest.mark.parametrize(
    ("state", "word"), [("retracted", "RETRACTED"), ("expression-of-concern", "EXPRESSION OF CONCERN")]
)
def test_a_retracted_study_says_so_wherever_its_main_report_is_cited(state: str, word: str) -> None:
    status = {"state": state, "on": datetime.date(2026, 1, 31), "reason": {"en": "Made-up data."}, "notice": "10.1/r"}
    note = f"{word} (2026-01-31): Made-up data. Notice: 10.1/r"
    base = evidence(
        [study("one", "long-2004-walking", "other", status=status)],
        [WALKING, replace(WALKING, key="other", extra={})],
    )
    files = {item.path: item.content.decode() for item in export(base, NOTHING)}
    for stem in ("studies/one/one", "bibliography/backed"):
        assert files[f"{stem}.bib"].count(f"  note = {{{note} Seen in print}},") == 1
        assert files[f"{stem}.ris"].count(f"N1  - {note} Seen in print\r\n") == 1
        assert [item.get("note") for item in json.loads(files[f"{stem}.json"])] == [f"{note} Seen in print", None]
        assert files[f"{stem}.bib"].count(word) == 1


def test_a_current_study_has_no_such_note() -> None:
    (first, *_) = export(evidence([study("one", "long-2004-walking")], [WALKING]), NOTHING)
    assert "note = {Seen in print}," in first.content.decode()


def test_formats_are_told_apart() -> None:
    for attribute in ("id", "label", "extension", "media_type"):
        assert len({getattr(form, attribute) for form in EXPORTS}) == len(EXPORTS)
