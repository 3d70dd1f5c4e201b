"""Read every file with the plain libraries and do nothing with it: what `backed check` is measured against.

    python -m benchmarks.parse FOLDER

PyYAML's C loader reads the records, pybtex the bibliographies, as anybody would call them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from pybtex.database import parse_string


def parse(folder: Path) -> int:
    """Return how many files below a folder were parsed."""
    files = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".yaml":
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        elif path.suffix == ".bib":
            parse_string(path.read_text(encoding="utf-8"), "bibtex")
        files += path.suffix in {".yaml", ".bib"}
    return files


if __name__ == "__main__":
    print(f"parsed {parse(Path(sys.argv[1]))} files")
