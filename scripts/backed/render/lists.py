"""The list pages: claims, articles, comparisons, studies, the bibliography, the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from ..bibliography import cite, short_cite
from ..model import Page, Reference, SearchEntry
from ..problem import RuleDoc
from .cited import reference_links
from .citing import alternates
from .coins import coins
from .comparison import comparison_row
from .news import news_page
from .prose import prose
from .site import Site
from .study import study_row
from .untranslated import untranslated_page
from .verdicts import ORDER, claim_row


def claims_page(site: Site) -> Page:
    """Return the list of all claims, in the order of their articles, with a filter by verdict."""
    claims = sorted(site.evidence.claims.values(), key=lambda claim: (claim.article, claim.position, claim.id))
    rows = [claim_row(claim, site) for claim in claims]
    found = Counter((row["verdict"]["mark"], row["verdict"]["label"]) for row in rows)
    filters = [
        {"mark": mark, "label": label, "count": count}
        for (mark, label), count in sorted(found.items(), key=lambda item: ORDER.index(item[0][0]))
    ]
    description = "Sentences of popular advice about back pain, each with the verdict of the evidence."
    return site.page("claims.html", "claims/", "Claims", description, rows=rows, filters=filters)


def articles_page(site: Site) -> Page:
    """Return the list of checked articles."""
    rows = [
        {"article": article, "claims": [claim_row(claim, site) for claim in site.evidence.claims_of(article.id)]}
        for article in site.evidence.articles.values()
    ]
    description = "Popular articles about back pain, checked sentence by sentence."
    return site.page("articles.html", "articles/", "Articles", description, rows=rows)


def comparisons_page(site: Site) -> Page:
    """Return the list of questions and their answers."""
    rows = [comparison_row(comparison, site) for comparison in site.evidence.comparisons.values()]
    description = "Questions about back pain, each answered from the recorded studies."
    return site.page("comparisons.html", "comparisons/", "Comparisons", description, rows=rows)


def studies_page(site: Site) -> Page:
    """Return the list of all studies, newest first."""
    rows = [study_row(study, site) for study in site.evidence.studies.values()]
    rows.sort(key=lambda row: (-int(row["year"] or 0), row["id"]))
    kinds = sorted({row["design"] for row in rows})
    people = sum(row["n"] or 0 for row in rows if row["kind"] != "review")
    description = "Every recorded study of back pain: design, people, what was compared, how much of it was read."
    return site.page("studies.html", "studies/", "Studies", description, rows=rows, kinds=kinds, people=people)


def bibliography_page(site: Site) -> Page:
    """Return the list of all works cited."""
    by_report = {key: study.id for study in site.evidence.studies.values() for key in study.reports}
    references = sorted(site.evidence.works.values(), key=_by_author)
    rows = [
        {
            "key": reference.key,
            "short": short_cite(reference),
            "text": cite(reference),
            "links": reference_links(reference),
            "study": by_report.get(reference.key, ""),
            "coins": coins(reference),
        }
        for reference in references
    ]
    description = "Every work cited by Backed, with its identifiers, for every reference manager."
    files = [(form.label, f"backed.{form.extension}") for form in site.formats]
    return site.page(
        "bibliography.html",
        "bibliography/",
        "Bibliography",
        description,
        rows=rows,
        files_offered=files,
        head=alternates("backed", site, several=True),
    )


def _by_author(reference: Reference) -> tuple[str, str, str]:
    first = reference.authors[0] if reference.authors else None
    return ((first.family or first.literal).lower() if first else "", reference.year, reference.key)


def rules_page(site: Site) -> Page:
    """Return the list of rules that records are checked by."""
    description = "The rules by which every record is checked before it is published."
    return site.page("rules.html", "rules/", "Rules", description, rules=site.rules)


def rule_page(rule: RuleDoc, site: Site) -> Page:
    """Return the page of one rule: its docstring."""
    url = f"rules/{rule.id}/"
    search = SearchEntry(url, rule.id, rule.summary, ("Rule",), 0.5, rule.text)
    return site.page("rule.html", url, rule.id, rule.summary, search=search, rule=rule, body=prose(rule.text))


LISTS: Mapping[str, Callable[[Site], Page]] = {
    "claims/": claims_page,
    "articles/": articles_page,
    "comparisons/": comparisons_page,
    "studies/": studies_page,
    "bibliography/": bibliography_page,
    "rules/": rules_page,
    "new/": news_page,
    "untranslated/": untranslated_page,
}
"""What makes each list page, by its address."""
