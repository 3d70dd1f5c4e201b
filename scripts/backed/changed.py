"""What git knows of the evidence: which files differ from a commit, and what a commit holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Changed:
    """The files below the evidence folder that were changed, added or are not yet known to git; and those that went."""

    base: str
    files: tuple[Path, ...]
    gone: tuple[Path, ...]


class NoHistoryError(Exception):
    """There is nothing to compare with; says why and what to do."""


def changed(evidence: Path, base: str = "") -> Changed:
    """Return what differs below a folder between a commit and the files as they stand now.

    Without ``base`` that commit is where this branch left the default branch; on the default branch itself it is the
    last commit. Raises NoHistoryError outside git, or for a commit that is not there.
    """
    if not evidence.is_dir():
        raise NoHistoryError(f"there is no folder {evidence}; give --evidence DIR")
    _inside_git(evidence)
    commit = _commit(evidence, base) if base else _branched_off(evidence)
    compared = ["diff", "--relative", "--no-renames", "--no-ext-diff", "--name-only", "-z"]
    here = [commit, "--", "."]
    files = {*_names(evidence, *compared, "--diff-filter=d", *here), *_names(evidence, *_UNKNOWN)}
    gone = _names(evidence, *compared, "--diff-filter=D", *here)
    kept = tuple(evidence / name for name in sorted(files) if os.path.lexists(evidence / name))
    return Changed(commit, kept, tuple(evidence / name for name in sorted(gone)))


@dataclass(frozen=True)
class Version:
    """A folder that holds one version of the evidence, and what people call that version."""

    folder: Path
    name: str


def version(evidence: Path, name: str, scratch: Path) -> Version:
    """Return the evidence as a commit, branch or tag holds it, written below an empty folder, or a folder itself.

    Without a name it is the evidence as it stands. A link is written as the path it leads to, as git stores it. Raises
    NoHistoryError outside git, or for a commit that is not there.
    """
    if not name or Path(name).is_dir():
        return Version(Path(name) if name else evidence, name or "the files as they stand")
    if not evidence.is_dir():
        raise NoHistoryError(f"there is no folder {evidence}; give --evidence DIR")
    _inside_git(evidence)
    commit = _commit(evidence, name)
    tree = f"{commit}:{_git(evidence, 'rev-parse', '--show-prefix')}"
    listed = [line.partition("\t") for line in _names(evidence, "ls-tree", "-r", "-z", "--full-tree", tree)]
    blobs = {path: told.split()[2] for told, _, path in listed if told.split()[1] == "blob"}
    if outside := [path for path in blobs if path.startswith("/") or ".." in path.split("/")]:
        raise NoHistoryError(f"{name} holds a file outside its folder: {outside[0]}")
    for folder in {scratch, *((scratch / path).parent for path in blobs)}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in zip(blobs, _contents(evidence, list(blobs.values())), strict=True):
        (scratch / path).write_bytes(content)
    return Version(scratch, name if commit.startswith(name) else f"{name} ({commit[:9]})")


def _contents(folder: Path, objects: Sequence[str]) -> Iterator[bytes]:
    """Yield the content of files as git stores them, in order. NoHistoryError for one that this clone lacks."""
    asked = "".join(f"{name}\n" for name in objects).encode()
    done = subprocess.run(
        ["git", "-C", str(folder), "cat-file", "--batch"], input=asked, capture_output=True, check=True
    )
    start = 0
    for name in objects:
        end = done.stdout.index(b"\n", start)
        told = done.stdout[start:end].split()
        if len(told) != 3:
            raise NoHistoryError(f"this clone lacks the content {name}; fetch it (in Actions `fetch-depth: 0`)")
        start = end + 1 + int(told[2]) + 1
        yield done.stdout[end + 1 : start - 1]


_UNKNOWN = ("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
_EMPTY = ("hash-object", "-t", "tree", "/dev/null")


def _inside_git(folder: Path) -> None:
    if _git(folder, "rev-parse", "--is-inside-work-tree") != "true":
        raise NoHistoryError(f"{folder} is not under git, so nothing tells what changed; name the files instead")


def _commit(folder: Path, name: str) -> str:
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not found:
        hint = "a shallow clone lacks it: fetch more (in Actions `fetch-depth: 0`)"
        raise NoHistoryError(f"there is no commit, branch or tag {name!r}; {hint}")
    return found


def _branched_off(folder: Path) -> str:
    """Return where this branch left the default one, the last commit, or before any commit the empty tree."""
    head = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if not head:
        return _git(folder, *_EMPTY)
    for branch in _default_branches(folder):
        if found := _git(folder, "merge-base", "HEAD", branch):
            return found
    return head


def _default_branches(folder: Path) -> Iterator[str]:
    target = os.environ.get("GITHUB_BASE_REF")  # of the pull request that an action runs for
    if target:
        yield f"origin/{target}"
    if remote := _git(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"):
        yield remote
    yield from ("origin/main", "origin/master", "main", "master")


def _names(folder: Path, *words: str) -> list[str]:
    return [name for name in _git(folder, *words).split("\0") if name]


def _git(folder: Path, *words: str) -> str:
    """Return what git prints, or '' where it fails."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError as fault:
        raise NoHistoryError("git is not installed, so nothing tells what changed; name the files instead") from fault
    return done.stdout.decode("utf-8", "surrogateescape").strip("\n") if done.returncode == 0 else ""
