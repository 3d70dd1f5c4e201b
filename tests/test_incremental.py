"""Building on what was built equals building anew, byte for byte, whatever was changed in between.

A random sequence of edits of every kind is made to a whole small project. After every few of them the site that was
built upon is held against one that is built from nothing. With `BACKED_EDITS=500` in the environment it makes so many.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest
from tests.whole_project import digests, project

from backed.publish import FaultyEvidence, Published, SiteError, publish_site

EDITS = int(os.environ.get("BACKED_EDITS", "15"))
TOGETHER = 3
"""So many edits are made, each built upon, before the site is compared."""

Edit = Callable[[Random, Path, int], None]


def one_of(random: Random, folder: Path, pattern: str) -> Path:
    return random.choice(sorted(folder.glob(pattern)))


def changed(path: Path, pattern: str, new: str, random: Random) -> None:
    """Replace one of the places where a pattern stands in a file."""
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(pattern, text))
    if found:
        place = random.choice(found)
        path.write_text(text[: place.start()] + place.expand(new) + text[place.end() :], encoding="utf-8")


def text_of_a_record(random: Random, folder: Path, number: int) -> None:
    changed(one_of(random, folder, "evidence/*/**/toy-*.yaml"), r"locator: ([\w ]+)", rf"locator: \1 {number}", random)


def figure_of_a_record(random: Random, folder: Path, number: int) -> None:
    pattern = r'(sites|randomised): "?\d+"?'
    changed(one_of(random, folder, "evidence/studies/*/*.yaml"), pattern, rf"\1: {number + 2}", random)


def claim_reworded(random: Random, folder: Path, number: int) -> None:
    changed(one_of(random, folder, "evidence/claims/*.yaml"), r"claim: \{en: ", rf"claim: {{en: No {number}. ", random)


def question_changed(random: Random, folder: Path, number: int) -> None:
    path = one_of(random, folder, "evidence/comparisons/*.yaml")
    week = random.choice([10, 11, 12, 13])
    changed(path, r'target: \{weeks: "\d+"\}', f'target: {{weeks: "{week}"}}', random)
    changed(path, r"question: \{en: ", f"question: {{en: {number}, ", random)


def term_relabelled(random: Random, folder: Path, number: int) -> None:
    pattern = r"label: \{en: (\w[\w ]+)"
    changed(one_of(random, folder, "evidence/vocabularies/*.yaml"), pattern, rf"label: {{en: \1 {number}", random)


def work_retitled(random: Random, folder: Path, number: int) -> None:
    changed(one_of(random, folder, "evidence/*/**/*.bib"), r"\btitle = \{", rf"title = {{{number} ", random)


def record_added(random: Random, folder: Path, number: int) -> None:
    source = one_of(random, folder, "evidence/claims/*.yaml")
    text = re.sub(r"position: \d+", f"position: {number + 50}", source.read_text(encoding="utf-8"))
    text = re.sub(r"(claim: \{en: )", rf"\1Added {number}. ", text)
    (source.parent / f"added-{number}.yaml").write_text(text, encoding="utf-8")


def record_deleted(random: Random, folder: Path, number: int) -> None:  # noqa: ARG001
    path = one_of(random, folder, random.choice(["evidence/claims/*.yaml", "evidence/studies/*/*.yaml"]))
    path.unlink()
    path.with_suffix(".bib").unlink(missing_ok=True)


def record_renamed(random: Random, folder: Path, number: int) -> None:
    path = one_of(random, folder, "evidence/claims/*.yaml")
    text = re.sub(r"(?m)^aliases: .*\n", "", path.read_text(encoding="utf-8"))
    path.with_name(f"renamed-{number}.yaml").write_text(f"{text}aliases: [{path.stem}]\n", encoding="utf-8")
    path.unlink()


def template_changed(random: Random, folder: Path, number: int) -> None:
    path = one_of(random, folder, "site_src/templates/*.html")
    path.write_text(f"{path.read_text(encoding='utf-8')}\n<!-- {number} -->\n", encoding="utf-8")


def shell_changed(random: Random, folder: Path, number: int) -> None:
    changed(folder / "site_src/overrides/main.html", r"Report a mistake", f"Report mistake {number}", random)


def page_changed(random: Random, folder: Path, number: int) -> None:
    path = one_of(random, folder, "site_src/pages/*.md")
    path.write_text(f"{path.read_text(encoding='utf-8')}\nSentence {number}.\n", encoding="utf-8")


def ink_changed(random: Random, folder: Path, number: int) -> None:
    pattern = r"(/\* ink[^*]*\*/)"
    changed(folder / "site_src/assets/figures.css", pattern, rf"\1\n.n{number} {{ fill: none; }}", random)


def configuration_changed(random: Random, folder: Path, number: int) -> None:
    changed(folder / "mkdocs.yml", r"(?m)^site_url: .*", f"site_url: https://backed-{number}.example/", random)


def file_of_the_site_damaged(random: Random, folder: Path, number: int) -> None:
    path = random.choice(sorted(path for path in (folder / "site").rglob("*.html")))
    if number % 2:
        path.unlink()
    else:
        path.write_text("not what was built", encoding="utf-8")


OF_RECORDS: tuple[Edit, ...] = (
    text_of_a_record,
    figure_of_a_record,
    claim_reworded,
    question_changed,
    term_relabelled,
    work_retitled,
    record_added,
    record_deleted,
    record_renamed,
)
KINDS: tuple[Edit, ...] = (
    *OF_RECORDS,
    template_changed,
    shell_changed,
    page_changed,
    ink_changed,
    configuration_changed,
    file_of_the_site_damaged,
)


def test_a_site_built_upon_equals_a_site_built_anew(tmp_path: Path) -> None:
    random, work = Random(2026), tmp_path / "work"
    config = project(work)
    site = work / "site"
    whole = publish_site(config, site)
    made: Counter[str] = Counter()
    linked = number = 0
    while sum(made.values()) < EDITS:
        number += 1
        edit = KINDS[number % len(KINDS)]
        shutil.rmtree(tmp_path / "before", ignore_errors=True)
        shutil.copytree(work, tmp_path / "before", ignore=shutil.ignore_patterns("site", ".cache"))
        edit(random, work, number)
        published = built_or_undone(config, site, work, tmp_path / "before")
        if published is None:
            continue
        made[edit.__name__] += 1
        linked += published.made < whole.made
        if sum(made.values()) % TOGETHER == 0:
            assert digests(site) == anew(config, tmp_path), made
    assert len(made) > len(KINDS) / 2  # edits of most kinds could be made
    assert linked > EDITS / 2


def built_or_undone(config: Path, site: Path, work: Path, before: Path) -> Published | None:
    """Build upon the site; an edit that is refused is undone, and leaves the site as it was."""
    held = digests(site)
    try:
        return publish_site(config, site)
    except (FaultyEvidence, SiteError):
        assert digests(site) == held
        for part in before.iterdir():
            target = work / part.name
            if target.is_dir():
                shutil.rmtree(target)
                shutil.copytree(part, target)
            else:
                shutil.copy(part, target)
        return None


def anew(config: Path, folder: Path) -> Mapping[str, str]:
    site = folder / "anew"
    shutil.rmtree(site, ignore_errors=True)
    shutil.rmtree(config.parent / ".cache.kept", ignore_errors=True)
    (config.parent / ".cache").rename(config.parent / ".cache.kept")
    publish_site(config, site)
    shutil.rmtree(config.parent / ".cache")
    (config.parent / ".cache.kept").rename(config.parent / ".cache")
    return digests(site)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = project(tmp_path_factory.mktemp("work"))
    publish_site(config, config.parent / "site")
    return config


def test_where_nothing_has_changed_nothing_is_touched(built: Path) -> None:
    site = built.parent / "site"
    before = {path: path.stat() for path in sorted(site.rglob("*"))}
    assert publish_site(built, site).made == 0
    assert {path: path.stat() for path in sorted(site.rglob("*"))} == before


def test_of_a_changed_record_only_what_shows_it_is_written(built: Path) -> None:
    site = built.parent / "site"
    before = {path.relative_to(site): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    [record] = built.parent.glob("evidence/studies/*/toy-2012-cycling.yaml")
    record.write_text(record.read_text(encoding="utf-8").replace("nvented", "nvented, made-up", 1), encoding="utf-8")
    publish_site(built, site)
    written = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.stat().st_mtime_ns != before.get(path.relative_to(site))
    }
    assert "studies/toy-2012-cycling/index.html" in written
    assert "studies/toy-2012-cycling/record.json" in written
    assert not {path for path in written if path.startswith("studies/toy-2001-walking/")}
    assert "studies/toy-2012-cycling/toy-2012-cycling.bib" not in written
    assert len(written) < 30


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_memory_is_begun_anew(built: Path, damage: bytes) -> None:
    site = built.parent / "site"
    held = digests(site)
    for memory in (built.parent / ".cache").glob("site-*.sqlite"):
        memory.write_bytes(damage)
    assert publish_site(built, site).made > 100
    assert digests(site) == held
    assert publish_site(built, site).made == 0


def test_without_a_place_for_its_memory_a_site_is_built_all_the_same(built: Path) -> None:
    cache = built.parent / ".cache"
    shutil.rmtree(cache)
    cache.write_text("a file where the folder would be", encoding="utf-8")
    try:
        assert publish_site(built, built.parent / "site").made > 100
    finally:
        cache.unlink()
