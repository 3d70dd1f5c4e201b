"""Issue forms, templates and owners: valid for GitHub, and their fields are those of records.

What GitHub asks is taken from its documentation ("Syntax for GitHub's form schema", "Common validation errors when
creating issue forms") and from the schemas that check-jsonschema brings along.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml

from backed.model import Article, Claim, Record, RestsOn, Study, keys_at
from backed.model.extraction import Extraction

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")

NO_PATHS = {
    "correction.yml": {"page", "file", "version", "passage", "wrong"},
    "new-study.yml": {"bibtex", "agreed"},
    "new-claim.yml": {"place", "known", "agreed"},
}
"""Ids that are no path in a record: what a form asks beside."""

NAMED_OTHERWISE = {"record-title": "title"}  # `title` in an address is the title of the issue
RESERVED = {"title", "body", "labels", "milestone", "assignees", "projects", "template", "type"}


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def asked(name: str) -> dict[str, Any]:
    """Return the elements of a form that take an answer, by id."""
    return {one["id"]: one for one in loaded(GITHUB / "ISSUE_TEMPLATE" / name)["body"] if one["type"] != "markdown"}


def schema(name: str) -> Any:
    bundled = files("check_jsonschema") / "builtin_schemas" / "vendor" / f"{name}.json"
    return json.loads(bundled.read_text(encoding="utf-8"))


def valid(value: Any, name: str) -> None:
    kind = jsonschema.validators.validator_for(schema(name))
    kind(schema(name)).validate(value)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_is_valid(path: Path) -> None:
    form = loaded(path)
    valid(form, "github-issue-forms")
    assert len(form["name"]) > 3
    ids = [one["id"] for one in form["body"] if one["type"] != "markdown"]
    labels = [one["attributes"]["label"] for one in form["body"] if one["type"] != "markdown"]
    labels += [o["label"] for one in form["body"] if one["type"] == "checkboxes" for o in one["attributes"]["options"]]
    assert len(set(ids)) == len(ids)
    assert len({label.lower() for label in labels}) == len(labels), "an issue shows labels, not ids"
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in ids)
    assert RESERVED.isdisjoint(ids)
    assert not [label for label in labels if "password" in label.lower()]


def test_a_faulty_form_is_found() -> None:
    form = loaded(FORMS[0])
    form["body"][1]["type"] = "radio"
    with pytest.raises(jsonschema.ValidationError):
        valid(form, "github-issue-forms")


def test_the_chooser_is_configured_validly() -> None:
    valid(loaded(GITHUB / "ISSUE_TEMPLATE/config.yml"), "github-issue-config")


def test_there_is_a_form_for_each_kind_of_contribution() -> None:
    assert {path.name for path in FORMS} == set(NO_PATHS)


@pytest.mark.parametrize(("name", "kind"), [("new-study.yml", Study), ("new-claim.yml", Claim)])
def test_ids_are_paths_in_a_record(name: str, kind: type[Record]) -> None:
    ids = set(asked(name)) - NO_PATHS[name]
    assert ids
    for one in ids:
        whose, path = (Article, one.removeprefix("article-")) if one.startswith("article-") else (kind, one)
        *above, key = NAMED_OTHERWISE.get(path, path).split("-")
        assert key in keys_at(whose, tuple(above)), one


def test_choices_are_the_terms_that_records_may_use() -> None:
    terms = json.loads((ROOT / "evidence/schema/terms.json").read_text(encoding="utf-8"))["definitions"]
    study, claim = asked("new-study.yml"), asked("new-claim.yml")
    for one, vocabulary in (
        ("design-type", "designs"),
        ("design-setting", "settings"),
        ("population-condition", "conditions"),
    ):
        assert study[one]["attributes"]["options"] == terms[vocabulary]["enum"], f"{vocabulary}: write them anew"
    read = get_args(Extraction.model_fields["read"].annotation)
    assert study["extraction-read"]["attributes"]["options"] == list(read)
    rests = get_args(RestsOn.model_fields["kind"].annotation)
    assert claim["rests_on-kind"]["attributes"]["options"] == list(rests)
    assert claim["article-language"]["attributes"]["options"] == list(
        get_args(Article.model_fields["language"].annotation)
    )


def test_what_a_record_cannot_do_without_must_be_answered() -> None:
    required = {one for one, field in asked("new-study.yml").items() if field.get("validations", {}).get("required")}
    assert {"bibtex", "record-title", "summary-en", "design-type", "population-condition", "effects"} <= required


def test_every_kind_of_change_has_a_template_and_the_default_names_them() -> None:
    default = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
    templates = {path.name for path in (GITHUB / "PULL_REQUEST_TEMPLATE").glob("*.md")}
    assert templates == {"study.md", "claim.md", "comparison.md", "correction.md", "code.md"}
    assert set(re.findall(r"&template=(\S+)", default)) == templates
    for name in templates:
        assert "- [ ] " in (GITHUB / "PULL_REQUEST_TEMPLATE" / name).read_text(encoding="utf-8")


def test_the_paths_of_owners_exist_and_each_owner_is_written_as_github_reads_it() -> None:
    lines = [line.lstrip("# ") for line in (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()]
    owned = [line.split() for line in lines if line.startswith("/")]
    assert len(owned) > 3
    assert all((ROOT / path.strip("/")).is_dir() for path, *_ in owned)
    # one line that it cannot read, and GitHub asks nobody
    assert all(re.fullmatch(r"@[\w-]+(/[\w-]+)?", owner) for _, *owners in owned for owner in owners)
