"""The JSON Schemas for editors: fresh, complete, and of one mind with the loader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError
from referencing import Registry, Resource

from backed.examine import schema_files
from backed.load import Plain, Tree, load, read_yaml, validate
from backed.model import KINDS, VOCABULARIES, Evidence, terms_of
from backed.model.schema import SINGULAR, schemas
from backed.problem import Where

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests/toy/evidence"
SCHEMAS = {name: json.loads(text) for name, text in schema_files(TOY).items()}
REGISTRY: Registry[Any] = Registry().with_resources(
    (f"https://toy.example/{name}", Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)
RECORDS = sorted(path for kind in KINDS for path in (TOY / kind).rglob("*.yaml"))
TERMS = sorted((TOY / "vocabularies").glob("*.yaml"))


def schema_of(path: Path) -> str:
    kind = path.relative_to(TOY).parts[0]
    return f"vocabulary-{path.name.removesuffix('.yaml')}.json" if kind == "vocabularies" else f"{SINGULAR[kind]}.json"


def faults(data: object, name: str) -> list[str]:
    """Return where the schema of that name finds fault with data, dotted."""
    validator = Draft7Validator({"$ref": f"https://toy.example/{name}"}, registry=REGISTRY)
    return [".".join(map(str, _deepest(error).absolute_path)) for error in validator.iter_errors(data)]


def _deepest(error: ValidationError) -> ValidationError:
    """Return, of a fault in what may also be null, the one inside that tells the most."""
    inner = max(map(_deepest, error.context or ()), key=lambda one: len(one.absolute_path), default=None)
    return inner if inner and len(inner.absolute_path) > len(error.absolute_path) else error


def read(path: Path) -> Any:
    return read_yaml(path.read_text(encoding="utf-8"), path.name)[0].data


def as_editors_read(data: Plain) -> Any:
    """Return data as YAML 1.2 has it where nothing is quoted: numbers and truths are no texts."""
    if isinstance(data, dict):
        return {key: as_editors_read(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_editors_read(item) for item in data]
    if isinstance(data, str) and re.fullmatch(r"[-+]?\d+", data):
        return int(data)
    if isinstance(data, str) and re.fullmatch(r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?", data):
        return float(data)
    return {"true": True, "false": False}.get(data, data) if isinstance(data, str) else data


def test_the_schemas_of_the_repository_are_those_of_the_model() -> None:
    """Those with the terms of the real vocabularies are compared by `backed schema --check`, a part of `make check`."""
    folder = ROOT / "evidence/schema"
    assert {path.name for path in folder.iterdir()} == {*SCHEMAS}
    for name, schema in schemas():
        assert json.loads((folder / name).read_text(encoding="utf-8")) == schema, f"run `backed schema` for {name}"


def test_vs_code_binds_each_kind_of_record_and_each_vocabulary() -> None:
    bound = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {Path(schema).name for schema in bound} == {*SCHEMAS} - {"terms.json"}
    for schema, files in bound.items():
        matching = {schema_of(TOY / path.relative_to(TOY)) for path in TOY.parent.glob(files)}
        assert matching == {Path(schema).name}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_it_is_a_schema(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


def properties(schema: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for name, field in schema.get("properties", {}).items():
            yield f"{at}.{name}", field
        for key, part in schema.items():
            yield from properties(part, f"{at}.{key}")


@pytest.mark.parametrize("name", sorted({*SCHEMAS} - {"terms.json"}))
def test_every_property_says_what_it_is(name: str) -> None:
    found = list(properties(SCHEMAS[name]))
    assert found
    definitions = SCHEMAS[name]["definitions"]
    referred = {f"#/definitions/{one}": definition.get("description") for one, definition in definitions.items()}
    assert [at for at, field in found if not (field.get("description") or referred.get(field.get("$ref", "")))] == []


@pytest.mark.parametrize("path", RECORDS + TERMS, ids=lambda path: path.stem)
def test_sound_records_are_accepted_quoted_or_bare(path: Path, toy: Evidence) -> None:
    assert toy.found == len(RECORDS + TERMS)
    assert faults(read(path), schema_of(path)) == []
    assert faults(as_editors_read(read(path)), schema_of(path)) == []


def places(data: Plain, at: Where = ()) -> Iterator[Where]:
    yield at
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*at, step))


def changed(data: Any, at: Where, value: object) -> Any:
    if not at:
        return value
    copy = data.copy()
    copy[at[0]] = changed(data[at[0]] if len(at) > 1 else None, at[1:], value)
    return copy


VALUES: list[Plain] = [
    None,
    "",
    "x",
    "7",
    "-7",
    "0.50",
    "-1.5",
    "1e3",
    "true",
    "NO",
    "2024-01-02",
    "2024-13-45",
    "two words",
    [],
    {},
]
VALUES += [["x"], [["1"], "2"], ["1", "2"], ["1", "2", "3"], {"en": "x"}, {"nl": "x"}, {"en": None}, {"x": "y"}]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(RECORDS), st.integers(0, 9999), st.sampled_from(VALUES), st.booleans())
def test_what_the_loader_accepts_the_schema_accepts(path: Path, seed: int, value: Plain, bare: bool) -> None:
    data = read(path)
    at = Random(seed).choice(list(places(data))[1:])
    slipped = changed(data, at, value)
    kind = path.relative_to(TOY).parts[0]
    refused = validate(KINDS[kind], Tree(slipped, ""), "x", {"id": path.stem, "file": "x"})[1]
    term = any(place[: len(at)] == at for place, _, _ in terms_of(getattr(load_toy(), kind)[path.stem]))
    if not refused and not term:  # whether a term exists is asked by a rule, not by the loader
        assert faults(as_editors_read(slipped) if bare else slipped, schema_of(path)) == []


def load_toy(known: list[Evidence] = []) -> Evidence:  # noqa: B006 - read once for all examples
    known[:] = known or [load(TOY).evidence]
    return known[0]


FORM = ["wrong-type", "unknown-key", "missing-key", "text-in-english"]


@pytest.mark.parametrize("rule", FORM)
def test_what_is_wrong_in_form_is_refused(rule: str) -> None:
    bad = next((ROOT / "tests/rules" / rule).glob("bad*.yaml"))
    text = bad.read_text(encoding="utf-8")
    file = re.search(r"file: (\S+?)(?:;|\s|$)", text.splitlines()[0])
    assert file
    assert faults(read_yaml(text, "bad")[0].data, schema_of(TOY / file[1]))


@pytest.mark.parametrize(
    ("at", "value", "accepted"),
    [
        (("effects", 0, "estimate"), -1.2, True),
        (("effects", 0, "estimate"), "−1.2", False),
        (("effects", 0, "estimate"), True, False),
        (("effects", 0, "ci"), ["-2.0"], False),
        (("effects", 0, "ci"), ["-2.0", -0.4], True),
        (("effects", 0, "measure"), "mean-diffrence", False),
        (("effects", 0, "outcome"), "pain-intensty", False),
        (("population", "n", "randomised"), "120", True),
        (("population", "n", "randomised"), -1, False),
        (("population", "n", "randomised"), 1.5, False),
        (("extraction", "on"), "22-11-2026", False),
        (("status",), {"state": "gone"}, False),
        (("title",), ["x"], False),
        (("title",), None, False),
        (("title",), 2001, True),
        (("id",), "x", False),
    ],
)
def test_values(at: Where, value: object, accepted: bool) -> None:
    data = read(TOY / "studies/2001/toy-2001-walking.yaml")
    assert (faults(changed({**data, "id": "x"} if at == ("id",) else data, at, value), "study.json") == []) == accepted


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_wherever_a_term_is_asked_for_only_terms_are_accepted(path: Path, toy: Evidence) -> None:
    kind = path.relative_to(TOY).parts[0]
    record = getattr(toy, kind)[path.stem]
    for at, _, _ in terms_of(record):
        assert faults(changed(read(path), at, "no-such-term"), schema_of(path)) == [".".join(map(str, at))]


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_wider_term_is_one_of_its_own_vocabulary(name: str) -> None:
    data = read(TOY / f"vocabularies/{name}.yaml")
    term = next(iter(data))
    for wider, accepted in ((term, True), ("no-such-term", False)):
        slipped = {**data, term: {**data[term], "broader": wider}}
        assert (faults(slipped, f"vocabulary-{name}.json") == []) == accepted
