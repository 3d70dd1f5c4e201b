"""`backed import` and `backed new`: new studies from citation files, from Crossref and from PubMed."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problem import Problem, Severity, as_text
from .group import EVIDENCE, backed, stop

# Reading evidence and citations is imported by the commands that need it.
if TYPE_CHECKING:
    from ..intake import Citation, Intake
    from ..model import Evidence

TO = click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder to write into, by year; EVIDENCE/studies unless you say otherwise.",
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
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

    base = _evidence(evidence)
    citations: list[Citation] = []
    problems: list[Problem] = []
    for path in files:
        findings = Findings(path.as_posix())
        content = read_file(path, findings)
        citations += read_citations(content, findings).citations if content is not None else ()
        problems += findings.all()
    _finish(base, citations, problems, folder or evidence / "studies", only_bib=only_bib, dry_run=dry_run)


@backed.group()
def new() -> None:
    """Begin a new record; each kind takes --evidence and says more with --help.

    \b
    backed new study --doi 10.1097/01.brs.0000146464.23007.2a
    backed new study --pmid 15564907
    """


@new.command()
@EVIDENCE
@click.option("--doi", default="", help="DOI of the main report; asked of Crossref.")
@click.option("--pmid", default="", help="PMID of the main report; asked of PubMed.")
@TO
@ONLY_BIB
@DRY_RUN
@click.option("--crossref", envvar="BACKED_CROSSREF", default=None, help="Address of Crossref's REST API, or its like.")
@click.option("--pubmed", envvar="BACKED_PUBMED", default=None, help="Address of NCBI's E-utilities, or their like.")
def study(
    evidence: Path,
    doi: str,
    pmid: str,
    folder: Path | None,
    only_bib: bool,
    dry_run: bool,
    crossref: str | None,
    pubmed: str | None,
) -> None:
    """Make a new study of a work that Crossref or PubMed knows; this needs the network.

    What is written, and what is left, is as with `backed import`.

    \b
    backed new study --doi 10.1097/01.brs.0000146464.23007.2a
    backed new study --pmid 15564907 --dry-run
    """
    from ..intake import Findings, read_citations

    work, name = _asked(doi, pmid)
    base = _evidence(evidence)
    if there := next((one for one in base.references.values() if getattr(one, name).lower() == work.lower()), None):
        click.echo(f"already there: {name.upper()} {work} is `{there.key}` in {there.file}, line {there.line}")
        return
    answer = _answer(work, name, crossref, pubmed)
    findings = Findings(f"Crossref:{work}" if name == "doi" else f"PubMed:{work}")
    citations = read_citations(answer, findings).citations
    told = [getattr(citation.reference, name).lower() for citation in citations]
    if not findings.problems and told != [work.lower()]:
        stop(f"the answer is about {', '.join(told) or 'nothing'}, not about {work}: nothing was written")
    _finish(base, citations, findings.all(), folder or evidence / "studies", only_bib=only_bib, dry_run=dry_run)


def _asked(doi: str, pmid: str) -> tuple[str, str]:
    """Return the identifier that was given, in its plain form, and which it is: ``doi`` or ``pmid``."""
    from ..bibliography.doi import FORM
    from ..intake import doi_of

    if bool(doi) == bool(pmid):
        stop("give either --doi DOI or --pmid PMID; a citation that you have as a file: backed import FILE")
    if pmid:
        if not re.fullmatch(r"[1-9]\d{0,7}", pmid.strip(), re.ASCII):
            stop(f"{pmid!r} is no PMID: a number of up to eight digits, as 15564907")
        return pmid.strip(), "pmid"
    if not FORM.fullmatch(doi_of(doi)):
        stop(f"{doi!r} is no DOI, as 10.1097/01.brs.0000146464.23007.2a is one")
    return doi_of(doi), "doi"


def _answer(work: str, name: str, crossref: str | None, pubmed: str | None) -> bytes:
    from ..intake import CROSSREF, PUBMED, FetchError, crossref_answer, pubmed_answer

    try:
        if name == "doi":
            return crossref_answer(work, crossref or CROSSREF)
        return pubmed_answer(work, pubmed or PUBMED)
    except FetchError as fault:
        stop(str(fault))


def _evidence(root: Path) -> Evidence:
    """Return the evidence in which doubles are looked for; says which of its files cannot be."""
    from ..load import load

    if not root.is_dir():
        stop(f"there is no evidence folder {root}; give --evidence DIR")
    loaded = load(root)
    faulty = sorted({problem.file for problem in loaded.problems if problem.severity is Severity.ERROR})
    if faulty:
        click.echo(f"not read whole, so doubles in them may be missed: {', '.join(faulty)}", err=True)
    return loaded.evidence


def _finish(
    evidence: Evidence,
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    folder: Path,
    *,
    only_bib: bool,
    dry_run: bool,
) -> None:
    """Write what is new, and say of every citation what became of it; exit code 1 where something is faulty."""
    from ..intake import take_in, write

    found = take_in(citations, evidence, folder, only_bib=only_bib)
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
        click.echo(f"{'would import' if dry_run else 'imported'} {placed.id}: {files}{left}")
        if placed.citation.retracted:
            click.echo(f"    {placed.citation.retracted} calls it RETRACTED; complete its `status`")
    _say_doubles(found)
    for problem in faults:
        click.echo(as_text(problem))
    errors = sum(problem.severity is Severity.ERROR for problem in faults)
    doubts = len(faults) - errors
    line = f"{'would import' if dry_run else 'imported'} {written}, already there {len(found.doubles)}, faulty {errors}"
    click.echo(f"{line}, to be looked at {doubts}" if doubts else line)
    if written and not dry_run and not only_bib:
        click.echo("next: complete each record; `backed check FILE` says what is missing")
    sys.exit(1 if errors else 0)


def _say_doubles(found: Intake) -> None:
    for double in found.doubles:
        reference = double.citation.reference
        place = f"{reference.file}:{reference.line}:1"
        click.echo(f"already there: {place}: {reference.title}\n    same {double.same} as {double.there}")
