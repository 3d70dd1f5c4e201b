"""The site as it is written: shells, pages in them, search, sitemap. Every site here is drawn by MkDocs itself."""

import dataclasses
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.made_up_build import MadeUp
from tests.test_shards import read as read_part

from backed.export import FORMATTED
from backed.model import Export, Heading, Page, SearchEntry
from backed.problem import Problem, Severity
from backed.publish import FaultyEvidence, Published, SiteError, publish_site
from backed.publish.places import evidence_folder
from backed.publish.shell import CLOSE, OPEN, Shell, slot

ROOT = Path(__file__).parent.parent
REPOSITORY = "https://code.example/backed"

# The hook of these projects: its evidence is a file of pickled pages, so that a test says exactly what is built.
HOOK = """
import pickle, types
from backed.publish import Publisher
from tests.made_up_build import build
publisher = Publisher(build)
globals().update({name: getattr(publisher, name) for name in dir(publisher) if name.startswith("on_")})
"""

STUDY = Page(
    url="studies/long-2004/",
    title="Rest & exercise <compared>",
    description='A trial of "rest" & exercise',
    content='<h1 id="top">Rest &amp; exercise</h1>\n<p>Text</p>\n<h2 id="arms">Arms</h2>',
    head='<meta name="citation_title" content="Rest">',
    headings=(Heading("Arms", "arms"),),
    source="evidence/studies/2004/long-2004.yaml",
    section="studies/",
    version="2026-11-21 (0a1b2c3d4e5f)",
    search=(SearchEntry("studies/long-2004/", "Rest <3", "loopband & bedrest", ("study", "trial"), 2.0),),
)
STUDIES = Page(url="studies/", title="Studies", description="All of them", content="<h1>Studies</h1>")
DEEP = Page(url="studies/long-2004/data/", title="Deep", description="", content="<p>No title</p>", section="studies/")
ALONE = Page(url="withdrawn/", title="Alone", description="", content="<h1>Alone</h1>")


class SettingsLoader(yaml.SafeLoader):
    """Reads a configuration as far as tests ask: what its tags mean is MkDocs' business."""


SettingsLoader.add_multi_constructor("!", lambda loader, suffix, node: None)  # noqa: ARG005


def project(folder: Path, pages: Iterable[Page] = (), exports: Sequence[Export] = (), **settings: Any) -> Path:
    """Write a small site that uses the project's own configuration, and return its configuration file."""
    write(folder / "site_src/pages/index.md", "# Home\n\nHand-written words about posture.\n")
    write(folder / "site_src/pages/about.md", "---\ntitle: About\n---\n\n# About\n")
    write(folder / "site_src/assets/backed.css", "/* styles */\n")
    settled = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), SettingsLoader)
    search = [f"assets/search/{name}.js" for name in ("worker", "folder")]
    for name in (*settled["extra_css"], *map(str, settled["extra_javascript"]), *search):
        if not (folder / "site_src" / name).exists():
            write(folder / "site_src" / name, "/* styles or scripts */\n")
    write(folder / "hook.py", HOOK)
    evidence(folder, pages, exports)
    own = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "theme": {"custom_dir": str(ROOT / "site_src/overrides")},
        "hooks": ["hook.py"],
        "nav": [{"Home": "index.md"}, {"Studies": "studies/index.md"}, {"More": [{"About": "about.md"}]}],
    }
    return write(folder / "mkdocs.yml", yaml.safe_dump(own | settings))


def evidence(
    folder: Path, pages: Iterable[Page], exports: Sequence[Export] = (), problems: Sequence[Problem] = ()
) -> None:
    MadeUp(tuple(pages), tuple(exports), tuple(problems), "2026-11-22").save(folder / "evidence")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def published(config: Path) -> tuple[Path, Published]:
    site = config.parent / "site"
    return site, publish_site(config, site, config.parent / "evidence")


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def html(site: Path, url: str) -> str:
    return (site / url / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    config = project(
        folder,
        [STUDIES, STUDY, DEEP, ALONE],
        [Export("downloads/all.bib", b"@article{}\n"), Export("feed.xml", b"<feed/>\n")],  # pages link to the feed
        repo_url=REPOSITORY,
    )
    return published(config)[0]


# A page in a shell equals the page that MkDocs makes


TWIN = """
from backed.publish.policy import guarded
from backed.publish.report import Reports
from backed.publish.theme import corrected
import json, pathlib
STORE = pathlib.Path(__file__).parent / "seen.json"

def on_page_context(context, page, config, nav):
    if page.file.src_uri != TWIN:
        return
    entries = lambda links: [[link.title, link.id, link.level, entries(link.children)] for link in links]
    STORE.write_text(json.dumps({"content": page.content, "toc": entries(page.toc)}))
    page.edit_url = EDIT
    file = "evidence/x.yaml" if EDIT else ""
    context["report"] = Reports.of(config, "2026-11-22").of_page(page.canonical_url, file, "")
    if SECTION:
        page.parent = next(other for other in nav.pages if other.url == SECTION)
        page.active = True

def on_post_page(output, page, config):
    return guarded(corrected(output), output.replace(page.content, ""))
"""

MARKDOWN = {
    "a title, headings at two levels": """# The title

Words *here*.

## First & "foremost", isn't it

### Below it

### And again

## Second
""",
    "headings under no title": "Words.\n\n## Only one\n",
    "one heading that has one below it": "# The title\n\n## Upper\n\n### Lower\n",
    "a title alone": "# The title\n\nWords.\n",
    "neither title nor headings": "<p>Words.</p>\n",
}


def headings(entries: list[Any]) -> tuple[Heading, ...]:
    """Return the table of contents below a page's own title, as rendering hands it over."""
    if entries and entries[0][2] == 1:
        return headings(entries[0][3])
    plain = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}

    def text(title: str) -> str:
        return re.sub("&(amp|lt|gt|quot);", lambda found: plain[found[0]], title)

    return tuple(Heading(text(title), anchor, headings(below)) for title, anchor, _, below in entries)


@pytest.mark.parametrize("url", ["alone/", "studies/twin/", "studies/long/twin/", "studies/"])
@pytest.mark.parametrize("markdown", MARKDOWN.values(), ids=MARKDOWN.keys())
def test_a_page_in_its_shell_equals_the_page_mkdocs_makes(tmp_path: Path, url: str, markdown: str) -> None:
    # The one named difference: the theme puts a title from Markdown's front matter on the page as it is, so that there
    # it is written as HTML, while the title and description of a `Page` are plain text.
    source = "" if "neither" in markdown else "evidence/x.yaml"
    section = "studies/" if url.startswith("studies/") and url != "studies/" else ""
    head = '<meta name="citation_title" content="T">'
    front = {"title": "Rest &amp; more", "description": "A &quot;trial&quot;", "head": head}
    theirs = project(tmp_path / "theirs", repo_url=REPOSITORY)
    write(tmp_path / "theirs/site_src/pages/studies/index.md", "# Studies\n")
    write(tmp_path / f"theirs/site_src/pages/{url}index.md", f"---\n{yaml.safe_dump(front)}---\n\n{markdown}")
    edit = f"{REPOSITORY}/edit/main/evidence/x.yaml"
    names = f"TWIN, EDIT, SECTION = {url + 'index.md'!r}, {edit if source else None!r}, {section!r}\n"
    write(tmp_path / "theirs/hook.py", names + TWIN)
    config = yaml.safe_load(theirs.read_text())
    config |= {"validation": {"nav": {"omitted_files": "ignore"}}, "strict": True}
    write(theirs, yaml.safe_dump(config))
    mkdocs_alone(theirs)

    seen = json.loads((tmp_path / "theirs/seen.json").read_text())
    page = Page(
        url=url,
        title="Rest & more",
        description='A "trial"',
        content=seen["content"],
        head=head,
        headings=headings(seen["toc"]),
        source=source,
        section=section,
    )
    ours = project(tmp_path / "ours", [page] if url == "studies/" else [STUDIES, page], repo_url=REPOSITORY)
    site, _ = published(ours)
    assert html(site, url) == html(tmp_path / "theirs/site", url)
    assert all(html(site, url).count(f'href="#{heading.anchor}"') for heading in page.headings)


def mkdocs_alone(config: Path) -> None:
    # The assets are published by our hook, so without it they are only linked; MkDocs does not mind.
    build(load_config(str(config), site_dir=str(config.parent / "site")))


# What no page may have


def test_no_slot_is_left_anywhere(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in {".html", ".xml", ".json"}:
            text = path.read_text(encoding="utf-8")
            assert OPEN not in text and CLOSE not in text, path


def test_a_slot_that_nothing_fills_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        Shell.cut(f"<p>{slot('unheard-of')}</p>").fill(ALONE)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loading = re.compile(
        r"""<(?:script|img|iframe|source|link(?![^>]*rel="(?:canonical|prev|next)"))\b[^>]*?
            \b(?:src|href)="((?:https?:)?//[^"]+)""",
        re.VERBOSE,
    )
    elsewhere = {url for path in site.rglob("*.html") for url in loading.findall(path.read_text(encoding="utf-8"))}
    for path in site.rglob("*.css"):
        elsewhere |= set(re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", path.read_text("utf-8")))
    assert elsewhere == set()


def test_no_page_starts_the_requests_the_theme_could_make(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        # These make the theme's script ask a code host for stars, and another host for diagrams.
        assert 'data-md-component="source"' not in text
        assert 'class="mermaid"' not in text


def test_the_search_box_asks_our_worker_and_its_index_is_empty(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert re.search(r'"search": "(?:\.\./|/)*assets/search/worker\.js"', path.read_text(encoding="utf-8")), path
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert index["docs"] == []
    assert (site / "search/search_index.js").read_text("utf-8") == f"var __index={dumped(index)};\n"


# What a page has


def test_plain_text_is_escaped_and_html_is_not(site: Path) -> None:
    text = html(site, STUDY.url)
    assert "<title>Rest &amp; exercise &lt;compared&gt; - Backed</title>" in text
    assert '<meta name="description" content="A trial of &quot;rest&quot; &amp; exercise">' in text
    assert STUDY.content in text and STUDY.head in text


@pytest.mark.parametrize("page", [STUDIES, STUDY, DEEP, ALONE], ids=lambda page: page.url)
def test_links_to_assets_fit_the_depth_of_the_page(site: Path, page: Page) -> None:
    folder = site / page.url
    links = re.findall(r'<(?:link|script|a)\b[^>]*?\b(?:href|src)="(\.[^"#]*)', html(site, page.url))
    assert len(links) > 8
    for link in links:
        target = (folder / link).resolve()
        assert (target / "index.html" if target.is_dir() else target).is_file(), link
    assert (folder / re.findall(r'"search": ?"([^"]+)"', html(site, page.url))[0]).resolve().is_file()


@pytest.mark.parametrize(
    ("page", "active"), [(STUDIES, ["Studies"]), (STUDY, ["Studies"]), (DEEP, ["Studies"]), (ALONE, [])]
)
def test_the_tab_of_the_section_is_active(site: Path, page: Page, active: list[str]) -> None:
    found = re.findall(r"md-tabs__item--active\">\s*<a[^>]*>\s*(\w+)\s*</a>", html(site, page.url))
    assert found == active


def test_a_list_page_is_in_the_navigation_of_hand_written_pages(site: Path) -> None:
    assert 'href="studies/"' in html(site, "")
    assert 'href="../studies/"' in html(site, "about")


def test_edit_links_lead_to_the_record_or_the_hand_written_page(site: Path) -> None:
    edit = re.compile(r'<a href="([^"]+)"[^>]*rel="edit"')
    root = f"{REPOSITORY}/edit/main/"
    assert edit.findall(html(site, STUDY.url)) == [root + "evidence/studies/2004/long-2004.yaml"]
    assert edit.findall(html(site, "about")) == [root + "site_src/pages/about.md"]
    assert edit.findall(html(site, DEEP.url)) == edit.findall(html(site, STUDIES.url)) == []


@pytest.mark.parametrize("working", [".", "work", "work/site_src/pages", "elsewhere"])
def test_an_edit_link_is_the_same_from_whatever_folder_the_site_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, working: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    config = project(tmp_path / "work", repo_url=REPOSITORY)
    monkeypatch.chdir(tmp_path / working)
    name = f"{evidence_folder(load_config(str(config))).as_posix()}/studies/2004/long-2004.yaml"  # as a build says it
    evidence(tmp_path / "work", [STUDIES, dataclasses.replace(STUDY, source=name)])
    publish_site(config, tmp_path / "site")
    text = html(tmp_path / "site", STUDY.url)
    assert f'href="{REPOSITORY}/edit/main/evidence/studies/2004/long-2004.yaml"' in text
    assert 'data-file="evidence/studies/2004/long-2004.yaml"' in text
    assert 'data-record="long-2004"' in text
    assert str(tmp_path) not in text


def test_evidence_outside_the_repository_has_no_edit_link_and_does_not_say_where_it_lies(tmp_path: Path) -> None:
    config = project(tmp_path / "work", repo_url=REPOSITORY)
    other = tmp_path / "other"
    evidence(other, [STUDIES, dataclasses.replace(STUDY, source=f"{other.as_posix()}/evidence/long-2004.yaml")])
    publish_site(config, tmp_path / "site", other / "evidence")
    text = html(tmp_path / "site", STUDY.url)
    assert 'rel="edit"' not in text
    assert str(tmp_path) not in text
    assert "Report a mistake" in text


def test_an_edit_uri_that_leads_elsewhere_gives_records_no_link_at_all(tmp_path: Path) -> None:
    config = project(tmp_path, [STUDIES, STUDY], repo_url=REPOSITORY, edit_uri="edit/main/docs/")
    site, _ = published(config)
    assert 'rel="edit"' not in html(site, STUDY.url)
    assert f"{REPOSITORY}/edit/main/docs/about.md" in html(site, "about")


def test_every_edit_link_of_a_whole_site_leads_to_a_file(
    tmp_path: Path, toy_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(ROOT / "site_src", repository / "site_src")
    shutil.copytree(toy_dir, repository / "evidence")
    own = {"INHERIT": str(ROOT / "mkdocs.yml"), "hooks": [str(ROOT / "scripts/backed/mkdocs_hook.py")]}
    config = write(repository / "mkdocs.yml", yaml.safe_dump(own | {"repo_url": REPOSITORY}))
    monkeypatch.chdir(tmp_path)
    publish_site(config, tmp_path / "site")
    link = re.compile(r'<a href="([^"]+)"[^>]*rel="edit"')
    edited = {
        path.relative_to(tmp_path / "site").parts[0]: found[0].removeprefix(f"{REPOSITORY}/edit/main/")
        for path in (tmp_path / "site").rglob("index.html")
        if (found := link.findall(path.read_text(encoding="utf-8")))
    }
    assert {"studies", "claims", "comparisons", "articles", "about", "methods", "corrections"} <= set(edited)
    assert [file for file in edited.values() if not (repository / file).is_file()] == []
    assert edited["corrections"] == "site_src/pages/corrections.md"


# Reports of mistakes


def test_every_page_says_where_a_mistake_in_it_is_reported(site: Path) -> None:
    address = re.compile(r'<p class="bk-report"><a href="([^"]+)" data-page="([^"]+)"')
    for url, page in ((STUDY.url, "studies/long-2004/"), ("about", "about/"), (ALONE.url, "withdrawn/"), ("", "")):
        [(href, named)] = address.findall(html(site, url))
        assert named == f"https://backed.example/{page}"
        query = parse_qs(urlsplit(unescape(href)).query)
        assert href.startswith(f"{REPOSITORY}/issues/new?")
        assert query["page"] == [named]
        assert query.get("version") == {STUDY.url: ["records of 2026-11-21 (0a1b2c3d4e5f)"], ALONE.url: None}.get(
            url, ["records of 2026-11-22"]
        )


def test_without_a_repository_the_link_leads_to_the_page_that_explains(tmp_path: Path) -> None:
    nav = [{"Home": "index.md"}, {"Studies": "studies/index.md"}, {"About": "about.md"}, {"C": "corrections.md"}]
    config = project(tmp_path, [STUDIES, STUDY, DEEP], nav=nav)
    write(tmp_path / "site_src/pages/corrections.md", "# Corrections\n")
    site, _ = published(config)
    for url, href in ((STUDY.url, "../../corrections/"), (DEEP.url, "../../../corrections/"), ("", "corrections/")):
        assert f'<p class="bk-report"><a href="{href}"' in html(site, url)


def test_where_a_report_could_go_nowhere_there_is_no_link(tmp_path: Path) -> None:
    site, _ = published(project(tmp_path, [STUDIES, STUDY]))
    assert "Report a mistake" not in html(site, STUDY.url) + html(site, "about")


def test_a_mail_address_that_is_none_is_told(tmp_path: Path) -> None:
    config = project(tmp_path, [STUDIES], extra={"backed": {"mail": "nobody"}})
    with pytest.raises(SiteError, match="BACKED_MAIL is one plain mail address"):
        published(config)


def test_without_a_repository_there_are_no_edit_links_and_no_warning(tmp_path: Path) -> None:
    site, _ = published(project(tmp_path, [STUDIES, STUDY]))
    assert 'rel="edit"' not in html(site, STUDY.url) + html(site, "about")


def test_the_search_dialog_has_a_name(site: Path) -> None:
    for path in (site / "index.html", site / "404.html", site / STUDY.url / "index.html"):
        assert 'role="dialog" aria-label="Search"' in path.read_text(encoding="utf-8")


def test_assets_and_exports_are_published(site: Path) -> None:
    assert (site / "assets/backed.css").read_text() == "/* styles */\n"
    assert (site / "downloads/all.bib").read_bytes() == b"@article{}\n"


def test_the_navigation_may_leave_the_home_page_to_the_build(tmp_path: Path) -> None:
    home = Page(url="", title="Is it backed?", description="", content="<h1>Built home</h1>")
    config = project(tmp_path, [home, STUDIES])
    (tmp_path / "site_src/pages/index.md").unlink()
    site, _ = published(config)
    assert "<h1>Built home</h1>" in html(site, "")
    assert 'href="assets/backed.css"' in html(site, "")


# Search and sitemap


def test_the_search_finds_hand_written_and_built_pages_and_no_shell(site: Path) -> None:
    parts = [Export(f"shards/search/texts/{path.name}", path.read_bytes()) for path in texts_of(site)]
    rows = [row for part in parts for row in read_part(part)]
    assert {location for location, *_ in rows} == {"", "about/", "studies/long-2004/"}
    assert ["studies/long-2004/", "Rest <3", "loopband & bedrest", ["study", "trial"], 2] in rows


def texts_of(site: Path) -> list[Path]:
    return sorted((site / "shards/search/texts").iterdir())


def test_a_page_for_few_is_written_but_not_in_the_sitemap(tmp_path: Path) -> None:
    site, _ = published(project(tmp_path, [STUDIES, STUDY, dataclasses.replace(DEEP, listed=False)]))
    assert "No title" in html(site, DEEP.url)
    text = (site / "sitemap.xml").read_text("utf-8")
    assert f"/{STUDY.url}<" in text
    assert f"/{DEEP.url}<" not in text


def test_the_sitemap_has_every_page_once_and_no_date(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    root = "https://backed.example/"
    urls = ["", "about/", "studies/", "studies/long-2004/", "studies/long-2004/data/", "withdrawn/"]
    assert re.findall("<loc>(.*?)</loc>", text) == [root + url for url in urls]
    assert "lastmod" not in text
    assert not (site / "sitemap.xml.gz").exists()


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    def bytes_of(name: str) -> dict[str, str]:
        site, _ = published(project(tmp_path / name, [STUDIES, STUDY, DEEP]))
        files = [path for path in site.rglob("*") if path.is_file()]
        return {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}

    first = bytes_of("first")
    assert first == bytes_of("second")
    assert len(first) > 50


# Where the evidence is


def test_the_evidence_is_named_as_people_in_the_working_folder_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = project(tmp_path / "work", [STUDIES])
    loaded = load_config(str(config))
    monkeypatch.chdir(tmp_path)
    assert evidence_folder(loaded) == Path("work/evidence")
    monkeypatch.chdir(tmp_path / "work/site_src")
    assert evidence_folder(loaded) == tmp_path / "work/evidence"


def test_another_evidence_folder_can_be_published(tmp_path: Path) -> None:
    config = project(tmp_path / "one", [STUDIES])
    project(tmp_path / "other", [STUDIES, STUDY])
    publish_site(config, tmp_path / "site", tmp_path / "other/evidence")
    assert STUDY.content in html(tmp_path / "site", STUDY.url)


# What is refused, and what stays


def test_the_counts_say_what_was_written(tmp_path: Path) -> None:
    warning = Problem("stale", Severity.WARNING, "x.yaml", "look again")
    config = project(tmp_path, [])
    evidence(tmp_path, [STUDIES, STUDY], [Export("a.csv", b"")], [warning])
    assert published(config)[1] == Published(2, 2, 1, 3, (warning,), 3)


def test_faulty_evidence_leaves_the_old_site_whole(tmp_path: Path) -> None:
    config = project(tmp_path, [STUDIES, STUDY])
    site, _ = published(config)
    fault = Problem("ci", Severity.ERROR, "studies/x.yaml", "the interval is upside down", line=3, column=1)
    evidence(tmp_path, [STUDIES], problems=[fault])
    with pytest.raises(FaultyEvidence) as stop:
        published(config)
    assert stop.value.problems == (fault,)
    assert STUDY.content in html(site, STUDY.url)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [".cache"]


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ([STUDIES, STUDY, STUDY], "two pages have the address studies/long-2004/"),
        ([STUDIES, replace(ALONE, url="about/")], "two pages have the address about/"),
        ([ALONE], "the navigation lists studies/"),
        ([STUDIES, replace(ALONE, url="../up/")], "below the site, not to ../up/"),
        ([STUDIES, replace(ALONE, url="page.html")], "a folder below the site, not page.html"),
    ],
)
def test_pages_that_do_not_fit_are_refused_and_the_old_site_stays(
    tmp_path: Path, pages: list[Page], message: str
) -> None:
    config = project(tmp_path, [STUDIES, STUDY])
    site, _ = published(config)
    evidence(tmp_path, pages)
    with pytest.raises(SiteError, match=re.escape(message)):
        published(config)
    assert STUDY.content in html(site, STUDY.url)


def test_a_warning_of_mkdocs_stops_the_build_and_is_told(tmp_path: Path) -> None:
    config = project(tmp_path, [STUDIES])
    write(tmp_path / "site_src/pages/about.md", "# About\n\n[gone](nowhere.md)\n")
    with pytest.raises(SiteError, match=r"contains a link 'nowhere.md'"):
        published(config)
    assert not (tmp_path / "site").exists()


def test_a_configuration_without_the_hook_is_refused(tmp_path: Path) -> None:
    config = project(tmp_path, [], nav=[{"Home": "index.md"}, {"About": "about.md"}], hooks=[], repo_url=REPOSITORY)
    with pytest.raises(SiteError, match="does not list scripts/backed/mkdocs_hook"):
        published(config)


def test_a_page_gone_from_the_evidence_is_gone_from_the_site(tmp_path: Path) -> None:
    config = project(tmp_path, [STUDIES, STUDY, ALONE])
    published(config)
    evidence(tmp_path, [STUDIES, STUDY])
    site, _ = published(config)
    assert not (site / "withdrawn").exists()


def test_a_preview_says_so_on_every_page_and_is_for_no_search_engine(
    toy_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKED_PREVIEW", 'pull request 7, commit <b>"x"')
    publish_site(ROOT / "mkdocs.yml", tmp_path / "site", toy_dir)
    pages = list((tmp_path / "site").rglob("*.html"))
    styled = tuple(f"{form.extension}" for form in FORMATTED)
    assert len(pages) > 20
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex, nofollow">' in html, page
        if page.name.endswith(styled):
            continue  # a list of references to paste from
        assert "<strong>Preview</strong> of pull request 7, commit &lt;b&gt;&#34;x&#34;: nobody" in html, page
