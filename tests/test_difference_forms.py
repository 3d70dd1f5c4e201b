"""A difference in each of its forms: read by people, put into a comment where nothing can do harm, and by programs."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.test_difference import change, differ, smaller_effect

from backed.difference import Difference, as_json, as_markdown, as_text
from backed.difference.fields import field_changes
from backed.difference.markdown import LARGEST, plain
from backed.difference.phrases import field_words
from backed.difference.values import AnswerChange, AnswerState, FieldChange, RecordChange, Unused
from backed.load import load
from backed.model import Filed
from backed.problem import Problem, Severity

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
HOSTILE = (
    "</details><script>alert(1)</script> @everyone see #1, GH-2, https://example.org/x www.example.org "
    "[x](javascript:alert(1)) ![y](//example.org/z.png) [z]: //example.org | a | b |\n\n# heading\n- [ ] task\n"
    "`code` **bold** &lt;b&gt; <!-- c --> \u202eturned"
)


@pytest.fixture
def later(toy_dir: Path, tmp_path: Path) -> Path:
    """Return a second copy of the toy base, to be changed; the first one is ``toy_dir``."""
    return Path(shutil.copytree(toy_dir, tmp_path / "later/evidence"))


@pytest.fixture
def flipped(toy_dir: Path, later: Path) -> Difference:
    smaller_effect(later)
    return differ(toy_dir, later)


def in_html(markdown: str) -> str:
    return str(MARKDOWN.render(markdown))


def shown(html: str) -> str:
    """Return the text that is read, without mark-up."""
    text = re.sub(r"<[^>]*>", "", html)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def state(**other: Any) -> AnswerState:
    known: dict[str, Any] = {"effect": None, "rests_on": "nothing", "extent": "", "certainty": "low", "verdict": None}
    return AnswerState(**{**known, "missing": "x", "pool": None, "found": 1, **other})


def test_an_effect_that_is_found_and_not_used_moves_no_answer(flipped: Difference) -> None:
    late = Unused("toy-2001-walking late", "measured outside the time window")
    found = AnswerChange("a", "b", "Pain, c v. d", state(), state(found=2, unused=(late,)))
    assert (found.moved, found.newly_unused) == (False, (late,))
    told = as_text(replace(flipped, answers=(found,)))
    assert "no answer moved; 1 new effect found, not used; " in told
    assert "1 -> 2; toy-2001-walking late is not used: measured outside the time window" in told
    other = AnswerChange("a", "b", "Pain, c v. d", state(), state(certainty="high", unused=(late,)))
    assert other.moved
    assert AnswerChange("a", "b", "Pain, c v. d", None, state()).moved


def test_a_study_that_no_question_asks_for_is_said_to_be_one(flipped: Difference) -> None:
    added = RecordChange("study", "studies", "toy-2030-new", "New", "added")
    assert "no question asks for it yet" in as_text(replace(flipped, records=(added,), answers=()))
    assert "no question asks for it yet" not in as_text(flipped)


def test_text_tells_before_and_after_in_words(flipped: Difference) -> None:
    lines = as_text(flipped).splitlines()
    assert lines[0] == "before -> after"
    assert lines[1] == (
        "Records: 1 changed; 1 answer moved; 1 of them to another verdict; another verdict on 1 claim; "
        "1 claim to read again; 1 new problem."
    )
    answer = lines.index("Answers")
    assert lines[answer + 1] == (
        "  Pain, exercise v. nothing or usual care (exercise-v-nothing); verdict supported -> no important effect"
    )
    assert lines[answer + 2].startswith(
        "      was: 20.5 points less pain on 0-100 (16.9 to 24.1) after 12 weeks; rests on"
    )
    assert lines[answer + 3].startswith(
        "      now: 5.5 points less pain on 0-100 (12.1 less to 1.1 more) after 12 weeks;"
    )
    assert "      effects.pain.estimate: -20.5 -> -5.5" in lines
    assert "Pages" not in lines, "what is empty is left out"


def test_text_of_no_difference(toy_dir: Path, later: Path) -> None:
    assert as_text(differ(toy_dir, later)).splitlines()[1] == "Nothing that is recorded differs."


def test_markdown_tells_the_same_in_a_table(flipped: Difference) -> None:
    html = in_html(as_markdown(flipped))
    cells = [shown(cell) for cell in re.findall(r"<td>(.*?)</td>", html)]
    assert cells[0] == "Pain, exercise v. nothing or usual care"
    assert cells[1].startswith(
        "20.5 points less pain on 0-100 (16.9 to 24.1) after 12 weeks; rests on Madeup & Toy 2020"
    )
    assert cells[2].startswith("5.5 points less pain on 0-100 (12.1 less to 1.1 more) after 12 weeks")
    assert cells[3] == "supported → no important effect"
    assert len(cells) == 4


def test_a_hostile_record_is_only_text_in_a_comment(toy_dir: Path, later: Path) -> None:
    title = json.dumps(HOSTILE)
    for file, key in (
        (
            "studies/2012/toy-2012-cycling.yaml",
            "title: Toy cycling in twelve invented people, one group before and after",
        ),
        (
            "claims/exercise-helps.yaml",
            "claim: {en: Exercise makes back pain much less., nl: Oefenen maakt rugpijn veel minder.}",
        ),
    ):
        change(later, file, (key, f"title: {title}" if key.startswith("title") else f"claim: {{en: {title}}}"))
    (later / "claims/x`|<b>@everyone.yaml").write_text(f"claim: {title}\n", encoding="utf-8")
    smaller_effect(later)
    comment = as_markdown(differ(toy_dir, later))
    html = in_html(comment)
    tags = set(re.findall(r"</?([a-zA-Z0-9]+)", html))
    assert tags <= {"h3", "h4", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "strong"}
    assert not re.search(r"href|src=", html)
    assert not re.search(r"[@#](?!\u200b)[a-z0-9]", shown(html))
    assert not re.search(r"://|www\.[a-z]|GH-\d", shown(html))
    assert "\u202e" not in comment
    assert "</details><script>alert(1)</script>" in shown(html).replace("\u200b", "")


@given(st.text(max_size=200))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    html = in_html(f"- x{plain(text)}x\n")
    assert set(re.findall(r"<(/?[a-z]+)", html)) == {"ul", "/ul", "li", "/li"}
    visible = re.sub(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", text)
    wanted = "".join(" ".join(visible.split()).split("\u200b"))
    assert shown(html).strip()[1:-1].replace("\u200b", "") == wanted


def test_a_comment_has_room_and_says_what_was_left_out(flipped: Difference) -> None:
    many = tuple(
        Problem("rule", Severity.WARNING, f"evidence/claims/{number}.yaml", "€" * 250) for number in range(3000)
    )
    crowded = Difference(**{**vars(flipped), "new": many})
    comment = as_markdown(crowded)
    assert len(comment.encode()) <= LARGEST
    assert "#### New problems (3,000)" in comment
    listed = comment.count("evidence/claims/")
    assert listed > 2
    assert f"… and {3000 - listed:,} more; the whole is in the artifact `what-this-changes`" in comment
    assert "supported → no important effect" in comment


def test_errors_come_before_warnings(flipped: Difference) -> None:
    pair = (
        Problem("first", Severity.WARNING, "a.yaml", "w"),
        Problem("second", Severity.ERROR, "b.yaml", "e"),
    )
    for told in (as_text, as_markdown):
        text = told(Difference(**{**vars(flipped), "new": pair}))
        assert text.index("second") < text.index("first")


def test_json_holds_all_and_its_keys_are_documented(flipped: Difference) -> None:
    whole = json.loads(as_json(flipped))
    assert whole["version"] == 1
    (answer,) = whole["answers"]
    assert answer["flips"] is True
    assert answer["before"]["effect"] == {
        "words": "20.5 points less pain on 0-100 (16.9 to 24.1) after 12 weeks",
        "estimate": -20.5,
        "lower": -24.1,
        "upper": -16.9,
    }
    assert whole["problems"]["new"][0]["line"] > 1
    contributing = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_0-9A-Z]+)`", contributing))
    assert keys(whole) <= documented, keys(whole) - documented


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys(inner) for inner in value.values()))
    return set().union(*(keys(inner) for inner in value)) if isinstance(value, list) else set()


def test_json_has_the_same_keys_whatever_differs(flipped: Difference, toy_dir: Path) -> None:
    nothing = json.loads(as_json(differ(toy_dir, toy_dir)))
    assert list(nothing) == list(json.loads(as_json(flipped)))
    assert nothing["answers"] == [] == nothing["problems"]["new"]


def test_a_part_that_comes_is_told_in_one_line_under_its_id(toy_dir: Path, later: Path) -> None:
    path = later / "studies/2001/toy-2001-walking.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: pain-12-weeks"), text.index("  - id: pain-one-year")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    found = list(field_changes(walking(toy_dir), walking(later)))
    assert [(field.at, field.after) for field in found] == [("effects.pain-12-weeks", None)]
    assert found[0].before is not None
    assert "estimate: -1.2, ci: -2.0 to -0.40" in found[0].before
    assert list(field_changes(walking(toy_dir), walking(toy_dir))) == []


def walking(root: Path) -> Filed:
    return load(root).evidence.studies["toy-2001-walking"]


def test_of_a_long_text_only_what_differs_is_told() -> None:
    before = f"{'long before ' * 20}ten trials{' long after' * 20}"
    after = before.replace("ten", "twelve")
    was, now = field_words(FieldChange("summary.en", before, after))
    assert "ten trials" in was and "twelve trials" in now
    assert max(len(was), len(now)) < 80
    assert field_words(FieldChange("p", None, "0.004")) == ("nothing", "0.004")
    assert field_words(FieldChange("p", "0.04", "0.004")) == ("0.04", "0.004")


@given(st.text(alphabet="ab ", min_size=170, max_size=300), st.text(alphabet="ab ", min_size=170, max_size=300))
def test_shortening_never_hides_that_texts_differ(before: str, after: str) -> None:
    was, now = field_words(FieldChange("x", before, after))
    assert (was == now) == (before == after) or " ".join(before.split())[:100] == " ".join(after.split())[:100]
