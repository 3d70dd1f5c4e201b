"""The command line: words to calls to exit codes. 0 fine, 1 problems found, 2 the tool could not run."""

from __future__ import annotations

import gc
import os
import sys

import click

from . import check, diff, health, intake, issue, new, pool, rules, site
from .group import backed

__all__ = ["backed", "check", "diff", "health", "intake", "issue", "main", "new", "pool", "rules", "site"]


def main() -> None:
    """Run the command line; whatever fails without being foreseen is said in one line with exit code 2."""
    gc.set_threshold(50_000, 20, 100)  # evidence is trees, which need no search for circles: loading takes half as long
    try:
        backed(standalone_mode=True)
    except Exception as fault:  # a traceback helps nobody who edits evidence; BACKED_DEBUG=1 shows it
        if os.environ.get("BACKED_DEBUG"):
            raise
        click.echo(f"backed could not go on ({type(fault).__name__}): {fault}. BACKED_DEBUG=1 shows where.", err=True)
        sys.exit(2)
