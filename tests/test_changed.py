"""What git says changed, in real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from backed.changed import NoHistoryError, changed, version


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def write(path: Path, text: str = "x\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_other_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GITHUB_BASE_REF"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Return the evidence folder of a repository with two claims on its main branch."""
    root = tmp_path / "work tree/evidence"
    write(root / "claims/a.yaml")
    write(root / "claims/ü b.yaml")
    write(root.parent / "elsewhere.txt")
    git(root.parent, "init", "-b", "main")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "-m", "first")
    return root


def names(evidence: Path, base: str = "") -> list[str]:
    return [path.relative_to(evidence).as_posix() for path in changed(evidence, base).files]


def test_nothing_changed(evidence: Path) -> None:
    assert changed(evidence).files == () == changed(evidence).gone


def test_what_is_not_committed_or_not_known_to_git_counts(evidence: Path) -> None:
    write(evidence / "claims/ü b.yaml", "y\n")
    write(evidence / "claims/new.yaml")
    write(evidence.parent / "elsewhere.txt", "y\n")
    write(evidence.parent / ".gitignore", "ignored.yaml\n")
    write(evidence / "claims/ignored.yaml")
    assert names(evidence) == ["claims/new.yaml", "claims/ü b.yaml"]


def test_a_branch_is_compared_with_where_it_left_the_default_branch(evidence: Path) -> None:
    git(evidence, "checkout", "-b", "mine")
    write(evidence / "claims/a.yaml", "mine\n")
    git(evidence, "commit", "-am", "mine")
    git(evidence, "checkout", "main")
    write(evidence / "claims/ü b.yaml", "theirs\n")
    git(evidence, "commit", "-am", "theirs")
    git(evidence, "checkout", "mine")
    assert names(evidence) == ["claims/a.yaml"]
    assert names(evidence, "HEAD") == []
    assert names(evidence, "main") == ["claims/a.yaml", "claims/ü b.yaml"]


def test_what_went_is_told_apart(evidence: Path) -> None:
    git(evidence, "mv", "claims/a.yaml", "claims/c.yaml")
    found = changed(evidence)
    assert [path.name for path in found.files] == ["c.yaml"]
    assert [path.name for path in found.gone] == ["a.yaml"]


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    write(tmp_path / "evidence/claims/a.yaml")
    git(tmp_path, "init")
    write(tmp_path / "evidence/claims/b.yaml")
    git(tmp_path, "add", "evidence/claims/b.yaml")
    assert names(tmp_path / "evidence") == ["claims/a.yaml", "claims/b.yaml"]


def test_a_commit_that_is_not_there_is_said(evidence: Path) -> None:
    for base in ("nowhere", "--upload-pack=x"):
        with pytest.raises(NoHistoryError, match="no commit, branch or tag"):
            changed(evidence, base)


def test_outside_git_is_said(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    with pytest.raises(NoHistoryError, match="not under git"):
        changed(tmp_path / "evidence")
    with pytest.raises(NoHistoryError, match="there is no folder"):
        changed(tmp_path / "nowhere")


def test_without_git_is_said(evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoHistoryError, match="not installed"):
        changed(evidence)


def held(evidence: Path, name: str, scratch: Path) -> dict[str, str]:
    folder = version(evidence, name, scratch).folder
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_commit_gives_its_files_whatever_was_done_to_them_since(evidence: Path, tmp_path: Path) -> None:
    write(evidence / "claims/a.yaml", "y\n")
    (evidence / "claims/ü b.yaml").unlink()
    scratch = tmp_path / "scratch"
    assert held(evidence, "main", scratch) == {"claims/a.yaml": "x\n", "claims/ü b.yaml": "x\n"}
    assert version(evidence, "main", tmp_path / "again").name.startswith("main (")
    assert version(evidence, "", scratch).folder == evidence
    assert version(evidence, str(evidence), scratch).folder == evidence


def test_a_link_in_a_commit_leads_nowhere(evidence: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "secret\n")
    (evidence / "claims/link.yaml").symlink_to(secret)
    git(evidence, "add", ".")
    git(evidence, "commit", "-m", "link")
    assert held(evidence, "HEAD", tmp_path / "scratch")["claims/link.yaml"] == str(secret)


def test_a_commit_before_there_was_evidence_is_empty(evidence: Path, tmp_path: Path) -> None:
    other = write(evidence.parent / "new/claims/a.yaml").parent.parent
    assert held(other, "HEAD", tmp_path / "scratch") == {}


def test_a_version_that_is_not_there_is_said(evidence: Path, tmp_path: Path) -> None:
    for base in ("nowhere", "--output=x"):
        with pytest.raises(NoHistoryError, match="no commit, branch or tag"):
            version(evidence, base, tmp_path / "scratch")
    (tmp_path / "outside").mkdir()
    with pytest.raises(NoHistoryError, match="not under git"):
        version(tmp_path / "outside", "main", tmp_path / "scratch")
