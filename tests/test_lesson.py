"""The tutorial's lesson: a real record, a real mistake, and what the real rules say of it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from tests.test_render import TEMPLATES

from backed.examine import ALL_RULES, Checked, examine, examine_files
from backed.lesson import NAMED, lesson_of
from backed.model import Evidence, Lesson
from backed.render import Site, fragment
from backed.synthesise import synthesise

NOBODY = Path("no-such-folder")


@pytest.fixture
def checked(toy_dir: Path) -> Checked:
    return examine(toy_dir)


def named(folder: Path, study: str) -> Path:
    """Return a folder of sources that names a study to teach with."""
    (folder / NAMED).parent.mkdir(parents=True)
    (folder / NAMED).write_text(json.dumps({"study": study}), encoding="utf-8")
    return folder


def test_the_study_that_is_named_is_taught(checked: Checked, tmp_path: Path) -> None:
    lesson = lesson_of(checked, named(tmp_path / "sources", "toy-2001-walking"))
    assert lesson is not None
    assert lesson.study.id == "toy-2001-walking"
    assert (lesson.line, lesson.typed) == ('    estimate: "-1.2"', '    estimate: "-2.1"')
    assert "@article{toy-2001-walking," in lesson.works


def test_the_message_is_what_a_check_of_the_file_with_the_mistake_says(toy_dir: Path, checked: Checked) -> None:
    lesson = lesson_of(checked, NOBODY)
    assert lesson is not None
    path = Path(lesson.study.file)
    path.write_text(lesson.record.replace(lesson.line, lesson.typed, 1), encoding="utf-8")
    problems = examine_files(toy_dir, [path]).problems
    told = re.findall(r"^(\S+):(\d+):(\d+): \w+ ([a-z-]+)$", lesson.told, re.MULTILINE)
    assert told
    assert told == [(p.file, str(p.line), str(p.column), p.rule) for p in problems]


def test_without_a_name_it_is_a_current_trial_read_in_its_abstract(checked: Checked, tmp_path: Path) -> None:
    unknown = lesson_of(checked, named(tmp_path / "sources", "nobody-1900-nothing"))
    lesson = lesson_of(checked, NOBODY)
    assert lesson == unknown
    assert lesson is not None
    assert (lesson.study.extraction.read, lesson.study.status.state) == ("abstract", "current")


def test_without_a_study_there_is_no_lesson_and_the_page_says_so(toy: Evidence, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    empty = examine(tmp_path / "empty")
    assert lesson_of(empty, NOBODY) is None
    site = Site(toy, synthesise(toy), ALL_RULES, TEMPLATES)
    for name in ("lesson-study", "lesson-facts", "lesson-people", "lesson-mistake", "lesson-page"):
        assert fragment(name, "contribute/tutorial/", site) == "<p>There is no record here to teach with yet.</p>"


def shown(lesson: Lesson, checked: Checked) -> str:
    """Return the YAML that the tutorial shows, step by step, as one text."""
    site = Site(checked.evidence, checked.syntheses, ALL_RULES, TEMPLATES, lesson=lesson)
    steps = ("head", "design", "people", "arms", "effects", "findings", "extraction")
    parts = [str(fragment(f"lesson-{step}", "contribute/tutorial/", site)) for step in steps]
    return "\n".join(unescape(code) for part in parts for code in re.findall(r"<code>(.*?)</code></pre>", part, re.S))


def test_the_steps_show_the_record_line_for_line_and_escaped(checked: Checked, tmp_path: Path) -> None:
    lesson = lesson_of(checked, named(tmp_path / "sources", "toy-2001-walking"))
    assert lesson is not None
    record = [line for line in lesson.record.splitlines() if not line.startswith("#")]
    skipped = ("appraisal:", "related:")  # explained on the anatomy's page; this lesson is of a first record
    kept, keep = [], True
    for line in record:
        if not line.startswith(" "):
            keep = not line.startswith(skipped)
        kept += [line] if keep else []
    assert shown(lesson, checked).splitlines() == kept
    site = Site(checked.evidence, checked.syntheses, ALL_RULES, TEMPLATES, lesson=lesson)
    head = fragment("lesson-head", "contribute/tutorial/", site)
    assert "&lt;b&gt;walking&lt;/b&gt;" in head
    assert "<b>" not in head
