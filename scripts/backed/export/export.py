"""Evidence and syntheses -> the files people take along: citations, and a bundle for each comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Evidence, Export, Reference, Syntheses
from .bibtex import BIBTEX
from .bundle import bundles
from .csl_json import CSL_JSON
from .format import Format
from .ris import RIS
from .selection import selectable

EXPORTS: tuple[Format, ...] = (BIBTEX, RIS, CSL_JSON)
"""Every citation format, in the order in which they are offered."""


def export(evidence: Evidence, syntheses: Syntheses, site_url: str = "") -> Iterator[Export]:
    """Yield the citation files, of each study its reports and of the whole bibliography, their parts, and the bundles.

    Files are UTF-8. The main report comes first; one whose entry is missing is left out, a study without any entry has
    no files. A comparison without a pool has no bundle. ``site_url`` is the site's address, with a slash at its end.
    """
    references = evidence.works
    for study in evidence.studies.values():
        reports = [references[key] for key in dict.fromkeys(study.reports) if key in references]
        yield from _written(f"studies/{study.id}/{study.id}", reports)
    yield from _written("bibliography/backed", [references[key] for key in sorted(references)])
    yield from selectable(references, EXPORTS)
    yield from bundles(evidence, syntheses, references, site_url)


def _written(stem: str, references: Sequence[Reference]) -> Iterator[Export]:
    if references:
        for form in EXPORTS:
            yield Export(f"{stem}.{form.extension}", form.write(references).encode())
