"""`backed import`: new studies from citation files; and how new studies are written and told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problem import Problem, Severity, as_text
from .group import EVIDENCE, backed, stop

# Reading evidence and citations is imported by the commands that need it.
if TYPE_CHECKING:
    from ..intake import Citation, Intake, Named
    from ..model import Evidence

TO = click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder to write into, by year; EVIDENCE/studies unless you say otherwise.",
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
ID = click.option(
    "--id", "name", default="", help="Its id: file name, address and citation key, for good; else made for you."
)
NEXT = "next: complete it; `backed check {files}` says what is missing. Its name is for good: --id chooses another"
ONLY_BIB = click.option("--only-bib", is_flag=True, help="Write the .bib alone, without a record to complete.")


@backed.command("import")
@EVIDENCE
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@TO
@ONLY_BIB
@DRY_RUN
def import_command(evidence: Path, files: tuple[Path, ...], folder: Path | None, only_bib: bool, dry_run: bool) -> None:
    """Make new studies of the citations in FILES: a .bib each, and beside it a record to be completed.

    BibTeX, BibLaTeX, RIS, NBIB (MEDLINE), CSL-JSON, EndNote XML, PubMed XML and answers of Crossref are known by their
    content, whatever the file is called; up to 20 MB a file. What is in the evidence already (same DOI, PMID, PMCID or
    registration, or same title and year) is named and not imported. No file is ever replaced. Abstracts are not kept:
    they are the publishers' texts.

    \b
    backed import export.ris
    backed import pubmed.nbib zotero.json --dry-run
    backed import library.xml --to drafts
    """
    from ..intake import Findings, read_citations, read_file

    base = evidence_in(evidence)
    citations: list[Citation] = []
    problems: list[Problem] = []
    for path in files:
        findings = Findings(path.as_posix())
        content = read_file(path, findings)
        citations += read_citations(content, findings).citations if content is not None else ()
        problems += findings.all()
    finish(base, citations, problems, folder or evidence / "studies", only_bib=only_bib, dry_run=dry_run)


def evidence_in(root: Path, *, doubles: bool = True) -> Evidence:
    """Return the evidence; where ``doubles`` are looked for in it, says in which of its files they cannot be."""
    from ..load import load

    if not root.is_dir():
        stop(f"there is no evidence folder {root}; give --evidence DIR")
    loaded = load(root)
    faulty = sorted({problem.file for problem in loaded.problems if problem.severity is Severity.ERROR})
    if faulty and doubles:
        have = "has an error, so its work" if len(faulty) == 1 else "have errors, so their works"
        click.echo(f"{', '.join(faulty)} {have} may be missed when looking for doubles: `backed check`", err=True)
    return loaded.evidence


def finish(
    evidence: Evidence,
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    folder: Path,
    *,
    only_bib: bool,
    dry_run: bool,
    named: Named | None = None,
    done: str = "import",
) -> None:
    """Write what is new, and say of every citation what became of it; exit code 1 where something is faulty.

    ``done`` is the word for it: import, or make.
    """
    from ..intake import Named, take_in, write

    found = take_in(citations, evidence, folder, only_bib=only_bib, named=named or Named())
    verb = f"would {done}" if dry_run else {"import": "imported", "make": "made"}[done]
    faults = list(problems)
    written = 0
    for placed in found.placed:
        problem = None if dry_run else write(placed)
        if problem:
            faults.append(problem)
            continue
        written += 1
        left = f" (left out: {', '.join(placed.left)})" if placed.left else ""
        files = ", ".join(path.as_posix() for path, _ in placed.files)
        click.echo(f"{verb} {placed.id}: {files}{left}")
        if placed.citation.retracted:
            click.echo(f"    {placed.citation.retracted} calls it RETRACTED; complete its `status`")
    _say_doubles(found)
    for problem in faults:
        click.echo(as_text(problem))
    errors = sum(problem.severity is Severity.ERROR for problem in faults)
    doubts = len(faults) - errors
    line = f"{verb} {written}, already there {len(found.doubles)}, faulty {errors}"
    click.echo(f"{line}, to be looked at {doubts}" if doubts else line)
    if written and not dry_run and not only_bib:
        outside = "" if folder.resolve().is_relative_to(Path(evidence.root).resolve()) else _OUTSIDE
        click.echo(f"next: complete each record; `backed check FILE` says what is missing{outside}")
    sys.exit(1 if errors else 0)


_OUTSIDE = ", once it lies below the evidence folder"


def _say_doubles(found: Intake) -> None:
    for double in found.doubles:
        reference = double.citation.reference
        place = f"{reference.file}:{reference.line}:1: " if reference.line else ""
        click.echo(f"already there: {place}{reference.title}\n    same {double.same} as {double.there}")
