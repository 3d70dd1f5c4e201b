"""Where things lie: the evidence, the assets, and every file as the repository names it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig


def settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return ``extra.backed`` of the configuration, which may be written to."""
    ours: dict[str, Any] = config.extra.setdefault("backed", {})
    return ours


def evidence_folder(config: MkDocsConfig) -> Path:
    """Return the folder of the evidence: ``extra.backed.evidence``, by default ``evidence`` beside mkdocs.yml.

    It is relative to the working folder where it lies below that, so that problems name files as people would.
    """
    name = str(settings(config).get("evidence", "evidence"))
    folder = _repository(config) / name
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def assets_folder(config: MkDocsConfig) -> Path:
    """Return the folder of styles and scripts, ``assets`` beside the hand-written pages."""
    return Path(config.docs_dir).parent / "assets"


def in_repository(path: str, config: MkDocsConfig) -> str:
    """Return a file of the evidence as the repository names it, whatever folder the site is built from.

    ``path`` is as the build names it, below ``evidence_folder``; one that is not below it is taken for a name in the
    repository already. Evidence that lies outside the repository gives '': nobody could edit it there.
    """
    evidence = evidence_folder(config)
    here, there = f"{evidence.as_posix()}/", _below(evidence.absolute(), _repository(config))
    if not path.startswith(here):
        return path
    return "" if there is None else there + path.removeprefix(here)


def written_by_hand(src_uri: str, config: MkDocsConfig) -> str:
    """Return the file of a hand-written page as the repository names it; '' where it lies outside."""
    folder = _below(Path(config.docs_dir).absolute(), _repository(config))
    return "" if folder is None else folder + src_uri


def edit_address(path: str, config: MkDocsConfig) -> str:
    """Return the address at which a file of the repository can be edited, or ''.

    ``edit_uri`` leads to the folder of the hand-written pages, so that folder is taken off its end; where it does not
    end in it, nobody knows where the rest of the repository is.
    """
    folder = _below(Path(config.docs_dir).absolute(), _repository(config))
    if not (path and config.repo_url and config.edit_uri) or folder is None or not config.edit_uri.endswith(folder):
        return ""
    root = urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri.removesuffix(folder))
    return root + quote(path)


def _repository(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).absolute().parent


@lru_cache(maxsize=8)  # asked for every page, and resolving asks the disk
def _below(folder: Path, repository: Path) -> str | None:
    """Return the way from the repository to a folder in it, with a slash at its end; None where it is not in it."""
    real, root = folder.resolve(), repository.resolve()
    if real == root:
        return ""
    return f"{real.relative_to(root).as_posix()}/" if real.is_relative_to(root) else None
