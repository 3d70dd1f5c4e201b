"""The hook as people meet it: `mkdocs build` and `mkdocs serve`, run as commands."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import yaml
from tests.made_up_build import MadeUp

from backed.model import Page
from backed.problem import Problem, Severity
from backed.publish import Publisher, publish_site

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0  # seconds

# Like the project's own hook, but that its evidence is a file of pickled pages.
HOOK = (ROOT / "scripts/backed/mkdocs_hook.py").read_text(encoding="utf-8")
STUB = "from tests.made_up_build import build\n"

FAULT = Problem("ci-contains-estimate", Severity.ERROR, "studies/long.yaml", "2.52 lies outside", "look again", line=7)


def project(folder: Path, text: str) -> Path:
    """Write a small site with one built page that says `text`, and return its configuration file."""
    (folder / "pages").mkdir(parents=True)
    (folder / "evidence").mkdir()
    (folder / "pages/index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "hook.py").write_text(HOOK.replace("from backed.build import build\n", STUB), encoding="utf-8")
    evidence(folder, text)
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": "pages",
        "theme": {"custom_dir": str(ROOT / "site_src/overrides")},
        "hooks": ["hook.py"],
        "nav": [{"Home": "index.md"}, {"Studies": "studies/index.md"}],
    }
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return config


def evidence(folder: Path, text: str, *problems: Problem) -> None:
    page = Page(url="studies/", title="Studies", description="", content=f"<h1>Studies</h1><p>{text}</p>")
    MadeUp((page,), problems=problems).save(folder / "evidence")


def mkdocs(config: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", words[0], "-f", str(config), *words[1:]]


def run(config: Path) -> "subprocess.CompletedProcess[str]":
    command = mkdocs(config, "build", "--strict")
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_the_hook_hands_on_every_event_to_the_publisher() -> None:
    from backed import mkdocs_hook  # here, because it loads every stage of the program

    def events(owner: object) -> set[str]:
        return {name for name in dir(owner) if name.startswith("on_")}

    assert events(mkdocs_hook) == events(Publisher)


def test_mkdocs_build_writes_the_same_site_as_backed_build(tmp_path: Path) -> None:
    config = project(tmp_path, "first")
    done = run(config)
    assert done.returncode == 0, done.stderr
    publish_site(config, tmp_path / "other", tmp_path / "evidence")
    assert files(tmp_path / "site") == files(tmp_path / "other")
    assert b"<p>first</p>" in files(tmp_path / "site")["studies/index.html"]


def test_mkdocs_build_prints_every_problem_and_leaves_the_old_site(tmp_path: Path) -> None:
    config = project(tmp_path, "first")
    run(config)
    before = files(tmp_path / "site")
    evidence(tmp_path, "second", FAULT, FAULT.placed(9, 3))
    done = run(config)
    assert done.returncode == 1
    printed = done.stdout + done.stderr
    assert "studies/long.yaml:7:0: error ci-contains-estimate\n    2.52 lies outside\n    hint: look again" in printed
    assert "studies/long.yaml:9:3: error" in printed
    assert "nothing was published" in printed
    assert "Traceback" not in printed
    assert files(tmp_path / "site") == before


def test_mkdocs_build_names_a_page_that_nobody_made_without_a_traceback(tmp_path: Path) -> None:
    config = project(tmp_path, "first")
    MadeUp(()).save(tmp_path / "evidence")
    done = run(config)
    assert done.returncode == 1
    assert "the navigation lists studies/" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@contextmanager
def served(config: Path, log: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with log.open("w") as output:
        server = subprocess.Popen(mkdocs(config, "serve", "-a", address), stdout=output, stderr=output)
        try:
            yield f"http://{address}/"
        finally:
            server.terminate()
            server.wait(PATIENCE)


def until(holds: Callable[[], bool], log: Path) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end:
        if holds():
            return
        sleep(0.1)
    raise AssertionError(log.read_text())


def test_mkdocs_serve_follows_the_evidence_and_survives_a_faulty_record(tmp_path: Path) -> None:
    config = project(tmp_path / "work", "first")
    log = tmp_path / "log"
    with served(config, log) as address:

        def shows(text: str) -> bool:
            try:
                with urlopen(f"{address}studies/", timeout=PATIENCE) as answer:
                    return f"<p>{text}</p>" in answer.read().decode()
            except URLError:
                return False

        until(lambda: shows("first"), log)
        evidence(tmp_path / "work", "second")
        until(lambda: shows("second"), log)
        evidence(tmp_path / "work", "third", FAULT)
        until(lambda: "the pages stay as they were" in log.read_text(), log)
        assert "studies/long.yaml:7:0: error ci-contains-estimate" in log.read_text()
        assert shows("second")
        evidence(tmp_path / "work", "fourth")
        until(lambda: shows("fourth"), log)
    assert not re.search("Traceback|An error happened", log.read_text())
