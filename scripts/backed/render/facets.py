"""What studies are filtered by: for each facet its values, in order and with the wider value each belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..model import Study, Term, lineage
from . import words
from .site import Site
from .study import size_of

SIZES: Final = ((50, "fewer than 50"), (100, "50 to 99"), (250, "100 to 249"), (1000, "250 to 999"))
"""Classes of size: the number of people each lies below, and its name."""

NONE: Final = "none"
"""The value of a study of which a facet is not known."""


@dataclass(frozen=True)
class Facet:
    """A thing that studies are filtered by; ``of`` gives the ids of a study's values, ``known`` the name of each.

    With a ``vocabulary`` the values are its terms, and whoever asks for a term finds what is a kind of it.
    """

    id: str
    label: str
    of: Callable[[Study, Site], Iterable[str]]
    known: Mapping[str, str]
    vocabulary: str = ""


def tested(study: Study) -> Iterator[str]:
    """Yield the interventions that a study tested, those of the other side of a comparison left out where known."""
    sides = [study.sides(effect) for effect in study.effects]
    if any(first for first, _ in sides):
        for first, _ in sides:
            yield from first
    else:
        for arm in study.arms:
            yield from arm.interventions
    if study.review:
        yield from study.review.interventions


def compared(study: Study) -> Iterator[str]:
    """Yield the interventions that those tested were compared with."""
    for effect in study.effects:
        yield from study.sides(effect)[1]


def exposures(study: Study) -> Iterator[str]:
    """Yield what people were exposed to where it was not assigned."""
    yield from (effect.exposure for effect in study.effects if effect.exposure)
    if study.review:
        yield from study.review.exposures


def outcomes(study: Study) -> Iterator[str]:
    """Yield what was measured, with figures or told without."""
    yield from (effect.outcome for effect in study.effects)
    yield from (finding.outcome for finding in study.findings if finding.outcome)


def _size(study: Study) -> str:
    people = size_of(study)
    if people is None:
        return NONE
    return next((str(below) for below, _ in SIZES if people < below), "more")


def _bias(study: Study, site: Site) -> Iterator[str]:
    """Yield where the overall judgement of the first appraisal with one stands among its tool's: best, worst, between.

    Those that judge nothing ("no information") are no judgement.
    """
    for appraisal in study.appraisal:
        tool = site.evidence.vocabularies.appraisal.get(appraisal.tool)
        order = [judgement for judgement in (tool.judgements if tool else ()) if judgement != "no-information"]
        if appraisal.overall in order:
            place = order.index(appraisal.overall)
            yield "low" if place == 0 else "high" if place == len(order) - 1 else "some"
            return
    yield "unclear" if study.appraisal else NONE


FACETS: Final[Sequence[Facet]] = (
    Facet("design", "Design", lambda study, _: (study.design.type,), {}, "designs"),
    Facet("population", "Condition", lambda study, _: (study.population.condition,), {}, "conditions"),
    Facet("treatment", "Treatment", lambda study, _: tested(study), {}, "interventions"),
    Facet("compared", "Compared with", lambda study, _: compared(study), {}, "interventions"),
    Facet("exposure", "Exposure", lambda study, _: exposures(study), {}, "exposures"),
    Facet("outcome", "Outcome", lambda study, _: outcomes(study), {}, "outcomes"),
    Facet(
        "size",
        "Size",
        lambda study, _: (_size(study),),
        {**{str(below): name for below, name in SIZES}, "more": "1,000 and more", NONE: "not seen"},
    ),
    Facet(
        "bias",
        "Risk of bias",
        _bias,
        {
            "low": "low",
            "some": "some concerns",
            "high": "high",
            "unclear": "appraised, no overall judgement",
            NONE: "not appraised",
        },
    ),
    Facet("read", "Read", lambda study, _: (study.extraction.read,), words.READ),
    Facet(
        "checked",
        "Checked",
        lambda study, _: ("yes" if study.extraction.checked_by else "no",),
        {"yes": "by somebody else", "no": "by nobody yet"},
    ),
    Facet("status", "Status", lambda study, _: (study.status.state,), words.STATES),
    Facet(
        "country",
        "Country",
        lambda study, _: study.design.countries or (NONE,),
        {**dict(sorted(words.country_names().items(), key=lambda item: item[1])), NONE: "not seen"},
    ),
)
"""Every facet, in the order in which they are offered."""


def table_of(facet: Facet, studies: Iterable[Study], site: Site) -> dict[str, Any]:
    """Return a facet's values and which of them each study has.

    ``values`` are ``[id, name, wider]``, with the place of the wider value, -1 for none; ``sets`` are the
    sets of values that occur, as places; ``of`` is the place of the set of each study, packed.
    """
    held = [tuple(dict.fromkeys(facet.of(study, site))) for study in studies]
    terms: Mapping[str, Term] = getattr(site.evidence.vocabularies, facet.vocabulary) if facet.vocabulary else {}
    used = dict.fromkeys(term for values in held for term in values)
    listed = list(_listed(used, terms) if terms else _named(used, facet.known))
    place = {term: index for index, (term, _, _) in enumerate(listed)}
    values = [[term, name, place.get(wider, -1)] for term, name, wider in listed]
    sets: dict[tuple[str, ...], int] = {}
    of = [sets.setdefault(each, len(sets)) for each in held]
    return {
        "id": facet.id,
        "label": facet.label,
        "values": values,
        "sets": [[place[term] for term in each] for each in sets],
        "of": packed(of),
    }


DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def packed(numbers: Sequence[int]) -> str:
    """Return numbers as digits to the base of 64, each of the same width: the width, a colon, all of them joined."""
    width = 1
    while numbers and len(DIGITS) ** width <= max(numbers):
        width += 1
    shifts = range(6 * (width - 1), -1, -6)
    return f"{width}:" + "".join(DIGITS[number >> shift & 63] for number in numbers for shift in shifts)


def _named(used: Iterable[str], known: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the values that occur with their names, in the order of those known, then any others."""
    there = set(used)
    yield from ((value, name, "") for value, name in known.items() if value in there)
    yield from ((value, value, "") for value in sorted(there - set(known)))


def _listed(used: Iterable[str], terms: Mapping[str, Term]) -> Iterator[tuple[str, str, str]]:
    """Yield the terms that occur and all that are wider, each before its kinds, in the order of the vocabulary."""
    there = set(used)
    wanted = {wider for term in there for wider in lineage(terms, term)}
    kinds: dict[str, list[str]] = {}
    for term in terms:
        if term in wanted:
            broader = terms[term].broader
            kinds.setdefault(broader if broader in wanted and broader else "", []).append(term)

    def below(wider: str) -> Iterator[tuple[str, str, str]]:
        for term in kinds.get(wider, ()):
            yield term, terms[term].label.en, wider
            yield from below(term)

    yield from below("")
    yield from ((term, term, "") for term in sorted(there - set(terms)))
