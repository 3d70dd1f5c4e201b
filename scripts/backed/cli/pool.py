"""`backed pool`: any table of effects."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ..model import TABLE_COLUMNS
from .group import EVIDENCE, backed, print_problems

# numpy takes long to import: only the command that needs it does so.
if TYPE_CHECKING:
    from ..synthesise.pool import Test
    from ..synthesise.tau2 import Method

TESTS = {"z": "z", "hksj": "knha", "adhoc": "adhoc"}
"""What people call a test, and what metafor calls it."""


@backed.command()
@EVIDENCE
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--measure",
    type=click.Choice(list(TABLE_COLUMNS), case_sensitive=False),
    required=True,
    help="What the columns give.",
)
@click.option(
    "--method",
    type=click.Choice(["EE", "DL", "REML", "PM", "ML", "SJ", "HE", "EB"], case_sensitive=False),
    default="REML",
    show_default=True,
    help="How tau² is estimated; EE: equal effects, no tau².",
)
@click.option(
    "--test",
    type=click.Choice([*TESTS, "knha"], case_sensitive=False),
    default="z",
    show_default=True,
    help="Of the effect and its interval; hksj is metafor's knha, adhoc never narrower than z's standard error.",
)
@click.option("--by", default="", metavar="COLUMN", help="Pool each value of a column too, and test the difference.")
@click.option("--mods", default="", metavar="COL[,COL]", help="Explain the effects by columns of numbers.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Of output."
)
def pool(
    evidence: Path,  # noqa: ARG001 - every command takes --evidence
    file: Path,
    measure: str,
    method: Method,
    test: str,
    by: str,
    mods: str,
    form: str,
) -> None:
    """Pool a CSV table of effects, one row a study, columns named as metafor's escalc does.

    \b
    RR OR RD PETO     ai bi ci di                   events and others, first arm, then second
    MD SMD SMDH ROM   m1i sd1i n1i m2i sd2i n2i     means, standard deviations, people
    IRR IRD           x1i t1i x2i t2i               events and person-time, first arm, then second
    COR ZCOR          ri ni                         correlations, people
    GEN               yi vi                         effects and their variances

    A column "label" may name the studies. Empty cells and NA are missing figures: the row is left out and named.
    RR, OR, PETO, ROM and IRR are pooled, and printed, as natural logarithms.

    \b
    backed pool trials.csv --measure MD
    backed pool trials.csv --measure RR --method PM --test hksj --format json
    backed pool trials.csv --measure SMD --by comparator --mods year,weeks
    """
    from ..build import pool_file
    from ..export import pooling_json
    from ..render import pooling_lines

    columns = [name.strip() for name in mods.split(",") if name.strip()]
    done = pool_file(
        file, measure, method, cast("Test", TESTS.get(test, test)), list(dict.fromkeys(columns)), by.strip()
    )
    print_problems(done.problems, err=True)
    if done.pooling is None:
        sys.exit(1)
    for line in [pooling_json(done.pooling)] if form == "json" else pooling_lines(done.pooling):
        click.echo(line)
