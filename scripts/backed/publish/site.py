"""A whole site from one call: MkDocs' own build in a folder beside the target, then put in its place."""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from mkdocs.commands.build import build as draw
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from ..memo import Memo, Result, forget_gone
from ..program import files_below, program
from ..stages import stage
from .folder import Folder, Written, is_as_left
from .inputs import inputs
from .kept import files_of
from .place import mend, put_in_place
from .places import evidence_folder, settings
from .publisher import FaultyEvidence
from .write import Done, Published, plain, told

PATIENCE = 600.0
"""Seconds to wait for another process that writes the same site."""


class SiteError(Exception):
    """The site could not be drawn; the text says why, warnings included. The old site is as it was."""


def publish_site(
    config_file: Path, site_dir: Path, evidence_dir: Path | None = None, waiting: Callable[[], None] = lambda: None
) -> Published:
    """Build the site of a ``mkdocs.yml`` into ``site_dir`` and return what it holds.

    Errors in the evidence raise ``FaultyEvidence``; anything MkDocs stops at or warns of raises ``SiteError``. Either
    way the site that was there before stays whole, and so it does when the process is killed. Where nothing has changed
    since the last time, nothing is done. ``waiting`` is called if another process is writing the same site.
    """
    work = Work(config_file.resolve(), site_dir.resolve(), evidence_dir.resolve() if evidence_dir else None)
    refuse_to_replace(work)
    with alone(work.memory.with_suffix(".lock"), waiting):
        try:
            mend(work.site)
        except OSError as stop:
            raise SiteError(f"the site of an earlier run could not be brought back: {stop}") from stop
        memo = Memo(work.memory.with_suffix(".sqlite"), program())
        try:
            return _unchanged(work, memo) or publish(work, memo).published
        finally:
            memo.close()


@dataclass(frozen=True)
class Work:
    """What is to be published, from where and to where; all of them absolute."""

    config_file: Path
    site: Path
    evidence: Path | None

    @property
    def memory(self) -> Path:
        """Return where this site is remembered, but for the ending."""
        name = hashlib.sha256(str(self.site).encode()).hexdigest()[:16]
        return self.config_file.parent / ".cache" / f"site-{name}"


MARK = "sitemap.xml"
"""A file that every published site has: a folder without it is not ours to replace."""


def refuse_to_replace(work: Work) -> None:
    """Raise ``SiteError`` where writing the site would replace anything but an earlier site."""
    site, evidence = work.site, work.evidence
    kept = [work.config_file.parent, Path.cwd(), *([evidence] if evidence else [])]
    if any(folder == site or site in folder.parents for folder in kept):
        raise SiteError(f"{site} holds the project itself; name a folder of its own for the site")
    if evidence and evidence in site.parents:
        raise SiteError(f"{site} lies inside the evidence; name a folder of its own for the site")
    if site.exists() and not site.is_dir():
        raise SiteError(f"{site} is a file; name a folder for the site")
    if site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise SiteError(f"{site} is not empty and holds no earlier site; empty it yourself or name another folder")


@contextmanager
def alone(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a site; where there can be no file for it, go on without."""
    lock = _locked(path, waiting)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _locked(path: Path, waiting: Callable[[], None]) -> BaseFileLock | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire(timeout=PATIENCE)
    except Timeout:
        told = f"another process has been writing this site for {PATIENCE:g} s; stop it and try again"
        raise SiteError(told) from None
    except OSError:
        return None
    return lock


def _unchanged(work: Work, memo: Memo) -> Published | None:
    """Return what the site holds, if nothing it is made from is different and all its files are as they were left."""
    if memo.notes.get("evidence") != str(work.evidence):
        return None
    if inputs(work.config_file, map(Path, json.loads(memo.notes["folders"]))) != memo.notes["inputs"]:
        return None
    others = (Written(*file) for file in json.loads(memo.notes["files"]))
    files = itertools.chain(itertools.chain.from_iterable(map(files_of, memo.texts())), others)
    return told(json.loads(memo.notes["published"])) if all(is_as_left(work.site, file) for file in files) else None


def publish(work: Work, memo: Memo) -> Done:
    """Build a site and put it in its place, whatever was there; return what was done."""
    building = work.site.with_name(f".{work.site.name}.building")
    with _faults_told() as warnings:
        try:
            shutil.rmtree(building, ignore_errors=True)
            config = load_config(str(work.config_file), site_dir=str(building), strict=True)
            if work.evidence is not None:
                settings(config)["evidence"] = str(work.evidence)
            folders = _folders(config)
            made_from = inputs(work.config_file, folders)  # before anything is read: what changes meanwhile counts
            folder = Folder(building, work.site)
            settings(config).update(folder=folder, memo=memo)
            with stage("shell"):  # and in it those of the build, which MkDocs calls
                _run(config)
            done: Done | None = settings(config).get("done")
            if done is None:
                raise SiteError(f"{work.config_file} does not list scripts/backed/mkdocs_hook.py among its hooks")
            if warnings:
                raise SiteError("\n".join(warnings))
            with stage("move"):
                others = _others(folder, done)
                put_in_place(building, work.site)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    results = {unit.name: Result("" if unit.reads is None else unit.text, unit.reads) for unit in done.units}
    notes = {
        "site": str(work.site),
        "evidence": str(work.evidence),
        "folders": json.dumps([*map(str, folders)]),
        "inputs": made_from,
        "templates": done.templates,
        "files": json.dumps(others),
        "published": json.dumps(plain(done.published)),
    }
    with stage("remember"):
        memo.save(results, done.built.state, notes)
        forget_gone(work.memory.parent, "site-*.sqlite", "site")
    return done


def _folders(config: MkDocsConfig) -> list[Path]:
    """Return the folders and files a site is made from, beside its configuration, the program and the libraries."""
    themes = [Path(folder) for folder in config.theme.dirs if "site-packages" not in Path(folder).parts]
    hooks = [Path(config.config_file_path).parent / hook for hook in config.hooks]
    found = {Path(config.docs_dir).parent, evidence_folder(config).absolute(), *themes, *hooks}
    return sorted(folder for folder in found if not found.intersection(folder.parents))


def _others(folder: Folder, done: Done) -> list[Written]:
    """Return the files that MkDocs wrote; those that were there before, just so, are linked."""
    ours = {file.path for unit in done.units for file in unit.files}
    above = len(str(folder.root)) + 1
    found = (path[above:].replace(os.sep, "/") for path in files_below(folder.root))
    return [folder.settle(path) for path in found if path not in ours]


def _run(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        draw(config)
    finally:
        config.plugins.on_shutdown()


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(f"{record.levelname.lower()}: {record.getMessage()}")


@contextmanager
def _faults_told() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of printing it; what it stops at is raised as ``SiteError``."""
    heard: list[str] = []
    listener = _Listener(heard)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield heard
    except FaultyEvidence:
        raise
    except (MkDocsException, OSError) as stop:
        raise SiteError("\n".join([*heard, str(stop)])) from stop
    finally:
        logger.removeHandler(listener)
