"""The same site for plain MkDocs: every built page as Markdown, out of the navigation, same theme, no hook."""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from backed.model import Page
from backed.workers import shared

from .markdown import markdown

ROOT = Path(__file__).parent.parent
SITE = ROOT / "site_src"

_CONFIG = """\
INHERIT: {inherit}
docs_dir: docs
theme:
  custom_dir: {overrides}
hooks: []
validation:
  nav:
    omitted_files: ignore
  links:
    not_found: ignore
"""


def write_markdown(pages: Sequence[Page], folder: Path) -> None:
    """Write a MkDocs project with the pages of a build into a new folder.

    ``mkdocs.yml`` is the site's own but for the hook; the pages written by hand stay as they are. Only the lists are in
    the navigation, as they are in the site.
    """
    docs = folder / "docs"
    shutil.copytree(SITE / "pages", docs)
    shutil.copytree(SITE / "assets", docs / "assets", dirs_exist_ok=True)

    def put(page: Page) -> None:
        path = docs / page.url / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(page), encoding="utf-8")

    deque(shared(put, pages, 100), 0)
    paths = {"inherit": ROOT / "mkdocs.yml", "overrides": SITE / "overrides"}
    config = _CONFIG.format(**{name: json.dumps(str(path)) for name, path in paths.items()})
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")


def _text(page: Page) -> str:
    title, description = (json.dumps(text, ensure_ascii=False) for text in (page.title, page.description))
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n{markdown(page.content)}"
