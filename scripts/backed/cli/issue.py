"""`backed from-issue`: the body of an issue becomes the files of new records, or says what is to be corrected."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problem import Problem, Severity, as_text
from .group import EVIDENCE, backed, print_problems, stop
from .intake import DRY_RUN, evidence_in
from .new import answer_about

if TYPE_CHECKING:
    from ..intake.citation import Findings
    from ..intake.issue_form import Filled


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
@DRY_RUN
@click.option("--crossref", envvar="BACKED_CROSSREF", default=None, help="Address of Crossref's REST API, or its like.")
@click.option("--pubmed", envvar="BACKED_PUBMED", default=None, help="Address of NCBI's E-utilities, or their like.")
def from_issue(
    evidence: Path, body: Path, forms: Path, fetch: bool, dry_run: bool, crossref: str | None, pubmed: str | None
) -> None:
    """Make the files of a new study or claim of an issue that was made by an issue form, or say what it corrects.

    BODY is a file with the issue's text, - for standard input. What has no key of its own is kept in a comment of the
    record and told. Nothing in an issue becomes a path or is run, and no file is ever replaced.

    \b
    gh issue view 12 --json body --jq .body | backed from-issue -
    backed from-issue issue.md --dry-run
    """
    from ..intake import Findings
    from ..intake.issue import made

    findings = Findings("-" if str(body) == "-" else body.as_posix())
    filled = _filled(body, forms, findings)
    base = evidence_in(evidence)
    result = made(filled, base, findings, _publication(filled, fetch, crossref, pubmed))
    problems = [
        *findings.all(),
        *(Problem("issue", Severity.WARNING, findings.file, said, "", (), line, 1) for line, said in result.told),
    ]
    if result.fault:
        problems.append(Problem("issue", Severity.ERROR, findings.file, result.fault, "nothing was written", (), 1, 1))
    if result.report:
        click.echo(result.report)
    faulty = any(problem.severity is Severity.ERROR for problem in problems)
    if not faulty and result.files:
        problems += _written(result.files, dry_run)
    print_problems(problems)
    sys.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


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


def _publication(filled: Filled, fetch: bool, crossref: str | None, pubmed: str | None) -> bytes | None:
    """Return the citation of a work of which the issue gives only the DOI or PMID, None where it gives more."""
    from ..intake.issue import identifier_in

    found = identifier_in(filled) if filled.form.name == "new-study" else None
    if found is None:
        return None
    work, name = found
    if not fetch:
        stop(f"of the publication it gives only the {name.upper()} {work}: run it again with --fetch")
    return answer_about(work, name, crossref, pubmed)


def _written(files: tuple[tuple[Path, str], ...], dry_run: bool) -> list[Problem]:
    """Write the files and say so; return the problem that kept them from being written."""
    from ..intake import write_files

    problem = None if dry_run else write_files(files)
    if problem:
        return [problem]
    for path, _ in files:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path.as_posix()}")
    if not dry_run:
        records = " ".join(path.as_posix() for path, _ in files if path.suffix == ".yaml")
        click.echo(f"next: complete it; `backed check {records}` says what is missing")
    return []
