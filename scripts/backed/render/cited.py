"""Numbered citations on a page: [1], [2] in the order of first use, with links there and back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from ..bibliography import cite, doi_url, pmc_url, pubmed_url, short_cite
from ..model import Evidence, Reference

_CITATION = re.compile(r"\s*\[@([^\]]+)\]")


def uncited(text: str) -> str:
    """Return a text without its citations, for places that have no list of references."""
    return _CITATION.sub("", text)


@dataclass
class Citations:
    """The works cited on one page. Keys are citation keys; a study's id stands for its main report."""

    evidence: Evidence
    base: str
    uses: dict[str, int] = field(default_factory=dict)

    def mark(self, key: str) -> Markup:
        """Return the number of a work as a link to the list of references, counting the use."""
        uses = self.uses[key] = self.uses.get(key, 0) + 1
        number = list(self.uses).index(key) + 1
        title = escape(self._title(key))
        return Markup(
            f'<sup class="bk-cite"><a id="cite-{number}-{uses}" href="#ref-{number}"'
            f' aria-label="Reference {number}: {title}">[{number}]</a></sup>'
        )

    def text(self, text: str) -> Markup:
        """Return a text as HTML with every ``[@key]`` turned into a number."""
        parts = _CITATION.split(text)
        html = [self.mark(part.strip()) if index % 2 else escape(part) for index, part in enumerate(parts)]
        return Markup("").join(html)

    def listed(self) -> list[dict[str, object]]:
        """Return the references in order, each with its links and the anchors of its uses."""
        return [
            {
                "number": number,
                "key": key if key in self.evidence.references else "",
                "name": self._title(key),
                "text": self._title(key, full=True),
                "links": reference_links(self._work(key)),
                "study": f"{self.base}studies/{self._study(key)}/" if self._study(key) else "",
                "uses": [f"cite-{number}-{use}" for use in range(1, uses + 1)],
            }
            for number, (key, uses) in enumerate(self.uses.items(), start=1)
        ]

    def _title(self, key: str, *, full: bool = False) -> str:
        reference = self._work(key)
        if reference is None:
            return key
        return cite(reference) if full else short_cite(reference)

    def _work(self, key: str) -> Reference | None:
        return self.evidence.works.get(key)

    def _study(self, key: str) -> str:
        if key in self.evidence.studies:
            return key
        return self.evidence.study_by_report.get(key, "")


def reference_links(reference: Reference | None) -> list[tuple[str, str]]:
    """Return the addresses under which a work can be read, as (label, https address)."""
    if reference is None:
        return []
    links = [
        ("DOI", doi_url(reference)),
        ("PubMed", pubmed_url(reference)),
        ("PMC", pmc_url(reference)),
        ("Web", reference.url if reference.url.startswith(("https://", "http://")) else ""),
    ]
    return [(label, url) for label, url in links if url]
