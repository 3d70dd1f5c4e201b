"""One look at the addresses, the works, or both; what was not looked at stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..model import Evidence, Health
from ..problem import Problem
from . import links, notices
from .addresses import addresses
from .asked import PATIENCE, NotAskedError, ask
from .retraction_watch import read_export


@dataclass(frozen=True)
class Looked:
    """What is known after a look, and what could not be made out in the export."""

    health: Health
    problems: tuple[Problem, ...] = ()


def look(
    evidence: Evidence,
    earlier: Health,
    on: date,
    site: Path | None = None,
    export: Path | None = None,
    seconds: int = PATIENCE,
) -> Looked:
    """Return the health after looking at the addresses of a built site, at the works by an export, or at both.

    Asking addresses needs the network; each may take some ``seconds``. Raises NotAskedError where linkchecker fails or
    no address at all is reached, and ExportError where the export is of no use.
    """
    health = earlier
    problems: list[Problem] = []
    if export is not None:
        works = notices.Works(evidence)
        rows, tally = read_export(export, works.wanted)
        health = health.model_copy(update={"retractions": notices.compare(works, rows, tally, on)})
        problems = tally.problems
    if site is not None:
        places = addresses(evidence, site)
        found = links.compare(places, ask(list(places), seconds), earlier.links, on)
        if found.asked and found.not_reached == found.asked:
            raise NotAskedError(f"None of {found.asked} addresses was reached: is this computer connected?")
        health = health.model_copy(update={"links": found})
    return Looked(health, tuple(problems))
