"""The whole program on the toy base: problems, pages and files from one call."""

from __future__ import annotations

from pathlib import Path

from backed.build import build
from backed.examine import ALL_RULES, examine

TEMPLATES = Path(__file__).parent.parent / "site_src/templates"


def test_a_sound_base_gives_pages_and_files_and_no_problem(toy_dir: Path) -> None:
    built = build(toy_dir, TEMPLATES, "https://backed.example/")
    assert built.problems == ()
    assert {page.url for page in built.pages} >= {"studies/", "claims/", "rules/ci-contains-estimate/"}
    paths = [one.path for one in built.exports]
    assert "bibliography/backed.bib" in paths
    assert len(paths) == len(set(paths))


def test_a_build_is_as_of_the_newest_look_at_a_record(toy_dir: Path) -> None:
    assert build(toy_dir, TEMPLATES).as_of == "2026-11-21"
    for path in toy_dir.rglob("*.yaml"):
        if path.parent.name != "vocabularies":
            path.unlink()
    assert build(toy_dir, TEMPLATES).as_of == ""


def test_two_builds_of_one_base_are_the_same(toy_dir: Path) -> None:
    first, second = (build(toy_dir, TEMPLATES, "https://backed.example/") for _ in range(2))
    assert list(first.pages) == list(second.pages)
    assert list(first.exports) == list(second.exports)


def test_the_summary_counts_whole_records_only(toy_dir: Path) -> None:
    sound = examine(toy_dir)
    found = sound.evidence.found
    assert sound.summary == f"checked {found} of {found} records, {len(ALL_RULES)} rules"
    (toy_dir / "claims/empty.yaml").write_text("", encoding="utf-8")
    faulty = examine(toy_dir)
    first, more = faulty.summary.splitlines()
    assert first == f"checked {found} of {found + 1} records, {len(ALL_RULES)} rules: 1 error, 0 warnings"
    assert more.startswith("more rules run")


def test_problems_come_in_the_order_of_files_and_lines(toy_dir: Path) -> None:
    for name in ("b", "a"):
        (toy_dir / f"claims/{name}.yaml").write_text("colour: blue\nshape: round\n", encoding="utf-8")
    places = [(problem.file, problem.line) for problem in examine(toy_dir).problems]
    assert places == sorted(places)
    assert len(places) > 4
