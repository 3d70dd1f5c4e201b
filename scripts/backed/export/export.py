"""Evidence and syntheses -> the files people take along: citations, and a bundle for each comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import Evidence, Export, Page, Reference, Syntheses
from .biblatex import BIBLATEX
from .bibtex import BIBTEX
from .bundle import bundles
from .csl_json import CSL_JSON
from .endnote_xml import ENDNOTE_XML
from .format import Format
from .formatted import FORMATTED
from .nbib import NBIB
from .ris import RIS
from .selection import selectable

EXPORTS: tuple[Format, ...] = (BIBTEX, BIBLATEX, RIS, CSL_JSON, NBIB, ENDNOTE_XML)
"""Every citation format, in the order in which they are offered."""


def export(evidence: Evidence, syntheses: Syntheses, site_url: str = "") -> Iterator[Export]:
    """Yield the citation files of the whole bibliography, their parts, and the bundles; those of a page come with it.

    Files are UTF-8. A comparison without a pool has no bundle. ``site_url`` is the site's address, with a slash at its
    end.
    """
    works = evidence.works
    yield from selectable(works, (*EXPORTS, *FORMATTED))
    yield from bundles(evidence, syntheses, works, site_url)


def citation_files(page: Page, works: Mapping[str, Reference]) -> Iterator[Export]:
    """Yield the files of the works that a page cites, in its order, and those by which the page itself is cited.

    They stand in the page's folder and are called as it is: ``claims/meditation-helps/meditation-helps.bib`` holds the
    works, ``backed-meditation-helps.bib`` the page. A study has no lists in citation styles: its page shows them.
    """
    name = page.url.rstrip("/").rpartition("/")[2]
    forms = EXPORTS if page.section == "studies/" else (*EXPORTS, *FORMATTED)
    yield from _written(f"{page.url}{name}", [works[key] for key in page.cites if key in works], forms)
    if page.itself:
        yield from _written(f"{page.url}backed-{name}", [page.itself], EXPORTS)


def _written(stem: str, references: Sequence[Reference], forms: Sequence[Format]) -> Iterator[Export]:
    if references:
        for form in forms:
            yield Export(f"{stem}.{form.extension}", form.write(references).encode())
