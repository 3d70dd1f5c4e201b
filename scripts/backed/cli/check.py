"""`backed check`: problems of the whole base, or of some files."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from ..changed import NoHistoryError, changed
from ..diagnostics import FORMATS, Diagnostics
from ..examine import ALL_RULES, Checked, examine, examine_files
from ..load import OutsideError, files_asked
from .group import EVIDENCE, backed, stop
from .watch import PROFILE, seen


@backed.command("check")
@EVIDENCE
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--changed",
    "since",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[COMMIT]",
    help="Only what differs from a commit; without one, from where this branch left the default branch.",
)
@click.option("--fix", is_flag=True, help="First mend what is safe to mend: layout, order of keys, dashes, DOI prefix.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default=None,
    help="Of output; text, and github by itself where GITHUB_ACTIONS is true.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="BACKED_TODAY",
    help="Day by which age is judged, as 2027-06-01; else the newest look at any record.",
)
@click.option("--site-url", envvar="BACKED_SITE_URL", default="", help="Where the pages of the rules are.")
@PROFILE
def check_command(
    evidence: Path,
    files: tuple[Path, ...],
    since: str | None,
    fix: bool,
    form: str | None,
    today: datetime | None,
    site_url: str,
    profile: str | None,
) -> None:
    """Check every record, or only some FILES, and print every problem, with its place and what to do.

    A folder stands for the files below it, a study for its bibliography too. With files, rules that read the whole base
    are named and passed over.

    \b
    backed check
    backed check --evidence tests/toy/evidence
    backed check evidence/claims/meditation-helps.yaml
    backed check --changed                what this branch or you changed
    backed check --changed main --fix
    backed check --today 2027-06-01       what will be old by then?
    backed check --format sarif > problems.sarif
    backed check --profile                where time and memory went
    """
    asked, note = _asked(evidence, files, since)
    if fix:
        _mend(evidence, asked)
    with seen(profile):
        checked = _examined(evidence, asked, today.date() if today else None)
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    summary = "\n".join(filter(None, (checked.summary, note)))
    address = site_url and site_url.rstrip("/") + "/"
    found = Diagnostics(checked.problems, ALL_RULES, checked.evidence.found, checked.passed_over, summary, address)
    click.echo(FORMATS[form](found))
    sys.exit(1 if checked.errors else 0)


def _asked(evidence: Path, files: tuple[Path, ...], since: str | None) -> tuple[tuple[Path, ...] | None, str]:
    """Return the files to look at, None for the whole base, and what else has to be said."""
    if since is None:
        whole = not files or any(path.is_dir() and path.resolve() == evidence.resolve() for path in files)
        return (None if whole else files), ""
    try:
        found = changed(evidence, since)
    except NoHistoryError as fault:
        stop(str(fault))
    gone = f"gone: {len(found.gone)}; `backed check` says whether anything still points there" if found.gone else ""
    return (*files, *found.files), gone


def _examined(evidence: Path, asked: tuple[Path, ...] | None, today: date | None) -> Checked:
    if asked is None:
        return examine(evidence, today)
    try:
        return examine_files(evidence, asked, today)
    except OutsideError as fault:
        stop(str(fault))


def _mend(evidence: Path, asked: tuple[Path, ...] | None) -> None:
    """Mend what is safe in the files asked for (None: all), and say on the error channel what was done."""
    from ..fix import fix

    try:
        files = files_asked(evidence, asked or (evidence,)) if asked != () else ()
    except OutsideError as fault:
        stop(str(fault))
    for mended in (fix(evidence, path) for path in files):
        if mended.done:
            click.echo(f"mended {mended.path}: {', '.join(mended.done)}", err=True)
        if mended.left:
            click.echo(f"left {mended.path} as it is: {mended.left}", err=True)
