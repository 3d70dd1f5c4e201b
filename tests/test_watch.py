"""Bars on a terminal and nothing anywhere else; a profile where one is asked for, and nothing overwritten by it."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest
from click.testing import CliRunner

from backed.cli import backed
from backed.cli.watch import Bars, shows_bars
from backed.stages import stage, watched

TOY = Path(__file__).parent / "toy/evidence"
needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")


@contextmanager
def terminal() -> Iterator[tuple[TextIO, int]]:
    """Give a stream that is a terminal, and the end from which what is written on it can be read."""
    import pty

    outside, inside = pty.openpty()
    try:
        with os.fdopen(inside, "w") as stream:
            yield stream, outside
    finally:
        os.close(outside)


def drawn(work: Callable[[], None], patience: float = 0) -> str:
    """Return all that bars draw on a terminal while work is done; a last word shows where it ends."""
    with terminal() as (stream, outside):
        with watched(Bars(stream, patience)):
            work()
        print("THE END", file=stream, flush=True)
        found = ""
        while "THE END" not in found:
            found += os.read(outside, 10_000).decode()
    return found.partition("THE END")[0]


@needs_terminal
def test_a_long_step_shows_its_name_its_count_and_ends_on_a_line_of_its_own() -> None:
    def work() -> None:
        with stage("render", 40) as step:
            step.done(10)
            step.done(30)

    found = drawn(work)
    assert "render" in found and "10/40" in found and "40/40" in found
    assert found.endswith("\n")


@needs_terminal
def test_only_the_outermost_step_of_a_known_size_has_a_bar() -> None:
    def work() -> None:
        with stage("shell"), stage("write", 2) as write:
            with stage("search", 9) as search:
                search.done(9)
            write.done(2)

    found = drawn(work)
    assert "write" in found and "2/2" in found
    assert "search" not in found and "shell" not in found


def two_and_more() -> None:
    with stage("render", 2) as step:
        step.done(5)


@needs_terminal
def test_a_total_that_was_too_low_stops_at_its_end() -> None:
    assert "2/2" in drawn(two_and_more)


@needs_terminal
def test_a_short_step_shows_nothing() -> None:
    assert drawn(two_and_more, patience=3600) == ""


@needs_terminal
def test_bars_are_for_people_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert not shows_bars(io.StringIO())
    with terminal() as (stream, _):
        assert shows_bars(stream)
        monkeypatch.setenv("CI", "true")
        assert not shows_bars(stream)
        monkeypatch.delenv("CI")
        monkeypatch.setenv("TERM", "dumb")
        assert not shows_bars(stream)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(backed, ["check", "--evidence", str(TOY), *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_nothing_is_said_on_the_error_channel_of_a_pipe() -> None:
    assert run()[2] == ""


def test_a_profile_is_printed_beside_the_output() -> None:
    code, plain, _ = run()
    profiled, output, error = run("--profile")
    assert (profiled, output) == (code, plain)
    assert [line.split()[0] for line in error.splitlines()[:4]] == ["stage", "read", "synthesise", "check"]


def test_a_profile_is_kept_as_json_and_replaced_by_a_newer_one(tmp_path: Path) -> None:
    file = tmp_path / "new/profile.json"
    for _ in range(2):
        run("--profile", str(file))
        kept = json.loads(file.read_text("utf-8"))
        assert kept["stages"]["read"]["count"] > 10
        assert kept["total"]["busy"] > 0


def test_a_file_that_holds_something_else_is_not_overwritten(tmp_path: Path) -> None:
    held = tmp_path / "package.json"
    for content in ('{"name": "something"}', "[1]", "null", "no JSON"):
        held.write_text(content, encoding="utf-8")
        code, _, error = run("--profile", str(held))
        assert code == 2 and "stays as it is" in error
        assert held.read_text("utf-8") == content


def test_a_record_is_not_taken_for_the_file_of_a_profile() -> None:
    code, _, error = run("--profile", "claims/walking.yaml")
    assert code == 2 and "ends in .json" in error


def test_a_file_that_cannot_be_written_is_told_and_the_check_stands(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file", encoding="utf-8")
    code, _, error = run("--profile", str(tmp_path / "folder/profile.json"))
    assert code == run()[0] and "could not be kept" in error
