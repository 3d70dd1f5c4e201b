"""Finding pandoc, biber and bibutils; the programs here are scripts of one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.clients.debian import PROGRAMS, found, main


def programs(folder: Path, *names: str) -> None:
    """Write programs that do nothing."""
    for name in names:
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)


def test_all_have_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found() is None
    programs(tmp_path, "pandoc", "biber")
    assert found() is None
    programs(tmp_path, *PROGRAMS)
    assert found() == str(tmp_path / "pandoc")


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("false", 0), ("1", 1)])
def test_what_is_missing_is_one_line_and_a_failure_in_ci_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", str(tmp_path))
    programs(tmp_path, "pandoc")
    assert main() == code
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "no tests with biber, bibutils: not installed; try `sudo apt install biber bibutils`"
