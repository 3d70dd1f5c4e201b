"""Names that never change: renamed records keep answering, and the list of published keys only grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from backed.build import build
from backed.cli import backed
from backed.load import load
from backed.problem import Problem, Severity

ProblemsIn = Callable[[Path], list[Problem]]
TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
OLD, NEW = "magnets-heal", "magnets-help"


def keys(folder: Path, *options: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(backed, ["keys", "--evidence", str(folder), *options])
    return result.exit_code, result.output.splitlines()


def rename(folder: Path, *, alias: bool) -> None:
    claim = (folder / f"claims/{OLD}.yaml").rename(folder / f"claims/{NEW}.yaml")
    if alias:
        claim.write_text(f"aliases: [{OLD}]\n" + claim.read_text(encoding="utf-8"), encoding="utf-8")


def test_every_record_and_work_is_listed_once_and_nothing_is_taken_away(toy_dir: Path) -> None:
    code, said = keys(toy_dir)
    assert code == 0
    evidence = load(toy_dir).evidence
    listed = set(evidence.published)
    assert {f"listed: {key}" for key in listed} == set(said)
    assert listed == {key for key, today in evidence.keys.items() if key == today}
    assert {"claims/magnets-heal", "references/toy-2001-walking", "studies/toy-2001-walking"} < listed
    assert keys(toy_dir) == (0, [])
    rename(toy_dir, alias=False)
    assert keys(toy_dir) == (0, [f"listed: claims/{NEW}"])
    assert set(load(toy_dir).evidence.published) == {*listed, f"claims/{NEW}"}


def test_remarks_in_the_list_stay(toy_dir: Path) -> None:
    keys(toy_dir)
    listed = toy_dir / "keys.txt"
    text = listed.read_text(encoding="utf-8")
    listed.write_text(text.replace(f"claims/{OLD}\n", f"claims/{OLD}  # renamed soon\n# and this\n"), encoding="utf-8")
    rename(toy_dir, alias=True)
    assert keys(toy_dir) == (0, [f"listed: claims/{NEW}"])
    after = listed.read_text(encoding="utf-8")
    assert f"claims/{OLD}  # renamed soon\nclaims/{NEW}\n" in after
    assert after.splitlines()[:2] == [text.splitlines()[0], "# and this"]


def test_a_look_writes_nothing(toy_dir: Path) -> None:
    code, said = keys(toy_dir, "--check")
    assert code == 1
    assert said
    assert not (toy_dir / "keys.txt").exists()


@pytest.mark.parametrize("alias", [False, True])
def test_a_renamed_record_needs_its_old_id_as_alias(alias: bool, toy_dir: Path, problems_in: ProblemsIn) -> None:
    keys(toy_dir)
    rename(toy_dir, alias=alias)
    found = [problem for problem in problems_in(toy_dir) if problem.rule == "published-key-kept"]
    assert [(problem.file, problem.line) for problem in found] == (
        [] if alias else [((toy_dir / "keys.txt").as_posix(), line_of(toy_dir, f"claims/{OLD}"))]
    )
    assert all(f"{NEW}?" in problem.hint and "`aliases`" in problem.hint for problem in found)


def line_of(folder: Path, key: str) -> int:
    return (folder / "keys.txt").read_text(encoding="utf-8").splitlines().index(key) + 1


def test_an_old_citation_key_is_kept_in_the_bib(toy_dir: Path, problems_in: ProblemsIn) -> None:
    (toy_dir / "keys.txt").write_text("references/toy-2012-riding\n", encoding="utf-8")
    [problem] = problems_in(toy_dir)
    assert "`ids`" in problem.hint
    bib = toy_dir / "studies/2012/toy-2012-cycling.bib"
    bib.write_text(
        bib.read_text(encoding="utf-8").replace(",\n", ",\n  ids = {toy-2012-riding},\n", 1), encoding="utf-8"
    )
    assert problems_in(toy_dir) == []
    assert load(toy_dir).evidence.works["toy-2012-cycling"].aliases == ("toy-2012-riding",)


def test_the_former_id_of_a_study_is_a_former_key_of_its_main_report(toy_dir: Path) -> None:
    study = toy_dir / "studies/2012/toy-2012-cycling.yaml"
    study.write_text("aliases: [toy-2012-riding]\n" + study.read_text(encoding="utf-8"), encoding="utf-8")
    evidence = load(toy_dir).evidence
    assert evidence.works["toy-2012-cycling"].aliases == ("toy-2012-riding",)
    assert evidence.keys["references/toy-2012-riding"] == "references/toy-2012-cycling"
    assert evidence.keys["studies/toy-2012-riding"] == "studies/toy-2012-cycling"


def test_what_cannot_be_read_is_not_called_gone(toy_dir: Path, problems_in: ProblemsIn) -> None:
    keys(toy_dir)
    (toy_dir / f"claims/{OLD}.yaml").write_text("claim: [", encoding="utf-8")
    assert "published-key-kept" not in {problem.rule for problem in problems_in(toy_dir)}


def test_the_old_address_leads_to_the_new_one_and_is_not_in_the_sitemap(toy_dir: Path) -> None:
    rename(toy_dir, alias=True)
    built = build(toy_dir, TEMPLATES)
    assert not [problem for problem in built.problems if problem.severity is Severity.ERROR]
    [moved] = [page for page in built.pages if page.url == f"claims/{OLD}/"]
    assert f'content="0; url=../../claims/{NEW}/"' in moved.head
    assert f'<a href="../../claims/{NEW}/">' in moved.content
    assert not moved.listed
    assert not moved.search
    assert all(page.listed or page.url.endswith("/review/") for page in built.pages if page != moved)
