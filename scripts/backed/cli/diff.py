"""`backed diff`: what a change of the evidence changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ..changed import NoHistoryError, version
from .group import EVIDENCE, backed, stop


@backed.command("diff")
@EVIDENCE
@click.argument("base")
@click.argument("head", default="")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Of output; markdown is the comment of a pull request.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="BACKED_TODAY",
    help="Day by which age is judged, as 2027-06-01; else the newest look at any record.",
)
def diff(evidence: Path, base: str, head: str, form: str, today: datetime | None) -> None:
    """Say what a change of the evidence changes: records, answers, verdicts, claims to read again, problems.

    BASE and HEAD are commits, branches or tags, or folders; without HEAD it is the files as they stand. Errors in
    either are named, and the rest is compared. The exit code is 0 whatever differs: `backed check` is the judge.

    \b
    backed diff main
    backed diff HEAD~1 HEAD
    backed diff main --format markdown > comment.md
    backed diff evidence-of-last-year evidence
    """
    from ..difference import FORMATS, compare, versions

    with TemporaryDirectory(prefix="backed-") as scratch:
        try:
            one, other = (version(evidence, name, Path(scratch) / side) for side, name in (("a", base), ("b", head)))
        except NoHistoryError as fault:
            stop(str(fault))
        shown = "" if head and other.folder == Path(head) else evidence.as_posix()
        both = versions(one.folder, other.folder, shown, today.date() if today else None)
        click.echo(FORMATS[form](compare(both, one.name, other.name)))
