"""Rules about dates: what comes first, and what cannot have happened yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Study
from ..problem import Severity, Where
from .rule import Base, Finding, rule


def _year(study: Study, base: Base) -> int | None:
    """Return the year of the main report, or None where it is not known."""
    reference = base.evidence.main_reference(study)
    return int(reference.year) if reference and re.fullmatch(r"\d{4}", reference.year) else None


@rule("study", in_browser=True)
def dates_in_order(study: Study, base: Base) -> Iterator[Finding]:
    """Nothing happens before what it needs: recruitment, search, publication, extraction, check, notice.

    The first person is recruited before the last, and both before the paper is out; a trial is registered before it is
    published. A review searches before it is published, a record is made after that and checked after it was made, and
    a paper is retracted after it came out. Papers dated for the next year are often online before. The REAPPRAISED
    checklist for publication integrity asks in the same way whether the dates of a paper agree.
    """
    year, made = _year(study, base), study.extraction
    if year is not None and year > made.on.year + 1:
        message = f"extracted on {made.on}, but the main report is of {year}"
        yield Finding(("extraction", "on"), message, "correct the date, or the year in the .bib")
    if made.checked_by is not None and made.checked_by.on < made.on:
        message = f"checked on {made.checked_by.on}, before the extraction on {made.on}"
        yield Finding(("extraction", "checked_by", "on"), message, "are the two dates exchanged?")
    if study.review is not None and study.review.searched_to is not None:
        yield from _before_paper(study.review.searched_to, ("review", "searched_to"), "searched to", year, study)
    for index, entry in enumerate(study.registration):
        if entry.on is not None:
            yield from _before_paper(entry.on, ("registration", index, "on"), "registered", year, study)
    yield from _recruited(study, year)
    if study.status.on is not None and year is not None and study.status.on.year < year:
        message = f"`{study.status.state}` since {study.status.on}, before the main report of {year}"
        yield Finding(("status", "on"), message, "correct the date, or the year in the .bib")


def _recruited(study: Study, year: int | None) -> Iterator[Finding]:
    recruited = study.population.recruited
    if recruited is None:
        return
    at: Where = ("population", "recruited")
    for end in ("first", "last"):
        day = getattr(recruited, end)
        if day is not None:
            yield from _before_paper(day, (*at, end), f"the {end} person recruited", year, study)
    if recruited.first and recruited.last:
        known = min(len(recruited.first), len(recruited.last))
        if recruited.first[:known] > recruited.last[:known]:
            message = f"the last person was recruited in {recruited.last}, the first in {recruited.first}"
            yield Finding((*at, "last"), message, "are the two dates exchanged?")


def _before_paper(day: str, at: Where, what: str, year: int | None, study: Study) -> Iterator[Finding]:
    """Yield what is impossible about a date (2018, 2018-04 or 2018-04-27) that lies before the main report."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        yield Finding(at, f"there is no month {parts[1]}", "write year, month, day: 2018-04-27")
    if year is not None and parts[0] > year:
        yield Finding(at, f"{what} {day}, but published in {year}", "that comes before the publication")
    elif day > study.extraction.on.isoformat():
        yield Finding(at, f"{what} {day}, after this record was made", "that comes before the record")


@rule("study", Severity.WARNING)
def review_is_younger(study: Study, base: Base) -> Iterator[Finding]:
    """A newer review is newer than the study it is named by, and an older version is older.

    The other way round, the two records were exchanged, or one of them has a wrong year.
    """
    year = _year(study, base)
    for index, related in enumerate(study.related):
        other = base.evidence.studies.get(related.study)
        theirs = _year(other, base) if other else None
        at: Where = ("related", index, "how")
        if year is None or theirs is None:
            continue
        if related.how == "newer-review" and theirs < year:
            yield Finding(at, f"`{related.study}` is of {theirs}, this study of {year}", "is it the older one?")
        if related.how == "older-version" and theirs > year:
            yield Finding(at, f"`{related.study}` is of {theirs}, this study of {year}", "is it the newer one?")
