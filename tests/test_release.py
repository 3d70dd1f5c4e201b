"""The release: its shell steps are really run, with a repository and a `gh` of their own."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
import yaml
from tests.workflow_steps import git, run

ROOT = Path(__file__).parent.parent
GH = '#!/usr/bin/env bash\nprintf "%s\\n" "$@" > "$ASKED"\n'


def step(name: str) -> str:
    """Return what a step of the release runs."""
    workflow = yaml.load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    found = [one["run"] for job in workflow["jobs"].values() for one in job["steps"] if one.get("name") == name]
    assert len(found) == 1
    return str(found[0])


def test_the_branch_of_the_pages_holds_the_site_and_nothing_before_it(tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    for text in ("first", "second"):
        folder = tmp_path / text
        (folder / "site/claims").mkdir(parents=True)
        (folder / "site/index.html").write_text(text, encoding="utf-8")
        (folder / "site/claims/index.html").write_text(text, encoding="utf-8")
        done = run(step("Put it on the branch gh-pages, without a history"), folder, REMOTE=str(remote), COMMIT="abc")
        assert done.returncode == 0, done.stderr
    assert git(remote, "show", "gh-pages:index.html") == "second"
    assert git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split() == [
        ".nojekyll",
        "claims/index.html",
        "index.html",
    ]
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


@pytest.mark.parametrize("tagged", [False, True])
def test_the_notes_say_what_changed_since_the_version_before(tagged: bool, toy_dir: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", "evidence")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    if tagged:
        git(tmp_path, "tag", "v2026.01.01")
    claim = toy_dir / "claims/magnets-heal.yaml"
    claim.write_text(claim.read_text(encoding="utf-8").replace("position: ", "position: 1"), encoding="utf-8")
    git(tmp_path, "commit", "--quiet", "--all", "--message", "two")
    program = tmp_path / ".venv/bin/backed"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/usr/bin/env bash\nexec {sys.executable} -m backed "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    summary = tmp_path / "summary.md"
    known = os.pathsep.join(filter(None, (str(ROOT / "scripts"), os.environ.get("PYTHONPATH"))))
    script = step("Say what changed since the version before")
    done = run(script, tmp_path, GITHUB_STEP_SUMMARY=str(summary), PYTHONPATH=known)
    assert done.returncode == 0, done.stdout + done.stderr
    notes = (tmp_path / "notes.md").read_text(encoding="utf-8")
    assert notes == summary.read_text(encoding="utf-8")
    assert ("1 changed" in notes) is tagged
    assert ("checked " in notes) is not tagged


def test_a_version_is_called_by_its_day(tmp_path: Path) -> None:
    program = tmp_path / "bin/gh"
    program.parent.mkdir()
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    asked = tmp_path / "asked"
    done = run(step("Make the release"), tmp_path, PATH=path, ASKED=str(asked), REPOSITORY="toy/backs", COMMIT="abc")
    assert done.returncode == 0, done.stderr
    words = asked.read_text(encoding="utf-8").split("\n")
    assert words[:2] == ["release", "create"]
    assert re.fullmatch(r"v\d{4}\.\d\d\.\d\d", words[2])
    assert words[3:] == [
        *("--repo", "toy/backs", "--target", "abc", "--title", f"Evidence of {words[2][1:]}"),
        *("--notes-file", "notes.md", ""),
    ]


def test_zenodo_is_told_what_the_citation_file_says() -> None:
    told = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["title"] == cited["title"]
    assert told["upload_type"] == cited["type"]
    assert told["license"] == cited["license"].lower()
    assert told["keywords"] == cited["keywords"]
    assert told["creators"] == [{"name": one["name"]} for one in cited["authors"]]
