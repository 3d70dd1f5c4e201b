"""The command line as people meet it: words in, exit code and text out."""

from __future__ import annotations

import json
import subprocess
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


def broken(toy_dir: Path) -> Path:
    study = toy_dir / "studies/2001/toy-2001-walking.yaml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace('estimate: "-1.2"', 'estimate: "-12"', 1), encoding="utf-8")
    return study


def test_check_of_one_file_says_what_it_found_and_what_it_did_not_look_at(toy_dir: Path) -> None:
    study = broken(toy_dir)
    result = run("check", "--evidence", toy_dir, study)
    assert result.exit_code == 1
    assert f"{study}:" in result.output and "error figure-printed" in result.output
    assert "page: backed rules figure-printed" in result.output
    assert "checked 1 of 1 records" in result.output
    assert "more read the whole base: `backed check` applies them" in result.output.splitlines()[-1]
    whole = run("check", "--evidence", toy_dir, toy_dir)
    assert "not looked at" not in whole.output and "error figure-printed" in whole.output


@pytest.mark.parametrize("asked", ["nowhere.yaml", "../pyproject.toml"])
def test_a_file_that_cannot_be_meant_is_told_with_exit_code_2(asked: str, toy_dir: Path) -> None:
    result = run("check", "--evidence", toy_dir, toy_dir / asked)
    assert result.exit_code == 2
    assert "there is no file" in result.output


def test_changed_outside_git_is_told_with_exit_code_2(toy_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(toy_dir.parent.parent))
    result = run("check", "--evidence", toy_dir, "--changed")
    assert result.exit_code == 2
    assert "not under git" in result.output


def test_changed_looks_at_what_git_says_changed(toy_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(toy_dir.parent.parent))
    monkeypatch.delenv("GIT_DIR", raising=False)
    git = ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-C", str(toy_dir)]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    nothing = run("check", "--evidence", toy_dir, "--changed")
    assert (nothing.exit_code, nothing.output.splitlines()[0][:23]) == (0, "checked 0 of 0 records,")
    broken(toy_dir)
    (toy_dir / "claims/magnets-heal.yaml").unlink()
    result = run("check", "--evidence", toy_dir, "--changed", "HEAD")
    assert result.exit_code == 1
    assert "error figure-printed" in result.output
    assert "checked 1 of 1 records" in result.output
    assert "gone: 1" in result.output


def test_github_is_the_form_in_actions_unless_another_is_asked_for(
    toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = broken(toy_dir)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("BACKED_SITE_URL", "https://backed.example")
    printed = run("check", "--evidence", toy_dir, study).output
    assert printed.startswith("::error file=")
    assert "page: https://backed.example/rules/" in printed
    assert "error figure-printed" in run("check", "--evidence", toy_dir, study, "--format", "text").output
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert not run("check", "--evidence", toy_dir, study).output.startswith("::")


@pytest.mark.parametrize(("form", "key"), [("json", "problems"), ("sarif", "runs")])
def test_json_and_sarif_are_one_document_each(form: str, key: str, toy_dir: Path) -> None:
    broken(toy_dir)
    result = run("check", "--evidence", toy_dir, "--format", form)
    assert result.exit_code == 1
    assert key in json.loads(result.stdout)


def test_fix_mends_first_and_says_so_beside_the_output(toy_dir: Path) -> None:
    study = toy_dir / "studies/2001/toy-2001-walking.yaml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace('estimate: "-1.2"', 'estimate: "−1.2"'), encoding="utf-8")
    faulty = toy_dir / "claims/broken.yaml"
    faulty.write_text("claim:   [\n", encoding="utf-8")
    result = run("check", "--evidence", toy_dir, "--fix", "--format", "json", study, faulty)
    assert "mended" in result.stderr and "minus sign of -1.2" in result.stderr
    assert f"left {faulty}" in result.stderr
    assert {problem["rule"] for problem in json.loads(result.stdout)["problems"]} == {"yaml-syntax"}
    assert study.read_text(encoding="utf-8") == text
    assert faulty.read_text(encoding="utf-8") == "claim:   [\n"


def test_fix_of_nothing_changed_mends_nothing(toy_dir: Path) -> None:
    before = {path: path.read_bytes() for path in toy_dir.rglob("*.*")}
    run("check", "--evidence", toy_dir, "--fix", toy_dir / "references")
    assert {path: path.read_bytes() for path in toy_dir.rglob("*.*")} == before


def test_schema_writes_what_is_out_of_date_and_only_that(toy_dir: Path) -> None:
    assert run("schema", "--evidence", toy_dir, "--check").exit_code == 1
    assert run("schema", "--evidence", toy_dir).exit_code == 0
    assert run("schema", "--evidence", toy_dir, "--check").output == ""
    (toy_dir / "schema/old.json").write_text("{}", encoding="utf-8")
    settings = toy_dir / "vocabularies/settings.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "moon:\n  label: {en: On the moon}\n", encoding="utf-8")
    checked = run("schema", "--evidence", toy_dir, "--check")
    assert checked.exit_code == 1
    assert {line.rpartition("/")[2] for line in checked.output.splitlines()} == {"terms.json", "old.json"}
    run("schema", "--evidence", toy_dir)
    assert '"moon"' in (toy_dir / "schema/terms.json").read_text(encoding="utf-8")
    assert not (toy_dir / "schema/old.json").exists()
    assert run("check", "--evidence", toy_dir).exit_code == 0


def test_diff_compares_a_commit_with_the_files_as_they_stand_and_two_commits(
    toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-b", "main"], ["add", "."], ["commit", "-m", "first"]):
        subprocess.run(["git", *who, *words], cwd=toy_dir.parent, check=True, capture_output=True)
    assert "Nothing that is recorded differs." in run("diff", "main", "--evidence", toy_dir).output
    review = toy_dir / "studies/2020/madeup-2020-exercise.yaml"
    text = review.read_text(encoding="utf-8")
    for old, new in (("-20.5", "-5.5"), ("-24.1", "-12.1"), ("-16.9", "1.1")):
        text = text.replace(old, new)
    review.write_text(text, encoding="utf-8")
    found = run("diff", "main", "--evidence", toy_dir)
    assert found.exit_code == 0, found.output
    assert "verdict supported -> no important effect" in found.output
    assert f"{toy_dir}/claims/exercise-helps.yaml:" in found.output
    subprocess.run(["git", *who, "commit", "-am", "second"], cwd=toy_dir.parent, check=True, capture_output=True)
    between = run("diff", "HEAD~1", "HEAD", "--evidence", toy_dir, "--format", "json")
    assert json.loads(between.output)["answers"][0]["flips"] is True
    assert (
        "### What this changes" in run("diff", "HEAD~1", "HEAD", "--evidence", toy_dir, "--format", "markdown").output
    )


def test_diff_of_two_folders_needs_no_git(toy_dir: Path) -> None:
    assert "Nothing that is recorded differs." in run("diff", toy_dir, toy_dir).output


def test_diff_that_cannot_run_says_why(toy_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(toy_dir.parent.parent))
    result = run("diff", "main", "--evidence", toy_dir)
    assert result.exit_code == 2
    assert "is not under git" in result.output
