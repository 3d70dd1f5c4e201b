"""Finding Chromium; the browsers here are scripts of one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.chromium import CHOICE, find_chromium, main


def browser(path: Path, exit_code: int = 0) -> str:
    """Write a program that answers to ``--version`` with an exit code, and return its path."""
    path.write_text(f'#!/bin/sh\ntest "$1" = --version && exit {exit_code}\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_chosen_browser_comes_before_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    browser(tmp_path / "chromium")
    monkeypatch.setenv(CHOICE, browser(tmp_path / "mine"))
    assert find_chromium() == str(tmp_path / "mine")


def test_a_program_that_only_says_how_to_install_one_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CHOICE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    browser(tmp_path / "chromium", exit_code=1)
    browser(tmp_path / "chromium-browser", exit_code=1)
    browser(tmp_path / "google-chrome")
    assert find_chromium() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("false", 0), ("1", 1), ("true", 1)])
def test_a_missing_browser_is_one_line_and_a_failure_in_ci_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv(CHOICE, str(tmp_path / "nothing"))
    assert main() == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"no browser tests: {CHOICE} names {tmp_path / 'nothing'}, which does not start; correct or unset it"
    ]
