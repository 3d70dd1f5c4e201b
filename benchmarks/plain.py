"""The same site for plain MkDocs: every built page as Markdown, out of the navigation, same theme, no hook.

python -m benchmarks.plain EVIDENCE FOLDER
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from backed.build import build
from backed.model import Page

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


def write_markdown(evidence: Path, folder: Path) -> int:
    """Write a MkDocs project with the pages of an evidence base into a new folder, and return how many they are.

    ``mkdocs.yml`` is the site's own but for the hook; the pages written by hand stay as they are. Only the lists are in
    the navigation, as they are in the site.
    """
    docs = folder / "docs"
    shutil.copytree(SITE / "pages", docs)
    shutil.copytree(SITE / "assets", docs / "assets", dirs_exist_ok=True)
    pages = build(evidence, SITE / "templates").pages
    many = 0
    for page in pages:
        many += 1
        path = docs / page.url / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(page), encoding="utf-8")
    paths = {"inherit": ROOT / "mkdocs.yml", "overrides": SITE / "overrides"}
    config = _CONFIG.format(**{name: json.dumps(str(path)) for name, path in paths.items()})
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return many


def _text(page: Page) -> str:
    title, description = (json.dumps(text, ensure_ascii=False) for text in (page.title, page.description))
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n{markdown(page.content)}"


def main() -> None:
    """Write the project as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", type=Path, help="the evidence base")
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    given = parser.parse_args()
    print(f"{write_markdown(given.evidence, given.folder)} pages")


if __name__ == "__main__":
    main()
