"""What happened to the records, as far as they tell: their own dates are the only source, never a clock or git.

A record has one date of its last look, so an older look is forgotten when a newer one is written. What must not be
forgotten has a place of its own: a status with its day, and the conclusions a claim had before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..model import Article, Claim, Comparison, Confirmation, Earlier, Evidence, SecondExtraction, Study
from . import words
from .cited import uncited
from .site import Site
from .verdicts import answer_line, verdict_view

KINDS: Mapping[str, str] = {
    "verdict": "Conclusions that changed",
    "standing": "Retracted, replaced or in doubt",
    "claims": "Claims looked at",
    "comparisons": "Questions looked at",
    "articles": "Articles looked at",
    "studies": "Studies recorded",
    "checked": "Compared with the source by somebody else",
}
"""What can happen, in the order in which it is told, with the heading it is told under."""


class Event(NamedTuple):
    """Something that happened to a record; ``part`` tells events of a kind apart that happened to the same record."""

    on: date
    kind: str
    folder: str
    id: str
    part: str = ""


@dataclass(frozen=True)
class Change:
    """An event as it is told: ``key`` never changes, not even when the record is renamed.

    ``title`` says what it is about, ``text`` what happened, ``was`` and ``mark`` the ids of conclusions, where there
    are such; ``url`` is the page of the record.
    """

    on: date
    kind: str
    key: str
    url: str
    title: str
    text: str
    was: str = ""
    mark: str = ""


def newest_first(evidence: Evidence) -> list[Event]:
    """Return everything that happened, the newest first; of one day in the order of KINDS."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    events = (event for folder in FOLDERS for record in getattr(evidence, folder).values() for event in of(record))
    return sorted(events, key=lambda event: (-event.on.toordinal(), order[event.kind], *event[2:]))


Dated = Study | Claim | Comparison | Article

FOLDERS = ("claims", "comparisons", "articles", "studies")


def of(record: Dated) -> Iterator[Event]:
    """Yield what happened to a record."""
    folder, begun = _begun(record)
    yield Event(begun, folder, folder, record.id)
    for part, other in _others(record).items():
        yield Event(other.on, "checked", folder, record.id, part)
    status = record.status
    # what was retracted before we recorded it is no news: the entry of the record says it
    if status.on is not None and status.state != "current" and not (folder == "studies" and status.on <= begun):
        yield Event(status.on, "standing", folder, record.id, f"{status.state}/{status.on}")
    for one in record.earlier if isinstance(record, Claim) else ():
        yield Event(one.until, "verdict", folder, record.id, one.until.isoformat())


def _begun(record: Dated) -> tuple[str, date]:
    """Return the folder of a record, and the day on which it was made or last looked at."""
    match record:
        case Study():
            return "studies", record.extraction.on
        case Claim():
            return "claims", record.reviewed.on
        case Comparison():
            return "comparisons", record.reviewed.on
        case Article():
            return "articles", record.reviewed.on


def _others(record: Dated) -> Mapping[str, Confirmation | SecondExtraction]:
    """Return what other people did for a record, by a name that tells it apart."""
    if isinstance(record, Article):
        return {}
    made = record.extraction if isinstance(record, Study) else record
    second = record.extraction.second if isinstance(record, Study) else None
    return {part: other for part, other in (("by", made.checked_by), ("second", second)) if other is not None}


def told(event: Event, site: Site) -> Change:
    """Return an event as it is told."""
    record: Dated = getattr(site.evidence, event.folder)[event.id]
    key = "/".join(part for part in (event.folder, first_id(record), event.kind, event.part) if part)
    was, mark = "", ""
    if event.kind == "verdict":
        was, mark, text = _moved(site.evidence.claims[event.id], event.on, site)
    elif event.kind == "standing":
        text = _standing(record)
    elif event.kind == "checked":
        text = _checked(_others(record)[event.part])
    else:
        text = _looked(record, site)
        if isinstance(record, Claim):
            mark = verdict_view(record, site)["mark"]
    return Change(event.on, event.kind, key, f"{event.folder}/{event.id}/", title_of(record, site), text, was, mark)


def first_id(record: Dated) -> str:
    """Return the id a record had first, as far as it says."""
    return (*record.aliases, record.id)[0]


def title_of(record: Dated, site: Site) -> str:
    """Return what a record is called in a list."""
    match record:
        case Study():
            return f"{site.name(record)}: {record.title}"
        case Claim():
            return record.claim.en
        case Comparison():
            return record.title.en
        case Article():
            return record.title


def _moved(claim: Claim, on: date, site: Site) -> tuple[str, str, str]:
    """Return the conclusion that was given up on a day, the one that took its place, and why."""
    place = next(index for index, one in enumerate(claim.earlier) if one.until == on)
    before = claim.earlier[place]
    after = claim.earlier[place + 1].verdict if place + 1 < len(claim.earlier) else verdict_view(claim, site)["mark"]
    after = str(after).removeprefix("judged-")
    text = f"Was: {words.conclusion(before.verdict)}{numbers(before)}. Then: {words.conclusion(after)}."
    return mark_of(before.verdict), mark_of(after), f"{text} {uncited(before.why.en)}"


def mark_of(verdict: str) -> str:
    """Return the name of the mark of a verdict or a judgement."""
    return f"judged-{verdict}" if verdict in words.JUDGEMENTS else str(verdict)


def numbers(earlier: Earlier) -> str:
    """Return the numbers of an earlier conclusion in brackets: " (−9, −20 to 2)"; '' where it had none."""
    found = [words.figure(earlier.estimate), words.interval(earlier.ci)]
    return f" ({', '.join(filter(None, found))})" if any(found) else ""


def _looked(record: Dated, site: Site) -> str:
    match record:
        case Study():
            state = record.status.state
            standing = "" if state == "current" else f" {words.sentence_case(words.STATES[state])}."
            return f"{uncited(record.summary.en)} Read: {words.READ[record.extraction.read]}.{standing}"
        case Claim():
            return conclusion_of(record, site)
        case Comparison():
            return uncited(record.question.en)
        case Article():
            return uncited(record.summary.en)


def conclusion_of(claim: Claim, site: Site) -> str:
    """Return the conclusion that is drawn of a claim now, with its numbers."""
    rulings = site.syntheses.rulings.get(claim.id, ())
    line = answer_line(rulings[0].answer, site) if rulings and claim.evidence else ""
    label = words.sentence_case(verdict_view(claim, site)["label"])
    return f"{label}: {words.mid_sentence(line)}." if line else f"{label}."


def _checked(other: Confirmation | SecondExtraction) -> str:
    if isinstance(other, SecondExtraction):
        return f"Its figures were taken a second time, independently, by {other.by}."
    return f"Compared by {other.name}: {other.compared}."


def _standing(record: Dated) -> str:
    reason = f". {uncited(record.status.reason.en)}" if record.status.reason else "."
    return f"{words.sentence_case(words.STATES[record.status.state])}{reason}"
