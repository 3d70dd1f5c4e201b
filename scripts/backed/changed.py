"""Which files of the evidence differ from a commit, as git sees it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
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
