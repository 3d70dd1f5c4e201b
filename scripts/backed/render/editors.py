"""Parts of the pages for editors: the lesson of the tutorial, piece by piece, and what a pool prefers by default."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from ..bibliography import cite
from ..model import Lesson, PoolPlan, Source
from .cited import reference_links
from .site import Site
from .study import glance
from .written import pieces

Fragment = Callable[[Site, str], Markup]

NONE = Markup("<p>There is no record here to teach with yet.</p>")


def _taught(site: Site, base: str, part: str, **view: object) -> Markup:
    """Return a part of the lesson, or a sentence where there is none."""
    if site.lesson is None:
        return NONE
    return site.fill("fragments/lesson.html", base=base, part=part, lesson=site.lesson, **view)


def _study(site: Site, base: str) -> Markup:
    """Which study it is, as a reference, and what it found in our words."""
    reference = site.evidence.main_reference(site.lesson.study) if site.lesson else None
    text = cite(reference) if reference else ""
    links = reference_links(reference) if reference else ()
    return _taught(site, base, "study", cited=text, links=links)


def _facts(site: Site, base: str) -> Markup:
    """What the source prints, and which part of the record rests on it."""
    return _taught(site, base, "facts", rows=list(_places(site.lesson)) if site.lesson else [])


def _places(lesson: Lesson) -> Iterator[tuple[str, Source]]:
    study = lesson.study
    if study.funding.source:
        yield "funding", study.funding.source
    yield from (("population", source) for source in study.population.sources)
    yield from ((f"effects, {effect.id}", effect.source) for effect in study.effects)
    yield from ((f"findings, {finding.id}", finding.source) for finding in study.findings)


def _works(site: Site, base: str) -> Markup:
    return _taught(site, base, "works")


def _lines(*keys: str) -> Fragment:
    """Return the part that shows the lines of the record under some of its outermost keys."""

    def lines(site: Site, base: str) -> Markup:
        written = pieces(site.lesson.record) if site.lesson else {}
        shown = [written[key] for key in keys if key in written]
        missing = [key for key in keys if key not in written]
        return _taught(site, base, "lines", text="\n".join(shown), missing=missing)

    return lines


def _mistake(site: Site, base: str) -> Markup:
    return _taught(site, base, "mistake")


def _page(site: Site, base: str) -> Markup:
    """What the finished page says first, and where the study is used."""
    if site.lesson is None:
        return NONE
    study = site.lesson.study
    comparisons = [site.evidence.comparisons[id] for id in site.comparisons_by_study.get(study.id, ())]
    claims = site.claims_by_study.get(study.id, ())
    return _taught(site, base, "page", glance=glance(study, site), comparisons=comparisons, claims=claims)


def _preferences(site: Site, base: str) -> Markup:
    """Which analysis set and which kind of values a pool takes first, as the model has it."""
    return site.fill("fragments/preferences.html", base=base, plan=PoolPlan())


EDITORS: Mapping[str, Fragment] = {
    "lesson-study": _study,
    "lesson-facts": _facts,
    "lesson-works": _works,
    "lesson-head": _lines("title", "summary", "reports"),
    "lesson-design": _lines("registration", "design", "funding"),
    "lesson-people": _lines("population"),
    "lesson-arms": _lines("arms"),
    "lesson-effects": _lines("effects"),
    "lesson-findings": _lines("findings", "limits"),
    "lesson-extraction": _lines("extraction", "status"),
    "lesson-mistake": _mistake,
    "lesson-page": _page,
    "preferences": _preferences,
}
"""Every part by name."""
