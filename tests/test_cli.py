"""The command line as people meet it: words in, exit code and text out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backed.cli import backed

ROOT = Path(__file__).parent.parent
COMMANDS = sorted(backed.commands)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(backed, [str(word) for word in words])


def test_check_says_how_many_records_by_how_many_rules(toy_dir: Path) -> None:
    result = run("check", "--evidence", toy_dir)
    assert result.exit_code == 0
    records = len(list(toy_dir.rglob("*.yaml")))
    last = result.output.splitlines()[-1]
    assert last.startswith(f"checked {records} of {records} records, ")
    assert last.endswith("rules")


def test_check_can_be_told_what_day_it_is(toy_dir: Path) -> None:
    old = run("check", "--evidence", toy_dir, "--today", "2029-12-19")
    assert old.exit_code == 0, "what is old is a warning"
    assert "warning look-again" in old.output
    words = ["check", "--evidence", str(toy_dir)]
    assert CliRunner().invoke(backed, words, env={"BACKED_TODAY": "2029-12-19"}).output == old.output
    assert run("check", "--evidence", toy_dir, "--today", "tomorrow").exit_code == 2


def test_check_prints_every_problem_with_its_place_and_exits_with_1(toy_dir: Path) -> None:
    study = next((toy_dir / "studies").rglob("*.yaml"))
    lines = study.read_text(encoding="utf-8").splitlines()
    lines.append("colour: blue")
    study.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (toy_dir / "claims/broken.yaml").write_text("claim:\n\tnot yaml\n", encoding="utf-8")
    result = run("check", "--evidence", toy_dir)
    assert result.exit_code == 1
    assert f"{study}:{len(lines)}:1: error unknown-key" in result.output
    assert "broken.yaml:2:1: error yaml-syntax" in result.output
    assert "indent with two spaces" in result.output
    total = len(list(toy_dir.rglob("*.yaml")))
    assert f"checked {total - 2} of {total} records" in result.output


def test_faults_of_form_and_of_content_in_one_record_are_all_reported_at_once(toy_dir: Path) -> None:
    study = toy_dir / "studies/2001/toy-2001-walking.yaml"
    text = study.read_text(encoding="utf-8")
    effect = text[text.index("effects:") :]
    estimate = effect.split("estimate: ")[1].split("\n")[0].rstrip("}").split(",")[0]
    text = text.replace(f"estimate: {estimate}", 'estimate: "-99"', 1)
    text = text.replace("title:", "colour: blue\ntitle:", 1).replace(
        "type: randomised-trial", "type: no-such-design", 1
    )
    study.write_text(text, encoding="utf-8")
    bib = study.with_suffix(".bib")
    bib.write_text(bib.read_text(encoding="utf-8").replace("{10.", "{0.", 1), encoding="utf-8")
    output = run("check", "--evidence", toy_dir).output
    for rule in ("unknown-key", "term-exists", "figure-printed", "ci-contains-estimate", "identifier-form"):
        assert f"error {rule}" in output


def test_check_of_a_folder_that_is_not_there_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    result = run("check", "--evidence", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "there is no such evidence folder" in result.output


def test_rules_lists_every_rule_and_prints_the_page_of_one() -> None:
    listed = run("rules").output
    assert "ci-contains-estimate" in listed
    assert "yaml-syntax" in listed
    page = run("rules", "ci-contains-estimate")
    assert page.exit_code == 0
    assert "A confidence interval contains its estimate" in page.output


def test_an_unknown_rule_is_told_with_the_nearest_ones() -> None:
    result = run("rules", "ci-contains-estimates")
    assert result.exit_code == 2
    assert "ci-contains-estimate" in result.output


def test_build_writes_the_site_and_links_finds_nothing_broken(toy_dir: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = run("build", "--evidence", toy_dir, "--config", ROOT / "mkdocs.yml", "--site", site)
    assert result.exit_code == 0, result.output
    assert (site / "index.html").is_file()
    assert (site / "search/search_index.json").is_file()
    links = run("links", "--site", site)
    assert links.exit_code == 0, links.output
    assert "0 broken" in links.output


def test_a_broken_link_is_found_with_its_page(toy_dir: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("build", "--evidence", toy_dir, "--config", ROOT / "mkdocs.yml", "--site", site)
    home = site / "index.html"
    home.write_text(home.read_text(encoding="utf-8").replace("</article>", '<a href="gone/">x</a></article>'), "utf-8")
    result = run("links", "--site", site)
    assert result.exit_code == 1
    assert "gone/" in result.output


def test_build_with_errors_writes_nothing(toy_dir: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site", encoding="utf-8")
    (site / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    (toy_dir / "claims/broken.yaml").write_text("[]", encoding="utf-8")
    result = run("build", "--evidence", toy_dir, "--config", ROOT / "mkdocs.yml", "--site", site)
    assert result.exit_code == 1
    assert "wrong-type" in result.output
    assert (site / "index.html").read_text(encoding="utf-8") == "the old site"


def test_a_folder_that_holds_no_earlier_site_is_never_replaced(toy_dir: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work", encoding="utf-8")
    for site in (precious, tmp_path, toy_dir, toy_dir / "claims", precious / "thesis.txt"):
        result = run("build", "--evidence", toy_dir, "--config", ROOT / "mkdocs.yml", "--site", site)
        assert result.exit_code == 2, site
        assert "name a" in result.output
    assert (precious / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    assert run("check", "--evidence", toy_dir).exit_code == 0


@pytest.mark.parametrize("command", ["links", "crawl"])
def test_a_site_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    result = run(command, "--site", tmp_path)
    assert result.exit_code == 2
    assert "backed build" in result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_an_evidence_folder_and_explains_itself_by_example(command: str) -> None:
    text = run(command, "--help").output
    assert "--evidence" in text
    assert f"backed {command}" in text
