"""Where time and memory went, by stage, without counting anything twice."""

from __future__ import annotations

import os
import sys
import time

import pytest

from backed.profile import ELSEWHERE, Profile, as_data, as_table
from backed.stages import stage, watched

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the kernel does not tell the peak of a while")


def work(seconds: float) -> float:
    """Use a processor for so long, and return how long that is."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return seconds


def test_time_in_an_inner_stage_counts_for_that_one_only() -> None:
    profile = Profile()
    with watched(profile), stage("write"):
        with stage("search"):
            work(0.2)
        work(0.05)
    rows = profile.rows()
    assert list(rows) == ["write", "search", ELSEWHERE]
    assert rows["search"].busy >= 0.2
    assert rows["write"].busy < rows["search"].busy


def test_rows_add_up_to_the_whole() -> None:
    profile = Profile()
    with watched(profile), stage("read", 2) as step:
        for _ in step.over("ab"):
            work(0.02)
    work(0.02)
    data = as_data(profile)
    for key in ("seconds", "busy"):
        assert sum(row[key] for row in data["stages"].values()) == pytest.approx(data["total"][key], abs=0.001)
    assert data["stages"]["read"]["count"] == 2


def test_a_stage_that_comes_twice_has_one_row() -> None:
    profile = Profile()
    with watched(profile):
        for many in (2, 3):
            with stage("read", many) as step:
                step.done(many)
    assert profile.rows()["read"].count == 5


@linux
def test_a_peak_is_told_of_the_stage_it_was_in_and_those_around_it() -> None:
    profile = Profile()
    with watched(profile):
        with stage("read"):
            pass
        with stage("write"):
            with stage("search"):
                content = bytearray(200_000_000)
                content[::4096] = bytes(len(content[::4096]))
                del content
            with stage("move"):
                pass
    rows = profile.rows()
    assert rows["search"].megabytes > rows["read"].megabytes + 150
    assert rows["write"].megabytes > rows["read"].megabytes + 150
    assert rows["move"].megabytes < rows["search"].megabytes - 100


@linux
def test_processes_split_off_are_in_the_processor_time() -> None:
    profile = Profile()
    with watched(profile), stage("check"):
        helper = os.fork()
        if not helper:
            work(0.3)
            os._exit(0)
        os.waitpid(helper, 0)
    assert profile.rows()["check"].busy >= 0.28  # the kernel counts in hundredths
    assert as_data(profile)["largest_helper_megabytes"] > 0


def test_the_table_has_a_line_for_each_stage_and_one_for_all() -> None:
    rows = {"read": {"count": 1200, "seconds": 2.0, "busy": 1.5, "megabytes": 80.0}}
    total = {"count": 1200, "seconds": 2.0, "busy": 1.5, "megabytes": 80.0}
    table = as_table({"stages": rows, "total": total, "largest_helper_megabytes": 61.0})
    head, read, everything, memory = table.splitlines()
    assert head.split() == ["stage", "count", "seconds", "processor", "s", "share", "peak", "MB"]
    assert read.split() == ["read", "1,200", "2.00", "1.50", "100%", "80"]
    assert everything.split() == ["all", "2.00", "1.50", "100%", "80"]
    assert "61 MB" in memory
