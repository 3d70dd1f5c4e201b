"""Whatever stops a build, the site is whole: the old one or the new one, and the next build is right."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from tests.whole_project import digests, project

from backed.publish import SiteError, publish_site
from backed.publish.place import mend, put_in_place

KILLS = int(os.environ.get("BACKED_KILLS", "10"))
PATIENCE = 300.0


def command(config: Path) -> list[str]:
    evidence, site = config.parent / "evidence", config.parent / "site"
    return [
        sys.executable,
        "-m",
        "backed",
        "build",
        "--config",
        str(config),
        "--evidence",
        str(evidence),
        "--site",
        str(site),
    ]


def run(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(config), capture_output=True, text=True, timeout=PATIENCE, check=False)


def say(config: Path, words: str) -> None:
    """Have every claim's page say something else, and the home page too."""
    for path in (config.parent / "evidence/claims").glob("*.yaml"):
        text = re.sub(r"claim: \{en: (Say \w+\. )?", f"claim: {{en: Say {words}. ", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    home = config.parent / "site_src/pages/index.md"
    head, _, _ = home.read_text(encoding="utf-8").partition("\nWords: ")
    home.write_text(f"{head}\nWords: {words}\n", encoding="utf-8")


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    config, random = project(tmp_path / "work"), Random(7)
    site, whole = tmp_path / "work/site", dict[str, Mapping[str, str]]()
    for words in ("one", "two"):
        say(config, words)
        start = time.monotonic()
        assert run(config).returncode == 0
        took = time.monotonic() - start
        whole[words] = digests(site)
    assert whole["one"] != whole["two"]
    stopped = 0
    for kill in range(KILLS):
        words = ("one", "two")[kill % 2]
        say(config, words)
        build = subprocess.Popen(
            command(config), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(random.uniform(0.2, 1.1) * took)
        os.killpg(build.pid, signal.SIGKILL)
        stopped += build.wait(PATIENCE) != 0
        assert digests(site) in whole.values()
        if kill % 5 == 4:
            assert run(config).returncode == 0
            assert digests(site) == whole[words]
    assert stopped > KILLS / 2
    assert sorted(path.name for path in site.parent.iterdir() if path.name.startswith(".s")) in ([], [".site.building"])


def test_two_builds_at_once_wait_for_one_another(tmp_path: Path) -> None:
    config = project(tmp_path)
    with ThreadPoolExecutor() as both:
        first, second = both.map(run, [config, config])
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert (first.stderr + second.stderr).count("waiting: another build writes this site") == 1
    assert (first.stdout + second.stdout).count("nothing has changed") == 1


@contextmanager
def disk(folder: Path, options: str) -> Iterator[Path]:
    """A small disk of its own; the test is skipped where nobody may make one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a disk of its own can only be made by root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_site_and_says_so(tmp_path: Path) -> None:
    config = project(tmp_path / "work")
    with disk(tmp_path / "small", "size=24m") as small:
        site = small / "site"
        publish_site(config, site)
        held = digests(site)
        free = shutil.disk_usage(small).free
        (small / "ballast").write_bytes(bytes(free - 200_000))
        say(config, "more")
        with pytest.raises(SiteError, match="No space left on device"):
            publish_site(config, site)
        assert digests(site) == held
        (small / "ballast").unlink()
        assert publish_site(config, site).made
        assert digests(site) != held


def test_a_place_that_may_only_be_read_leaves_the_old_site_and_says_so(tmp_path: Path) -> None:
    config = project(tmp_path / "work")
    with disk(tmp_path / "fixed", "size=24m") as fixed:
        site = fixed / "site"
        publish_site(config, site)
        held = digests(site)
        subprocess.run(["mount", "-o", "remount,ro", str(fixed)], check=True)
        say(config, "more")
        with pytest.raises(SiteError, match="Read-only file system"):
            publish_site(config, site)
        assert digests(site) == held


def site_saying(folder: Path, words: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(words, encoding="utf-8")
    return folder


@pytest.mark.parametrize("at_once", [True, False])
def test_the_new_site_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr("backed.publish.place.sys.platform", "other")
    old, new = site_saying(tmp_path / "site", "old"), site_saying(tmp_path / ".site.building", "new")
    put_in_place(new, old)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (old / "index.html").read_text() == "new"


def test_a_site_taken_away_and_not_replaced_comes_back(tmp_path: Path) -> None:
    site_saying(tmp_path / ".site.old", "old")
    mend(tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "old"


def test_what_was_left_of_the_old_site_goes(tmp_path: Path) -> None:
    site_saying(tmp_path / "site", "new")
    site_saying(tmp_path / ".site.old", "old")
    mend(tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
