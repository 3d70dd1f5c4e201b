"""Documentation cannot lie: what exists is documented, and what is documented exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backed.cli import backed
from backed.examine import ALL_RULES
from backed.render import FRAGMENTS

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "site_src/pages").rglob("*.md"))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_page_that_says_more_than_its_name(rule: object) -> None:
    text = getattr(rule, "text", "")
    assert len(text.split()) >= 12
    assert re.fullmatch(r"[A-Z].*[.?]", text.strip().splitlines()[0])


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in ALL_RULES]
    assert len(ids) == len(set(ids))


def test_every_command_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in backed.commands if f"`backed {command}`" not in readme] == []


def test_every_part_that_a_page_asks_for_exists_and_every_part_is_used() -> None:
    pages = [page.read_text("utf-8") for page in PAGES]
    asked = {name for text in pages for name in re.findall(r"<!-- backed:([a-z-]+) -->", text)}
    asked |= {name for text in pages for name in re.findall(r"(?m)^head: ([a-z-]+)$", text)}
    assert asked == set(FRAGMENTS)


def test_the_tables_of_the_documentation_name_what_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    layers = re.findall(r"^\| `([a-z_]+)/?`", text, re.MULTILINE)
    package = ROOT / "scripts/backed"
    assert layers
    assert [name for name in layers if not (package / name).is_dir() and not (package / f"{name}.py").is_file()] == []


def test_the_anatomy_in_the_evidence_readme_is_the_record_it_names() -> None:
    """Every key of the example stands in the model, so that nobody copies a key that is refused."""
    readme = (ROOT / "evidence/README.md").read_text(encoding="utf-8")
    example = readme.split("```yaml")[1].split("```")[0]
    from backed.model import Study

    keys = re.findall(r"^(?:# )?([a-z_]+):", example, re.MULTILINE)
    assert keys
    assert [key for key in keys if key not in Study.model_fields] == []


def test_constraints_name_versions_and_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert pinned
    assert [line for line in pinned if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.]*", line)] == []
