"""A site that is worked on: a saved record is shown at once, all that depends on it soon after."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..build import Built
from ..examine import examine_files
from ..memo import Memo
from ..model import KINDS, Evidence, Page, Reference
from ..problem import as_text
from ..program import program
from .site import SiteError, Work, alone, publish
from .write import file_of

LAST = 40
"""So many lines of what a build says are shown."""


class Preview:
    """The site of a project as it is edited. ``faults`` tells what is wrong with what was saved last, or is ''."""

    def __init__(self, work: Work, waiting: Callable[[], None]) -> None:
        """Build the site as it is; raises as ``publish_site``."""
        self.work, self.faults = work, ""
        with alone(work.memory.with_suffix(".lock"), waiting):
            memo = Memo(work.memory.with_suffix(".sqlite"), program())
            try:
                done = publish(work, memo)
            finally:
                memo.close()
        if not isinstance(done.built, Built):
            raise SiteError("this site is not built from evidence, so there is nothing to follow")
        self._built, self._theme = done.built, done.theme
        self._rest: subprocess.Popen[str] | None = None

    def show(self, changed: Iterable[Path]) -> list[str]:
        """Show the records in some changed files; return the addresses of their pages.

        Only rules that need no more than these files are asked, and the rest of the site stays as it was: `follow` is
        to come after it. Empty where there is nothing to show at once, be it for ``faults``.
        """
        self.stop()
        files = [path for path in changed if path.is_file() and path.suffix in (".yaml", ".bib")]
        if not files:
            return []
        evidence = self._built.checked.evidence
        found = examine_files(Path(evidence.root), files)
        if found.errors:
            self.faults = "\n".join(map(as_text, found.problems))
            return []
        self.faults = ""
        names = {path.stem for path in files}
        checked = replace(self._built.checked, evidence=_with(evidence, found.evidence, names))
        self._built = Built(checked, replace(self._built.site, evidence=checked.evidence))
        units = [unit for kind in KINDS for name in sorted(names) if (unit := f"{kind}/{name}/") in self._built.units]
        return [url for unit in units for url in self._put(unit)]

    def _put(self, unit: str) -> list[str]:
        """Write a unit's pages and files over those that are there, each in one step; return the pages' addresses."""
        urls = []
        for part in self._built.units[unit](self._built.site):
            if isinstance(part, Page):
                urls.append(part.url)
                _replace(self.work.site / file_of(part.url), self._theme.dress(part))
            else:
                _replace(self.work.site / part.path, part.content)
        return urls

    def follow(self) -> None:
        """Begin to bring the whole site up to date, in a process of its own; ``finished`` tells when that is done."""
        self.stop()
        given = ["--config", str(self.work.config_file), "--evidence", self._built.checked.evidence.root]
        command = [sys.executable, "-m", "backed", "build", *given, "--site", str(self.work.site)]
        self._rest = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finished(self) -> str | None:
        """Return what the build said, once when it has ended; None before. ``faults`` then tells what is wrong."""
        if self._rest is None or self._rest.poll() is None:
            return None
        said, code = self._rest.communicate()[0].strip(), self._rest.returncode
        self._rest = None
        self.faults = "\n".join(said.splitlines()[-LAST:]) if code else ""
        return said

    def stop(self) -> None:
        """Stop the build that is under way: what was saved meanwhile makes it useless. The site stays whole."""
        if self._rest is not None:
            self._rest.kill()
            self._rest.communicate()
            self._rest = None


def _with(evidence: Evidence, part: Evidence, names: Iterable[str]) -> Evidence:
    """Return the evidence with the records and works of some files as they stand in ``part``, new ones too."""
    wanted = set(names)
    changed: dict[str, Any] = {}
    for kind in KINDS:
        held: Mapping[str, Any] = getattr(part, kind)
        new = {name: held[name] for name in sorted(wanted) if name in held and Path(held[name].file).stem == name}
        if new:
            changed[kind] = {**getattr(evidence, kind), **new}
    works: dict[str, Reference] = {
        key: part.references[key]
        for key in (*evidence.references, *sorted(wanted))
        if key in part.references and Path(part.references[key].file).stem in wanted
    }
    return replace(evidence, **changed, references={**evidence.references, **works})


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
