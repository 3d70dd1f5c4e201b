"""Which addresses the site links to, and in which records each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..bibliography import doi_url, pmc_url, pubmed_url
from ..links import linked_from
from ..model import KINDS, Evidence, Reference


def addresses(evidence: Evidence, site: Path) -> dict[str, tuple[str, ...]]:
    """Return every address that a page of the built site links to, with where it stands, both sorted.

    What follows a # is left out. An address of a work stands in that work (``references/KEY``, or ``studies/ID`` if it
    is a report of a study), any other in the records (``claims/ID``) or hand-written pages (``pages/ADDRESS``) that
    show it.
    """
    of_works = _of_works(evidence)
    found: dict[str, set[str]] = {}
    for link, pages in linked_from(site).items():
        address = _whole(link)
        own = of_works.get(address)
        found.setdefault(address, set()).update(own or (_place(page, evidence) for page in pages))
    return {address: tuple(sorted(places)) for address, places in sorted(found.items())}


def place_of(key: str, evidence: Evidence) -> str:
    """Return where a work is mended: ``studies/ID`` for the report of a study, else ``references/KEY``."""
    study = evidence.study_by_report.get(key)
    return f"studies/{study}" if study else f"references/{key}"


def _of_works(evidence: Evidence) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, work in evidence.works.items():
        for address in _addresses(work):
            found.setdefault(_whole(address), set()).add(place_of(key, evidence))
    return found


def _addresses(work: Reference) -> Iterator[str]:
    yield from (address for address in (doi_url(work), pubmed_url(work), pmc_url(work), work.url) if address)


def _whole(link: str) -> str:
    address = link.partition("#")[0]
    return f"https:{address}" if address.startswith("//") else address


def _place(page: str, evidence: Evidence) -> str:
    """Return the record that a page (``claims/magnets-heal/review/index.html``) shows, or the page's own address."""
    steps = page.split("/")
    if len(steps) > 2 and steps[0] in KINDS and steps[1] in getattr(evidence, steps[0]):
        return f"{steps[0]}/{steps[1]}"
    return f"pages/{page.removesuffix('index.html')}"
