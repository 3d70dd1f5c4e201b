"""The workflow files: valid, unable to do harm with what a stranger sends, and the comment told as it should be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.shell_tools import absent, missing
from tests.system import required

FOLDER = Path(__file__).parent.parent / ".github/workflows"
FILES = sorted(FOLDER.glob("*.y*ml"))
NAMES = [path.name for path in FILES]
FROM_STRANGERS = {"pull_request", "pull_request_target", "workflow_run", "issues", "issue_comment"}
"""Events that somebody without rights in the repository can bring about."""


def read(path: Path) -> dict[str, Any]:
    """Return a workflow with every scalar as text: YAML 1.1 would take `on` for true."""
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def writes(workflow: dict[str, Any]) -> set[str]:
    jobs = workflow["jobs"].values()
    return {name for job in jobs for name, level in job["permissions"].items() if level != "read"}


def test_there_are_workflows_for_pull_requests() -> None:
    assert {"check.yml", "preview.yml", "comment.yml"} <= set(NAMES)


def test_every_workflow_fits_the_schema_of_github() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, *map(str, FILES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--no-progress", "--persona", "pedantic", str(FOLDER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_is_allowed_but_what_a_job_asks_for(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for name, job in workflow["jobs"].items():
        assert isinstance(job.get("permissions"), dict), f"{name} says what it may do, name by name"
        assert int(job["timeout-minutes"]) <= 60


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_what_strangers_start_has_no_secrets_and_either_their_code_or_rights_to_write(path: Path) -> None:
    workflow, text = read(path), path.read_text(encoding="utf-8")
    if not FROM_STRANGERS & set(workflow["on"]):
        return
    assert "pull_request_target" not in workflow["on"]
    assert "secrets." not in text and "secrets[" not in text
    if "pull_request" in workflow["on"]:
        assert writes(workflow) == set()
    if "workflow_run" in workflow["on"]:
        assert writes(workflow) <= {"pull-requests"}
        assert not [step for step in steps(workflow) if "uses" in step], "no action, no checkout: only its own lines"
        assert not re.search(
            r"\bgit (clone|fetch|checkout)|\b(eval|source|make|python3?|pip|npm)\b", commands(workflow)
        )


def commands(workflow: dict[str, Any]) -> str:
    """Return what a workflow runs, without the comment that it makes."""
    return "\n".join(line for step in steps(workflow) for line in step.get("run", "").splitlines() if "`" not in line)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_actions_are_pinned_by_commit_and_keep_no_credentials(path: Path) -> None:
    workflow = read(path)
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    for line in lines:
        assert re.fullmatch(r"(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    used = [step for step in steps(workflow) if "uses" in step]
    assert len(used) == len(lines)
    for step in used:
        if step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_of_an_event_is_pasted_into_a_script(path: Path) -> None:
    for step in steps(read(path)):
        assert "${{" not in step.get("run", ""), "hand it over as an environment variable"


def test_one_action_is_pinned_to_one_commit() -> None:
    used = {step["uses"] for path in FILES for step in steps(read(path)) if "uses" in step}
    assert len({name.partition("@")[0] for name in used}) == len(used)


# -- the comment: the steps of comment.yml are run, with a `gh` that answers from files and notes what it is asked

GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$ANSWERS/asked"
for word; do case $word in
    */comment.json) cp "$word" "$ANSWERS/sent"; printf '{"html_url": "https://github.example/told"}'; exit ;;
    */zip) cat "$ANSWERS/zip"; exit ;;
    */artifacts\\?*) cat "$ANSWERS/artifacts"; exit ;;
    */comments\\?*) cat "$ANSWERS/comments"; exit ;;
    */pulls) cat "$ANSWERS/pulls"; exit ;;
esac; done
exit 1
"""
SHA = "a" * 40
MARK = "<!-- backed: what this changes -->"


@dataclass
class Told:
    """A run of the workflow's steps: whether all went well, what was printed, asked of GitHub, and sent to it."""

    ok: bool
    printed: str
    asked: str
    body: str | None


@dataclass
class GitHub:
    """What GitHub would answer."""

    folder: Path

    def answers(
        self, text: str = "### What this changes\n", sha: str = SHA, comments: object = (), pulls: int = 1
    ) -> None:
        pull = {"number": 12, "head": {"sha": sha, "repo": {"full_name": "stranger/fork"}}}
        self.put("pulls", [{**pull, "number": 12 + count} for count in range(pulls)])
        self.put("artifacts", {"artifacts": [{"id": 5, "expired": False, "size_in_bytes": 100}]})
        self.put("comments", comments)
        with zipfile.ZipFile(self.folder / "zip", "w") as archive:
            archive.writestr("difference.md", text)
            archive.writestr("../outside.md", "x")

    def put(self, name: str, value: object) -> None:
        (self.folder / name).write_text(json.dumps(value), encoding="utf-8")

    def tell(self) -> Told:
        job = read(FOLDER / "comment.yml")["jobs"]["comment"]
        given = {name: value for name, value in job["env"].items() if "${{" not in value}
        output, printed, ok, number = self.folder / "output", "", True, ""
        for step in job["steps"]:
            if not ok or (step.get("if") and not number):
                continue
            environment = {
                **os.environ,
                **given,
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "ANSWERS": str(self.folder),
                "RUNNER_TEMP": str(self.folder / "temp"),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_SERVER_URL": "https://github.example",
                "REPOSITORY": "backed/backed",
                "RUN_ID": "99",
                "HEAD_SHA": SHA,
                "HEAD_BRANCH": "mine; touch pwned $(touch pwned)",
                "HEAD_OWNER": "stranger",
                "HEAD_REPOSITORY": "stranger/fork",
                "NUMBER": number,
            }
            script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(script, env=environment, cwd=self.folder, capture_output=True, text=True, check=False)
            printed, ok = printed + done.stdout + done.stderr, done.returncode == 0
            found = re.search(r"^number=(\d+)$", output.read_text() if output.exists() else "", re.MULTILINE)
            number = found[1] if found else ""
        sent = self.folder / "sent"
        body = json.loads(sent.read_text(encoding="utf-8"))["body"] if sent.exists() else None
        return Told(ok, printed, (self.folder / "asked").read_text(encoding="utf-8"), body)


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    if absent() and not required():
        pytest.skip(missing())
    for name in ("bin", "temp"):
        (tmp_path / name).mkdir()
    program = tmp_path / "bin/gh"
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)
    return GitHub(tmp_path)


def test_a_first_comment_is_made(github: GitHub) -> None:
    github.answers("### What this changes\n\nRecords\\: 1 added\\.\n")
    told = github.tell()
    assert told.ok, told.printed
    assert told.body is not None
    assert told.body.startswith(f"{MARK}\n### What this changes\n\nRecords\\: 1 added\\.\n")
    assert "https://github.example/backed/backed/actions/runs/99" in told.body
    assert f"commit {SHA[:9]}" in told.body
    assert "--method POST repos/backed/backed/issues/12/comments" in told.asked
    assert "head=stranger:mine; touch pwned $(touch pwned)" in told.asked
    assert not list(github.folder.rglob("pwned"))


def test_the_same_comment_is_written_anew_and_nobody_elses(github: GitHub) -> None:
    ours = {"id": 7, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"}
    github.answers(
        comments=[
            {"id": 5, "user": {"login": "stranger"}, "body": f"{MARK}\nnot ours"},
            {"id": 6, "user": {"login": "github-actions[bot]"}, "body": "another"},
            ours,
        ]
    )
    told = github.tell()
    assert told.ok, told.printed
    assert "--method PATCH repos/backed/backed/issues/comments/7" in told.asked
    assert "POST" not in told.asked


@pytest.mark.parametrize(("sha", "pulls"), [("b" * 40, 1), (SHA, 0), (SHA, 2)])
def test_without_one_open_pull_request_at_that_commit_nothing_is_told(github: GitHub, sha: str, pulls: int) -> None:
    github.answers(sha=sha, pulls=pulls)
    told = github.tell()
    assert told.ok
    assert "nothing to comment on" in told.printed
    assert told.body is None
    assert "/comments" not in told.asked


@pytest.mark.parametrize("text", ["", "x" * 60_001])
def test_a_text_that_cannot_be_told_fails(github: GitHub, text: str) -> None:
    github.answers(text)
    told = github.tell()
    assert not told.ok
    assert told.body is None


def test_an_artifact_that_is_too_large_is_not_fetched(github: GitHub) -> None:
    github.answers()
    github.put("artifacts", {"artifacts": [{"id": 5, "expired": False, "size_in_bytes": 2_000_001}]})
    told = github.tell()
    assert not told.ok and "of a size that can be told" in told.printed
    assert "/zip" not in told.asked


def test_what_a_changed_program_writes_can_neither_link_nor_call_nor_draw(github: GitHub) -> None:
    github.answers(
        "<img src=x> [a](https://evil.example) ![b](//evil.example/b.png) [c][d]\n\n[d]: //evil.example\n"
        "<https://evil.example> https://evil.example www.evil.example @everyone me@evil.example #12 GH-3 \x07\n"
    )
    told = github.tell()
    assert told.ok, told.printed
    assert told.body is not None
    inner = told.body.removeprefix(MARK).rpartition("<sub>")[0]
    assert "<" not in inner
    assert not re.search(r"\]\(|\]:|\]\[|://|www\.[a-z]|[@#][a-z0-9]|GH-\d|\x07", inner)
    assert "\\(https" in inner, "what was written can still be read"


def test_our_own_comment_passes_unharmed(github: GitHub) -> None:
    from backed.difference.markdown import plain

    text = f"- **{plain('a <b> [x](y) @z #1 https://e.org')}**\n"
    github.answers(text)
    told = github.tell()
    assert told.body is not None
    assert text.replace("\u200b", "") in told.body.replace("\u200b", "")
