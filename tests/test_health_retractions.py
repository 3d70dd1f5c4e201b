"""An export of the Retraction Watch database read row by row, and its notices beside what the toy base records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backed.health.notices import Works, compare, state_after
from backed.health.retraction_watch import ExportError, Row, Tally, read_export
from backed.model import FOR_A_PERSON, Evidence, Retractions, Status, WorkNotices

EXPORT = Path(__file__).parent / "retraction_watch/export.csv"
HEAD = EXPORT.read_text(encoding="utf-8").splitlines()[0]
ON = date(2026, 11, 22)


def row(**changed: str) -> str:
    """Return a line of an export; the columns are named without their blanks."""
    values = {"RecordID": "1", "RetractionDate": "3/9/2026 0:00", "RetractionNature": "Retraction"}
    values |= {"OriginalPaperDOI": "10.5555/toy.2001.walking", "OriginalPaperPubMedID": "0", **changed}
    return ",".join(values.get(name.replace(" ", ""), "") for name in HEAD.split(","))


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "retraction_watch.csv"
    path.write_bytes("\r\n".join([head, *rows, ""]).encode("utf-8", "surrogateescape"))
    return path


def read(path: Path) -> tuple[list[Row], Tally]:
    return read_export(path, lambda one: one is not None)


def compared(evidence: Evidence, path: Path) -> Retractions:
    works = Works(evidence)
    return compare(works, *read_export(path, works.wanted), ON)


@pytest.fixture(scope="module")
def found(toy: Evidence) -> Retractions:
    return compared(toy, EXPORT)


def of(found: Retractions, work: str) -> WorkNotices:
    (one,) = [one for one in found.found if one.work == work]
    return one


def test_every_row_is_counted_as_something(found: Retractions) -> None:
    counted = {name: value for name, value in found.model_dump().items() if isinstance(value, int)}
    assert counted == {
        "rows": 9,
        "empty": 2,
        "unreadable": 0,
        "doubtful": 0,
        "unidentified": 1,
        "works": 12,
        "works_unidentified": 1,
    }


@pytest.mark.parametrize(
    ("work", "bearing", "matched"),
    [
        ("toy-2001-walking", "not-recorded", ["both"]),
        ("sample-2005-retracted-exercise", "recorded", ["doi"]),
        ("placeholder-2010-distress", "not-recorded", ["pmid"]),
        ("madeup-2020-exercise", "corrected", ["both"]),
        ("toy-2012-cycling", "corrected-since", ["doi"]),
        ("toy-2011-jogging", "stands", ["doi", "doi"]),
        ("toy-2011-tool", "is-notice", ["doi"]),
    ],
)
def test_a_notice_bears_on_what_is_recorded(found: Retractions, work: str, bearing: str, matched: list[str]) -> None:
    one = of(found, work)
    assert one.bearing == bearing
    assert [notice.matched_by for notice in one.notices] == matched


def test_nothing_is_told_of_works_without_a_notice(found: Retractions) -> None:
    assert len(found.found) == 7
    assert [one.work for one in found.for_a_person] == sorted(
        one.work for one in found.found if one.bearing in FOR_A_PERSON
    )


def test_a_notice_is_kept_with_its_day_its_address_and_its_reasons(found: Retractions) -> None:
    (notice,) = of(found, "toy-2001-walking").notices
    assert (notice.record, notice.nature, notice.said) == ("101", "retraction", "Retraction")
    assert (notice.on, notice.doi, notice.pmid) == (date(2026, 3, 9), "10.5555/toy.2026.notice", None)
    assert notice.reasons == ("Concerns/Issues About Data", "Unreliable Results and/or Conclusions")
    (recorded,) = of(found, "sample-2005-retracted-exercise").notices
    assert recorded.reasons == ("Falsification/Fabrication of Data",), "older exports have a plus"


def test_what_the_base_records_stands_beside_it(found: Retractions) -> None:
    one = of(found, "sample-2005-retracted-exercise")
    assert (one.study, one.recorded, one.recorded_on) == (
        "sample-2005-retracted-exercise",
        "retracted",
        date(2007, 5, 1),
    )


def with_status(toy: Evidence, study: str, **status: Any) -> Evidence:
    changed = toy.studies[study].model_copy(update={"status": Status.model_validate(status)})
    return replace(toy, studies={**toy.studies, study: changed})


@pytest.mark.parametrize(("notice", "bearing"), [(None, "not-in-export"), ("10.5555/n", "recorded-from-elsewhere")])
def test_what_is_recorded_and_not_in_the_export_rests_on_a_notice_or_is_for_a_person(
    toy: Evidence, tmp_path: Path, notice: str | None, bearing: str
) -> None:
    told = {"on": "2020-01-01", "reason": {"en": "made up"}, "notice": notice}
    evidence = with_status(toy, "toy-2016-clinics", state="retracted", **told)
    one = of(compared(evidence, write(tmp_path, row(OriginalPaperDOI="10.5555/none"))), "toy-2016-clinics")
    assert (one.bearing, one.notices) == (bearing, ())


def test_what_is_recorded_and_was_taken_back_is_for_a_person(toy: Evidence) -> None:
    evidence = with_status(toy, "toy-2011-jogging", state="expression-of-concern", on="2013-02-03", notice="10.5555/n")
    assert of(compared(evidence, EXPORT), "toy-2011-jogging").bearing == "reinstated"


def test_a_retraction_is_more_than_a_concern_that_is_recorded(toy: Evidence) -> None:
    evidence = with_status(toy, "toy-2001-walking", state="expression-of-concern", on="2020-01-01", notice="10.5555/n")
    assert of(compared(evidence, EXPORT), "toy-2001-walking").bearing == "not-recorded"


def test_a_second_report_is_compared_too(toy: Evidence, tmp_path: Path) -> None:
    path = write(tmp_path, row(OriginalPaperDOI="https://doi.org/10.5555/toy.2002.one_year"))
    one = of(compared(toy, path), "toy-2002-walking-one-year")
    assert (one.study, one.bearing) == ("toy-2001-walking", "not-recorded")


def test_identifiers_of_two_works_in_one_row_are_for_a_person(toy: Evidence, tmp_path: Path) -> None:
    found = compared(toy, write(tmp_path, row(OriginalPaperPubMedID="3")))
    assert {one.work: one.bearing for one in found.found if one.notices and one.notices[0].record == "1"} == {
        "toy-2001-walking": "identifiers-differ",
        "madeup-2020-exercise": "identifiers-differ",
    }


def test_a_kind_of_notice_that_is_not_known_is_told_and_kept(toy: Evidence, tmp_path: Path) -> None:
    path = write(tmp_path, row(RetractionNature="Partial retraction"))
    assert of(compared(toy, path), "toy-2001-walking").bearing == "unknown-kind"
    (problem,) = read(path)[1].problems
    assert "'Partial retraction'" in problem.message and (problem.line, problem.column) == (
        2,
        row().index("Retraction,") + 1,
    )


def test_order_does_not_depend_on_the_order_of_rows(toy: Evidence, tmp_path: Path, found: Retractions) -> None:
    head, *lines = EXPORT.read_bytes().decode().split("\r\n")
    begun = next(number for number, line in enumerate(lines) if line.startswith("103,"))
    other = write(tmp_path, *lines[begun:-1], *lines[:begun], head=head)
    assert compared(toy, other) == found


@pytest.mark.parametrize(
    ("natures", "state"),
    [
        ([], "current"),
        (["correction"], "current"),
        (["expression-of-concern", "retraction"], "retracted"),
        (["retraction", "expression-of-concern"], "retracted"),
        (["retraction", "reinstatement"], "current"),
        (["reinstatement", "retraction", "correction"], "retracted"),
        (["retraction", "reinstatement", "expression-of-concern"], "expression-of-concern"),
    ],
)
def test_notices_one_after_the_other_leave_a_state(natures: list[Any], state: str) -> None:
    assert state_after(natures) == state


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("RetractionDate", "25/12/2021 0:00", "month/day/year"),
        ("RetractionDate", "soon", "month/day/year"),
        ("OriginalPaperDOI", "toy.2001", "a DOI"),
        ("OriginalPaperDOI", "10.5555/\udce9", "a DOI"),
        ("OriginalPaperPubMedID", "PMC12", "a PMID"),
        ("RetractionPubMedID", "1.5E+07", "a PMID"),
        ("RetractionDOI", "10.5555", "a DOI"),
    ],
)
def test_a_value_that_cannot_be_made_out_is_told_at_its_place(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    line = row(**{name: value})
    rows, tally = read(write(tmp_path, row(), line))
    (problem,) = tally.problems
    assert (len(rows), tally.doubtful) == (2, 1), "the rest of the row is used"
    assert (problem.line, problem.column) == (3, line.index(value) + 1)
    assert problem.message.startswith(name) and expected in problem.message


@pytest.mark.parametrize(
    ("text", "day"), [("12/25/2021 0:00", "2021-12-25"), ("3/9/2026", "2026-03-09"), ("2026-03-09", "2026-03-09")]
)
def test_days_are_american_or_iso(tmp_path: Path, text: str, day: str) -> None:
    (one,), _ = read(write(tmp_path, row(RetractionDate=text)))
    assert str(one.on) == day


def test_a_text_of_several_lines_moves_the_place_of_what_follows(tmp_path: Path) -> None:
    line = row(RetractionDate="soon")
    _, tally = read(write(tmp_path, row(Title='"one\r\ntwo\r\nthree"'), line))
    assert [(problem.line, problem.column) for problem in tally.problems] == [(5, line.index("soon") + 1)]


def many(tmp_path: Path, *bad: str) -> tuple[list[Row], Tally]:
    """Return what is read of a file with so many good rows that some bad ones are not too many."""
    return read(write(tmp_path, *bad, *[row()] * 500))


@pytest.mark.parametrize(
    ("bad", "line", "message"),
    [
        ("1,2,3", 2, "3 cells"),
        (row(Title="a, b"), 2, "22 cells"),
        (row(Title='"a" b'), 2, "no CSV"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_takes_no_other_along(
    tmp_path: Path, bad: str, line: int, message: str
) -> None:
    rows, tally = many(tmp_path, bad)
    (problem,) = tally.problems
    assert (len(rows), tally.rows, tally.unreadable) == (500, 500, 1)
    assert problem.line == line and message in problem.message


def test_a_quote_that_is_never_closed_says_how_far_it_reaches(tmp_path: Path) -> None:
    path = write(tmp_path, *[row()] * 500, row(Title='"never closed'), row(), row())
    _, tally = read(path)
    assert tally.unreadable == 1
    assert (tally.problems[0].line, tally.rows) == (502, 500)
    assert "up to line 504" in tally.problems[0].message


def test_a_byte_that_is_not_utf8_in_a_title_does_no_harm(tmp_path: Path) -> None:
    rows, tally = read(write(tmp_path, row(Title="caf\udce9")))
    assert (len(rows), tally.problems) == (1, [])


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path, row(), head="\ufeff" + HEAD))
    assert rows[0].record == "1"


@pytest.mark.parametrize(
    ("head", "rows", "message"),
    [
        (HEAD, [], "no notice"),
        ("", [], "does not name Record ID"),
        ("<!doctype html>", ["<p>Sign in</p>"], "it holds: <!doctype html>"),
        (HEAD.replace("RetractionNature", "Nature"), [row()], "does not name RetractionNature"),
        (HEAD.replace("Title", "Reason"), [row()], "does not name Reason once"),
        (HEAD, [row(), "1,2"], "1 of 2 rows cannot be read"),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_what_was_expected(
    tmp_path: Path, head: str, rows: list[str], message: str
) -> None:
    with pytest.raises(ExportError, match=message) as refused:
        read(write(tmp_path, *rows, head=head))
    assert "gitlab.com/crossref" in refused.value.problems[0].hint


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be read"):
        read(tmp_path)
