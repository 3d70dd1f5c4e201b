"""Evidence and syntheses -> the files people take along: citations, and a bundle for each comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from ..model import Evidence, Export, Page, Reference, Syntheses
from .biblatex import BIBLATEX
from .bibtex import BIBTEX
from .bundle import bundle
from .csl_json import CSL_JSON
from .endnote_xml import ENDNOTE_XML
from .format import Format
from .formatted import FORMATTED
from .nbib import NBIB
from .ris import RIS
from .selection import frames, selectable

EXPORTS: tuple[Format, ...] = (BIBTEX, BIBLATEX, RIS, CSL_JSON, NBIB, ENDNOTE_XML)
"""Every citation format, in the order in which they are offered."""


Make = Callable[[Evidence, Syntheses, str], Iterable[Export]]
"""Makes files from the evidence and its syntheses for the site at an address (with a slash at its end, or '')."""


def export(evidence: Evidence, syntheses: Syntheses, site_url: str = "") -> Iterator[Export]:
    """Yield every file that belongs to no page."""
    for _, make in export_units(evidence):
        yield from make(evidence, syntheses, site_url)


def export_units(evidence: Evidence) -> Iterator[tuple[str, Make]]:
    """Yield the files that belong to no page, in units: each with its name and what makes its files.

    They are the whole bibliography and its parts, both format by format, and a bundle for each comparison. Files are
    UTF-8. A comparison without a pool has no bundle.
    """
    for form in (*EXPORTS, *FORMATTED):
        yield f"bibliography in {form.id}", partial(_bibliography, form)
    yield "selection", _frames
    for id in evidence.comparisons:
        yield f"bundle of {id}", partial(bundle, id)


def _bibliography(form: Format, evidence: Evidence, *_: object) -> Iterator[Export]:
    return selectable(evidence.works, form)


def _frames(evidence: Evidence, *_: object) -> Iterator[Export]:
    return frames(evidence.works, (*EXPORTS, *FORMATTED))


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
