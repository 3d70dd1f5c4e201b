"""What Backed knows of each work, in parts that a reader's browser loads: by citation key, and by identifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..bibliography import short_cite
from ..model import Export, Reference, Study
from ..shards import cut, parts_for
from . import words
from .cited import uncited
from .site import Site
from .verdicts import verdict_view


def known(site: Site) -> Iterator[Export]:
    """Yield what is known of every work, as ``shards/works/``, and the works by their identifiers, ``shards/ids/``.

    The value of a former key is the key of today; the value of an identifier is a list of keys. Identifiers are in
    small letters: ``doi:10.1/x``, ``pmid:1``, ``pmcid:pmc1``, ``trial:nct00000001``.
    """
    works = site.evidence.works
    if not works:
        return
    parts = parts_for(len(works))
    told: dict[str, Any] = {alias: key for key, work in works.items() for alias in work.aliases}
    told |= {key: _told(work, site) for key, work in works.items()}
    yield from cut("works", told, parts)
    yield from cut("ids", _by_identifier(site), parts)


def _by_identifier(site: Site) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, work in sorted(site.evidence.works.items()):
        for identifier in _identifiers(work):
            found.setdefault(identifier, []).append(key)
    for study in site.evidence.studies.values():
        for entry in study.registration:
            kind = "doi" if entry.id.startswith("10.") else "trial"
            keys = found.setdefault(f"{kind}:{entry.id}".lower(), [])
            if study.main_report in site.evidence.works and study.main_report not in keys:
                keys.append(study.main_report)
    return {identifier: keys for identifier, keys in found.items() if keys}


def _identifiers(work: Reference) -> Iterator[str]:
    for kind in ("doi", "pmid", "pmcid"):
        value: str = getattr(work, kind)
        if value:
            yield f"{kind}:{value}".lower()


def _told(work: Reference, site: Site) -> dict[str, Any]:
    """Return what is said of a work: where its page is, what it found, what became of it, which claims it bears on."""
    study = site.evidence.studies.get(site.evidence.study_by_report.get(work.key, ""))
    told = {
        "label": short_cite(work),
        "title": work.title,
        "url": f"studies/{study.id}/" if study else f"bibliography/#{work.key}",
        "found": uncited(study.summary.en) if study else "",
        "state": study.status.state if study and study.status.state != "current" else "",
        "became": _became(study, work) if study else "",
        "newer": f"studies/{study.status.by}/" if study and study.status.by in site.evidence.studies else "",
        "claims": _claims(study, site) if study else [],
    }
    return {name: value for name, value in told.items() if value}


def _became(study: Study, work: Reference) -> str:
    """Return what became of a study, as a sentence; '' for one that stands."""
    status = study.status
    if status.state == "current":
        return ""
    since = f" since {words.day(status.on)}" if status.on else ""
    word = words.STATES[status.state]
    said = f"{words.sentence_case(word)}{since}." if work.key == study.main_report else f"Main report {word}{since}."
    reason = uncited(status.reason.en) if status.reason else ""
    notice = f"Notice: {status.notice}." if status.notice else ""
    return " ".join(part for part in (said, reason, notice) if part)


def _claims(study: Study, site: Site) -> list[dict[str, str]]:
    views = [(claim, verdict_view(claim, site)) for claim in site.claims_by_study.get(study.id, ())]
    return [
        {
            "text": claim.claim.en,
            "url": f"claims/{claim.id}/",
            "mark": view["mark"],
            "verdict": f"{view['label']} (a judgement)" if view["kind"] == "judged" else view["label"],
        }
        for claim, view in views
    ]
