"""Finding R; the Rscripts here are scripts of one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reference.r import find_r, main


def rscript(path: Path, exit_code: int) -> str:
    """Write a program that answers to ``-e`` with an exit code, and return its path."""
    path.write_text(f'#!/bin/sh\ntest "$1" = -e && exit {exit_code}\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_an_r_with_every_library_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_r() is None
    assert find_r() != rscript(tmp_path / "Rscript", 1)
    assert find_r() is None
    assert rscript(tmp_path / "Rscript", 0) == find_r()


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("false", 0), ("1", 1), ("true", 1)])
@pytest.mark.parametrize("there", [True, False])
def test_a_missing_r_is_one_line_and_a_failure_in_ci_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int, there: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", str(tmp_path))
    if there:
        rscript(tmp_path / "Rscript", 1)
    assert main() == code
    (line,) = capsys.readouterr().err.splitlines()
    what = "its packages metafor, metadat or jsonlite are" if there else "R is"
    assert line.startswith(f"no tests with R: {what} missing; try `sudo apt install r-base-core ")
