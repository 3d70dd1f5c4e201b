"""The toy evidence base as fixtures; nothing here reads the real evidence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from backed.check import check
from backed.load import load, locate
from backed.model import Evidence
from backed.problem import Problem, as_text, in_order
from backed.synthesise import synthesise

TOY = Path(__file__).parent / "toy" / "evidence"

ProblemsIn = Callable[[Path], list[Problem]]


def _problems_in(root: Path) -> list[Problem]:
    loaded = load(root)
    found = check(loaded.evidence, synthesise(loaded.evidence))
    return in_order(locate([*loaded.problems, *found]))


@pytest.fixture(scope="session")
def problems_in() -> ProblemsIn:
    """Return the function that gives every problem of an evidence folder, placed and in order."""
    return _problems_in


@pytest.fixture(scope="session")
def toy() -> Evidence:
    """Return the toy evidence; a problem in it fails every test that uses it."""
    problems = _problems_in(TOY)
    if problems:
        pytest.fail("the toy base has problems:\n" + "\n".join(map(as_text, problems)), pytrace=False)
    return load(TOY).evidence


@pytest.fixture
def toy_dir(tmp_path: Path, toy: Evidence) -> Path:
    """Return the folder of a copy of the toy evidence that may be written to."""
    assert toy.root == TOY.as_posix()
    return Path(shutil.copytree(TOY, tmp_path / "evidence"))
