"""Where R with metafor is on this computer, and how to get it: `python -m tests.reference.r` before the tests.

It installs R where it may do so by itself. Where it cannot, it says in one line what is missing, and only the tests
that need R are skipped; with the environment variable CI set that is a failure.
"""

from __future__ import annotations

import shutil
import sys

from tests.system import install, provide, succeeds

PACKAGES = ("r-base-core", "r-cran-metafor", "r-cran-metadat", "r-cran-jsonlite")
"""Debian's packages: R, the analyses, their data sets, JSON."""

_LIBRARIES = "library(metafor); library(metadat); library(jsonlite)"


def find_r() -> str | None:
    """Return the path of an Rscript that has every library, or None; never installs anything."""
    path = shutil.which("Rscript")
    return path if path and succeeds([path, "-e", _LIBRARIES], 60) else None


def missing() -> str:
    """Return one line that says what is missing and how to get it."""
    what = "its packages metafor, metadat or jsonlite are" if shutil.which("Rscript") else "R is"
    return f"no tests with R: {what} missing; try `sudo apt install {' '.join(PACKAGES)}`"


def main() -> int:
    """Install R if it is not there; return 0, or 1 where it must be there and is not."""
    return provide(
        find_r, lambda: install(["--no-install-recommends", *PACKAGES]), "R for the tests with metafor", missing
    )


if __name__ == "__main__":
    sys.exit(main())
