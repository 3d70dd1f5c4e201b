"""The page on which a study is reviewed: every figure beside its place in the paper, and the confirmation to paste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..bibliography import cite
from ..model import Confirmation, Effect, Page, Study
from . import words
from .checks import Check, Part, checks, figures_in, places
from .cited import reference_links, uncited
from .effect import contrast_words
from .site import Site

ASK_PEOPLE = "Each number stands at its stage, and each group is the one that the paper means."
ASK_EFFECT = "The right row and column; which side is first; the sign (less pain is minus); the time, from the start."
ASK_FINDING = "It says no more than the source does, in words of our own."
ASK_APPRAISAL = "Whose judgement it is, by which version of the tool, and for which outcome."
ASK_UNSEEN = "The paper does not say it either. Tick what you looked for in vain; record what you found."


def study_review(study: Study, site: Site) -> Page:
    """Return the page on which a study is reviewed."""
    reports = [
        {"text": cite(reference), "links": reference_links(reference)}
        for key in study.reports
        if (reference := site.evidence.references.get(key))
    ]
    return review_page(
        f"studies/{study.id}/",
        f"{site.name(study)}: {study.title}",
        site,
        parts=_parts(study, site),
        source=study.file,
        confirmed=study.extraction.checked_by,
        made=f"Recorded by {study.extraction.by} on {words.day(study.extraction.on)}, from: "
        f"{words.READ[study.extraction.read]}.",
        reports=reports,
        under="extraction",
    )


def review_page(
    url: str,
    title: str,
    site: Site,
    *,
    parts: Iterable[Part],
    source: str,
    confirmed: Confirmation | None,
    made: str,
    under: str = "",
    reports: Iterable[Any] = (),
) -> Page:
    """Return the page on which the record at ``url`` is reviewed.

    It stands below the record's page, is for those who review and nobody else: no search engine, no sitemap and not
    our own search knows it. ``under`` is the key of the record below which the confirmation belongs.
    """
    return site.page(
        "review.html",
        f"{url}review/",
        f"Review: {title}",
        f"Every figure of this record beside its place in the source, to be compared and ticked: {title}",
        head='<meta name="robots" content="noindex">',
        source=source,
        listed=False,
        name=title,
        record=url.strip("/"),
        parts=[part for part in parts if part.checks],
        confirmed=confirmed,
        made=made,
        under=under,
        reports=reports,
    )


def _parts(study: Study, site: Site) -> Iterator[Part]:
    labels = {arm.id: arm.label.en for arm in study.arms} | {g.id: g.label.en for g in study.population.groups}
    yield Part("Which study it is", "", tuple(_identity(study, site)), places((study.funding.source,), site))
    yield Part("Who took part", ASK_PEOPLE, tuple(_people(study, labels)), places(study.population.sources, site))
    for effect in study.effects:
        yield _effect_part(study, effect, labels, site)
    for finding in study.findings:
        said = Check(f"findings.{finding.id}", "Told", uncited(finding.text.en))
        when = checks(figures_in(finding), ("findings", finding.id), {})
        about = site.label("outcomes", finding.outcome)
        title = f"A result without figures{f': {words.mid_sentence(about)}' if about else ''}"
        yield Part(title, ASK_FINDING, (said, *when), places((finding.source,), site))
    yield from _appraisal_parts(study, site)
    unseen = (Check(f"extraction.unseen.{i}", "Not seen", text.en) for i, text in enumerate(study.extraction.unseen))
    yield Part("Looked for and not seen", ASK_UNSEEN, tuple(unseen))


def _identity(study: Study, site: Site) -> Iterator[Check]:
    yield Check("reports", "The publications above are this study’s", f"{len(study.reports)}")
    yield Check("design.type", "Design", site.label("designs", study.design.type))
    if study.design.countries:
        yield Check("design.countries", "Where", ", ".join(map(words.country, study.design.countries)))
    yield from checks(figures_in(study.design), ("design",), {})
    for index, entry in enumerate(study.registration):
        shown = f"{entry.registry} {entry.id}{f', {entry.on}' if entry.on else ''}"
        yield Check(f"registration.{index}", "Registered", shown)
    yield Check("funding.statement", "Funding", study.funding.statement)


def _people(study: Study, labels: dict[str, str]) -> Iterator[Check]:
    yield from checks(figures_in(study.population), ("population",), labels)
    for arm in study.arms:
        dose = f": {arm.dose.en}" if arm.dose else ""
        yield Check(f"arms.{arm.id}", "Group", f"{arm.label.en}{dose}")
        figures = ((("arm", *path), value) for path, value in figures_in(arm))
        for check in checks(figures, ("arms",), {"arm": arm.label.en}):
            yield Check(check.at.replace("arms.arm.", f"arms.{arm.id}.", 1), check.what, check.value)
    if study.review:
        yield from checks(figures_in(study.review), ("review",), {})


def _effect_part(study: Study, effect: Effect, labels: dict[str, str], site: Site) -> Part:
    at = ("effects", effect.id)
    first, second = contrast_words(study, effect, site)
    measured = (words.MEASURES[effect.measure], site.label("instruments", effect.instrument))
    detail = [words.VALUES[effect.values]] if effect.values else []
    detail += [words.ANALYSED[effect.analysed]] if effect.analysed else []
    detail += [f"only: {effect.subgroup.en}"] if effect.subgroup else []
    row = Check(".".join(at), "The row", ", ".join([*filter(None, measured), *detail]))
    figures = [(path, value) for path, value in figures_in(effect) if path != ("level",) or value != "95"]
    rated, clusters = effect.certainty, effect.clusters
    given = [Check(f"effects.{effect.id}.certainty", "Certainty, as the authors rate it", rated.level)] if rated else []
    outcome = effect.label.en if effect.label else site.label("outcomes", effect.outcome)
    sources = (effect.source, clusters.source if clusters else None, rated.source if rated else None)
    title = f"{outcome}: {first}{f' compared with {words.mid_sentence(second)}' if second else ''}"
    return Part(title, ASK_EFFECT, (row, *checks(figures, at, labels), *given), places(sources, site))


def _appraisal_parts(study: Study, site: Site) -> Iterator[Part]:
    for index, appraisal in enumerate(study.appraisal):
        at = f"appraisal.{index}"
        tool = site.evidence.vocabularies.appraisal.get(appraisal.tool)
        domains = tool.domains if tool else {}
        ticks = [Check(f"{at}.overall", "Overall", appraisal.overall)] if appraisal.overall else []
        ticks += [
            Check(f"{at}.domains.{key}", domains[key].en if key in domains else key, domain.judgement)
            for key, domain in appraisal.domains.items()
        ]
        title = f"Risk of bias: {tool.label.en if tool else appraisal.tool}, judged by {appraisal.by}"
        yield Part(title, ASK_APPRAISAL, tuple(ticks), places((appraisal.source,), site))
