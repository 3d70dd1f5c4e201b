"""Time and memory of a command and of all it starts."""

from __future__ import annotations

import os
import sys

import pytest
from benchmarks.measure import held, measure, tree

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory of several processes is told on Linux only")

HOLD = "data = bytearray(80_000_000); data[::4096] = bytes(len(data[::4096])); import time; time.sleep(1)"


def test_a_fresh_process_is_measured() -> None:
    one = measure(10, "check", [sys.executable, "-c", HOLD])
    assert one.seconds >= 1 and one.megabytes > 80


@linux
def test_memory_of_processes_that_a_step_starts_is_added_up() -> None:
    both = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {HOLD!r}]); {HOLD}; p.wait()"
    assert measure(10, "check", [sys.executable, "-c", both]).megabytes > 160


@linux
def test_memory_that_processes_share_is_counted_once() -> None:
    hold = "import os, time; data = bytearray(400_000_000); data[::4096] = bytes(len(data[::4096]))"
    wait = "p = os.fork(); time.sleep(1); p and os.waitpid(p, 0)"
    assert 400 < measure(10, "check", [sys.executable, "-c", f"{hold}; {wait}"]).megabytes < 500


@linux
def test_a_tree_of_processes_is_found() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.read(reading, 1)
        os._exit(0)
    try:
        assert {os.getpid(), child} <= set(tree(os.getpid()))
        assert held(child) > 0
    finally:
        os.write(writing, b"x")
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
    assert held(child) == 0


def test_a_failing_step_says_what_it_printed() -> None:
    with pytest.raises(SystemExit, match="out of luck"):
        measure(10, "check", [sys.executable, "-c", "raise SystemExit('out of luck')"])
