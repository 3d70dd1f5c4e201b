"""What the record builder in the browser is made of: schemas, terms, names of records and works, rules, as a script.

A script and not JSON, so that the page works from a folder too, where a browser lets a page read no other file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..bibliography import short_cite
from ..model import KINDS, Design, Evidence, Export, Filed, Instrument, Reference, Term, Tool
from ..model.schema import SINGULAR, schemas
from ..problem import RuleDoc

PAGE = "contribute/record/"
"""The address of the builder's page below the site's root."""


def builder_data(evidence: Evidence, rules: Sequence[RuleDoc], facts: Mapping[str, object]) -> Export:
    """Return the script ``base.js`` beside the builder's page; it sets ``window.backedBuilder.base``.

    ``facts`` are the limits and patterns of the rules, as `check.in_browser.facts` gives them.
    """
    base = {
        "schemas": {name.removesuffix(".json"): schema for name, schema in schemas() if name[:-5] in SINGULAR.values()},
        "folders": {name: folder for folder, name in SINGULAR.items()},
        "vocabularies": {
            name: {key: _term(term) for key, term in terms.items()} for name, terms in evidence.vocabularies.named()
        },
        "records": {folder: sorted(getattr(evidence, folder)) for folder in KINDS},
        "references": {key: _work(evidence.references[key], evidence.root) for key in sorted(evidence.references)},
        "rules": {rule.id: str(rule.severity) for rule in rules if rule.in_browser},
        "exceptable": sorted(rule.id for rule in rules if rule.subject not in {"files", "references"}),
        "facts": facts,
    }
    return Export(f"{PAGE}base.js", f"(window.backedBuilder ??= {{}}).base = {_script(base)};\n".encode())


def record_file(folder: str, record: Filed) -> Export:
    """Return ``record.json`` beside a record's page: its data as the file holds them, for the builder to open."""
    text = record.model_dump_json(exclude_unset=True, exclude={"id", "file"})
    return Export(f"{folder}/{record.id}/record.json", text.encode() + b"\n")


def _work(reference: Reference, root: str) -> tuple[str, str, str, bool]:
    """Return how a work is named, its file below the evidence folder, its year, and whether it has a DOI or PMID."""
    file = reference.file.removeprefix(f"{root}/")
    return short_cite(reference), file, reference.year, bool(reference.doi or reference.pmid)


def _term(term: Term) -> dict[str, Any]:
    """Return what the builder shows of a term, and what rules ask of it."""
    shown: dict[str, Any] = {"label": term.label.en, "words": term.words[1:]}
    if term.definition:
        shown["definition"] = term.definition.en
    if term.retired:
        shown["retired"] = {"on": str(term.retired.on), "reason": term.retired.reason, "use": term.retired.use}
    if isinstance(term, Design):
        shown["kind"] = term.kind
    if isinstance(term, Instrument):
        shown |= {"outcome": term.outcome, "range": term.range}
    if isinstance(term, Tool):
        shown["domains"] = {key: name.en for key, name in term.domains.items()}
        shown["judgements"] = {key: name.en for key, name in term.judgements.items()}
    return shown


def _script(value: object) -> str:
    """Return a value as JavaScript that can neither end a script nor a line too early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
