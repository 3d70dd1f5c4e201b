"""Steps of workflows, run here as GitHub's runner runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step in a folder."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    """Run git in a folder as somebody, and return what it prints."""
    names = ("-c", "user.name=Toy", "-c", "user.email=toy@example.org")
    return subprocess.run(["git", "-C", str(folder), *names, *words], capture_output=True, text=True, check=True).stdout
