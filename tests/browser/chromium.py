"""Where Chromium is on this computer, and how to get it: `python tests/browser/chromium.py` before the browser tests.

It installs Chromium where it may do so by itself. Where it cannot, it says in one line what is missing, and only the
browser tests are skipped; with the environment variable CI set that is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

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


def install_chromium() -> bool:
    """Install Chromium by the system's packages, else by Playwright; return whether there is one afterwards."""
    by_apt = _apt()
    if by_apt and _run([*by_apt, "-qq", "update"], 300):
        _run([*by_apt, "-qq", "install", "-y", *PACKAGES], 900)
    if not find_chromium():
        libraries = ["--with-deps"] if by_apt else []
        _run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], 600)
    return find_chromium() is not None


def missing() -> str:
    """Return one line that says what is missing and how to get it."""
    if chosen := os.environ.get(CHOICE):
        return f"no browser tests: {CHOICE} names {chosen}, which does not start; correct or unset it"
    if sys.platform == "darwin":
        return f"no browser tests: Chromium is missing; install Google Chrome, or set {CHOICE} to one"
    return f"no browser tests: Chromium is missing; try `sudo apt install {' '.join(PACKAGES)}`, or set {CHOICE} to one"


def required() -> bool:
    """Return whether browser tests must run, as they must in CI."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


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
    return _run([sys.executable, "-m", "playwright", "--version"], 60)


def _starts(path: str) -> bool:
    """Tell a browser from a script in its place that only says how to install one."""
    return Path(path).is_file() and _run([path, "--version"], 30)


def _apt() -> list[str] | None:
    """Return how to call apt-get without a question, or None where there is none or it may not be used."""
    if not shutil.which("apt-get"):
        return None
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return quietly
    allowed = shutil.which("sudo") and _run(["sudo", "-n", "true"], 10)
    return ["sudo", "-n", *quietly] if allowed else None


def _run(command: Sequence[str], seconds: float) -> bool:
    """Return whether a command succeeds in time; what it prints is dropped, and what it started ends with it."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def main() -> int:
    """Install Chromium if there is none; return 0, or 1 where there must be one and there is none."""
    if find_chromium():
        return 0
    if not os.environ.get(CHOICE):
        print("installing Chromium for the browser tests (once) …", flush=True)
        if install_chromium():
            return 0
    print(missing(), file=sys.stderr)
    return 1 if required() else 0


if __name__ == "__main__":
    sys.exit(main())
