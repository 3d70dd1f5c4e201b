"""Notices of the database beside what the base records of the same works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..bibliography.doi import WRAPPED
from ..model import Bearing, Evidence, Nature, Notice, Reference, Retractions, WorkNotices, last_look
from .retraction_watch import Row, Tally

State = Literal["current", "retracted", "expression-of-concern"]


class Works:
    """The works of a base, found by their identifiers."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._by_doi = _index((key, _doi(work)) for key, work in evidence.references.items())
        self._by_pmid = _index((key, work.pmid.strip()) for key, work in evidence.references.items())

    @property
    def unidentified(self) -> int:
        """Return how many works have neither DOI nor PMID."""
        return sum(not _doi(work) and not work.pmid for work in self.evidence.references.values())

    def wanted(self, row: Row) -> bool:
        """Return whether a notice is about a work of the base, or is one of its works."""
        return bool(self.about(row) or self.being(row))

    def about(self, row: Row) -> list[str]:
        """Return the keys of the works that a notice is about."""
        return self._keys(row.work_doi, row.work_pmid)

    def being(self, row: Row) -> list[str]:
        """Return the keys of the works that are the notice."""
        return self._keys(row.doi, row.pmid)

    def _keys(self, doi: str, pmid: str) -> list[str]:
        return list(dict.fromkeys([*self._by_doi.get(doi, ()), *self._by_pmid.get(pmid, ())]))


@dataclass(frozen=True)
class _Recorded:
    """What the base says of a work: its state, since when, whether a notice is named; when it was last read."""

    state: State
    on: date | None
    notice: bool
    read: date | None


def compare(works: Works, rows: Iterable[Row], tally: Tally, on: date) -> Retractions:
    """Return how the notices that an export has compare with what the base records, given the rows kept from it."""
    about: dict[str, list[Row]] = {}
    being: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.on or date.min, row.record)):
        found = works.about(row)
        for key in found:
            about.setdefault(key, []).append(row)
        for key in works.being(row) if not found else ():
            being.setdefault(key, []).append(row)
    told = [
        _work(works.evidence, key, about.get(key, []), being.get(key, [])) for key in sorted(works.evidence.references)
    ]
    return Retractions(
        on=on,
        rows=tally.rows,
        empty=tally.empty,
        unreadable=tally.unreadable,
        doubtful=tally.doubtful,
        unidentified=tally.unidentified,
        works=len(works.evidence.references),
        works_unidentified=works.unidentified,
        found=tuple(one for one in told if one),
    )


def _work(evidence: Evidence, key: str, about: Sequence[Row], being: Sequence[Row]) -> WorkNotices | None:
    """Return what is to be told of a work, or None where nobody says anything of it."""
    recorded = _recorded(evidence, key)
    reference = evidence.references[key]
    notices = [_notice(row, _matched(row.work_doi, row.work_pmid, reference)) for row in about]
    bearing = _bearing(recorded, notices, about, reference)
    if bearing is None and being:
        # one notice may be of hundreds of works: the first says enough
        bearing, notices = "is-notice", [_notice(being[0], _matched(being[0].doi, being[0].pmid, reference))]
    if bearing is None:
        return None
    return WorkNotices(
        work=key,
        study=evidence.study_by_report.get(key),
        bearing=bearing,
        recorded=recorded.state,
        recorded_on=recorded.on,
        notices=tuple(notices),
    )


def _bearing(
    recorded: _Recorded, notices: Sequence[Notice], rows: Sequence[Row], reference: Reference
) -> Bearing | None:
    """Return how notices bear on what is recorded; of several things the one that has to be looked into first."""
    if any(_disagree(row, reference) for row in rows):
        return "identifiers-differ"
    if any(notice.nature == "other" for notice in notices):
        return "unknown-kind"
    state = state_after([notice.nature for notice in notices])
    if state != "current" and recorded.state not in (state, "retracted"):
        return "not-recorded"
    if recorded.state != "current":
        if recorded.state == state:
            return "recorded"
        if any(notice.nature == "reinstatement" for notice in notices):
            return "reinstated"
        return "recorded-from-elsewhere" if recorded.notice else "not-in-export"
    corrections = [notice for notice in notices if notice.nature == "correction"]
    if corrections:
        return "corrected-since" if any(_unread(one, recorded.read) for one in corrections) else "corrected"
    return "stands" if notices else None


def state_after(natures: Sequence[Nature]) -> State:
    """Return the state in which notices, oldest first, leave a work: a correction changes none, a reinstatement all."""
    state: State = "current"
    for nature in natures:
        if nature == "retraction":
            state = "retracted"
        elif nature == "expression-of-concern" and state == "current":
            state = "expression-of-concern"
        elif nature == "reinstatement":
            state = "current"
    return state


def _unread(correction: Notice, read: date | None) -> bool:
    """Return whether figures were read before a correction came; of works that we read no figures from, never."""
    return read is not None and (correction.on is None or correction.on > read)


def _recorded(evidence: Evidence, key: str) -> _Recorded:
    study = evidence.studies.get(evidence.study_by_report.get(key, ""))
    if study is None:
        return _Recorded("current", None, False, None)
    status, read = study.status, last_look(study)[1]
    if status.state in ("retracted", "expression-of-concern"):
        return _Recorded(status.state, status.on, bool(status.notice), read)
    return _Recorded("current", None, False, read)


def _notice(row: Row, matched: Literal["doi", "pmid", "both"]) -> Notice:
    return Notice(
        record=row.record,
        nature=row.nature,
        said=row.said,
        on=row.on,
        doi=row.doi or None,
        pmid=row.pmid or None,
        reasons=row.reasons,
        matched_by=matched,
    )


def _matched(doi: str, pmid: str, reference: Reference) -> Literal["doi", "pmid", "both"]:
    by_doi, by_pmid = doi != "" and doi == _doi(reference), pmid != "" and pmid == reference.pmid.strip()
    return "both" if by_doi and by_pmid else "doi" if by_doi else "pmid"


def _disagree(row: Row, reference: Reference) -> bool:
    """Return whether a notice has one identifier of a work and another work's in the other."""
    pairs = ((row.work_doi, _doi(reference)), (row.work_pmid, reference.pmid.strip()))
    return any(theirs and ours and theirs != ours for theirs, ours in pairs)


def _doi(work: Reference) -> str:
    return WRAPPED.sub("", work.doi.strip()).lower()


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, identifier in pairs:
        if identifier:
            found.setdefault(identifier, []).append(key)
    return found
