"""Work shared between processes comes back whole and in order, or says what went wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backed.workers import PROCESSES, processes, shared

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux only")


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROCESSES, "3")


def tenfold(number: int) -> tuple[int, int]:
    return 10 * number, os.getpid()


@pytest.mark.parametrize("many", [0, 1, 2, 3, 4, 7, 100])
def test_results_come_in_the_order_of_the_items(many: int) -> None:
    assert [result for result, _ in shared(tenfold, range(many), 0)] == [10 * number for number in range(many)]


def test_several_processes_share_many_items_and_one_does_few() -> None:
    assert len({process for _, process in shared(tenfold, range(30), 30)}) == 3
    assert {process for _, process in shared(tenfold, range(29), 30)} == {os.getpid()}


def test_one_process_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROCESSES, "1")
    assert {process for _, process in shared(tenfold, range(30), 0)} == {os.getpid()}
    monkeypatch.setenv(PROCESSES, "many")
    assert processes() == len(os.sched_getaffinity(0))


@pytest.mark.parametrize("faulty", [0, 1, 2])
def test_what_the_work_raises_is_raised_here(faulty: int) -> None:
    def work(number: int) -> int:
        if number == faulty:
            raise ZeroDivisionError(f"number {number}")
        return number

    with pytest.raises(ZeroDivisionError, match=f"number {faulty}"):
        list(shared(work, range(9), 0))


def test_a_process_that_is_killed_is_told() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(ChildProcessError, match="stopped"):
        list(shared(work, range(9), 0))


def test_a_result_that_cannot_be_told_is_told() -> None:
    with pytest.raises(RuntimeError, match="lambda"):
        list(shared(lambda number: lambda: number, range(9), 0))


def test_results_larger_than_a_pipe_come_whole() -> None:
    texts = list(shared(lambda number: str(number) * 200_000, range(6), 0))
    assert [len(text) for text in texts] == [200_000] * 6


def children() -> set[str]:
    """Return the processes split off this one: a browser of other tests may be among them."""
    return {one for task in Path("/proc/self/task").iterdir() for one in (task / "children").read_text().split()}


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    before = children()
    yield
    assert children() == before


@pytest.mark.parametrize("many", [0, 1, 2, 3, 4, 7, 100])
@pytest.mark.parametrize("least", [0, 1000])
def test_it_is_told_how_many_are_done(many: int, least: int) -> None:
    told: list[int] = []
    list(shared(tenfold, range(many), least, told.append))
    assert sum(told) == many and all(told)
