"""`backed health`: do the addresses outside the site still answer, and do the works still stand?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from ..load import load, load_health
from ..model import HEALTH_FILE, Evidence, Health, Links, Retractions
from ..problem import Problem, Severity
from .group import EVIDENCE, backed, print_problems, stop

SHOWN = 50
"""How many values of an export that cannot be made out are told one by one."""


@backed.command()
@EVIDENCE
@click.option(
    "--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="The built site."
)
@click.option("--links/--no-links", "asks", default=True, help="Ask the addresses outside the site; needs the network.")
@click.option(
    "--retractions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Export of the Retraction Watch database, retraction_watch.csv as Crossref gives it out.",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the look; else today.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Where to; else EVIDENCE/health.json.")
@click.option("--seconds", type=click.IntRange(1, 600), default=30, show_default=True, help="Patience with an address.")
def health(
    evidence: Path, site: Path, asks: bool, retractions: Path | None, on: datetime | None, to: Path | None, seconds: int
) -> None:
    """Ask whether the addresses outside the site still answer, and compare the works with retraction notices.

    What is found is written to EVIDENCE/health.json, from which the site's page "Health" is drawn at the next build;
    what was not looked at stays in it as it was. The exit code is 1 where a person has to look into something:
    addresses that are gone, or not reached at two looks; notices that the base does not record.

    \b
    backed health --retractions retraction_watch.csv
    backed health --no-links --retractions retraction_watch.csv --on 2026-11-22
    """
    from ..export import health_json
    from ..health import ExportError, NotAskedError, look

    if not asks and retractions is None:
        stop("There is nothing to look at: leave out --no-links, or name an export with --retractions FILE.")
    if asks and not (site / "index.html").is_file():
        stop(f"There is no site in {site}. Run `backed build` first, or take --no-links.")
    file = to or evidence / HEALTH_FILE
    earlier, base = _earlier(file), _base(evidence)
    day = on.date() if on else date.today()
    try:
        looked = look(base, earlier, day, site if asks else None, retractions, seconds)
    except ExportError as fault:
        _tell(fault.problems)
        stop("Nothing was written.")
    except NotAskedError as fault:
        stop(f"{fault}\nNothing was written.")
    _tell(looked.problems)
    _write(file, health_json(looked.health))
    found = (_links(looked.health.links) if asks else 0) + (_works(looked.health.retractions) if retractions else 0)
    click.echo(f"wrote {file}: {found} for a person to look into")
    sys.exit(1 if found else 0)


def _base(evidence: Path) -> Evidence:
    loaded = load(evidence)
    errors = [problem for problem in loaded.problems if problem.severity == Severity.ERROR]
    if errors:
        print_problems(errors, err=True)
        stop("The evidence has errors: `backed check` shows them with their places. Nothing was written.")
    return loaded.evidence


def _earlier(file: Path) -> Health:
    earlier, problems = load_health(file)
    if problems:
        print_problems(problems, err=True)
        stop("The file of the last look cannot be read, and is not written over.")
    return earlier


def _tell(problems: Sequence[Problem]) -> None:
    print_problems(problems[:SHOWN], err=True)
    if len(problems) > SHOWN:
        click.echo(f"… and {len(problems) - SHOWN} more like these", err=True)


def _write(file: Path, text: str) -> None:
    """Write the file as a whole: whoever reads it meanwhile reads the old one."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def _links(links: Links | None) -> int:
    """Say what was found of the addresses; return how many somebody has to look into."""
    if links is None:
        return 0
    for link in links.for_a_person:
        click.echo(f"{link.state}: {link.address} ({link.answered}; since {link.since}) in {', '.join(link.stands_in)}")
    click.echo(
        f"asked {links.asked} addresses: {links.works} work, {links.moved} moved, {links.gone} gone,"
        f" {links.refused} refused, {links.not_reached} not reached"
    )
    return len(links.for_a_person)


def _works(found: Retractions | None) -> int:
    """Say what was found of the works; return how many somebody has to look into."""
    if found is None:
        return 0
    for work in found.for_a_person:
        notices = "; ".join(
            f"{one.said}{f' {one.on}' if one.on else ''} {one.doi or ''}".strip() for one in work.notices
        )
        where = f"studies/{work.study}" if work.study else f"references/{work.work}"
        click.echo(f"{work.bearing}: {where}, recorded as {work.recorded}; {notices or 'no notice in the export'}")
    click.echo(
        f"compared {found.works} works ({found.works_unidentified} without DOI or PMID) with {found.rows} notices"
        f" ({found.unidentified} without either); {found.unreadable} rows and {found.doubtful} values not made out,"
        f" {found.empty} rows empty"
    )
    return len(found.for_a_person)
