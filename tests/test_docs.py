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


def test_every_link_to_the_glossary_leads_to_an_entry() -> None:
    glossary = (ROOT / "site_src/pages/glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^## .+ \{#([a-z0-9-]+)\}$", glossary, re.MULTILINE)
    assert len(entries) == len(set(entries)) == len(re.findall(r"^## ", glossary, re.MULTILINE))
    texts = [path.read_text("utf-8") for path in [*PAGES, *(ROOT / "site_src/templates").rglob("*.html")]]
    linked = {anchor for text in texts for anchor in re.findall(r"glossary(?:\.md|/)#([a-z0-9-]+)", text)}
    linked |= set(re.findall(r"\]\(#([a-z0-9-]+)\)", glossary))
    assert linked
    assert linked - set(entries) == set()


def test_entries_of_the_glossary_say_what_they_mean() -> None:
    glossary = (ROOT / "site_src/pages/glossary.md").read_text(encoding="utf-8")
    entries = re.split(r"(?m)^## ", glossary)[1:]
    assert [entry.splitlines()[0] for entry in entries if len(entry.split("\n", 1)[1].split()) < 6] == []


def test_the_order_of_choice_that_editors_are_told_is_the_one_that_is_used() -> None:
    """One line of the page for each criterion and for the order of the record, with the criterion's own word."""
    from backed.synthesise.choose import CRITERIA

    page = (ROOT / "site_src/pages/contribute/decisions.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)^\d\. (.+)$", page)
    words = ("instrument", "time", "analysis set", "values")
    assert [word in why for word, why in zip(words, CRITERIA, strict=True)] == [True] * 4
    assert [word in line for word, line in zip(words, told, strict=False)] == [True] * 4
    assert len(told) == len(CRITERIA) + 1
