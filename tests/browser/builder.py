"""The record builder's page, and records as it is given them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from backed.check import builder_facts
from backed.examine import ALL_RULES
from backed.export import builder_data
from backed.load import Plain, load, read_yaml
from backed.model.schema import SINGULAR

BUILDER = "contribute/record/"


def draft(root: Path, file: str) -> dict[str, Any]:
    """Return a record of an evidence folder as the builder holds one: its data as texts, and its `.bib`."""
    path = root / file
    data: Plain = read_yaml(path.read_text(encoding="utf-8"), file)[0].data
    folder = file.split("/")[0]
    bib = path.with_suffix(".bib")
    return {
        "kind": SINGULAR[folder],
        "id": path.stem,
        "year": path.parent.name if folder == "studies" else None,
        "data": data,
        "bib": bib.read_text(encoding="utf-8") if bib.is_file() else "",
    }


def problems(page: Page, root: Path, drafts: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return what the rules in the page find in each draft, when the site is that of an evidence folder."""
    base = builder_data(load(root).evidence, ALL_RULES, builder_facts()).content.decode()
    found: list[list[dict[str, Any]]] = page.evaluate(
        """([base, drafts]) => {
             new Function(base)();
             return drafts.map(({bib, ...draft}) => {
               const entries = bib ? backedBuilder.entriesFrom(bib) : [];
               return backedBuilder.check({...draft, entries, year: draft.year ?? undefined});
             });
           }""",
        [base, drafts],
    )
    return found
