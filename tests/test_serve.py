"""`backed serve` as an editor meets it: what is saved is seen, what is wrong is told on the page, nothing stops it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.whole_project import project

PATIENCE = 120.0
STUDY = "studies/toy-2012-cycling/"


class Served:
    """A running server of a small project."""

    def __init__(self, folder: Path) -> None:
        self.config = project(folder)
        self.record = next(folder.glob("evidence/studies/*/toy-2012-cycling.yaml"))
        self.log = folder / "log"
        command = [sys.executable, "-u", "-m", "backed", "serve", "--port", "0", "--config", str(self.config)]
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [*command, "--evidence", str(folder / "evidence")], stdout=output, stderr=output
            )
        self.until(lambda: "open http" in self.said())
        found = re.search(r"http://\S+", self.said())
        assert found
        self.address = found[0]

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def page(self, url: str) -> str:
        try:
            with urlopen(f"{self.address}{url}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError:
            return ""

    def until(self, holds: Callable[[], bool]) -> None:
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if holds():
                return
            sleep(0.05)
        raise AssertionError(self.said())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("served"))
    yield server
    server.process.terminate()
    server.process.wait(PATIENCE)


def edited(served: Served, old: str, new: str) -> int:
    """Replace words in the record; return how often everything had been built before."""
    before = served.said().count("everything after")
    text = served.record.read_text(encoding="utf-8")
    assert old in text
    served.record.write_text(text.replace(old, new), encoding="utf-8")
    return before


def test_a_saved_record_is_shown_at_once_and_the_rest_follows(served: Served) -> None:
    before = edited(served, "title: Toy cycling", "title: Toy unicycling")
    served.until(lambda: "Toy unicycling" in served.page(STUDY))
    assert "/.backed/reload.js?" in served.page(STUDY)
    served.until(lambda: "Toy unicycling" in served.page("studies/"))
    served.until(lambda: served.said().count("everything after") > before)


def test_a_faulty_record_tells_its_faults_on_every_page_and_the_pages_stay(served: Served) -> None:
    edited(served, "title:", "titel:")
    served.until(lambda: "the key `titel` is not known here" in served.page(STUDY))
    assert "invented people, one group" in served.page(STUDY)
    assert 'role="alert"' in served.page("")
    edited(served, "titel:", "title:")
    served.until(lambda: 'role="alert"' not in served.page(STUDY))


def test_a_fault_of_the_whole_base_is_told_too(served: Served) -> None:
    double = served.record.with_name("toy-2012-another.yaml")
    double.write_text(served.record.read_text(encoding="utf-8"), encoding="utf-8")
    served.until(lambda: 'role="alert"' in served.page(STUDY) and "toy-2012-another" in served.page(STUDY))
    double.unlink()
    served.until(lambda: 'role="alert"' not in served.page(STUDY))


def test_who_waits_is_told_of_the_next_change(served: Served) -> None:
    with urlopen(f"{served.address}.backed/changes", timeout=PATIENCE) as told:
        first = told.readline()
        assert re.fullmatch(rb"data: \d+\n", first)
        edited(served, "twelve invented people, one", "a dozen invented people, one")
        lines = iter(told.readline, b"")
        assert next(line for line in lines if line.startswith(b"data: ") and line != first)


def test_what_is_not_there_is_told_by_the_site_s_own_page(served: Served) -> None:
    with pytest.raises(URLError, match="404"):
        urlopen(f"{served.address}nowhere/", timeout=PATIENCE)


def test_nothing_outside_the_site_is_given_out(served: Served) -> None:
    with pytest.raises(URLError, match="404"):
        urlopen(f"{served.address}..%2f..%2fmkdocs.yml", timeout=PATIENCE)


def test_no_change_ended_it(served: Served) -> None:
    assert served.process.poll() is None
    assert "Traceback" not in served.said()
