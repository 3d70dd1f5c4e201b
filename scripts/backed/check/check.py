"""All rules over all records: evidence in, problems out. Nothing is printed and nothing stops at the first fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import chain

from ..memo import Memo
from ..model import (
    KINDS,
    Article,
    Claim,
    Comparison,
    Evidence,
    Filed,
    NotReadError,
    Reference,
    Study,
    Syntheses,
    newest_look,
)
from ..problem import Problem
from ..stages import stage
from ..workers import shared
from .agreement import arms_make_interval, level_fits, statistics_agree
from .answers import (
    answer_fits,
    claim_outdated,
    claim_points,
    comparison_sides,
    contrast_named,
    departures_named,
    positions_unique,
    scale_direction,
    threshold_known,
)
from .arms import baseline_balanced, effect_size_likely, events_make_ratio, percent_alone_fits
from .certainty import certainty_adds_up, certainty_agrees_with_figures
from .dates import dates_in_order, review_is_younger
from .direction import arms_as_told, direction_as_told, sign_as_printed
from .duplicates import (
    identifier_unique,
    people_counted_once,
    registration_unique,
    report_of_one_study,
    titles_differ,
)
from .effect_sizes import (
    clusters_possible,
    instrument_named,
    level_possible,
    means_make_difference,
    people_enough,
    percent_fits_events,
    percent_possible,
    quantiles_in_order,
    spread_positive,
)
from .extraction import extractions_agree, second_person
from .figures import ci_contains_estimate, computed_is_right, figure_printed, n_adds_up, ratio_is_positive, scale_fits
from .identifiers import (
    doi_whole,
    doi_year,
    identifier_form,
    key_names_work,
    register_known,
    registered_before_report,
    registration_form,
)
from .identity import (
    id_and_path,
    ids_within_unique,
    main_report_identified,
    record_exists,
    reference_exists,
    reference_used,
)
from .intervals import ci_symmetric, interval_fits_scale
from .keys import alias_unique, published_key_kept
from .overlap import includes_possible, study_beside_its_review
from .people import age_likely, age_possible, group_of_own_arm, group_within_arm, women_fit, women_possible
from .percentages import count_no_percentage
from .remembered import remembered
from .repeats import figure_printed_each_time, result_told_once
from .rule import Base, Rule
from .scales import mean_of_steps, spread_of_steps, spread_wide_enough, spread_within_scale
from .siblings import mean_like_others, rows_differ, spread_like_others
from .sides import measure_like_others, sides_as_elsewhere
from .staleness import anchor_current, look_again, preprint_published, search_recent
from .standing import (
    exception_known,
    exception_needed,
    secondary_says_via,
    source_kind_known,
    sourcing_policy,
    status_reason,
)
from .summaries import summary_as_recorded
from .terms import term_exists, term_not_retired, term_reference_exists, term_tree
from .timing import earlier_in_order, time_as_told, time_within_follow_up
from .verdicts import certainty_as_rated, claimed_way_likely, threshold_small_enough
from .wording import decimal_point_in_english, instrument_as_told, outcome_as_told

RULES: tuple[Rule, ...] = (
    id_and_path,
    ids_within_unique,
    reference_exists,
    reference_used,
    identifier_form,
    doi_whole,
    doi_year,
    key_names_work,
    registration_form,
    register_known,
    registered_before_report,
    identifier_unique,
    titles_differ,
    registration_unique,
    report_of_one_study,
    people_counted_once,
    includes_possible,
    study_beside_its_review,
    second_person,
    extractions_agree,
    main_report_identified,
    record_exists,
    term_exists,
    term_not_retired,
    term_tree,
    term_reference_exists,
    published_key_kept,
    alias_unique,
    ci_contains_estimate,
    ratio_is_positive,
    scale_fits,
    n_adds_up,
    spread_positive,
    people_enough,
    level_possible,
    quantiles_in_order,
    percent_possible,
    percent_fits_events,
    means_make_difference,
    clusters_possible,
    instrument_named,
    ci_symmetric,
    interval_fits_scale,
    level_fits,
    statistics_agree,
    arms_make_interval,
    events_make_ratio,
    effect_size_likely,
    spread_within_scale,
    spread_wide_enough,
    mean_of_steps,
    spread_of_steps,
    spread_like_others,
    mean_like_others,
    rows_differ,
    figure_printed_each_time,
    result_told_once,
    percent_alone_fits,
    baseline_balanced,
    group_within_arm,
    group_of_own_arm,
    age_possible,
    age_likely,
    women_possible,
    women_fit,
    count_no_percentage,
    time_within_follow_up,
    earlier_in_order,
    time_as_told,
    instrument_as_told,
    outcome_as_told,
    sign_as_printed,
    direction_as_told,
    arms_as_told,
    sides_as_elsewhere,
    measure_like_others,
    summary_as_recorded,
    decimal_point_in_english,
    dates_in_order,
    review_is_younger,
    figure_printed,
    computed_is_right,
    contrast_named,
    source_kind_known,
    sourcing_policy,
    secondary_says_via,
    status_reason,
    look_again,
    search_recent,
    anchor_current,
    preprint_published,
    comparison_sides,
    answer_fits,
    threshold_known,
    threshold_small_enough,
    scale_direction,
    certainty_adds_up,
    certainty_as_rated,
    certainty_agrees_with_figures,
    claim_points,
    claimed_way_likely,
    departures_named,
    positions_unique,
    claim_outdated,
    exception_known,
    exception_needed,
)
"""Every rule about content, in the order of the rules page."""

SUBJECTS: Mapping[str, type[Filed]] = {
    "study": Study,
    "comparison": Comparison,
    "article": Article,
    "claim": Claim,
    "record": Filed,
}


MANY = 500
"""From so many records on it is worth to share them between processes."""


def check(
    evidence: Evidence, syntheses: Syntheses, today: date | None = None, memo: Memo | None = None
) -> Iterator[Problem]:
    """Yield every problem the rules find; those a record excepts with a reason are left out.

    ``today`` is the day by which rules about age judge; without it, the newest day on which anybody looked at a record.
    A ``memo`` keeps what was found in each record, with what was read for it: if that is the same the next time, the
    record is not looked at again.
    """
    base = Base(evidence, syntheses, today or newest_look(evidence.records()))
    names = [f"{kind}/{id}" for kind in KINDS for id in getattr(evidence, kind)]
    names += [f"references/{key}" for key in evidence.references]
    with stage("check", len(names)) as step:
        if memo is None:
            found = list(shared(lambda name: _look(name, base), names, MANY, step.done))
        else:
            found = list(remembered(_look, names, base, memo, MANY, step.done))
        found.append(list(_of_evidence(base, set())))
    yield from chain.from_iterable(found)


def _look(name: str, base: Base) -> list[Problem]:
    """Return the problems of a record or a work by its name: ``studies/long-2004``, ``references/long-2004``."""
    kind, _, id = name.partition("/")
    one = getattr(base.evidence, kind)[id]
    return list(_of_reference(one, base, set())) if kind == "references" else check_record(one, base)


HELD_AGAINST_ALL = frozenset(
    {
        "mean-like-others",
        "measure-like-others",
        "people-counted-once",
        "positions-unique",
        "registration-unique",
        "report-of-one-study",
        "rows-differ",
        "sides-as-elsewhere",
        "spread-like-others",
        "study-beside-its-review",
        "titles-differ",
    }
)
"""The rules about records by which a record can be at fault because of another one that it does not name."""


def check_reached(files: AbstractSet[str], base: Base) -> Iterator[Problem]:
    """Yield the problems of the records in some files, and of all else what may change where only these files do.

    That is what the rules say that hold a record against all others, and those about entries and the base as a whole.
    """
    passed_over: set[str] = set()
    for record in base.evidence.records():
        yield from _of_record(record, base, passed_over, None if record.file in files else HELD_AGAINST_ALL)
    yield from check_whole(base)


def check_record(record: Filed, base: Base) -> list[Problem]:
    """Return every problem that the rules about records find in one of them, but those it excepts with a reason."""
    return _of_record(record, base, set())


def check_whole(base: Base) -> Iterator[Problem]:
    """Yield every problem of what is no record: bibliographic entries, and the evidence as a whole."""
    passed_over: set[str] = set()
    for reference in base.evidence.references.values():
        yield from _of_reference(reference, base, passed_over)
    yield from _of_evidence(base, passed_over)


@dataclass(frozen=True)
class PartlyChecked:
    """The problems of some records, and the ids of the rules that could not be applied to all they concern."""

    problems: tuple[Problem, ...]
    passed_over: frozenset[str]


def check_part(
    records: Iterable[Filed], references: Iterable[Reference], base: Base, *, whole: bool = False
) -> PartlyChecked:
    """Return what the rules find in some records and references, looking up others as they ask for them.

    A rule that would go through the whole base is stopped and named as passed over, and so are the rules that read the
    evidence as a whole, unless ``whole`` asks for them (they read vocabularies, for instance, which are at hand).
    """
    passed_over: set[str] = set()
    found = [problem for record in records for problem in _of_record(record, base, passed_over)]
    found += [problem for one in references for problem in _of_reference(one, base, passed_over)]
    if whole:
        found += _of_evidence(base, passed_over)
    else:
        passed_over |= {rule.doc.id for rule in RULES if rule.doc.subject == "evidence"} - {exception_needed.doc.id}
    return PartlyChecked(tuple(found), frozenset(passed_over))


def _of_record(record: Filed, base: Base, passed_over: set[str], only: AbstractSet[str] | None = None) -> list[Problem]:
    found: list[Problem] = []
    stopped: set[str] = set()
    for rule in _rules_for(type(record)):
        if only is not None and rule.doc.id not in only:
            stopped.add(rule.doc.id)
            continue
        found += _applied(rule, record, base, (record.file, 0), stopped)
    passed_over |= stopped
    return list(_excepted(record, found, stopped))


@cache
def _rules_for(kind: type[Filed]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if issubclass(kind, SUBJECTS.get(rule.doc.subject, ())))


def _of_reference(reference: Reference, base: Base, passed_over: set[str]) -> Iterator[Problem]:
    for rule in RULES:
        if rule.doc.subject == "reference":
            yield from _applied(rule, reference, base, (reference.file, reference.line), passed_over)


def _of_evidence(base: Base, passed_over: set[str]) -> Iterator[Problem]:
    for rule in RULES:
        if rule.doc.subject == "evidence":
            yield from _applied(rule, base.evidence, base, (base.evidence.root, 0), passed_over)


def _applied(rule: Rule, value: object, base: Base, place: tuple[str, int], stopped: set[str]) -> Iterator[Problem]:
    """Yield what a rule finds; one that asks for more of the evidence than was read is stopped and remembered."""
    try:
        yield from rule.problems(value, base, *place)
    except NotReadError:
        stopped.add(rule.doc.id)


def _excepted(record: Filed, found: Iterable[Problem], stopped: AbstractSet[str]) -> Iterator[Problem]:
    waivers = getattr(record, "exceptions", ())
    waived = {waiver.rule for waiver in waivers}
    broken = set(stopped)  # what was not looked at may be broken
    for problem in found:
        broken.add(problem.rule)
        if problem.rule not in waived or problem.file != record.file:
            yield problem
    known = [rule.doc.id for rule in RULES]
    for index, waiver in enumerate(waivers):
        if waiver.rule not in known:
            doc, at = exception_known.doc, ("exceptions", index, "rule")
            near = get_close_matches(waiver.rule, known, 1)
            hint = f"did you mean `{near[0]}`?" if near else "the site lists all rules"
            yield Problem(doc.id, doc.severity, record.file, f"there is no rule `{waiver.rule}`", hint, at)
        elif waiver.rule not in broken:
            doc = exception_needed.doc
            message = f"the rule `{waiver.rule}` is not broken here"
            yield Problem(doc.id, doc.severity, record.file, message, "remove the exception", ("exceptions", index))
