"""pandoc, biber and bibutils on this computer, and how to get them: `python -m tests.clients.debian` before the tests.

It installs them where it may do so by itself. Where it cannot, it says in one line what is missing, and only the tests
that need them are skipped; with the environment variable CI set that is a failure.
"""

from __future__ import annotations

import shutil
import sys

from tests.system import install, provide

PROGRAMS = {"pandoc": "pandoc", "biber": "biber", "bib2xml": "bibutils"}
"""A program of each of Debian's packages."""


def absent() -> list[str]:
    """Return Debian's packages of which the program is not there."""
    return [package for program, package in PROGRAMS.items() if not shutil.which(program)]


def found() -> str | None:
    """Return where pandoc is if all programs are there, else None; never installs anything."""
    return None if absent() else shutil.which("pandoc")


def missing() -> str:
    """Return one line that says what is missing and how to get it."""
    packages = absent()
    return f"no tests with {', '.join(packages)}: not installed; try `sudo apt install {' '.join(packages)}`"


def main() -> int:
    """Install what is not there; return 0, or 1 where it must be there and is not."""
    names = ", ".join(PROGRAMS.values())
    return provide(found, lambda: install(["--no-install-recommends", *PROGRAMS.values()]), names, missing)


if __name__ == "__main__":
    sys.exit(main())
