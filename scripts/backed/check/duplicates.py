"""Rules about doubles: one work under two keys, one study under two ids, so that nobody is counted twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..bibliography.registers import plain_number
from ..bibliography.slug import slug_of
from ..model import Evidence, Reference, Study, falls_under
from ..problem import Severity
from .rule import Base, Finding, rule

NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
SAMPLE = frozenset({"same-sample", "follow-up"})
"""Relations that say that two records are of the same people."""

KIN = SAMPLE | {"older-version", "newer-review"}
"""Relations that say why two records look alike."""


@rule("reference")
def identifier_unique(reference: Reference, base: Base) -> Iterator[Finding]:
    """A DOI, PMID or PMCID stands in one entry only.

    An identifier belongs to one work. The same one under two keys means that a work was entered twice (then cite one of
    the two everywhere and remove the other) or that an entry was copied and its identifier not changed.
    """
    for field, name in NAMES.items():
        value = getattr(reference, field).lower()
        others = base.once(_by_identifier).get((field, value), ()) if value else ()
        if len(others) > 1:
            other = next(one for one in others if one is not reference)
            message = f"the {name} {getattr(reference, field)} is also that of `{other.key}`"
            hint = f"see {other.file}, line {other.line}; keep one entry, or correct the {name} of one"
            yield Finding((reference.key, field), message, hint, reference.file)


def _by_identifier(evidence: Evidence) -> Mapping[tuple[str, str], Sequence[Reference]]:
    found: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in evidence.references.values():
        for field in NAMES:
            if value := getattr(reference, field).lower():
                found[field, value].append(reference)
    return found


@rule("study", Severity.WARNING)
def titles_differ(study: Study, base: Base) -> Iterator[Finding]:
    """No two works have nearly the same title.

    Two entries whose titles differ in one word or less are often one work entered twice: once from a preprint or a
    proof, once from the journal. Where they are two works (a new version of a review keeps its title), say so under
    `related`, or under `status` that one supersedes the other.
    """
    index = base.once(_by_title)
    for place, key in enumerate(study.reports):
        reference = base.evidence.references.get(key)
        if reference is None:
            continue
        like = {one.key: one for sign in _signs(reference.title) for one in index[sign] if one.key != key}
        for other in like.values():
            owner = base.evidence.study_by_report.get(other.key)
            if (
                owner == study.id
                or (owner and _kin(study, base.evidence.studies[owner]))
                or _versions(reference, other)
            ):
                continue
            message = f"`{key}` and `{other.key}` have nearly the same title"
            hint = "one work entered twice? Else say under `related` how the two belong together"
            yield Finding(("reports", place), message, hint)


def _by_title(evidence: Evidence) -> Mapping[tuple[str, ...], Sequence[Reference]]:
    found: dict[tuple[str, ...], list[Reference]] = defaultdict(list)
    for reference in evidence.references.values():
        for sign in _signs(reference.title):
            found[sign].append(reference)
    return found


_FILLERS = frozenset(["a", "an", "and", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"])


def _signs(title: str) -> list[tuple[str, ...]]:
    """Return the words of a title in order of the alphabet, whole and with each one left out.

    Two titles share one of these when they differ in one word at most. Numbers are never left out: parts 1 and 2 are
    two works. Titles of fewer than five words have none.
    """
    words = sorted({word for word in slug_of(title).split("-") if word not in _FILLERS})
    if len(words) < 5:
        return []
    less = (tuple(words[:i] + words[i + 1 :]) for i, word in enumerate(words) if not word.isdigit())
    return [tuple(words), *less]


def _kin(study: Study, other: Study, kinds: frozenset[str] = KIN) -> bool:
    """Say whether one of two records names the other as its kin, or as the one that supersedes it."""
    return any(
        one.status.by == two.id or any(related.study == two.id and related.how in kinds for related in one.related)
        for one, two in ((study, other), (other, study))
    )


def _versions(first: Reference, second: Reference) -> bool:
    """Say whether two works are versions of one Cochrane review, whose DOIs differ in what comes after its number."""
    number = re.compile(r"10\.1002/14651858\.(CD\d{6})", re.IGNORECASE)
    one, two = number.match(first.doi), number.match(second.doi)
    return bool(one and two and one[1].upper() == two[1].upper() and first.doi.lower() != second.doi.lower())


@rule("study")
def registration_unique(study: Study, base: Base) -> Iterator[Finding]:
    """A registration belongs to one study, however many reports it has.

    Two records with the same number are two reports of one trial: put both under `reports` of one record. Where the
    second asks another question of the same people, `related: {how: same-sample}` or `follow-up` says so, and a
    comparison can take one of them (Cochrane Handbook 5.1, section 7.2.2).
    """
    for place, entry in enumerate(study.registration):
        for other in base.once(_by_number).get(plain_number(entry.registry, entry.id), ()):
            if other.id != study.id and not _kin(study, other):
                message = f"`{entry.id}` is also the registration of `{other.id}`"
                hint = "one record with both reports, or `related: [{study: …, how: same-sample}]`"
                yield Finding(("registration", place, "id"), message, hint)


def _by_number(evidence: Evidence) -> Mapping[str, Sequence[Study]]:
    found: dict[str, list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        for entry in study.registration:
            found[plain_number(entry.registry, entry.id)].append(study)
    return found


@rule("study")
def report_of_one_study(study: Study, base: Base) -> Iterator[Finding]:
    """A report belongs to one study.

    The same citation key under `reports` of two records counts its people twice. A paper that tells of two trials is
    rare; then `related` says how the two belong together.
    """
    for place, key in enumerate(study.reports):
        for other in base.once(_by_report).get(key, ()):
            if other.id != study.id and not _kin(study, other):
                message = f"`{key}` is also a report of `{other.id}`"
                yield Finding(("reports", place), message, "one of the two has the wrong key, or they are one study")


def _by_report(evidence: Evidence) -> Mapping[str, Sequence[Study]]:
    found: dict[str, list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        for key in study.reports:
            found[key].append(study)
    return found


@rule("study", Severity.WARNING)
def people_counted_once(study: Study, base: Base) -> Iterator[Finding]:
    """No two records are of the same people, unless they say so.

    The useful signs are those of the Cochrane Handbook (5.1, section 7.2.2): authors, place and setting, treatments,
    numbers of people, how they were at the start. Two records are asked about when they have the same number of people
    and kind of design, conditions of which one is the other or a kind of it, not more than ten years between them, arms
    of the same sizes, no country and no time of recruitment that contradicts, and one sign more: the first author, the
    same mean age, the same number of women, or the same time of recruitment. Then `related: {how: same-sample}` or
    `follow-up` says that they are the same people; where they are others, or nobody can tell, an exception says what
    that rests on.
    """
    for other in base.once(_by_people).get(_people(study, base.evidence), ()):
        if other.id != study.id and _alike(study, other, base.evidence) and not _kin(study, other, SAMPLE):
            at = next((stage for stage, n in study.population.n.model_dump().items() if n == _size(study)), "analysed")
            message = f"`{other.id}` has the same number of people ({_size(study)}) and other signs of the same sample"
            hint = (
                "the same people? Say `related: [{study: …, how: same-sample}]`; else add an exception with the reason"
            )
            yield Finding(("population", "n", at), message, hint)


FEWEST = 10
"""Samples smaller than this are often of the same size by chance."""


def _size(study: Study) -> int | None:
    return study.population.n.headline


def _people(study: Study, evidence: Evidence) -> tuple[object, ...] | None:
    size = _size(study)
    if study.review is not None or size is None or size < FEWEST:
        return None
    design = evidence.vocabularies.designs.get(study.design.type)
    return size, design.kind if design else ""


def _by_people(evidence: Evidence) -> Mapping[tuple[object, ...] | None, Sequence[Study]]:
    found: dict[tuple[object, ...] | None, list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        if people := _people(study, evidence):
            found[people].append(study)
    return found


def _alike(study: Study, other: Study, evidence: Evidence) -> bool:
    """Say whether two studies of one size may be of the same people: nothing contradicts it, one sign more says it."""
    first, second = evidence.main_reference(study), evidence.main_reference(other)
    years = [int(r.year) for r in (first, second) if r and r.year.isdigit()]
    if len(years) == 2 and abs(years[0] - years[1]) > 10:
        return False
    conditions, terms = (study.population.condition, other.population.condition), evidence.vocabularies.conditions
    if not any(falls_under(terms, one, (two,)) or one == two for one, two in (conditions, conditions[::-1])):
        return False
    countries = set(study.design.countries), set(other.design.countries)
    if all(countries) and countries[0].isdisjoint(countries[1]):
        return False
    if _recruited_apart(study, other):
        return False
    arms = [sorted(arm.n.headline or 0 for arm in one.arms) for one in (study, other)]
    if all(arms) and all(0 not in sizes for sizes in arms) and arms[0] != arms[1]:
        return False
    return _same_author(first, second) or _same_start(study, other)


def _same_author(first: Reference | None, second: Reference | None) -> bool:
    names = [r.authors[0].short for r in (first, second) if r and r.authors]
    return len(names) == 2 and names[0] == names[1]


def _same_start(study: Study, other: Study) -> bool:
    ages = [one.population.age.mean for one in (study, other) if one.population.age]
    women = [(w.n, w.percent) for one in (study, other) if (w := one.population.women)]
    same_age = len(ages) == 2 and ages[0] is not None and ages[0] == ages[1]
    return same_age or (len(women) == 2 and women[0] == women[1]) or _recruited_together(study, other)


def _recruited_together(study: Study, other: Study) -> bool:
    """Say whether first and last recruitment are known of both, to the month, and the same."""
    times = [one.population.recruited for one in (study, other)]
    return (
        times[0] == times[1]
        and times[0] is not None
        and all(len(end or "") > 4 for end in (times[0].first, times[0].last))
    )


def _recruited_apart(study: Study, other: Study) -> bool:
    """Say whether the last person of one was recruited in a year before the first of the other."""
    pairs = ((study, other), (other, study))
    return any(
        (before := one.population.recruited) is not None
        and (after := two.population.recruited) is not None
        and bool(before.last and after.first and before.last[:4] < after.first[:4])
        for one, two in pairs
    )
