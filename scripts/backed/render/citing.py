"""How a page is cited, and how the works on it are: the view of the cite box, and what stands in the head for it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from markupsafe import Markup

from ..bibliography import STYLES
from ..model import Name, Reference, Version
from .behind import Behind
from .site import Site, base_of

AUTHOR = Name(literal="The Backed project")
"""Who wrote the pages, as CITATION.cff says."""

OWN = "backed-"
"""What the keys of our own pages begin with, and the names of the files by which they are cited."""


def page_reference(url: str, title: str, id: str, version: Version, site: Site) -> Reference:
    """Return a page of ours as a work to be cited: by us, of the day of its version, at its permanent address.

    The version stands in the title, for most formats and styles have no other place for one of a page.
    """
    return Reference(
        key=f"{OWN}{id}",
        type="online",
        title=f"{title.rstrip('.')} (version {version.on.isoformat()}, {version.hash})",
        authors=(AUTHOR,),
        booktitle="Backed",
        year=str(version.on.year),
        month=version.on.month,
        day=version.on.day,
        url=site.url + url,
        language="english",
    )


def citable(url: str, title: str, behind: Behind, used: Iterable[str], site: Site) -> dict[str, Any]:
    """Return what `Site.page` takes for a page to be cited: ``cites``, ``itself``, ``head``, ``version``, ``cite``.

    ``used`` are the works it cites, in their order. The page of a study has neither files of its own nor lists in
    citation styles: it shows them.
    """
    kind, id, _ = url.split("/")
    single = kind == "studies"
    version = site.version(behind.records, behind.scales)
    itself = page_reference(url, title, id, version, site)
    cites = cites_of(used, site)
    return {
        "cites": cites,
        "itself": None if single else itself,
        "head": alternates(id, site, several=not single) if cites else "",
        "version": f"{version.on.isoformat()} ({version.hash})",
        "cite": _view(itself, version, len(behind.records), len(cites), single, site),
    }


def _view(itself: Reference, version: Version, records: int, works: int, single: bool, site: Site) -> dict[str, Any]:
    """Return the view of a cite box: the page itself in every style, its version, what can be downloaded."""
    offered = [form for form in site.formats if works and not (single and form.several)]
    return {
        "itself": styled(itself),
        "version": {"on": version.on, "hash": version.hash, "records": records},
        "url": itself.url,
        "base": base_of(itself.url.removeprefix(site.url)),
        "own_files": [(f.label, f"{itself.key}.{f.extension}") for f in site.formats if not (single or f.several)],
        "files": [(f.label, f"{itself.key.removeprefix(OWN)}.{f.extension}") for f in offered],
        "works": works,
    }


def styled(reference: Reference) -> list[dict[str, Any]]:
    """Return a reference in every style, as HTML."""
    return [{"id": style.id, "label": style.label, "html": Markup(style.html(reference))} for style in STYLES]


def alternates(stem: str, site: Site, *, several: bool) -> str:
    """Return a ``<link rel="alternate describedby">`` for each file in which the works of a page can be had.

    Citation files of a page are ``describedby`` for Signposting. The theme takes what is ``alternate`` and nothing else
    for the page in another language, and asks for a sitemap beside each.
    """
    return "\n".join(
        f'<link rel="alternate describedby" type="{escape(form.media_type)}" href="{escape(stem)}.{form.extension}"'
        f' title="{escape(form.label)}">'
        for form in site.formats
        if several or not form.several
    )


def cites_of(used: Iterable[str], site: Site) -> list[str]:
    """Return the citation keys of what a page cites: a study stands for its main report, each work comes once."""
    studies = site.evidence.studies
    keys = (studies[one].main_report if one in studies else one for one in used)
    return [key for key in dict.fromkeys(keys) if key in site.evidence.references]
