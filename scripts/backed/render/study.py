"""The page of a study, and the rows and search entry made from it."""

from __future__ import annotations

from typing import Any

from ..model import Page, SearchEntry, Study, Term
from . import words
from .behind import Behind
from .cited import Citations, reference_links
from .citing import citable, styled
from .coins import coins
from .effect import effect_row, source_view
from .extraction import second_view
from .highwire import highwire
from .json_ld import script, study_data
from .looked import looked_view
from .site import Site, base_of
from .verdicts import claim_row

HEADINGS = [
    ("at-a-glance", "At a glance"),
    ("who-took-part", "Who took part"),
    ("what-came-out", "What came out"),
    ("risk-of-bias", "How far to trust it"),
    ("used-in", "Used in"),
    ("how-this-record-was-made", "How this record was made"),
    ("cite", "Cite"),
]


def study_page(study: Study, site: Site) -> Page:
    """Return the page of one study."""
    url = f"studies/{study.id}/"
    cited = Citations(site.evidence, base_of(url))
    view: dict[str, Any] = {
        "study": study,
        "looked": looked_view("studies", study, site),
        "name": site.name(study),
        "work": study.main_report if study.main_report in site.evidence.references else "",
        "design": site.label("designs", study.design.type),
        "kind": kind_of(study, site),
        "glance": glance(study, site),
        "reports": [
            {"styles": styled(r), "links": reference_links(r), "key": key}
            for key in study.reports
            if (r := site.evidence.works.get(key))
        ],
        "people": _people(study),
        "arms": _arms(study, site),
        "effects": [effect_row(study, effect, site, cited) for effect in study.effects],
        "findings": [_finding(study, index, site, cited) for index in range(len(study.findings))],
        "appraisals": _appraisals(study, site),
        "claims": [claim_row(claim, site) for claim in site.claims_by_study.get(study.id, ())],
        "comparisons": [site.evidence.comparisons[c] for c in site.comparisons_by_study.get(study.id, ())],
        "related": [
            {"how": words.RELATIONS[r.how], "study": other, "name": site.name(other), "note": r.note}
            for r in study.related
            if (other := site.evidence.studies.get(r.study))
        ],
        "second": second_view(study),
        "sources": [source_view(s, study, cited) for s in study.population.sources],
        "cited": cited,
    }
    title = f"{view['name']}: {study.title}"
    citing = citable(url, title, Behind((study,)), study.reports, site)
    return site.page(
        "study.html",
        url,
        title,
        study.summary.en,
        headings=HEADINGS,
        search=_search_entry(study, site, url),
        source=study.file,
        **{**citing, "head": _head(study, site, url, citing["head"])},
        **view,
    )


def _head(study: Study, site: Site, url: str, files: str) -> str:
    """Return the metadata by which others recognise the study: tags for Zotero and Scholar, structured data, files."""
    reference = site.evidence.works.get(study.main_report)
    if reference is None:
        return files
    data = study_data(study, reference, kind_of(study, site), site.url + url, site)
    return "\n".join((highwire(reference, site.url + url), script(data), files))


def kind_of(study: Study, site: Site) -> str:
    """Return the family of the study's design: trial, review, cohort, cross-sectional, single-group."""
    design = site.evidence.vocabularies.designs.get(study.design.type)
    return design.kind if design else ""


def size_of(study: Study) -> int | None:
    """Return how many people the study is about: for a review those in its studies."""
    return study.review.participants if study.review else study.population.n.headline


def glance(study: Study, site: Site) -> list[tuple[str, str]]:
    """Return the facts of a study that are seen first: label and value, those not known left out."""
    checked = study.extraction.checked_by
    size = size_of(study)
    facts = [
        ("Design", site.label("designs", study.design.type)),
        ("People", words.count(size) if size is not None else "not seen"),
        ("Studies", words.count(study.review.studies) if study.review and study.review.studies else ""),
        ("Condition", site.label("conditions", study.population.condition)),
        ("Where", ", ".join(words.country(code) for code in study.design.countries)),
        ("Setting", site.label("settings", study.design.setting)),
        ("Follow-up", words.duration(study.design.follow_up)),
        ("Searched to", (study.review.searched_to or "") if study.review else ""),
        ("Funding", study.funding.statement),
        ("Read", words.READ[study.extraction.read]),
        ("Checked by", checked.name if checked else "nobody yet"),
        ("Status", words.STATES[study.status.state]),
    ]
    return [(label, value) for label, value in facts if value]


def _people(study: Study) -> list[tuple[str, str]]:
    n, age, women = study.population.n, study.population.age, study.population.women
    facts = [(stage.capitalize(), words.count(c)) for stage, c in n.model_dump().items() if c is not None]
    recruited = study.population.recruited
    if recruited and (recruited.first or recruited.last):
        facts.append(("Recruited", " to ".join(end or "date not seen" for end in (recruited.first, recruited.last))))
    if age:
        mean = f"{age.mean} (SD {age.sd})" if age.mean and age.sd else age.mean or ""
        span = f"{age.min} to {age.max}" if age.min and age.max else f"{age.min} and over" if age.min else ""
        facts += [(f"Age, {k}", v) for k, v in (("mean", mean), ("median", age.median or ""), ("range", span)) if v]
    if women:
        share = f"{women.percent}%" if women.percent else ""
        facts.append(("Women", f"{women.n} ({share})" if women.n and share else share or str(women.n)))
    return facts


def _arms(study: Study, site: Site) -> list[dict[str, Any]]:
    return [
        {
            "label": arm.label.en,
            "terms": site.labels("interventions", arm.interventions),
            "n": arm.n.headline,
            "dose": arm.dose.en if arm.dose else "",
        }
        for arm in study.arms
    ]


def _finding(study: Study, index: int, site: Site, cited: Citations) -> dict[str, Any]:
    finding = study.findings[index]
    return {
        "id": finding.id,
        "text": cited.text(finding.text.en),
        "outcome": site.label("outcomes", finding.outcome),
        "time": words.duration(finding.time),
        "source": source_view(finding.source, study, cited),
    }


def _appraisals(study: Study, site: Site) -> list[dict[str, Any]]:
    views = []
    for appraisal in study.appraisal:
        tool = site.evidence.vocabularies.appraisal.get(appraisal.tool)
        domains = tool.domains if tool else {}
        judgements = tool.judgements if tool else {}
        views.append(
            {
                "tool": f"{tool.label.en}, {tool.version}" if tool else appraisal.tool,
                "by": appraisal.by,
                "overall": _judged(appraisal.overall or "", judgements),
                "place": appraisal.source.locator if appraisal.source else "",
                "domains": [
                    {
                        "name": domains[key].en if key in domains else key,
                        "judgement": _judged(domain.judgement, judgements),
                        "light": domain.judgement,
                        "support": domain.support or "",
                    }
                    for key, domain in appraisal.domains.items()
                ],
            }
        )
    return views


def _judged(judgement: str, known: Any) -> str:
    return known[judgement].en if judgement in known else judgement


def risk_of_bias(study: Study, site: Site) -> str:
    """Return the study's overall appraisal in a few words, or that there is none."""
    views = _appraisals(study, site)
    overall = next((str(view["overall"]) for view in views if view["overall"]), "")
    judged = len(views[0]["domains"]) if views else 0
    return overall or (
        f"{judged} {'domain' if judged == 1 else 'domains'} judged, no overall" if judged else "not appraised"
    )


def study_row(study: Study, site: Site) -> dict[str, Any]:
    """Return a study as a row of the list."""
    reference = site.evidence.works.get(study.main_report)
    return {
        "coins": coins(reference) if reference else "",
        "id": study.id,
        "key": reference.key if reference else "",
        "name": site.name(study),
        "title": study.title,
        "year": reference.year if reference else "",
        "design": site.label("designs", study.design.type),
        "kind": kind_of(study, site),
        "condition": site.label("conditions", study.population.condition),
        "n": size_of(study),
        "studies": study.review.studies if study.review else None,
        "about": _about(study, site),
        "read": words.READ[study.extraction.read],
        "state": study.status.state,
    }


def _about(study: Study, site: Site) -> str:
    v = site.evidence.vocabularies
    reviewed = (study.review.interventions, study.review.exposures) if study.review else ((), ())
    tested = [*(term for arm in study.arms for term in arm.interventions), *reviewed[0]]
    exposed = [*reviewed[1], *(effect.exposure for effect in study.effects if effect.exposure)]
    labels = [v.interventions[term].label.en for term in tested if term in v.interventions]
    labels += [v.exposures[term].label.en for term in exposed if term in v.exposures]
    return ", ".join(dict.fromkeys(labels))


def _terms(study: Study, site: Site) -> list[Term]:
    v = site.evidence.vocabularies
    ids = [(v.interventions, term) for arm in study.arms for term in arm.interventions]
    if study.review:
        ids += [(v.interventions, term) for term in study.review.interventions]
        exposures = study.review.exposures
    else:
        exposures = ()
    found: list[Term] = [terms[term] for terms, term in ids if term in terms]
    found += [v.exposures[term] for term in exposures if term in v.exposures]
    for effect in study.effects:
        if effect.exposure in v.exposures and effect.exposure:
            found.append(v.exposures[effect.exposure])
        if effect.outcome in v.outcomes:
            found.append(v.outcomes[effect.outcome])
    return list({id(term): term for term in found}.values())


def _search_entry(study: Study, site: Site, url: str) -> SearchEntry:
    v = site.evidence.vocabularies
    reference = site.evidence.main_reference(study)
    authors = " ".join(author.short for author in reference.authors) if reference else ""
    terms = _terms(study, site)
    if study.population.condition in v.conditions:
        terms.append(v.conditions[study.population.condition])
    synonyms = " · ".join(dict.fromkeys(word for term in terms for word in term.words))
    title = reference.title if reference else ""
    words_found = " ".join(part for part in (study.summary.nl or "", authors, title, synonyms) if part)
    tags: tuple[str, ...] = ("Study", site.label("designs", study.design.type))
    if study.status.state != "current":
        tags += (words.STATES[study.status.state],)
    return SearchEntry(url, f"{site.name(study)}: {study.title}", study.summary.en, tags, 1.2, words_found)
