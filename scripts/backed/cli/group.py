"""The command every other one belongs to, and what they share: options, and how they say what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from .. import __version__
from ..problem import Problem, as_text

EVIDENCE = click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    default=Path("evidence"),
    show_default=True,
    help="The evidence base to use.",
)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="backed")
def backed() -> None:
    """Is popular back-pain advice backed by research? Check the evidence, build the site.

    \b
    backed check                 is every record right?
    backed diff main             what does this change change?
    backed build                 build the site into site/
    backed serve                 build it, show it, rebuild on every change
    backed rules figure-printed  what does that rule ask?
    backed schema                write the schemas by which editors complete records
    backed keys                  list what is published, so that it keeps answering
    backed links                 does every link of the built site lead somewhere?
    backed health                do addresses still answer, do works still stand?
    backed pool FILE.csv         pool a table of effects
    backed import FILE           new studies from a citation file of another program
    backed new study --doi DOI   a new study from Crossref or PubMed, or as you describe it
    backed new claim             a new claim, comparison or article
    backed from-issue FILE       the files of a study or claim that somebody sent by an issue form
    """


def stop(message: str) -> NoReturn:
    """Say why the tool could not run, and end with exit code 2."""
    click.echo(message, err=True)
    sys.exit(2)


def print_problems(problems: Sequence[Problem], err: bool = False) -> None:
    """Print problems as an editor reads them."""
    for problem in problems:
        click.echo(as_text(problem), err=err)
