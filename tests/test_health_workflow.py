"""The weekly look: its shell steps are really run, with a repository, a `git` remote and a `gh` of their own."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.shell_tools import absent, missing
from tests.system import required
from tests.workflow_steps import git, run

WORKFLOW = Path(__file__).parent.parent / ".github/workflows/health.yml"
JOBS: dict[str, Any] = yaml.load(WORKFLOW.read_text(encoding="utf-8"), yaml.BaseLoader)["jobs"]
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$ANSWERS/asked"
for word; do case $word in
    */new.json|*/edit.json) cp "$word" "$ANSWERS/sent"; printf '{"html_url": "https://github.example/told"}'; exit ;;
esac; done
for word; do case $word in
    */zip) cat "$ANSWERS/zip"; exit ;;
    */artifacts\\?*) cat "$ANSWERS/artifacts"; exit ;;
    */pulls) cat "$ANSWERS/pulls"; exit ;;
esac; done
exit 1
"""
BACKED = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> asked
[ "$1" = health ] || exit 0
echo "gone: https://a.example/"
[ "$LEAVES" = 2 ] || echo '{"links": {}}' > evidence/health.json
exit "$LEAVES"
"""


def step(job: str, name: str) -> str:
    """Return what a step runs."""
    found = [one["run"] for one in JOBS[job]["steps"] if one.get("name") == name]
    assert len(found) == 1
    return str(found[0])


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def repository(folder: Path) -> Path:
    """Return a repository with one commit that holds some evidence."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence/README.md").write_text("made up\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "one")
    return folder


# -- the job that looks: whatever strangers' servers answer, it may only read


def test_the_job_that_asks_may_only_read_and_the_one_that_writes_runs_nothing_of_ours() -> None:
    assert JOBS["look"]["permissions"] == {"contents": "read"}
    lines = "\n".join(one.get("run", "") for one in JOBS["tell"]["steps"])
    assert "backed " not in lines.replace("user.name='Backed'", "") and "make" not in lines and "python" not in lines


def test_the_database_is_taken_from_where_it_is_published(tmp_path: Path) -> None:
    source = repository(tmp_path / "published")
    (source / "retraction_watch.csv").write_text("Record ID\n", encoding="utf-8")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "two")
    done = run(
        step("look", "Get the Retraction Watch database"),
        tmp_path,
        DATABASE=source.as_uri(),
        RUNNER_TEMP=str(tmp_path / "temp"),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "temp/retractions/retraction_watch.csv").is_file()
    (got,) = [one for one in JOBS["look"]["steps"] if "DATABASE" in one.get("env", {})]
    assert got["env"]["DATABASE"] == "https://gitlab.com/crossref/retraction-watch-data"


@pytest.mark.parametrize(("leaves", "fine"), [("0", True), ("1", True), ("2", False)])
def test_findings_are_no_failure_and_a_look_that_failed_is(tmp_path: Path, leaves: str, fine: bool) -> None:
    program(tmp_path / ".venv/bin/backed", BACKED)
    (tmp_path / "evidence").mkdir()
    summary = tmp_path / "summary.md"
    surroundings = {"LEAVES": leaves, "RUNNER_TEMP": "temp", "GITHUB_STEP_SUMMARY": str(summary)}
    done = run(step("look", "Ask and compare"), tmp_path, **surroundings)
    assert (done.returncode == 0) is fine
    assert (tmp_path / "asked").read_text() == "health --retractions temp/retractions/retraction_watch.csv\n"
    assert "gone: https://a.example/" in done.stdout
    assert (tmp_path / "looked/health.json").exists() is fine
    if fine:
        assert summary.read_text(encoding="utf-8") == "```\ngone: https://a.example/\n```\n"


# -- the job that tells


@dataclass
class Tell:
    """The second job on a checkout, with what GitHub would answer and a remote to push to."""

    folder: Path
    remote: Path
    temp: Path
    printed: list[str] = field(default_factory=list)

    def answer(
        self, health: str = '{"links": {}}', told: str = "gone: @everyone\n", pulls: object = (), size: int = 9
    ) -> None:
        self.put("artifacts", {"artifacts": [{"id": 5, "expired": False, "size_in_bytes": size}]})
        self.put("pulls", list(pulls) if isinstance(pulls, tuple) else pulls)
        with zipfile.ZipFile(self.temp / "zip", "w") as archive:
            archive.writestr("health.json", health)
            archive.writestr("told.txt", told)
            archive.writestr("../outside", "x")

    def put(self, name: str, value: object) -> None:
        (self.temp / name).write_text(json.dumps(value), encoding="utf-8")

    def run(self) -> bool:
        """Run the steps one after the other; return whether all went well."""
        given = {name: value for name, value in JOBS["tell"]["env"].items() if "${{" not in value}
        output = self.temp / "output"
        output.write_text("", encoding="utf-8")
        surroundings = {
            **given,
            "PATH": f"{self.temp / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "ANSWERS": str(self.temp),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_SERVER_URL": "https://github.example",
            "REPOSITORY": "toy/backs",
            "OWNER": "toy",
            "RUN_ID": "99",
            "MAIN": "main",
            "REMOTE": str(self.remote),
        }
        for one in JOBS["tell"]["steps"]:
            if "run" not in one or ("if" in one and "changed=yes" not in output.read_text()):
                continue
            done = run(one["run"], self.folder, **surroundings)
            self.printed.append(done.stdout + done.stderr)
            if done.returncode:
                return False
        return True

    @property
    def asked(self) -> str:
        return (self.temp / "asked").read_text(encoding="utf-8")

    @property
    def sent(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.temp / "sent").read_text(encoding="utf-8"))
        return found


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    if absent() and not required():
        pytest.skip(missing())
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    program(tmp_path / "temp/bin/gh", GH)
    return Tell(repository(tmp_path / "checkout"), remote, tmp_path / "temp")


def test_what_was_found_is_put_on_a_branch_and_a_pull_request_is_opened(tell: Tell) -> None:
    tell.answer()
    assert tell.run(), tell.printed
    assert git(tell.remote, "show", "health:evidence/health.json") == '{"links": {}}'
    assert git(tell.remote, "diff", "--name-only", "health~1", "health").split() == ["evidence/health.json"]
    assert "--method POST repos/toy/backs/pulls" in tell.asked
    assert (tell.sent["head"], tell.sent["base"]) == ("health", "main")
    assert "    gone: @everyone\n" in tell.sent["body"], "indented, so that nobody is called"
    assert "https://github.example/toy/backs/actions/runs/99" in tell.sent["body"]


def test_the_open_pull_request_is_changed_and_its_branch_written_anew(tell: Tell) -> None:
    tell.answer()
    assert tell.run(), tell.printed
    git(tell.folder, "reset", "--quiet", "--hard", "HEAD~1")
    tell.answer('{"retractions": {}}', pulls=[{"number": 7}])
    assert tell.run(), tell.printed
    assert "--method PATCH repos/toy/backs/pulls/7" in tell.asked
    assert list(tell.sent) == ["body"]
    assert git(tell.remote, "show", "health:evidence/health.json") == '{"retractions": {}}'
    assert git(tell.remote, "rev-list", "--count", "health").strip() == "2"


def test_only_our_own_branch_is_looked_for(tell: Tell) -> None:
    tell.answer()
    tell.run()
    assert "-f head=toy:health -f base=main" in tell.asked


def test_with_nothing_new_nothing_is_told(tell: Tell) -> None:
    (tell.folder / "evidence/health.json").write_text('{"links": {}}', encoding="utf-8")
    git(tell.folder, "add", "--all")
    git(tell.folder, "commit", "--quiet", "--message", "looked")
    tell.answer()
    assert tell.run(), tell.printed
    assert "/pulls" not in tell.asked
    assert git(tell.remote, "branch").strip() == ""


@pytest.mark.parametrize("found", [{"health": "no json"}, {"health": "[]"}, {"health": ""}, {"size": 2_000_001}])
def test_what_is_no_look_goes_nowhere(tell: Tell, found: dict[str, Any]) -> None:
    tell.answer(**found)
    assert not tell.run()
    assert git(tell.remote, "branch").strip() == ""
    assert not list(tell.folder.parent.rglob("outside"))
