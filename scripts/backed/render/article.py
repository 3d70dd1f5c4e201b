"""The page of an article: its claims in order with both answers, what it leaves out, its sources."""

from __future__ import annotations

from ..model import Article, Page, SearchEntry
from . import words
from .behind import behind_article
from .cited import Citations, uncited
from .citing import citable
from .looked import looked_view
from .site import Site, base_of
from .verdicts import at_a_glance, claim_row

HEADINGS = [
    ("its-claims", "Its claims, one by one"),
    ("what-it-leaves-out", "What it leaves out"),
    ("references", "References"),
    ("about-this-check", "About this check"),
    ("cite", "Cite"),
]


def article_page(article: Article, site: Site) -> Page:
    """Return the page of one checked article."""
    url = f"articles/{article.id}/"
    cited = Citations(site.evidence, base_of(url))
    rows = []
    for claim in site.evidence.claims_of(article.id):
        passage = article.passage(claim.passage)
        row = claim_row(claim, site)
        row["cites"] = [cited.mark(study) for study in claim.rests_on.studies]
        answered_by = [r.answer.study for r in site.syntheses.rulings.get(claim.id, ())[:1] if r.answer.study]
        row["answered_by"] = [cited.mark(study) for study in answered_by]
        row["heading"] = passage.at.heading if passage else None
        row["paragraph"] = passage.at.paragraph if passage else None
        row["rests_on"] = words.RESTS_ON[claim.rests_on.kind]
        rows.append(row)
    omissions = [
        {
            "title": omission.title.en,
            "text": cited.text(omission.text.en),
            "signs": [sign.en for sign in omission.signs],
            "nl": cited.text(omission.text.nl) if omission.text.nl else "",
            "signs_nl": [sign.nl for sign in omission.signs if sign.nl],
            "sources": [{"mark": cited.mark(s.report), "place": s.locator} for s in omission.sources],
        }
        for omission in article.omits
    ]
    search = SearchEntry(url, article.title, uncited(article.summary.en), ("Article",), 1.5, article.title_en or "")
    return site.page(
        "article.html",
        url,
        f"Checked: {article.title}",
        uncited(article.summary.en),
        headings=HEADINGS,
        search=search,
        source=article.file,
        article=article,
        looked=looked_view("articles", article, site),
        rows=rows,
        supported=at_a_glance(rows, "verdict"),
        faithful=at_a_glance(rows, "faithful"),
        omissions=omissions,
        summary=cited.text(article.summary.en),
        references=cited.listed(),
        **citable(url, f"Checked: {article.title}", behind_article(article, site), cited.uses, site),
    )
