"""What each kind of record is made of, key by key: from the model, with the lines of a real record beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from ..model import (
    KINDS,
    VOCABULARIES,
    Duration,
    Filed,
    Page,
    Part,
    Record,
    SearchEntry,
    Source,
    Text,
    anatomy,
)
from .prose import prose
from .site import Site, base_of
from .written import pieces, richness, shortened

SINGULAR = {"studies": "study", "comparisons": "comparison", "articles": "article", "claims": "claim"}
"""Folder of records to what one of them is called."""

FORMS: Mapping[type[Record], tuple[str, str, str]] = {
    Text: ("a-text", "a text", "A text that people read: English is required, Dutch is welcome."),
    Duration: ("a-time", "a length of time", "Exactly one unit, the one that the source uses."),
    Source: ("a-source", "a source", "Every figure says where it stands, so that anybody can look it up."),
}
"""Small records that stand in many places and are explained once: anchor, name, what to know."""

LOOKED_AT = 100
"""How many records are looked through for good examples."""


def anatomy_pages(site: Site) -> Iterator[Page]:
    """Yield the page that lists the kinds of records, then a page for each kind."""
    kinds = [
        {
            "name": name,
            "title": f"Anatomy of {_a(name)}",
            "folder": folder,
            "what": (KINDS[folder].__doc__ or "").strip(),
            "keys": anatomy(KINDS[folder]),
        }
        for folder, name in SINGULAR.items()
    ]
    description = "The keys of every kind of record: what they mean, which must be there, which words are allowed."
    yield site.page("anatomies.html", "anatomy/", "Anatomy of a record", description, kinds=kinds)
    for folder in KINDS:
        yield anatomy_page(folder, site)


def anatomy_page(folder: str, site: Site) -> Page:
    """Return the page of one kind of record, named by its folder."""
    kind, name = KINDS[folder], SINGULAR[folder]
    url = f"anatomy/{name}/"
    base, examples = base_of(url), _examples(folder, site)
    sections: list[dict[str, Any]] = [
        {
            "part": part,
            "row": _row(part, part.name, 0, base),
            "rows": list(_rows(part, base)),
            "example": examples.get(part.name),
        }
        for part in anatomy(kind)
    ]
    forms = [
        {"anchor": anchor, "name": said, "about": about, "rows": [_row(p, p.name, 0, base) for p in anatomy(form)]}
        for form, (anchor, said, about) in FORMS.items()
    ]
    description = (
        f"Every key of {_a(name)} record: its meaning, whether it must be there, the words allowed, an example."
    )
    page = site.page(
        "anatomy.html",
        url,
        f"Anatomy of {_a(name)}",
        description,
        headings=[*((f"key-{p.name}", p.name) for p in anatomy(kind)), ("forms", "Texts, times and sources")],
        name=name,
        folder=folder,
        what=(kind.__doc__ or "").strip(),
        sections=sections,
        forms=forms,
    )
    words = " ".join(dict.fromkeys(str(row["name"]) for section in sections for row in section["rows"]))
    return replace(page, search=(SearchEntry(url, page.title, description, ("For editors",), 0.5, words),))


def _rows(part: Part, base: str, above: str = "", depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield a row for each key below a part, the inner ones after the one they are in."""
    if part.kind is None or part.kind in FORMS:
        return
    for inner in anatomy(part.kind):
        at = f"{above}{inner.name}"
        yield _row(inner, at, depth, base)
        yield from _rows(inner, base, f"{at}.", depth + 1)


def _row(part: Part, at: str, depth: int, base: str) -> dict[str, Any]:
    form = FORMS.get(part.kind) if part.kind else None
    return {
        "name": part.name,
        "at": at,
        "depth": depth,
        "required": part.required,
        "many": part.many,
        "meaning": _meaning(part.meaning, base),
        "choices": part.choices,
        "form": form,
    }


def _meaning(text: str, base: str) -> Markup:
    """Return a description as HTML; the name of a vocabulary leads to its terms."""

    def linked(found: re.Match[str]) -> str:
        name = found[1]
        return f'<a href="{base}vocabularies/{name}/">{found[0]}</a>' if name in VOCABULARIES else found[0]

    html = str(prose(text)).removeprefix("<p>").removesuffix("</p>")
    return Markup(re.sub(r"<code>([a-z]+)</code>", linked, html))


def _examples(folder: str, site: Site) -> Mapping[str, dict[str, str]]:
    """Return, per outermost key, the lines of the record that shows most of it in few lines, and which that is."""
    records: Mapping[str, Filed] = getattr(site.evidence, folder)
    found: dict[str, tuple[tuple[bool, int, int], dict[str, str]]] = {}
    for record in _first(list(records.values())):
        for key, piece in pieces(site.text(record.file)).items():
            worth = richness(piece)
            if key not in found or worth > found[key][0]:
                found[key] = (worth, {"id": record.id, "text": shortened(piece)})
    return {key: example for key, (_, example) in found.items()}


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _first(records: Sequence[Filed]) -> Sequence[Filed]:
    return [record for record in records if record.status.state == "current"][:LOOKED_AT]  # type: ignore[attr-defined]
