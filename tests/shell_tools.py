"""jq and unzip, which the steps of workflows call: `python -m tests.shell_tools` before the tests gets them.

Before, not in the tests: several processes that install at once stand in one another's way.
"""

from __future__ import annotations

import shutil
import sys

from tests.system import install, provide

PROGRAMS = ("jq", "unzip")
"""Programs, called as Debian's packages are."""


def absent() -> list[str]:
    """Return the programs that are not there."""
    return [name for name in PROGRAMS if not shutil.which(name)]


def missing() -> str:
    """Return one line that says what is missing and how to get it."""
    names = absent()
    return f"the steps of workflows need {', '.join(names)}; try `sudo apt install {' '.join(names)}`"


def main() -> int:
    """Install what is not there; return 0, or 1 where it must be there and is not."""
    return provide(lambda: None if absent() else "all", lambda: install(absent()), ", ".join(absent()), missing)


if __name__ == "__main__":
    sys.exit(main())
