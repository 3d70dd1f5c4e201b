"""A whole site from one call: MkDocs' own build in a folder beside the target, then moved into its place."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as draw
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from ..stages import stage
from .publisher import FaultyEvidence
from .write import Published


class SiteError(Exception):
    """The site could not be drawn; the text says why, warnings included. The old site is as it was."""


def publish_site(config_file: Path, site_dir: Path, evidence_dir: Path | None = None) -> Published:
    """Build the site of a ``mkdocs.yml`` into ``site_dir`` and return what was written.

    Errors in the evidence raise ``FaultyEvidence``; anything MkDocs stops at or warns of raises ``SiteError``. Either
    way the site that was there before stays whole.
    """
    site = site_dir.resolve()
    _refuse_to_replace(site, config_file.resolve(), evidence_dir.resolve() if evidence_dir else None)
    building = site.with_name(f".{site.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    try:
        with stage("shell"):  # and in it those of the build, which MkDocs calls
            published = _draw(config_file, building, evidence_dir)
        with stage("move"):
            _move(building, site)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return published


def serve_site(config_file: Path, evidence_dir: Path, port: int) -> None:
    """Show the site on this computer until interrupted, drawn anew on every change; raises as ``publish_site``."""
    os.environ["BACKED_EVIDENCE"] = str(evidence_dir.resolve())  # mkdocs.yml reads it, at every new drawing
    try:
        serve(str(config_file.resolve()), livereload=True, dev_addr=f"127.0.0.1:{port}")
    except FaultyEvidence:
        raise
    except (MkDocsException, OSError) as stop:
        raise SiteError(str(stop)) from stop


MARK = "sitemap.xml"
"""A file that every published site has: a folder without it is not ours to replace."""


def _refuse_to_replace(site: Path, config_file: Path, evidence: Path | None) -> None:
    """Raise ``SiteError`` where writing the site would replace anything but an earlier site."""
    kept = [config_file.parent, Path.cwd(), *([evidence] if evidence else [])]
    if any(folder == site or site in folder.parents for folder in kept):
        raise SiteError(f"{site} holds the project itself; name a folder of its own for the site")
    if evidence and evidence in site.parents:
        raise SiteError(f"{site} lies inside the evidence; name a folder of its own for the site")
    if site.exists() and not site.is_dir():
        raise SiteError(f"{site} is a file; name a folder for the site")
    if site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise SiteError(f"{site} is not empty and holds no earlier site; empty it yourself or name another folder")


def _draw(config_file: Path, folder: Path, evidence: Path | None) -> Published:
    with _heard() as warnings:
        try:
            config = load_config(str(config_file.resolve()), site_dir=str(folder), strict=True)
            settings = config.extra.setdefault("backed", {})
            if evidence is not None:
                settings["evidence"] = str(evidence.resolve())
            _run(config)
        except FaultyEvidence:
            raise
        except (MkDocsException, OSError) as stop:
            raise SiteError("\n".join([*warnings, str(stop)])) from stop
    if "published" not in settings:
        raise SiteError(f"{config_file} does not list scripts/backed/mkdocs_hook.py among its hooks")
    published: Published = settings["published"]
    return published


def _run(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        draw(config)
    finally:
        config.plugins.on_shutdown()


def _move(building: Path, site: Path) -> None:
    """Put the new site in the place of the old one; if that fails, the old one comes back."""
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        building.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(f"{record.levelname.lower()}: {record.getMessage()}")


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of printing it."""
    heard: list[str] = []
    listener = _Listener(heard)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
