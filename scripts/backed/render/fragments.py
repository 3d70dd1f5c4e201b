"""Parts of hand-written pages that come from the evidence: `<!-- backed:NAME -->` in Markdown is replaced by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from markupsafe import Markup

from ..bibliography import cite, short_cite
from ..model import FORMULAS, VERDICT_RULE, Reference, Version
from . import words
from .cited import reference_links, uncited
from .citing import page_reference, styled
from .clients import read_clients
from .editors import EDITORS
from .health import links_view, works_view
from .json_ld import dataset_data, script
from .site import Site, base_of
from .speed import speed
from .tag_names import tag_name
from .verdicts import claim_row


def fragment(name: str, url: str, site: Site) -> Markup:
    """Return the fragment of that name for the page at an address. KeyError if there is none of that name."""
    return FRAGMENTS[name](site, base_of(url))


SHOWN = 6
"""How many claims the home page shows."""


def _latest_claims(site: Site, base: str) -> Markup:
    """The claims looked at last; of those of one day, first one of each verdict, so that all kinds are seen."""
    newest = sorted(site.evidence.claims.values(), key=lambda c: (-c.reviewed.on.toordinal(), c.article, c.position))
    rows = [claim_row(claim, site) for claim in newest]
    seen: Counter[tuple[str, str]] = Counter()
    order: list[tuple[int, int, int]] = []
    for index, row in enumerate(rows):
        key = (row["reviewed"], row["verdict"]["mark"])
        order.append((-newest[index].reviewed.on.toordinal(), seen[key], index))
        seen[key] += 1
    return site.fill("fragments/latest-claims.html", base=base, rows=[rows[i] for _, _, i in sorted(order)[:SHOWN]])


def _articles(site: Site, base: str) -> Markup:
    rows = [
        {"article": article, "claims": [claim_row(claim, site) for claim in site.evidence.claims_of(article.id)]}
        for article in site.evidence.articles.values()
    ]
    return site.fill("fragments/articles.html", base=base, rows=rows)


def _counts(site: Site, base: str) -> Markup:
    evidence = site.evidence
    people = sum(study.population.n.headline or 0 for study in evidence.studies.values() if study.review is None)
    changes = [study.extraction.on for study in evidence.studies.values()]
    changes += [claim.reviewed.on for claim in evidence.claims.values()]
    return site.fill(
        "fragments/counts.html",
        base=base,
        evidence=evidence,
        people=people,
        last=max(changes).isoformat() if changes else "",
        rules=len(site.rules),
    )


def _questions(site: Site, base: str) -> Markup:
    """The questions that have an answer, those most claims rest on first."""
    answers = site.syntheses.answers
    asked = Counter(r.answer.comparison for rulings in site.syntheses.rulings.values() for r in rulings)
    answered = [
        comparison
        for comparison in site.evidence.comparisons.values()
        if any(answers[comparison.id, question.id].interval for question in comparison.outcomes)
    ]
    answered.sort(key=lambda comparison: (-asked[comparison.id], comparison.id))
    return site.fill("fragments/questions.html", base=base, comparisons=answered)


def _verdict_marks(site: Site, base: str) -> Markup:
    rows = [
        {"mark": str(verdict), "label": words.VERDICTS[verdict]["en"], "meaning": meaning}
        for verdict, meaning in words.VERDICT_MEANINGS.items()
    ]
    return site.fill("fragments/verdict-marks.html", base=base, rows=rows)


def _verdict_rule(site: Site, base: str) -> Markup:
    rows = [{"row": row, "mark": str(verdict), "label": words.VERDICTS[verdict]["en"]} for row, verdict in VERDICT_RULE]
    return site.fill("fragments/verdict-rule.html", base=base, rows=rows)


def _sourcing(site: Site, base: str) -> Markup:
    return site.fill("fragments/sourcing.html", base=base, kinds=site.evidence.vocabularies.sources)


def _departures(site: Site, base: str) -> Markup:
    return site.fill("fragments/departures.html", base=base, terms=site.evidence.vocabularies.departures)


def _scales(site: Site, base: str) -> Markup:
    scales = {key: scale for key, scale in site.evidence.vocabularies.instruments.items() if scale.mid}
    named = {
        key: short_cite(reference) if (reference := site.evidence.references.get(scale.mid.source.report)) else ""
        for key, scale in scales.items()
        if scale.mid
    }
    return site.fill("fragments/scales.html", base=base, scales=scales, named=named)


def _formulas(site: Site, base: str) -> Markup:
    return site.fill("fragments/formulas.html", base=base, formulas=FORMULAS.values())


def _methods_references(site: Site, base: str) -> Markup:
    """The works that the methods rest on: those of ``references/methods.bib``, by their keys."""
    works = sorted(
        (one for one in site.evidence.references.values() if one.file.endswith("references/methods.bib")),
        key=lambda one: one.key,
    )
    rows = [{"key": one.key, "text": cite(one), "links": reference_links(one)} for one in works]
    return site.fill("fragments/methods-references.html", base=base, rows=rows)


def _warning_signs(site: Site, base: str) -> Markup:
    named = [omission for article in site.evidence.articles.values() for omission in article.omits if omission.signs]
    omissions = [
        {
            "omission": omission,
            "text": uncited(omission.text.en),
            "nl": uncited(omission.text.nl or ""),
            "sources": [
                {"key": source.report, "name": short_cite(reference), "place": source.locator}
                for source in omission.sources
                if (reference := site.evidence.references.get(source.report))
            ],
        }
        for omission in named[:1]
    ]
    return site.fill("fragments/warning-signs.html", base=base, omissions=omissions)


def _clients(site: Site, base: str) -> Markup:
    """What other programs find in the citation files: the table that the tests compute and compare."""
    return site.fill(
        "fragments/clients.html", base=base, table=read_clients(site.templates.parent / "data/clients.json")
    )


def _whole(site: Site) -> tuple[Reference, Version, int]:
    """Return how the evidence as a whole is cited, its version, and how many records it is made of."""
    records = list(site.evidence.records())
    version = site.version(records, site.evidence.vocabularies.instruments)
    title = "Backed: popular back-pain advice checked against the research"
    return page_reference("", title, "evidence", version, site), version, len(records)


def _cite_backed(site: Site, base: str) -> Markup:
    itself, version, many = _whole(site)
    return site.fill("fragments/cite-backed.html", base=base, rows=styled(itself), version=version, many=many)


def _downloads(site: Site, base: str) -> Markup:
    files = [(form.label, f"{base}bibliography/backed.{form.extension}") for form in site.formats]
    return site.fill("fragments/downloads.html", base=base, files=files)


def _dataset_tags(site: Site, base: str) -> Markup:  # noqa: ARG001 - every fragment has the same arguments
    """Dublin Core for the page that says how to cite us: reference managers save it as a data set."""
    itself, version, _ = _whole(site)
    tags = {
        "title": itself.title,
        "type": "Dataset",
        "creator": tag_name(itself.authors[0]),
        "publisher": itself.authors[0].literal,
        "date": version.on.isoformat(),
        "identifier": itself.url,
        "language": "en",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    return Markup("\n").join(
        Markup('<meta name="DC.{}" content="{}">').format(name, content) for name, content in tags.items() if content
    )


def _dataset_data(site: Site, base: str) -> Markup:  # noqa: ARG001
    _, version, _ = _whole(site)
    files = [(f.label, f"{site.url}bibliography/backed.{f.extension}", f.media_type) for f in site.formats]
    return Markup(script(dataset_data(f"{site.url}data/", version.hash, version.on.isoformat(), files)))


def _builder_rules(site: Site, base: str) -> Markup:
    """The rules that the record builder applies while one types, and those that only `backed check` can apply."""
    split = [[rule for rule in site.rules if rule.in_browser is here] for here in (True, False)]
    return site.fill("fragments/builder-rules.html", base=base, here=split[0], elsewhere=split[1])


def _health_addresses(site: Site, base: str) -> Markup:
    """The last look at the addresses outside the site; that there was none where there was none."""
    return site.fill("fragments/health-addresses.html", base=base, links=links_view(site, base))


def _health_works(site: Site, base: str) -> Markup:
    """The last comparison of the works with notices of retraction; that there was none where there was none."""
    return site.fill("fragments/health-works.html", base=base, works=works_view(site, base))


FRAGMENTS: Mapping[str, Callable[[Site, str], Markup]] = {
    "latest-claims": _latest_claims,
    "articles": _articles,
    "counts": _counts,
    "questions": _questions,
    "verdict-marks": _verdict_marks,
    "verdict-rule": _verdict_rule,
    "sourcing": _sourcing,
    "departures": _departures,
    "scales": _scales,
    "formulas": _formulas,
    "methods-references": _methods_references,
    "warning-signs": _warning_signs,
    "clients": _clients,
    "cite-backed": _cite_backed,
    "downloads": _downloads,
    "dataset-tags": _dataset_tags,
    "dataset-data": _dataset_data,
    "builder-rules": _builder_rules,
    "health-addresses": _health_addresses,
    "health-works": _health_works,
    "speed": speed,
    **EDITORS,
}
"""Every fragment by name."""
