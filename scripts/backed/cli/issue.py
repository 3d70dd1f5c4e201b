"""`backed from-issue`: the body of an issue becomes the files of new records, or says what is to be corrected."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problem import Problem, Severity, as_text
from .group import EVIDENCE, backed, print_problems, stop
from .intake import DRY_RUN, ID, NEXT, evidence_in
from .new import answer_about

if TYPE_CHECKING:
    from ..intake.citation import Findings
    from ..intake.issue_form import Filled
    from ..model import Evidence


@backed.command("from-issue")
@EVIDENCE
@click.argument("body", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--forms",
    type=click.Path(path_type=Path),
    default=Path(".github/ISSUE_TEMPLATE"),
    show_default=True,
    help="Folder of the issue forms.",
)
@click.option("--fetch", is_flag=True, help="Ask Crossref or PubMed where the issue gives only a DOI or PMID.")
@click.option(
    "--citation",
    type=click.Path(path_type=Path),
    default=None,
    help="File with the citation of the publication, in any format that `backed import` reads; needs no network.",
)
@click.option("--by", default="", help="Who recorded it, by their public name, where the issue does not say so.")
@click.option("--on", "day", default="", help="The day on which it was recorded, as 2026-11-22.")
@ID
@DRY_RUN
@click.option("--crossref", envvar="BACKED_CROSSREF", default=None, help="Address of Crossref's REST API, or its like.")
@click.option("--pubmed", envvar="BACKED_PUBMED", default=None, help="Address of NCBI's E-utilities, or their like.")
def from_issue(
    evidence: Path,
    body: Path,
    forms: Path,
    fetch: bool,
    citation: Path | None,
    by: str,
    day: str,
    name: str,
    dry_run: bool,
    crossref: str | None,
    pubmed: str | None,
) -> None:
    """Make the files of a new study or claim of an issue that was made by an issue form, or say what it corrects.

    BODY is a file with the issue's text, - for standard input. What has no key of its own is kept in a comment of the
    record and told. Nothing in an issue becomes a path or is run, and no file is ever replaced.

    \b
    gh issue view 12 --json body --jq .body | backed from-issue -
    backed from-issue issue.md --dry-run
    backed from-issue issue.md --citation pubmed.nbib --on 2026-11-22
    """
    from ..intake import Findings, read_file
    from ..intake.issue import Beside, made

    findings = Findings("-" if str(body) == "-" else body.as_posix())
    filled = _filled(body, forms, findings)
    base = evidence_in(evidence)
    if citation is not None:
        apart = Findings(citation.as_posix())
        work = read_file(citation, apart)
        if work is None:
            stop(as_text(apart.problems[0]))
    else:
        work = _fetched(filled, base, fetch, crossref, pubmed)
    result = made(filled, base, findings, Beside(work, by.strip(), _day(day), name.strip()))
    problems = [
        *findings.all(),
        *(Problem("issue", Severity.WARNING, findings.file, said, "", (), line, 1) for line, said in result.told),
    ]
    if result.fault:
        place = ((), result.line, 1)
        problems.append(Problem("issue", Severity.ERROR, findings.file, result.fault, "nothing was written", *place))
    if result.report:
        click.echo(result.report)
    print_problems(problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)
    if result.files:
        _write(result.files, dry_run)


def _day(text: str) -> str:
    """Return a day as a record holds it; where it is none the command ends with exit code 2."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        stop(f"--on: expected a date as 2026-11-22, not {text!r}")


def _filled(body: Path, folder: Path, findings: Findings) -> Filled:
    """Return the issue as its form has it; where that cannot be, the command ends with exit code 2."""
    from ..intake import read_file
    from ..intake.decode import decode
    from ..intake.issue import FORMS
    from ..intake.issue_form import LARGEST_BODY, form_of, read_body, read_forms

    forms, problems = read_forms(folder)
    known = [form for form in forms if form.name in FORMS]
    if problems or not known:
        print_problems(problems, err=True)
        stop(f"there are no issue forms in {folder.as_posix()}; give --forms DIR" if not known else "mend the forms")
    if str(body) == "-":
        content: bytes | None = sys.stdin.buffer.read(LARGEST_BODY + 1)
        if content is not None and len(content) > LARGEST_BODY:
            stop(f"the issue is longer than {LARGEST_BODY} bytes; GitHub takes no such issue")
    else:
        content = read_file(body, findings, LARGEST_BODY)
    if content is None:
        stop(as_text(findings.problems[0]))
    text = decode(content, findings)
    form = form_of(text, known)
    if form is None:
        stop(f"the labels of none of the forms stand in it ({', '.join(one.name for one in known)}), each after ###")
    return read_body(text, form)


def _fetched(filled: Filled, base: Evidence, fetch: bool, crossref: str | None, pubmed: str | None) -> bytes | None:
    """Return the citation of a work of which the issue gives only the DOI or PMID, None where it gives more.

    None too where the work is there already: nobody has to be asked then.
    """
    from ..intake.issue import identifier_in, there_already

    found = identifier_in(filled) if filled.form.name == "new-study" else None
    if found is None or there_already(filled, base):
        return None
    work, name = found
    if not fetch:
        stop(
            f"of the publication it gives only the {name.upper()} {work}: run it again with --fetch; or, without a"
            " network, put its BibTeX into the issue below Publication, or give a file with its citation: --citation"
            " FILE (PubMed saves one as .nbib)"
        )
    return answer_about(work, name, crossref, pubmed)


def _write(files: tuple[tuple[Path, str], ...], dry_run: bool) -> None:
    """Write the files and say so; where they cannot be written the command ends with exit code 1."""
    from ..intake import write_files

    if problem := None if dry_run else write_files(files):
        print_problems([problem])
        sys.exit(1)
    for path, _ in files:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path.as_posix()}")
    if not dry_run:
        records = " ".join(path.as_posix() for path, _ in files if path.suffix == ".yaml")
        click.echo(NEXT.format(files=records))
