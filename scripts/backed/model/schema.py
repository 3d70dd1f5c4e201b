"""The form of records as JSON Schema (draft 7), for editors: completion, descriptions, marks under what is wrong.

A schema accepts at least what the loader accepts, to which every scalar is text: a number may be quoted or not.
Terms of vocabularies stand in a schema of their own, ``terms.json``, so that a new term changes that file only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .anatomy import vocabularies_in
from .base import COUNTRY, FIGURE, NOTICE, SLUG, WEB_ADDRESS, Record
from .evidence import KINDS
from .vocabulary import VOCABULARIES, Term, Vocabularies

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
SINGULAR = {"studies": "study", "comparisons": "comparison", "articles": "article", "claims": "claim"}
"""Folder of a kind of record to the name of its schema."""

_SCALAR: Schema = {"not": {"type": ["object", "array", "null"]}}
"""Any scalar: what stands bare may look like a number to an editor and is text to the loader."""
_WORDS = {
    SLUG: "an id is expected here: lower-case words joined by hyphens",
    WEB_ADDRESS: "an address that begins with https:// or http:// is expected here",
    NOTICE: "a DOI or an address that begins with https:// is expected here",
    COUNTRY: "an ISO code of a country is expected here: two capital letters",
}
_FORMS: Mapping[str, tuple[str | list[str], str, str]] = {
    "integer": (["integer", "string"], r"[-+]?\d+(_\d+)*(\.0*)?", "a whole number is expected here"),
    "figure": (
        ["number", "string"],
        FIGURE.pattern,
        "a number is expected here: digits, a dot for decimals, - for minus",
    ),
    "date": ("string", r"\d{4}-\d{2}-\d{2}", "a date is expected here: 2026-11-22"),
}
"""How a number or date is written: types it may seem to have, its pattern, what to say where it does not fit."""
_TRUTH = "true|false|yes|no|on|off|t|f|y|n|1|0"


def schemas() -> Iterator[tuple[str, Schema]]:
    """Yield file name and JSON Schema for each kind of record and each vocabulary."""
    for folder, kind in KINDS.items():
        yield f"{SINGULAR[folder]}.json", _document(kind, f"A file in {folder}/.", "")
    for name, term in VOCABULARIES.items():
        schema = _document(term, f"The vocabulary {name}: terms by their id.", name)
        head, definitions = {key: schema.pop(key) for key in ("$schema", "description")}, schema.pop("definitions")
        entries = {"type": "object", "additionalProperties": {"$ref": "#/definitions/Term"}}
        yield f"vocabulary-{name}.json", {**head, **entries, "definitions": {**definitions, "Term": schema}}


def terms_schema(vocabularies: Vocabularies) -> Schema:
    """Return a JSON Schema that defines, per vocabulary, the terms that may be used; retired ones are left out."""
    return {
        "$schema": DIALECT,
        "description": "The terms of each vocabulary, made by `backed schema`.",
        "definitions": {name: _terms(terms) for name, terms in vocabularies.named()},
    }


def _terms(terms: Mapping[str, Term]) -> Schema:
    usable = {name: term for name, term in terms.items() if term.retired is None}
    return {"enum": list(usable), "enumDescriptions": [_meaning(term) for term in usable.values()]}


def _meaning(term: Term) -> str:
    return f"{term.label.en}: {term.definition.en}" if term.definition else term.label.en


def _document(kind: type[Record], description: str, vocabulary: str) -> Schema:
    made = kind.model_json_schema(ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    fields = {name: field for name, field in made["properties"].items() if name not in {"id", "file"}}
    if "file" in kind.model_fields:  # these two come from the path
        made["properties"] = fields
        made["required"] = [name for name in made["required"] if name in fields]
    shaped = {name: _shaped(one, vocabulary) for name, one in sorted(definitions.items())}
    return {"$schema": DIALECT, "description": description, **_body(made, vocabulary), "definitions": shaped}


def _body(made: Schema, vocabulary: str) -> Schema:
    return {name: value for name, value in _shaped(made, vocabulary).items() if name != "description"}


def _shaped(made: Schema, vocabulary: str) -> Schema:
    """Return a schema as pydantic makes it in the form that editors need."""
    if "properties" in made:
        return _mapping(made, vocabulary)
    shaped = {name: made[name] for name in ("description",) if name in made}
    if "anyOf" in made:
        return {**shaped, **_either([_shaped(one, vocabulary) for one in made["anyOf"]])}
    if "$ref" in made:
        # beside a reference draft 7 ignores everything, the description too
        return {**shaped, "allOf": [{"$ref": made["$ref"]}]} if shaped else {"$ref": made["$ref"]}
    return {**shaped, **_value(made, vocabulary)}


def _either(parts: list[Schema]) -> Schema:
    """Return a schema of one of several; a plain value that may be null is one schema, which editors explain better."""
    others = [part for part in parts if part != {"type": "null"}]
    if len(others) == 1 and len(parts) == 2 and "type" in others[0]:
        types = others[0]["type"]
        return {**others[0], "type": [*([types] if isinstance(types, str) else types), "null"]}
    if len(others) == 1 and "not" in others[0]:
        return {**others[0], "not": {"type": ["object", "array"]}}
    return {"anyOf": parts}


def _mapping(made: Schema, vocabulary: str) -> Schema:
    properties = {name: _property(field, vocabulary) for name, field in made["properties"].items()}
    if vocabulary and "broader" in properties:
        properties["broader"] = _of_vocabularies(properties["broader"], [vocabulary])
    kept: Schema = {name: made[name] for name in ("description", "type") if name in made}
    required = {"required": made["required"]} if made.get("required") else {}
    return {**kept, "properties": properties, **required, "additionalProperties": False}


def _property(field: Schema, vocabulary: str) -> Schema:
    shaped = _shaped(field, vocabulary)
    found = vocabularies_in(shaped.get("description", ""))
    return _of_vocabularies(shaped, found) if found else shaped


def _of_vocabularies(shaped: Schema, names: Sequence[str]) -> Schema:
    """Return the schema of an id or a list of ids with the terms of vocabularies in the ids' place."""
    terms: list[Schema] = [{"$ref": f"terms.json#/definitions/{name}"} for name in names]
    told = {"description": shaped["description"]}
    if "items" in shaped:
        return {**shaped, "items": {"anyOf": terms} if len(terms) > 1 else terms[0]}
    may_be_null = "null" not in shaped["not"]["type"]
    return {**told, "anyOf": [*terms, {"type": "null"}]} if may_be_null else {**told, "allOf": terms}


def _value(made: Schema, vocabulary: str) -> Schema:
    kind = made.get("type")
    if "enum" in made or "const" in made:
        return {"enum": made.get("enum", [made.get("const")])}
    if kind == "array":
        return _list(made, vocabulary)
    if kind == "object":
        inside = made.get("patternProperties") or {".*": made.get("additionalProperties", {})}
        shaped = {pattern: _shaped(one, vocabulary) for pattern, one in inside.items()}
        return {"type": "object", "patternProperties": shaped, "additionalProperties": False}
    if kind == "null":
        return {"type": "null"}
    return _scalar(made)


def _list(made: Schema, vocabulary: str) -> Schema:
    items = made["prefixItems"][0] if "prefixItems" in made else made["items"]
    limits: Schema = {name: made[name] for name in ("minItems", "maxItems") if name in made}
    return {"type": "array", "items": _shaped(items, vocabulary), **limits}


def _scalar(made: Schema) -> Schema:
    """Return the schema of a number, a date, a truth or a text, bare or quoted."""
    limits: Schema = {name: made[name] for name in ("minimum", "maximum", "minLength") if name in made}
    if made.get("type") == "boolean":
        either = "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in _TRUTH)
        return {"type": ["boolean", "string", "integer"], "pattern": f"^({either})$", "minimum": 0, "maximum": 1}
    form = str(made.get("format", made.get("type")))
    if form in _FORMS:
        types, pattern, message = _FORMS[form]
        return {"type": types, "pattern": rf"^\s*{pattern}\s*$", "patternErrorMessage": message, **limits}
    if "pattern" in made:  # the loader strips blanks before it looks
        pattern = made["pattern"].replace("^", r"^\s*", 1).removesuffix("$") + r"\s*$"
        message = _WORDS.get(made["pattern"], "the form is not right")
        return {**_SCALAR, "pattern": pattern, "patternErrorMessage": message}
    return {**_SCALAR, **limits, "errorMessage": "a text is expected here"}
