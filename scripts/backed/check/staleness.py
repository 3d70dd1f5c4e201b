"""Rules about age: what was last looked at too long ago, or has been replaced since.

No clock is read: a build of one commit gives the same result on every day. What counts as today is handed in
(`backed check --today 2027-06-01`, which a scheduled run does), and else is the newest day on which anybody looked at
anything in the evidence base; so a record is old when the rest has moved on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ..bibliography.doi import preprint_server
from ..model import Claim, Comparison, Due, Duration, Evidence, Filed, Study, Text, last_look, lineage, newest_look
from ..problem import Severity, Where
from .rule import Base, Finding, rule
from .standing import kind_of_source
from .walk import citations, each


def _older(day: date, limit: Duration | None, today: date) -> bool:
    return limit is not None and (today - day) > timedelta(weeks=limit.in_weeks)


def _years(day: date, today: date) -> str:
    return f"{(today - day).days / 365.25:.1f} years"


@rule("record", Severity.WARNING)
def look_again(record: Filed, base: Base) -> Iterator[Finding]:
    """A record is looked at again within the time set for its kind of study and for the sources it cites.

    `look_again` in `vocabularies/designs.yaml` and `sources.yaml` sets the time: new versions of reviews, retractions
    and replaced guidelines are found by looking. A comparison or claim is as perishable as what it rests on. Of 100
    reviews 23 needed updating within two years (Shojania and others, Ann Intern Med 2007;147:224,
    doi:10.7326/0003-4819-147-4-200708210-00179); guidelines should be reassessed every three years (Shekelle and
    others, JAMA 2001;286:1461, doi:10.1001/jama.286.12.1461). Today is the day given with `--today`, else the newest
    look at anything: a build has no clock.
    """
    at, last = last_look(record)
    if last is None:
        return
    name, _, limit = _shortest(record, base.evidence) or ("", "", None)
    if limit is not None and _older(last, limit, base.today):
        number, unit = limit.amount
        message = f"last looked at {_years(last, base.today)} ago; for {name} the limit is {number} {unit}"
        yield Finding(at, message, "look for newer versions and notices, then write the day on which you did")


def due_again(evidence: Evidence) -> Callable[[str, str], Due | None]:
    """Return what tells when a record (by kind and id) is to be looked at again, as `look-again` judges it.

    None where no time is set for anything that the record rests on, where no look is recorded, and for no record.
    """
    newest = newest_look(evidence.records())

    def due(kind: str, id: str) -> Due | None:
        record: Filed | None = getattr(evidence, kind).get(id)
        if record is None:
            return None
        last, found = last_look(record)[1], _shortest(record, evidence)
        if last is None or found is None:
            return None
        _, label, limit = found
        return Due(last + timedelta(weeks=limit.in_weeks), limit, label, _older(last, limit, newest))

    return due


def _shortest(record: Filed, evidence: Evidence) -> tuple[str, str, Duration] | None:
    """Return the shortest time set for what a record rests on, after what sets it: in words, and its kind."""
    return min(_limits(record, evidence), key=lambda found: found[2].in_weeks, default=None)


def _limits(record: Filed, evidence: Evidence) -> Iterator[tuple[str, str, Duration]]:
    for name in _studies_behind(record, evidence):
        study = evidence.studies.get(name)
        if study and (limit := _of_design(study, "look_again", evidence)):
            label = evidence.vocabularies.designs[study.design.type].label.en.lower()
            yield f"`{name}` ({label})" if name != record.id else f"a {label}", label, limit
    for _, text in each(Text, record):
        for key in citations(text.en):
            reference = evidence.references.get(key)
            kind = evidence.vocabularies.sources.get(kind_of_source(reference, evidence) or "") if reference else None
            if kind and kind.look_again:
                yield f"`{key}` ({kind.label.en.lower()})", kind.label.en.lower(), kind.look_again


def _studies_behind(record: Filed, evidence: Evidence) -> Iterator[str]:
    if isinstance(record, Study):
        yield record.id
    if isinstance(record, Comparison):
        for question in record.outcomes:
            if pointed := question.anchor or question.single:
                yield pointed.study
    if isinstance(record, Claim):
        yield from record.judgement.studies if record.judgement else ()
        for asked in (record.evidence, *record.also):
            comparison = evidence.comparisons.get(asked.comparison) if asked else None
            if comparison:
                yield from _studies_behind(comparison, evidence)


def _of_design(study: Study, name: str, evidence: Evidence) -> Duration | None:
    """Return a time that the study's design sets, or the nearest wider one that sets it."""
    designs = evidence.vocabularies.designs
    found = (getattr(designs[term], name) for term in lineage(designs, study.design.type))
    return next((limit for limit in found if limit is not None), None)


@rule("comparison", Severity.WARNING)
def search_recent(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """The review an answer rests on searched recently enough.

    `search_holds` of the design sets the time. Half of the reviews that Shojania and others followed had a signal that
    they needed updating within 5.5 years (Ann Intern Med 2007;147:224, doi:10.7326/0003-4819-147-4-200708210-00179).
    Look for a newer review; where there is none that answers the question, an exception says so.
    """
    told = set()
    for index, question in enumerate(comparison.outcomes):
        study = base.evidence.studies.get(question.anchor.study) if question.anchor else None
        if study is None or study.id in told or study.review is None or study.review.searched_to is None:
            continue
        told.add(study.id)
        searched = _day(study.review.searched_to)
        limit = _of_design(study, "search_holds", base.evidence)
        if limit and _older(searched, limit, base.today):
            number, unit = limit.amount
            message = f"`{study.id}` searched to {study.review.searched_to}, {_years(searched, base.today)} ago"
            hint = (
                f"after {number} {unit} look for a newer review; if none answers this, add an exception with the reason"
            )
            yield Finding(("outcomes", index, "anchor", "study"), message, hint)


def _day(month: str) -> date:
    """Return the last day that a date as exact as it is known can mean."""
    parts = [int(part) for part in month.split("-")]
    if len(parts) == 3:
        try:
            return date(*parts)
        except ValueError:
            parts = parts[:2]
    year, last = parts[0], min(max(parts[1], 1), 12) if len(parts) > 1 else 12
    return date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)


@rule("comparison", Severity.WARNING)
def anchor_current(comparison: Comparison, base: Base) -> Iterator[Finding]:
    """An answer rests on a study that still stands.

    A review that was superseded may no longer say what its successor says; a study under an expression of concern may
    be retracted. (One that is retracted or withdrawn answers nothing: that is an error of `answer-fits`.) Where the
    successor's figures were not seen, an exception says so.
    """
    for index, question in enumerate(comparison.outcomes):
        for part in ("anchor", "single"):
            pointed = getattr(question, part)
            study = base.evidence.studies.get(pointed.study) if pointed else None
            if study is None or study.status.state not in {"superseded", "expression-of-concern"}:
                continue
            state = study.status.state.replace("-", " ")
            since = f" since {study.status.on}" if study.status.on else ""
            at: Where = ("outcomes", index, part, "study")
            yield Finding(at, f"`{study.id}` is under `{state}`{since}", _instead(study, question.outcome, base))


def _instead(study: Study, outcome: str, base: Base) -> str:
    newer = base.evidence.studies.get(study.status.by or "")
    if newer is None:
        return "look for what replaces it"
    effects = [effect.id for effect in newer.effects if effect.outcome == outcome]
    if effects:
        return f"use `{newer.id}`, which has: {', '.join(effects)}"
    return (
        f"`{newer.id}` replaces it but has no figure for {outcome} here: record it, or add an exception with the reason"
    )


@rule("study", Severity.WARNING)
def preprint_published(study: Study, base: Base) -> Iterator[Finding]:
    """A main report is the published paper, not the preprint, once there is one.

    A DOI of bioRxiv, medRxiv, Research Square, PsyArXiv, SportRxiv, OSF, Preprints.org, SSRN or arXiv is a preprint's.
    Figures change in peer review. The preprint's page names the journal article where there is one; then make that the
    main report and list the preprint after it. Until then an exception says when it was looked for.
    """
    reference = base.evidence.main_reference(study)
    server = preprint_server(reference.doi) if reference else ""
    if reference and server:
        message = f"the main report is a preprint ({server}, {reference.year or 'no year'})"
        hint = f"look at https://doi.org/{reference.doi} for the published paper; if there is none yet, except it"
        yield Finding(("reports", 0), message, hint)
