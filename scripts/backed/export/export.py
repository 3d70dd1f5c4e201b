"""Evidence and syntheses -> the files people take along: citations, and a bundle for each comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Evidence, Export, Reference, Study, Syntheses
from .bibtex import bibtex
from .bundle import bundles
from .csl_json import csl_json
from .ris import ris


@dataclass(frozen=True)
class Format:
    """A citation format: ``extension`` without a dot, and the function that writes references in it."""

    id: str
    label: str
    extension: str
    media_type: str
    write: Callable[[Sequence[Reference]], str]


EXPORTS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", "bib", "application/x-bibtex", bibtex),
    Format("ris", "RIS", "ris", "application/x-research-info-systems", ris),
    Format("csl-json", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)
"""Every citation format, in the order in which they are offered."""

_STATES = {"retracted": "RETRACTED", "expression-of-concern": "EXPRESSION OF CONCERN"}


def export(evidence: Evidence, syntheses: Syntheses, site_url: str = "") -> Iterator[Export]:
    """Yield the citation files, of each study its reports and of the whole bibliography, and the bundles.

    Files are UTF-8. The main report comes first; one whose entry is missing is left out, a study without any entry has
    no files. A comparison without a pool has no bundle. ``site_url`` is the site's address, with a slash at its end.
    """
    notes = {study.main_report: _notice(study) for study in evidence.studies.values() if study.status.state in _STATES}
    references = {key: _noted(reference, notes.get(key, "")) for key, reference in evidence.references.items()}
    for study in evidence.studies.values():
        reports = [references[key] for key in dict.fromkeys(study.reports) if key in references]
        yield from _written(f"studies/{study.id}/{study.id}", reports)
    yield from _written("bibliography/backed", [references[key] for key in sorted(references)])
    yield from bundles(evidence, syntheses, references, site_url)


def _written(stem: str, references: Sequence[Reference]) -> Iterator[Export]:
    if references:
        for form in EXPORTS:
            yield Export(f"{stem}.{form.extension}", form.write(references).encode())


def _notice(study: Study) -> str:
    """Return what whoever cites the study has to know of its state: ``RETRACTED (2026-01-31): why Notice: DOI``."""
    status = study.status
    when = f" ({status.on.isoformat()})" if status.on else ""
    why = f": {status.reason.en}" if status.reason else ""
    notice = f" Notice: {status.notice}" if status.notice else ""
    return f"{_STATES[status.state]}{when}{why}{notice}"


def _noted(reference: Reference, note: str) -> Reference:
    """Return the reference with a note before its own one, if any."""
    if not note:
        return reference
    own = reference.extra.get("note", "")
    return replace(reference, extra={**reference.extra, "note": f"{note} {own}".strip()})
