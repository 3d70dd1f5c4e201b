"""Long steps say where they are; who watches is told everything, in order, and processes split off tell nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest

from backed.stages import Step, stage, watched


@dataclass
class Notes:
    """A watcher that writes down what it is told."""

    told: list[tuple[str, str, int]] = field(default_factory=list)

    def began(self, step: Step) -> None:
        self.told.append(("began", step.name, step.count))

    def went_on(self, step: Step) -> None:
        self.told.append(("went on", step.name, step.count))

    def ended(self, step: Step) -> None:
        self.told.append(("ended", step.name, step.count))


def test_a_stage_begins_goes_on_and_ends() -> None:
    notes = Notes()
    with watched(notes), stage("read", 3) as step:
        assert list(step.over("ab")) == ["a", "b"]
        step.done(1)
    assert step.count == step.total == 3
    assert notes.told == [
        ("began", "read", 0),
        ("went on", "read", 1),
        ("went on", "read", 2),
        ("went on", "read", 3),
        ("ended", "read", 3),
    ]


def test_a_thing_is_done_only_when_the_next_is_asked_for() -> None:
    with stage("read", 2) as step:
        things = step.over("ab")
        next(things)
        assert step.count == 0
        next(things)
        assert step.count == 1


def test_a_stage_that_fails_ends_too() -> None:
    notes = Notes()
    with watched(notes), pytest.raises(ZeroDivisionError), stage("read"):
        raise ZeroDivisionError
    assert notes.told == [("began", "read", 0), ("ended", "read", 0)]


def test_nobody_is_told_afterwards() -> None:
    notes = Notes()
    with watched(notes):
        pass
    with stage("read"):
        pass
    assert notes.told == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not split off here")
def test_a_process_split_off_tells_nobody() -> None:
    notes = Notes()
    with watched(notes):
        helper = os.fork()
        if not helper:
            try:
                with stage("read"):
                    pass
            finally:
                os._exit(len(notes.told))
        assert os.waitstatus_to_exitcode(os.waitpid(helper, 0)[1]) == 0
