"""What a long run shows of itself: a bar for each step of more than a second, and with `--profile` where time went."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from ..profile import Profile, as_data, as_table
from ..stages import Step, watched
from .group import stop

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PROFILE = click.option(
    "--profile",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[FILE.json]",
    help="Print where time and memory went by stage; with a file, keep it as JSON too.",
)

PATIENCE = 1.0
"""Seconds that a step may take before a bar is shown for it."""


@contextmanager
def seen(profile: str | None) -> Iterator[None]:
    """Show on a terminal how far each long step inside is, and print a profile afterwards if one is asked for.

    ``profile`` is None for none, '' for one that is printed, or the file in which it is kept too.
    """
    file = _free(profile) if profile else None
    with _bars():
        if profile is None:
            yield
            return
        counted = Profile()
        try:
            with watched(counted):
                yield
        finally:
            data = as_data(counted)
            click.echo(as_table(data), err=True)
            if file:
                _keep(file, data)


def _bars() -> Any:
    return watched(Bars(sys.stderr)) if shows_bars(sys.stderr) else nullcontext()


def shows_bars(stream: TextIO) -> bool:
    """Say whether a bar may be drawn on a stream: on a terminal that can, before somebody who looks at it."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


class Bars:
    """A watcher of stages that draws a bar for the outermost one whose size is known, once it has taken a while."""

    def __init__(self, stream: TextIO, patience: float = PATIENCE) -> None:
        self._stream, self._patience = stream, patience
        self._step: Step | None = None
        self._bar: ProgressBar[int] | None = None
        self._began = 0.0
        self._drawn = False

    def began(self, step: Step) -> None:
        """Begin a bar, unless there is one."""
        if self._step is None and step.total:
            self._step, self._began, self._drawn = step, time.monotonic(), False
            self._bar = click.progressbar(length=step.total, label=f"{step.name:12}", show_pos=True, file=self._stream)

    def went_on(self, step: Step) -> None:
        """Move the bar on; show it when its time has come."""
        if step is not self._step or self._bar is None:
            return
        ahead = min(step.count, step.total or 0) - self._bar.pos  # a total may be a guess
        if self._drawn:
            self._bar.update(ahead)
            return
        self._bar.make_step(ahead)
        if time.monotonic() - self._began >= self._patience:
            self._bar.__enter__()
            self._drawn = True

    def ended(self, step: Step) -> None:
        """Finish the bar: what was shown stays on a line of its own."""
        if step is not self._step:
            return
        if self._bar is not None and self._drawn:
            self._bar.__exit__(None, None, None)
        self._step = self._bar = None


def _free(name: str) -> Path:
    """Return a file in which a profile may be kept; end the program for one that holds something else."""
    file = Path(name)
    if file.suffix != ".json":
        stop(f"--profile keeps JSON, so its file ends in .json; {name} does not")
    if file.exists():
        try:
            ours = set(json.loads(file.read_text(encoding="utf-8"))) == {"stages", "total", "largest_helper_megabytes"}
        except (OSError, ValueError, TypeError):
            ours = False
        if not ours:
            stop(f"{file} is there already and holds no profile: it stays as it is; name another file")
    return file


def _keep(file: Path, data: dict[str, Any]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    except OSError as fault:
        click.echo(f"the profile could not be kept in {file}: {fault.strerror or fault}", err=True)
