"""The projects that Hugo and plain MkDocs build, of one made-up base, so that they write the same pages as we do.

python -m benchmarks.anchors EVIDENCE SITE FOLDER

``SITE`` is what `backed build` made of the evidence. Into ``FOLDER`` go ``hugo/`` and, with ``--mkdocs``, ``mkdocs/``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from backed.build import build

from .hugo_site import ADDRESS, write_hugo
from .plain import SITE, write_markdown


def main() -> None:
    """Write the projects as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", type=Path, help="the evidence base")
    parser.add_argument("site", type=Path, help="the site built of it")
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--mkdocs", action="store_true", help="a project for plain MkDocs too")
    given = parser.parse_args()
    pages = tuple(build(given.evidence, SITE / "templates", ADDRESS).pages)
    write_hugo(pages, SITE / "pages", given.site, given.folder / "hugo")
    if given.mkdocs:
        write_markdown(pages, given.folder / "mkdocs")
    print(f"{len(pages)} pages")


if __name__ == "__main__":
    main()
