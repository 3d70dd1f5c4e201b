"""Where Chromium is on this computer, and how to get it: `python -m tests.browser.chromium` before the browser tests.

It installs Chromium where it may do so by itself. Where it cannot, it says in one line what is missing, and only the
browser tests are skipped; with the environment variable CI set that is a failure.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.system import apt_get, install, provide, succeeds

CHOICE = "BACKED_CHROMIUM"
"""The environment variable that names the Chromium to use, instead of looking for one."""

PACKAGES = ("chromium", "libatomic1")
"""Debian's packages: the browser, and what Playwright's own Node.js needs and a bare Debian lacks."""

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BUNDLES = ("Google Chrome", "Chromium", "Google Chrome for Testing")
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium that starts and that Playwright can drive, or None; never installs anything."""
    if not _driven():
        return None
    chosen = os.environ.get(CHOICE)
    candidates = iter([chosen]) if chosen else _candidates()
    return next((path for path in candidates if _starts(path)), None)


def install_chromium() -> None:
    """Install Chromium by the system's packages, else by Playwright."""
    install(PACKAGES)
    if not find_chromium():
        libraries = ["--with-deps"] if apt_get() else []
        succeeds([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], 600)


def missing() -> str:
    """Return one line that says what is missing and how to get it."""
    if chosen := os.environ.get(CHOICE):
        return f"no browser tests: {CHOICE} names {chosen}, which does not start; correct or unset it"
    if sys.platform == "darwin":
        return f"no browser tests: Chromium is missing; install Google Chrome, or set {CHOICE} to one"
    return f"no browser tests: Chromium is missing; try `sudo apt install {' '.join(PACKAGES)}`, or set {CHOICE} to one"


def flags() -> list[str]:
    """Return how to start Chromium: it talks to nobody, and root may start it."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_FLAGS, *(["--no-sandbox"] if root else [])]


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _COMMANDS))
    for applications in (Path("/Applications"), Path.home() / "Applications"):
        yield from (str(applications / f"{name}.app/Contents/MacOS/{name}") for name in _BUNDLES)
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    yield downloaded


def _driven() -> bool:
    """Tell whether Playwright itself starts: it brings its own Node.js, which needs a library of the system."""
    return succeeds([sys.executable, "-m", "playwright", "--version"], 60)


def _starts(path: str) -> bool:
    """Tell a browser from a script in its place that only says how to install one."""
    return Path(path).is_file() and succeeds([path, "--version"], 30)


def main() -> int:
    """Install Chromium if there is none; return 0, or 1 where there must be one and there is none."""
    get = None if os.environ.get(CHOICE) else install_chromium
    return provide(find_chromium, get, "Chromium for the browser tests", missing)


if __name__ == "__main__":
    sys.exit(main())
