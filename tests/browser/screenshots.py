"""Pictures of a built site for people to look at: each kind of page, on a desktop and a phone, light and dark.

python -m tests.browser.screenshots SITE OUT            one page of each kind
python -m tests.browser.screenshots SITE OUT studies/   these pages only, by address; '' is the home page
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.browser.chromium import find_chromium, flags, missing
from tests.browser.page_kinds import kinds
from tests.browser.site_server import served
from tests.browser.visitor import four_windows


def photograph(browser: Browser, root: str, pages: Mapping[str, str], out: Path) -> Iterator[Path]:
    """Write four whole-page pictures of each page of the site at ``root``, and yield the path of each."""
    windows = four_windows(browser)
    for name, address in pages.items():
        for window, page in windows.items():
            page.goto(root + address)
            picture = out / f"{name}-{window}.png"
            page.screenshot(path=picture, full_page=True)
            yield picture
    for page in windows.values():
        page.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return 0, or 2 where there is no site or no Chromium."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("out", type=Path, help="the folder to write the pictures to")
    parser.add_argument("pages", nargs="*", help="addresses of pages below the site's root")
    wanted = parser.parse_args(arguments)
    if not (wanted.site / "index.html").is_file():
        print(f"{wanted.site} is no built site", file=sys.stderr)
        return 2
    chromium = find_chromium()
    if chromium is None:
        print(missing(), file=sys.stderr)
        return 2
    pages = {page.strip("/").replace("/", "_") or "home": page for page in wanted.pages} or kinds(wanted.site)
    with served(wanted.site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        for picture in photograph(browser, root, pages, wanted.out):
            print(picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
