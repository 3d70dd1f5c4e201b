"""The project in small: its own configuration, pages, templates and assets with the toy evidence, in a folder."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent


def project(folder: Path) -> Path:
    """Copy it into a new folder and return its configuration file."""
    for name in ("mkdocs.yml", "site_src", "scripts/backed/mkdocs_hook.py"):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    shutil.copytree(ROOT / "tests/toy/evidence", folder / "evidence")
    return folder / "mkdocs.yml"


def digests(site: Path) -> dict[str, str]:
    """Return the hash of every file of a site by its path."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
