"""Rules about reviews and the studies in them: can the list be right, is a study counted beside its review?"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Claim, Comparison, Evidence, Filed, Study
from ..problem import Severity, Where
from .rule import Base, Finding, rule


@rule("study")
def includes_possible(study: Study, base: Base) -> Iterator[Finding]:
    """The studies a review includes can be in it: each once, not more than it counts, none younger than the review.

    `review.includes` says which of the recorded studies are in a review, so that nothing is counted twice and the
    overlap of reviews can be worked out. A study published after the review cannot be in it; a review that lists itself
    is a slip.
    """
    if study.review is None:
        return
    at: Where = ("review", "includes")
    includes, counted = study.review.includes, study.review.studies
    if counted is not None and len(set(includes)) > counted:
        message = f"{len(set(includes))} studies are listed, but the review counts {counted}"
        yield Finding(at, message, "reports of one study count once; correct the list or `review.studies`")
    for index, name in enumerate(includes):
        if name == study.id:
            yield Finding((*at, index), "a review does not include itself", "remove it")
        elif name in includes[:index]:
            yield Finding((*at, index), f"`{name}` is listed twice", "remove one of the two")
        elif (years := _years(study, name, base)) and years[1] > years[0]:
            message = f"`{name}` is of {years[1]}, the review of {years[0]}"
            yield Finding((*at, index), message, "a review holds no younger study; is another one meant?")


def _years(review: Study, name: str, base: Base) -> tuple[int, int] | None:
    other = base.evidence.studies.get(name)
    references = [base.evidence.main_reference(one) for one in (review, other) if one]
    years = [int(r.year) for r in references if r and r.year.isdigit()]
    return (years[0], years[1]) if len(years) == 2 else None


@rule("record", Severity.WARNING)
def study_beside_its_review(record: Filed, base: Base) -> Iterator[Finding]:
    """An answer does not rest on a review and, separately, on a study that the review already includes.

    Two outcomes of a comparison, or the studies a claim is judged by, look like two pieces of evidence; where one is a
    trial inside the other's review they are one, and its people count twice. Overlap that is not accounted for is the
    commonest flaw of overviews of reviews (Pieper and others, J Clin Epidemiol 2014;67:368,
    doi:10.1016/j.jclinepi.2013.11.007). Name one of the two, or say in an exception why both are needed.
    """
    places = dict(_rests_on(record))
    named = set(places.values())
    for at, name in places.items():
        holders = sorted(base.once(_reviews_of).get(name, set()) & (named - {name}))
        if holders:
            message = f"`{name}` is one of the studies in `{holders[0]}`, which is named here too"
            yield Finding(at, message, "rest on one of the two, or except it with the reason")


def _rests_on(record: Filed) -> Iterator[tuple[Where, str]]:
    if isinstance(record, Comparison):
        for index, question in enumerate(record.outcomes):
            for part in ("anchor", "single"):
                if pointed := getattr(question, part):
                    yield ("outcomes", index, part, "study"), pointed.study
    if isinstance(record, Claim) and record.judgement:
        for index, name in enumerate(record.judgement.studies):
            yield ("judgement", "studies", index), name


def _reviews_of(evidence: Evidence) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for study in evidence.studies.values():
        for name in study.review.includes if study.review else ():
            found.setdefault(name, set()).add(study.id)
    return found
