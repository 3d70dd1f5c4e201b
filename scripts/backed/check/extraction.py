"""Rules about who read the source: is the second reader another person, and do the two agree?"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Agreement, Claim, Comparison, Filed, Study, agreement
from ..problem import Where
from .rule import Base, Finding, rule

SECOND: Where = ("extraction", "second")


@rule("record", in_browser=True)
def second_person(record: Filed, base: Base) -> Iterator[Finding]:
    """Who checks a record, or takes its figures a second time, is another person than the one who made it.

    Two people make fewer errors than one who looks twice (Buscemi and others, J Clin Epidemiol 2006;59:697,
    doi:10.1016/j.jclinepi.2005.11.010). `extraction.by`, `checked_by.name` and `second.by` are public names of people,
    or the project's. A comparison or claim is made by whoever last judged it, `reviewed.by`.
    """
    for at, name, by in _second_looks(record):
        if _plain(name) == _plain(by):
            yield Finding(at, f"`{name}` made the record", "a second look is another person's; else leave it out")


def _second_looks(record: Filed) -> Iterator[tuple[Where, str, str]]:
    """Yield where somebody looked a second time, who that was, and who made the record."""
    if isinstance(record, Study):
        made = record.extraction
        if made.second:
            yield (*SECOND, "by"), made.second.by, made.by
        if made.checked_by:
            yield ("extraction", "checked_by", "name"), made.checked_by.name, made.by
    elif isinstance(record, (Claim, Comparison)) and record.checked_by:
        yield ("checked_by", "name"), record.checked_by.name, record.reviewed.by


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


@rule("study")
def extractions_agree(study: Study, base: Base) -> Iterator[Finding]:
    """Where a second person took figures again, each is the same, or the difference is settled with a reason.

    Under `extraction.second` stand only the figures taken again, without looking at the record. One that differs is a
    slip of one of the two. Look at the source together, put the right figure into the record, and write under
    `resolved` why, with what the record said before where that was the slip; the page shows both. Data are extracted by
    two people independently, and differences settled, because single extraction errs more (Cochrane Handbook 5.1,
    section 7.6.2; Buscemi and others 2006, doi:10.1016/j.jclinepi.2005.11.010).

    `resolved: {effects.pain.estimate: {reason: {en: Table 3 prints -1.2.}, first: "-12"}}`
    """
    found = agreement(study)
    if found is None:
        return
    for one in found.open:
        at: Where = (*SECOND, *one.at)
        if not one.known:
            yield Finding(at, f"the record has no `{one.place.rpartition('.')[0]}`", _known(study, str(one.at[0])))
        elif one.first is None:
            message = f"the second person read {one.second}; the record has no such figure"
            yield Finding(
                at, message, f"add it to the record with its source, or settle `{one.place}` under `resolved`"
            )
        else:
            message = f"the second person read {one.second}, the record says {one.first}"
            yield Finding(at, message, f"look at the source together, then settle `{one.place}` under `resolved`")
    yield from _settled(study, found)


def _settled(study: Study, found: Agreement) -> Iterator[Finding]:
    """Yield what is wrong with the reasons: one for no figure, or for figures that never differed."""
    places = {one.place: one for one in found.figures}
    for place, resolution in (study.extraction.second.resolved if study.extraction.second else {}).items():
        one = places.get(place)
        at: Where = (*SECOND, "resolved", place)
        if one is None:
            yield Finding(at, f"the second extraction has no figure `{place}`", f"it has: {', '.join(places)}")
        elif one.same and resolution.first is None:
            message = f"both say {one.second}: there is nothing to settle"
            yield Finding(at, message, "add `first` with what the record said before, or remove it")


def _known(study: Study, part: str) -> str:
    ids = [arm.id for arm in study.arms] if part == "arms" else [effect.id for effect in study.effects]
    return f"{part} here: {', '.join(ids)}; under `groups` stand ids of arms or groups"
